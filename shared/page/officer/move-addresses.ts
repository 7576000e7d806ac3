import type { Move } from "../../case/moves/table.ts";

/** The last part of the address of a move's page, below `/petugas/laporan/{trackingNumber}/`. Moves of reporters have none. */
export const moveAddresses = {
  verify: "verifikasi",
  assign: "disposisi",
  return: "kembalikan",
  ask: "tanya",
  "withdraw-question": "tarik-pertanyaan",
  progress: "perkembangan",
  note: "catatan",
  answer: "jawab",
  "correct-answer": "ralat-jawaban",
  withhold: "tutup-tulisan",
  extend: "perpanjang",
  archive: "arsipkan",
  join: "gabungkan",
  restore: "pulihkan",
  uphold: "tolak-keberatan",
  separate: "pisahkan",
  refer: "ombudsman",
  "open-identity": "identitas",
  attach: "lampirkan",
} as const satisfies Partial<Record<Move, string>>;

export type PagedMove = keyof typeof moveAddresses;

/** The address of a case for officers, without its language. */
export const officersCase = (trackingNumber: string): string => `/petugas/laporan/${trackingNumber}`;

/** The address of the page on which an officer makes a move with a case, without its language. */
export const addressOfMove = (trackingNumber: string, move: PagedMove): string =>
  `${officersCase(trackingNumber)}/${moveAddresses[move]}`;
