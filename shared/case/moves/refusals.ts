import * as z from "zod";
import type { Language, Text } from "../../language.ts";
import { changedSince, problemFields, Refusal } from "../../refusal.ts";
import type { Case, CaseFile } from "../case.ts";
import { changesSince, type Telling } from "../views/timeline.ts";
import { roleText } from "../views/words.ts";
import {
  legalMoves,
  mayEver,
  type Move,
  readerOf,
  situationInWords,
  situationOf,
  type Standing,
} from "./table.ts";

/** Refuses an unknown number and a case of another agency in the same words, so that nobody learns which it was. */
export const noCaseForOfficer = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor ini di instansi Anda atau unit di bawahnya.",
    en: "There is no case with this number at your agency or below it.",
  });

const refusedMove = problemFields({
  currentStatus: z.string(),
  legalMoves: z.array(z.string()).describe("What the caller may do with the case in this status"),
});

/** What a refused caller needs to know: where the case stands now and what they may do with it. */
const whereItStands = (found: Case, who: Standing) =>
  refusedMove({ currentStatus: found.status, legalMoves: legalMoves(situationOf(found), who) });

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
  "erase-originals": { id: "dihapus berkas asli lampirannya", en: "rid of the originals of its attachments" },
  attach: { id: "ditambahi lampiran", en: "given an attachment" },
  "remove-attachment": { id: "dihapus lampirannya", en: "rid of an attachment" },
  "open-original": { id: "dibuka berkas asli lampirannya", en: "read in the originals of its attachments" },
};

/** Refuses a move that somebody with this standing may make in no situation at all. */
export function refuseUnlessEver(found: Case, move: Move, who: Standing): void {
  if (mayEver(move, who)) return;
  throw new Refusal(
    "forbidden",
    {
      id: `Peran Anda tidak berwenang untuk ini: laporan ini tidak dapat ${moveText[move].id} oleh Anda.`,
      en: `Your role does not allow this: this case cannot be ${moveText[move].en} by you.`,
    },
    { more: whereItStands(found, who) },
  );
}

/** Refuses a move that this caller may not make with the case as it stands. Names the moves that they may make. */
export function refuseUnlessLegal(found: Case, move: Move, who: Standing): void {
  const more = whereItStands(found, who);
  if (more.legalMoves.includes(move)) return;
  refuseUnlessEver(found, move, who);
  throw new Refusal(
    "conflict",
    {
      id: `Laporan ini tidak dapat ${moveText[move].id} sekarang, karena statusnya: ${situationInWords(found, "id")}.`,
      en: `This case cannot be ${moveText[move].en} now, because it stands at: ${situationInWords(found, "en")}.`,
    },
    { more },
  );
}

/** Tells whoever was overtaken what happened since the version of the case that they had seen, as their timeline tells it. */
export function overtaken(
  file: CaseFile,
  since: number,
  { who, language, ...telling }: { who: Standing } & Omit<Telling, "byDay">,
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
    { more: { ...whereItStands(file.case, who), ...changedSince({ changes: changes(language) }) } },
  );
}

/** Refuses a move that leans on another case, which kept changing. */
export const otherCaseChanged = () =>
  new Refusal("conflict", {
    id: "Laporan yang hendak diikuti baru saja berubah. Buka lagi laporan itu, lalu putuskan kembali.",
    en: "The case that it was to follow has just changed. Open that one again, then decide anew.",
  });
