import * as z from "zod";
import type { OfficerRole } from "../../directory/directory.ts";
import type { Language, Text } from "../../language.ts";
import { extension, Refusal } from "../../refusal.ts";
import { type Case, type CaseStatus, statusText } from "../case.ts";

/** Where a case stands, as far as the rules of who may do what need it: its status, and who alone may go on with it. */
export const situations = [
  "submitted",
  "verified",
  "undecided",
  "awaiting-reporter",
  "assigned",
  "in-progress",
  "reopened",
  "answered",
  "closed",
  "archived",
  "joined",
  "withdrawn",
] as const;
export type Situation = (typeof situations)[number];

export function situationOf({ status, awaits, verifiedAt, joinedTo }: Case): Situation {
  if (status === "archived" && joinedTo !== undefined) return "joined";
  if (status === "submitted" || status === "in-progress") {
    if (awaits === "national-admin") return "undecided";
    if (awaits === "agency-head") return "reopened";
  }
  return status === "submitted" && verifiedAt ? "verified" : status;
}

const situationText: Partial<Record<Situation, Text>> = {
  verified: { id: "Terverifikasi, menunggu disposisi", en: "Verified, waiting for assignment" },
  undecided: {
    id: "Menunggu keputusan admin nasional",
    en: "Waiting for the national administrator's decision",
  },
  reopened: {
    id: "Dibuka kembali, menunggu kepala instansi",
    en: "Reopened, waiting for the head of the agency",
  },
  joined: { id: "Digabung dengan laporan lain", en: "Joined to another report" },
};

/** What people read about where a case stands. */
export const standing = (found: Case, language: Language): string =>
  (situationText[situationOf(found)] ?? statusText[found.status])[language];

export type Role = OfficerRole | "reporter";

/** Where an officer may do something: with cases of their own agency and those below it, or with any. */
export type Reach = "own" | "anywhere";

export interface Permission {
  roles: readonly Role[];
  reach: Reach;
  when: readonly Situation[];
}

const atWork = ["assigned", "in-progress"] as const;
const untilAnswered = [
  "submitted",
  "verified",
  "undecided",
  "awaiting-reporter",
  ...atWork,
  "reopened",
] as const;
const open = [...untilAnswered, "answered"] as const;
const openable = [...open, "closed", "archived"] as const;
const inAnAgency = ["agency-admin", "liaison-officer", "unit-officer"] as const;
const referable = [
  "verified",
  "undecided",
  "awaiting-reporter",
  ...atWork,
  "reopened",
  "answered",
  "closed",
] as const;

/**
 * Every move of a case: who may make it, with whose cases, in which situation, and which status it leads to. What is
 * not in this table is not allowed. docs/moves.md prints it.
 */
