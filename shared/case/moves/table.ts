import type { OfficerRole } from "../../directory/directory.ts";
import type { Language, Text } from "../../language.ts";
import { type Case, type CaseStatus, statusText } from "../case.ts";
import type { Reader } from "../views/visibility.ts";

/** Where a case stands: its status, and what else decides who may do what with it. */
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
  "objected",
  "objected-at-top",
  "lapsed",
  "withdrawn",
] as const;
export type Situation = (typeof situations)[number];

export function situationOf({
  status,
  awaits,
  verifiedAt,
  joinedTo,
  objection,
  objectUntil,
}: Case): Situation {
  if (objection) return objection.atTop ? "objected-at-top" : "objected";
  if (status === "withdrawn" && objectUntil !== undefined) return "lapsed";
  if (status === "archived" && joinedTo !== undefined) return "joined";
  if (status === "submitted" || status === "in-progress") {
    if (awaits === "national-admin") return "undecided";
    if (awaits === "agency-head") return "reopened";
  }
  return status === "submitted" && verifiedAt ? "verified" : status;
}

const situationText: Partial<Record<Situation, Text>> = {
  verified: { id: "Terverifikasi, menunggu diteruskan", en: "Verified, waiting for assignment" },
  undecided: {
    id: "Menunggu keputusan admin nasional",
    en: "Waiting for the national administrator's decision",
  },
  reopened: {
    id: "Dibuka kembali, menunggu kepala instansi",
    en: "Reopened, waiting for the head of the agency",
  },
  joined: { id: "Digabung dengan laporan lain", en: "Joined to another report" },
  objected: {
    id: "Diarsipkan, keberatan menunggu putusan",
    en: "Archived, an objection waits for a decision",
  },
  "objected-at-top": {
    id: "Diarsipkan, keberatan menunggu putusan",
    en: "Archived, an objection waits for a decision",
  },
  lapsed: {
    id: "Dianggap dicabut: berkas tidak dilengkapi",
    en: "Counts as withdrawn: the file was not completed",
  },
};

/** What people read about where a case stands. */
export const situationInWords = (found: Case, language: Language): string =>
  (situationText[situationOf(found)] ?? statusText[found.status])[language];

const isStatus = (situation: Situation): situation is Situation & CaseStatus => situation in statusText;

/** What a situation is called where no case is at hand. */
export const situationName = (situation: Situation, language: Language): string =>
  (situationText[situation] ?? (isStatus(situation) ? statusText[situation] : { id: "", en: "" }))[language];

export type Role = OfficerRole | "reporter";

/** The kinds of readers that a view of a case is made for. */
type CaseReader = Exclude<Reader, "public" | "public-of-hidden">;

/** With whose cases somebody may do something: with their own (an officer's: of their agency and those below it), or with any. */
export type Reach = "own" | "anywhere";

