import * as z from "zod";
import type { Language, Text } from "../../language.ts";
import { changedSince, problemFields, Refusal } from "../../refusal.ts";
import { type Case, type CaseFile, caseStatus } from "../case.ts";
import { changesSince, type Telling } from "../views/timeline.ts";
import { roleText } from "../views/words.ts";
import { type Circumstances, legalMoves } from "./conditions.ts";
import {
  decidesOnArchival,
  decidesOnOwnArchival,
  type Move,
  readerOf,
  situationInWords,
  type Standing,
} from "./table.ts";

/** Refuses an unknown number and a case of another agency in the same words, so that nobody learns which it was. */
export const noCaseForOfficer = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor ini di instansi Anda atau unit di bawahnya.",
    en: "There is no case with this number at your agency or below it.",
  });

const whereACaseStands = z.object({
  currentStatus: caseStatus,
  legalMoves: z.array(z.string()).describe("What the caller can do with the case now"),
});
const stands = problemFields(whereACaseStands.shape);

/** What the contract says of requests that contradict the state of a case. */
export const contradictsCase = {
  name: "CaseConflict",
  when: "The request contradicts the state of the case. It says where the case stands, and what the caller can do now.",
  fields: whereACaseStands,
};

/** Where a case stands now, and what somebody can do with it. */
export const whereItStands = (found: Case, who: Standing, when: Circumstances) =>
  stands({ currentStatus: found.status, legalMoves: legalMoves(found, who, when) });

/** The same for somebody who is nothing to the case, and has no moves. */
export const whereItStandsForAll = ({ status }: Case) => stands({ currentStatus: status, legalMoves: [] });
type WhereItStands = ReturnType<typeof whereItStands>;

/** The same refusal, and where the case stands that it is about. */
export const toldWhereItStands = (
  { kind, text, fields, headers, more }: Refusal,
  where: WhereItStands,
): Refusal => new Refusal(kind, text, { fields, headers, more: { ...where, ...more } });

/** What each move does to a case, as a refusal says it: "laporan ini tidak dapat ... sekarang". */
const moveText: Record<Move, Text> = {
  verify: { id: "diverifikasi", en: "verified" },
  assign: { id: "didisposisikan", en: "assigned" },
  return: { id: "dikembalikan", en: "returned" },
  ask: { id: "dimintakan kelengkapan kepada pelapor", en: "sent back to the reporter with a question" },
  "withdraw-question": { id: "ditarik kembali pertanyaannya", en: "rid of its question to the reporter" },
  progress: { id: "diberi catatan perkembangan", en: "given a progress note" },
  note: { id: "diberi catatan internal", en: "given an internal note" },
  answer: { id: "dijawab", en: "answered" },
  "correct-answer": { id: "diralat jawabannya", en: "given a corrected answer" },
  withhold: { id: "ditutup tulisan petugasnya", en: "rid of words that an officer wrote" },
  extend: { id: "diperpanjang batas waktunya", en: "given more time" },
  archive: { id: "diarsipkan", en: "archived" },
  join: { id: "digabung dengan laporan lain", en: "joined to another one" },
  restore: { id: "dipulihkan", en: "restored" },
  uphold: { id: "ditetapkan tetap diarsipkan", en: "kept in the archive" },
  refer: { id: "diteruskan ke Ombudsman", en: "referred to the Ombudsman" },
  reply: { id: "ditanggapi", en: "replied to" },
  confirm: { id: "dinilai", en: "rated" },
  appeal: { id: "dimintakan banding", en: "appealed" },
  object: { id: "diajukan keberatan atas pengarsipannya", en: "objected to" },
  withdraw: { id: "dicabut", en: "withdrawn" },
  separate: { id: "dipisahkan", en: "separated" },
  redact: { id: "diubah teks publiknya", en: "redacted" },
  consent: { id: "disetujui untuk diteruskan ke Ombudsman", en: "cleared for a referral to the Ombudsman" },
  "open-identity": { id: "dibuka identitas pelapornya", en: "asked who reported it" },
  "consent-identity": { id: "diizinkan dibuka identitasnya", en: "cleared for an opening of the identity" },
  "correct-contact": { id: "diperbaiki data pelapornya", en: "given other contact data" },
  "delete-identity": { id: "dihapus identitas pelapornya", en: "rid of the reporter's identity" },
  "erase-originals": { id: "dihapus berkas asli lampirannya", en: "rid of the originals of its attachments" },
  attach: { id: "ditambahi lampiran", en: "given an attachment" },
  "remove-attachment": { id: "dihapus lampirannya", en: "rid of an attachment" },
  "open-original": { id: "dibuka berkas asli lampirannya", en: "read in the originals of its attachments" },
};