export const moves = {
  verify: {
    to: ["submitted", "assigned"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: ["submitted"] },
      { roles: ["agency-admin"], reach: "own", when: ["submitted"] },
    ],
  },
  assign: {
    to: ["assigned"],
    by: [
      {
        roles: ["national-admin"],
        reach: "anywhere",
        when: ["verified", "undecided", ...atWork, "reopened"],
      },
      { roles: ["agency-admin", "liaison-officer"], reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  return: {
    to: ["submitted", "assigned"],
    by: [
      { roles: ["agency-admin"], reach: "own", when: ["submitted", ...atWork] },
      { roles: ["liaison-officer", "unit-officer"], reach: "own", when: atWork },
    ],
  },
  ask: {
    to: ["awaiting-reporter"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: ["submitted", "verified", "undecided"] },
      { roles: ["agency-admin"], reach: "own", when: ["submitted", ...atWork] },
      { roles: ["liaison-officer", "unit-officer"], reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  progress: {
    to: ["in-progress"],
    by: [
      { roles: inAnAgency, reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  /** An internal note; it changes nothing. */
  note: {
    to: [],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: situations },
      { roles: [...inAnAgency, "agency-head"], reach: "own", when: situations },
    ],
  },
  answer: {
    to: ["answered"],
    by: [
      { roles: inAnAgency, reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  /** More days for a formal information request, once. */
  extend: {
    to: [],
    by: [
      { roles: inAnAgency, reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  archive: {
    to: ["archived"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: untilAnswered },
      { roles: ["agency-admin"], reach: "own", when: ["submitted", "assigned"] },
    ],
  },
  /** To the first report about the same thing, whose status it then follows. */
  join: {
    to: ["archived"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: untilAnswered },
      { roles: ["agency-admin"], reach: "own", when: ["submitted", "assigned"] },
    ],
  },
  /** Goes back to the status that it was archived from; a question that was open is not asked again. */
  restore: {
    to: ["submitted", "assigned", "in-progress"],
    by: [{ roles: ["national-admin"], reach: "anywhere", when: ["archived"] }],
  },
  /** To the Ombudsman, with the reporter's consent; who holds it goes on with it. */
  refer: {
    to: [],
    by: [{ roles: ["national-admin", "ombudsman-observer"], reach: "anywhere", when: referable }],
  },
  /** Who reported it, for a reason that the reporter reads; of an anonymous case with their consent only. */
  "open-identity": {
    to: [],
    by: [
      { roles: ["agency-head"], reach: "own", when: openable },
      { roles: ["ombudsman-observer"], reach: "anywhere", when: openable },
    ],
  },
  /** To a question: back to where it was asked. To an answer: a dispute, back to work. */
  reply: {
    to: ["in-progress", "submitted", "assigned"],
    by: [{ roles: ["reporter"], reach: "own", when: open }],
  },
  /** Closes it; with one or two stars it goes back to work instead. */
  confirm: { to: ["closed", "in-progress"], by: [{ roles: ["reporter"], reach: "own", when: ["answered"] }] },
  appeal: { to: ["in-progress"], by: [{ roles: ["reporter"], reach: "own", when: ["answered", "closed"] }] },
  withdraw: { to: ["withdrawn"], by: [{ roles: ["reporter"], reach: "own", when: open }] },
  /** From the report that it was joined to: back to verification. */
  separate: {
    to: ["submitted"],
    by: [
      { roles: ["reporter"], reach: "own", when: ["joined"] },
      // Not whoever may join it: its clocks begin anew, and no agency sets its own.
      { roles: ["national-admin"], reach: "anywhere", when: ["joined"] },
    ],
  },
  /** Of what the public sees of the report, at any time. */
  redact: { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  /** A file; it becomes part of the case once it has been inspected. */
  attach: {
    to: [],
    by: [
      { roles: ["reporter"], reach: "own", when: open },
      { roles: ["national-admin"], reach: "anywhere", when: [...open, "closed"] },
      { roles: [...inAnAgency, "agency-head"], reach: "own", when: [...open, "closed"] },
    ],
  },
  /** Reads the sealed original of a file, for a reason that the reporter is told. */
  "open-original": {
    to: [],
    by: [
      { roles: ["agency-head"], reach: "own", when: situations },
      { roles: ["ombudsman-observer"], reach: "anywhere", when: situations },
    ],
  },
  /** To a referral to the Ombudsman. */
  consent: { to: [], by: [{ roles: ["reporter"], reach: "own", when: referable }] },
  /** To having the identity of an anonymous case opened; or takes that back. */
  "consent-identity": { to: [], by: [{ roles: ["reporter"], reach: "own", when: openable }] },
  "correct-contact": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  "delete-identity": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
} as const satisfies Record<string, { to: readonly CaseStatus[]; by: readonly Permission[] }>;

export type Move = keyof typeof moves;
export const moveNames = Object.keys(moves) as Move[];

/** Who may read a whole case: the agencies that have it, and those who watch over all. */
const readers: readonly { roles: readonly OfficerRole[]; reach: Reach }[] = [
  { roles: ["national-admin", "ombudsman-observer", "auditor"], reach: "anywhere" },
  { roles: [...inAnAgency, "agency-head"], reach: "own" },
];

/** Somebody in front of a case; `own`: the case is theirs, or their agency's or of one below it. */
export interface Standing {
  role: Role;
  own: boolean;
}

const applies = (
  { roles, reach }: { roles: readonly Role[]; reach: Reach },
  { role, own }: Standing,
): boolean => roles.includes(role) && (own || reach === "anywhere");

export const mayRead = (who: Standing): boolean => readers.some((reader) => applies(reader, who));

/** The moves that somebody may make with a case in this situation. */
export const legalMoves = (situation: Situation, who: Standing): Move[] =>
  moveNames.filter((move) =>
    (moves[move].by as readonly Permission[]).some(
      (permission) => applies(permission, who) && permission.when.includes(situation),
    ),
  );

/** Whether somebody may ever make this move with the case, whatever its situation. */
export const mayEver = (move: Move, who: Standing): boolean =>
  (moves[move].by as readonly Permission[]).some((permission) => applies(permission, who));

const refusedMove = extension({ currentStatus: z.string(), legalMoves: z.array(z.string()) });

/** What a refused caller needs to know: where the case stands now and what they may do with it. */
export const whereItStands = (found: Case, who: Standing) =>
  refusedMove({ currentStatus: found.status, legalMoves: legalMoves(situationOf(found), who) });

/** What each move is called. */
export const moveTitle: Record<Move, Text> = {
  verify: { id: "Verifikasi", en: "Verify" },
  assign: { id: "Disposisikan", en: "Assign" },
  return: { id: "Kembalikan (bukan kewenangan)", en: "Return (not in charge)" },
  ask: { id: "Minta pelapor melengkapi", en: "Ask the reporter" },
  progress: { id: "Catat perkembangan", en: "Note progress" },
  note: { id: "Catat internal", en: "Note internally" },
  answer: { id: "Jawab", en: "Answer" },
  extend: { id: "Perpanjang batas waktu", en: "Extend the limit" },
  archive: { id: "Arsipkan", en: "Archive" },
  join: { id: "Gabungkan", en: "Join" },
  restore: { id: "Pulihkan", en: "Restore" },
  refer: { id: "Teruskan ke Ombudsman", en: "Refer to the Ombudsman" },
  reply: { id: "Tanggapi", en: "Reply" },
  confirm: { id: "Nilai jawaban", en: "Rate the answer" },
  appeal: { id: "Ajukan banding", en: "Appeal" },
  withdraw: { id: "Cabut laporan", en: "Withdraw" },
  separate: { id: "Pisahkan (bukan laporan yang sama)", en: "Separate (not the same report)" },
  redact: { id: "Ubah yang dibaca umum", en: "Redact" },
  consent: { id: "Setujui penerusan ke Ombudsman", en: "Agree to a referral" },
  "open-identity": { id: "Buka identitas pelapor", en: "Open the reporter's identity" },
  "consent-identity": { id: "Izinkan identitas dibuka", en: "Let the identity be opened" },
  "correct-contact": { id: "Perbaiki data diri", en: "Correct personal data" },
  "delete-identity": { id: "Hapus identitas", en: "Delete the identity" },
  attach: { id: "Lampirkan berkas", en: "Attach a file" },
  "open-original": { id: "Buka berkas asli lampiran", en: "Open the original of a file" },
};

/** The same as it is said of a case: "laporan ini tidak dapat ... sekarang". */
const moveText: Record<Move, Text> = {
  verify: { id: "diverifikasi", en: "verified" },
  assign: { id: "didisposisikan", en: "assigned" },
  return: { id: "dikembalikan", en: "returned" },
  ask: { id: "dimintakan kelengkapan kepada pelapor", en: "sent back to the reporter with a question" },
  progress: { id: "diberi catatan perkembangan", en: "given a progress note" },
  note: { id: "diberi catatan internal", en: "given an internal note" },
  answer: { id: "dijawab", en: "answered" },
  extend: { id: "diperpanjang batas waktunya", en: "given more time" },
  archive: { id: "diarsipkan", en: "archived" },
  join: { id: "digabung dengan laporan lain", en: "joined to another one" },
  restore: { id: "dipulihkan", en: "restored" },
  refer: { id: "diteruskan ke Ombudsman", en: "referred to the Ombudsman" },
  reply: { id: "ditanggapi", en: "replied to" },
  confirm: { id: "dinilai", en: "rated" },
  appeal: { id: "dimintakan banding", en: "appealed" },
  withdraw: { id: "dicabut", en: "withdrawn" },
  separate: { id: "dipisahkan", en: "separated" },
  redact: { id: "diubah teks publiknya", en: "redacted" },
  consent: { id: "disetujui untuk diteruskan ke Ombudsman", en: "cleared for a referral to the Ombudsman" },
  "open-identity": { id: "dibuka identitas pelapornya", en: "asked who reported it" },
  "consent-identity": { id: "diizinkan dibuka identitasnya", en: "cleared for an opening of the identity" },
  "correct-contact": { id: "diperbaiki data pelapornya", en: "given other contact data" },
  "delete-identity": { id: "dihapus identitas pelapornya", en: "rid of the reporter's identity" },
  attach: { id: "ditambahi lampiran", en: "given an attachment" },
  "open-original": { id: "dibuka berkas asli lampirannya", en: "read in the originals of its attachments" },
};

/** Refuses a move that this caller may not make with the case as it stands; names the moves that they may. */
export function refuseUnlessLegal(found: Case, move: Move, who: Standing): void {
  const more = whereItStands(found, who);
  if (more.legalMoves.includes(move)) return;
  if (!mayEver(move, who))
    throw new Refusal(
      "forbidden",
      {
        id: `Peran Anda tidak berwenang untuk ini: laporan ini tidak dapat ${moveText[move].id} oleh Anda.`,
        en: `Your role does not allow this: this case cannot be ${moveText[move].en} by you.`,
      },
      { more },
    );
  throw new Refusal(
    "conflict",
    {
      id: `Laporan ini tidak dapat ${moveText[move].id} sekarang, karena statusnya: ${standing(found, "id")}.`,
      en: `This case cannot be ${moveText[move].en} now, because it stands at: ${standing(found, "en")}.`,
    },
    { more },
  );
}