export interface Permission {
  roles: readonly Role[];
  reach: Reach;
  when: readonly Situation[];
  /** Not for the officer whose archival the reporter objects to, and at an agency not for those below the level that decides. */
  exceptArchiver?: true;
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
 * Who decides on an objection to an archival. Where nobody stands above whoever archived the case, it is another national
 * administrator or the Ombudsman.
 */
const decidingOnObjections = [
  {
    roles: ["national-admin"],
    reach: "anywhere",
    when: ["objected", "objected-at-top"],
    exceptArchiver: true,
  },
  { roles: ["agency-admin", "agency-head"], reach: "own", when: ["objected"], exceptArchiver: true },
  { roles: ["ombudsman-observer"], reach: "anywhere", when: ["objected-at-top"], exceptArchiver: true },
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
  /** Takes the open question back. Whoever may ask may do this. */
  "withdraw-question": {
    to: ["submitted", "assigned", "in-progress"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: ["awaiting-reporter"] },
      { roles: [...inAnAgency, "agency-head"], reach: "own", when: ["awaiting-reporter"] },
    ],
  },
  progress: {
    to: ["in-progress"],
    by: [
      { roles: inAnAgency, reach: "own", when: atWork },
      { roles: ["agency-head"], reach: "own", when: [...atWork, "reopened"] },
    ],
  },
  /** Adds an internal note. The case stays as it is. */
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
  /** Puts other words and evidence in place of the last answer. A closed case stays closed. */
  "correct-answer": {
    to: [],
    by: [{ roles: [...inAnAgency, "agency-head"], reach: "own", when: ["answered", "closed"] }],
  },
  /** Withholds words that an officer wrote from the public and the reporter, at any time. */
  withhold: {
    to: [],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: situations },
      { roles: ["agency-admin", "agency-head"], reach: "own", when: situations },
    ],
  },
  /** Gives a formal information request more days, once. */
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
  /** Joins the case to the first report about the same thing. It then follows that one. */
  join: {
    to: ["archived"],
    by: [
      { roles: ["national-admin"], reach: "anywhere", when: untilAnswered },
      { roles: ["agency-admin"], reach: "own", when: ["submitted", "assigned"] },
    ],
  },
  /** Puts the case back to the status that it was archived from. A question that was open is not asked again. */
  restore: {
    to: ["submitted", "assigned", "in-progress"],
    by: [{ roles: ["national-admin"], reach: "anywhere", when: ["archived"] }, ...decidingOnObjections],
  },
  /** Refuses the reporter's objection: the case stays archived. To grant it is to restore the case. */
  uphold: { to: ["archived"], by: decidingOnObjections },
  /** Gives the case to the Ombudsman, with the reporter's consent. Its agency goes on with it. */
  refer: {
    to: [],
    by: [{ roles: ["national-admin", "ombudsman-observer"], reach: "anywhere", when: referable }],
  },
  /** Shows who reported the case, for a reason that the reporter reads. An anonymous reporter has to agree first. */
  "open-identity": {
    to: [],
    by: [
      { roles: ["agency-head"], reach: "own", when: openable },
      { roles: ["ombudsman-observer"], reach: "anywhere", when: openable },
    ],
  },
  /** After a question the case goes back to where it was asked. After an answer it is disputed and goes back to work. */
  reply: {
    to: ["in-progress", "submitted", "assigned"],
    by: [{ roles: ["reporter"], reach: "own", when: open }],
  },
  /** Closes the case. With one or two stars it goes back to work instead. */
  confirm: { to: ["closed", "in-progress"], by: [{ roles: ["reporter"], reach: "own", when: ["answered"] }] },
  appeal: { to: ["in-progress"], by: [{ roles: ["reporter"], reach: "own", when: ["answered", "closed"] }] },
  /** Objects to an archival, once and within its time. A level above whoever archived the case decides. */
  object: { to: ["archived"], by: [{ roles: ["reporter"], reach: "own", when: ["archived", "lapsed"] }] },
  withdraw: { to: ["withdrawn"], by: [{ roles: ["reporter"], reach: "own", when: open }] },
  /** Takes the case off the report that it follows. It goes back to verification. */
  separate: {
    to: ["submitted"],
    by: [
      { roles: ["reporter"], reach: "own", when: ["joined"] },
      // An agency may join a case and not separate it: the clocks begin anew, and no agency sets its own.
      { roles: ["national-admin"], reach: "anywhere", when: ["joined"] },
    ],
  },
  /** Rewords or hides what the public sees of the report, at any time. */
  redact: { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  /** Sends a file. It becomes part of the case once it has been inspected. */
  attach: {
    to: [],
    by: [
      { roles: ["reporter"], reach: "own", when: open },
      { roles: ["national-admin"], reach: "anywhere", when: [...open, "closed"] },
      { roles: [...inAnAgency, "agency-head"], reach: "own", when: [...open, "closed"] },
    ],
  },
  /** Removes a file that oneself or one's own agency attached, at any time. */
  "remove-attachment": {
    to: [],
    by: [
      { roles: ["reporter"], reach: "own", when: situations },
      { roles: ["national-admin"], reach: "anywhere", when: situations },
      { roles: [...inAnAgency, "agency-head"], reach: "own", when: situations },
    ],
  },
  /**
   * Reads the sealed original of a file, for a reason that the reporter is told. The reporter of an anonymous case has to agree
   * first. Once a case is archived or withdrawn, only the Ombudsman may, and only with the reporter's consent.
   */
  "open-original": {
    to: [],
    by: [
      { roles: ["agency-head"], reach: "own", when: [...open, "closed"] },
      { roles: ["ombudsman-observer"], reach: "anywhere", when: situations },
    ],
  },
  /** Agrees to a referral to the Ombudsman. */
  consent: { to: [], by: [{ roles: ["reporter"], reach: "own", when: referable }] },
  /** Lets the identity and the originals of files be opened where that needs consent, or takes that back. */
  "consent-identity": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  "correct-contact": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  "delete-identity": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
  /** Has the originals of one's own files erased. Their copies stay. */
  "erase-originals": { to: [], by: [{ roles: ["reporter"], reach: "own", when: situations }] },
} as const satisfies Record<string, { to: readonly CaseStatus[]; by: readonly Permission[] }>;