/** Why whoever archived a case does not decide on the objection to that. */
const theirOwnArchival: Text = {
  id: "Anda yang mengarsipkan laporan ini. Keberatan pelapor diputuskan oleh orang lain: tingkat di atas Anda, admin nasional lain, atau Ombudsman.",
  en: "You archived this case. Somebody else decides on the reporter's objection: the level above you, another national administrator, or the Ombudsman.",
};

/** Why nobody at the agency that archived a case decides on the objection to that. */
const archivalOfTheirLevel: Text = {
  id: "Keberatan pelapor diputuskan oleh tingkat di atas yang mengarsipkan laporan ini, bukan oleh instansi Anda.",
  en: "The level above whoever archived this case decides on the reporter's objection, and not your agency.",
};

function whyNeverTheirs(move: Move, who: Standing): Text {
  if (decidesOnOwnArchival(move, who)) return theirOwnArchival;
  if (who.isReviewed && decidesOnArchival(move)) return archivalOfTheirLevel;
  return {
    id: `Peran Anda tidak berwenang untuk ini: laporan ini tidak dapat ${moveText[move].id} oleh Anda.`,
    en: `Your role does not allow this: this case cannot be ${moveText[move].en} by you.`,
  };
}

/** Refuses a move that somebody with this standing may make in no situation at all. */
export const neverTheirs = (move: Move, who: Standing, where: WhereItStands) =>
  new Refusal("forbidden", whyNeverTheirs(move, who), { more: where });

/** Refuses a move that this caller may not make with the case as it stands. */
export const notNow = (found: Case, move: Move, where: WhereItStands) =>
  new Refusal(
    "conflict",
    {
      id: `Laporan ini tidak dapat ${moveText[move].id} sekarang, karena statusnya: ${situationInWords(found, "id")}.`,
      en: `This case cannot be ${moveText[move].en} now, because it stands at: ${situationInWords(found, "en")}.`,
    },
    { more: where, ofPost: true },
  );

/** Tells whoever was overtaken what happened since the version of the case that they had seen, as their timeline tells it. */
export function overtaken(
  file: CaseFile,
  since: number,
  { who, where, language, ...telling }: { who: Standing; where: WhereItStands } & Omit<Telling, "byDay">,
): Refusal {
  const changes = (of: Language) =>
    changesSince(file, since, readerOf(who.role), { ...telling, language: of });
  const sentence = (of: Language) =>
    changes(of)
      .map(({ text, by }) => `${text} (${roleText[by][of]})`)
      .join("; ");
  return new Refusal(
    "conflict",
    {
      id: `Sementara itu laporan ini berubah: ${sentence("id")}. Buka lagi laporannya, lalu putuskan kembali.`,
      en: `This case has changed in the meantime: ${sentence("en")}. Open it again, then decide anew.`,
    },
    { more: { ...where, ...changedSince({ changes: changes(language) }) } },
  );
}

/** Refuses a move on a version that the case does not have. */
export const noSuchVersion = (where: WhereItStands) =>
  new Refusal(
    "conflict",
    {
      id: "If-Match menyebut versi yang tidak dimiliki laporan ini. Buka lagi laporannya dan pakai ETag dari sana.",
      en: "If-Match names a version that this case does not have. Open the case again and use the ETag from there.",
    },
    { more: where },
  );

/** Refuses a move that leans on another case, which kept changing. */
export const otherCaseChanged = () =>
  new Refusal("conflict", {
    id: "Laporan yang hendak diikuti baru saja berubah. Buka lagi laporan itu, lalu putuskan kembali.",
    en: "The case that it was to follow has just changed. Open that one again, then decide anew.",
  });
