import { Refusal } from "../../refusal.ts";
import { ProofNeeded, windowEnd } from "../../traffic/load.ts";

/** How many wishes to follow a case come in a window of ten minutes before they cost work, and before a network has to wait. */
export const followFloods = { freeOfNetwork: 20, freeOfAll: 500, mostOfNetwork: 200 } as const;

/** The same for a case that is not there, that the public may not read, and that has ended. */
export const noPublicCase = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan terbuka dengan nomor ini yang masih berjalan. Periksa nomornya.",
    en: "There is no public report with this number that is still going on. Check the number.",
  });

export const linkOver = () =>
  new Refusal("not-found", {
    id: "Tautan ini tidak berlaku lagi: sudah lebih dari 24 jam, atau laporannya tidak dapat diikuti lagi. Minta tautan baru di halaman laporan itu.",
    en: "This link does not count any more: 24 hours have passed, or the report cannot be followed any more. Ask for a new link on the page of the report.",
  });

export const tooManyFollow = () =>
  new Refusal("conflict", {
    id: "Sudah terlalu banyak alamat yang mengikuti laporan ini. Anda tetap dapat membaca kabarnya di halaman laporan.",
    en: "Too many addresses follow this report already. You can still read the news on the page of the report.",
  });

export const tooManyRequests = (at: Date) => {
  const seconds = Math.max(1, Math.ceil(windowEnd(at) - at.getTime() / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new Refusal(
    "too-many-requests",
    {
      id: `Terlalu banyak permintaan mengikuti laporan datang dari jaringan ini, belum tentu dari Anda. Kirim lagi ${minutes} menit lagi.`,
      en: `Too many requests to follow reports have come from this network, perhaps not from you. Send it again in ${minutes} minute${minutes === 1 ? "" : "s"}.`,
    },
    { headers: { "retry-after": String(seconds) } },
  );
};

/** The refusal of whoever has to solve a challenge first, in words for this occasion. */
export const workNeeded = ({ occasion, hardness }: ProofNeeded) =>
  new ProofNeeded(
    {
      id: "Banyak sekali permintaan saat ini. Selesaikan tantangan lebih dulu, lalu kirim lagi dengan jawabannya dalam tajuk Proof-Of-Work. Alamat Anda belum tersimpan.",
      en: "There are very many requests now. Solve a challenge first, then send again with the solution in the header Proof-Of-Work. Your address has not been stored yet.",
    },
    {
      occasion,
      hardness,
      said: {
        why: { id: "Banyak sekali permintaan saat ini.", en: "There are very many requests now." },
        state: { id: "Alamat Anda belum tersimpan.", en: "Your address has not been stored yet." },
      },
    },
  );