export type Move = keyof typeof moves;
export const moveNames = Object.keys(moves) as Move[];

/** Whose cases an officer may read whole, and as which kind of reader. */
const wholeCaseReaders: Record<OfficerRole, { reach: Reach; as: CaseReader }> = {
  "national-admin": { reach: "anywhere", as: "officer" },
  "agency-admin": { reach: "own", as: "officer" },
  "liaison-officer": { reach: "own", as: "officer" },
  "unit-officer": { reach: "own", as: "officer" },
  "agency-head": { reach: "own", as: "officer" },
  "ombudsman-observer": { reach: "anywhere", as: "observer" },
  auditor: { reach: "anywhere", as: "auditor" },
};

/** Somebody in front of a case. */
export interface Standing<R extends Role = Role> {
  role: R;
  /** Whether the case is theirs: a reporter's own, or at an officer's agency or below it. */
  own: boolean;
  /** Where an officer works. */
  agencyId?: string;
  /** Whether the reporter objects to an archival of theirs. */
  isArchiver?: boolean;
  /** Whether a level above theirs decides on an objection. They read the case as the agency that the reporter named, or above it. */
  isReviewed?: boolean;
  /** As whose deputy an officer may make moves too. */
  deputyOf?: readonly DeputyStanding[];
}

/** What an absent officer is to a case, for their deputy. */
export interface DeputyStanding {
  role: OfficerRole;
  agencyId: string;
  own: boolean;
  isReviewed?: boolean;
}

/** What is sealed is opened by those alone who may open it themselves. */
export const neverPassedOn: readonly Move[] = ["open-identity", "open-original"];

/** As whom somebody may make a move. */
const standingsFor = (move: Move, who: Standing): readonly Standing[] => {
  const { deputyOf = [], isArchiver = false } = who;
  // Whoever archived a case does not decide on the objection in somebody else's place either.
  return neverPassedOn.includes(move) ? [who] : [who, ...deputyOf.map((one) => ({ ...one, isArchiver }))];
};

/** Whether an officer may read a whole case. */
export const mayRead = ({ role, own }: Standing<OfficerRole>): boolean =>
  own || wholeCaseReaders[role].reach === "anywhere";

/** As which kind of reader somebody in this role sees a case. */
export const readerOf = (role: Role): CaseReader =>
  role === "reporter" ? "reporter" : wholeCaseReaders[role].as;

const applies = (
  { roles, reach, exceptArchiver }: Permission,
  { role, own, isArchiver, isReviewed }: Standing,
): boolean =>
  roles.includes(role) &&
  (own || reach === "anywhere") &&
  !(exceptArchiver && (isArchiver || (reach === "own" && isReviewed)));

/** Whether a move decides on an objection to an archival. */
export const decidesOnArchival = (move: Move): boolean =>
  (moves[move].by as readonly Permission[]).some(({ exceptArchiver }) => exceptArchiver);

/** Whether somebody would decide with this move on the objection to an archival of their own. */
export const decidesOnOwnArchival = (move: Move, { isArchiver }: Standing): boolean =>
  isArchiver === true && decidesOnArchival(move);

/**
 * The moves that the table gives to somebody for a case in this situation. What else a case has to fulfil stands in
 * conditions.ts.
 */
export const permittedMoves = (situation: Situation, who: Standing): Move[] =>
  moveNames.filter((move) =>
    (moves[move].by as readonly Permission[]).some(
      (permission) =>
        standingsFor(move, who).some((one) => applies(permission, one)) &&
        permission.when.includes(situation),
    ),
  );

/** Whether somebody may ever make this move with the case, whatever its situation. */
export const mayEver = (move: Move, who: Standing): boolean =>
  !decidesOnOwnArchival(move, who) &&
  (moves[move].by as readonly Permission[]).some((permission) =>
    standingsFor(move, who).some((one) => applies(permission, one)),
  );

/** What each move is called. */
export const moveTitle: Record<Move, Text> = {
  verify: { id: "Verifikasi", en: "Verify" },
  assign: { id: "Disposisikan", en: "Assign" },
  return: { id: "Kembalikan (bukan kewenangan)", en: "Return (not in charge)" },
  ask: { id: "Minta pelapor melengkapi", en: "Ask the reporter" },
  "withdraw-question": { id: "Tarik kembali pertanyaan", en: "Take back the question" },
  progress: { id: "Catat perkembangan", en: "Note progress" },
  note: { id: "Catat internal", en: "Note internally" },
  answer: { id: "Jawab", en: "Answer" },
  "correct-answer": { id: "Ralat jawaban", en: "Correct the answer" },
  withhold: { id: "Tutup tulisan petugas", en: "Withhold words of officers" },
  extend: { id: "Perpanjang batas waktu", en: "Extend the limit" },
  archive: { id: "Arsipkan", en: "Archive" },
  join: { id: "Gabungkan", en: "Join" },
  restore: { id: "Pulihkan", en: "Restore" },
  uphold: { id: "Tolak keberatan", en: "Refuse the objection" },
  refer: { id: "Teruskan ke Ombudsman", en: "Refer to the Ombudsman" },
  reply: { id: "Tanggapi", en: "Reply" },
  confirm: { id: "Nilai jawaban", en: "Rate the answer" },
  appeal: { id: "Ajukan banding", en: "Appeal" },
  object: { id: "Ajukan keberatan atas pengarsipan", en: "Object to the archival" },
  withdraw: { id: "Cabut laporan", en: "Withdraw" },
  separate: { id: "Pisahkan (bukan laporan yang sama)", en: "Separate (not the same report)" },
  redact: { id: "Ubah yang dibaca publik", en: "Redact" },
  consent: { id: "Setujui penerusan ke Ombudsman", en: "Agree to a referral" },
  "open-identity": { id: "Buka identitas pelapor", en: "Open the reporter's identity" },
  "consent-identity": {
    id: "Izinkan identitas dan berkas asli dibuka",
    en: "Let the identity and the originals be opened",
  },
  "correct-contact": { id: "Perbaiki data diri", en: "Correct personal data" },
  "delete-identity": { id: "Hapus identitas", en: "Delete the identity" },
  "erase-originals": { id: "Hapus berkas asli lampiran saya", en: "Erase the originals of my files" },
  attach: { id: "Lampirkan berkas", en: "Attach a file" },
  "remove-attachment": { id: "Hapus lampiran sendiri", en: "Remove one's own file" },
  "open-original": { id: "Buka berkas asli lampiran", en: "Open the original of a file" },
};
