import { archiveReason } from "../../case/history.ts";
import { type CaseClass, caseClass } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { practiceNames } from "../../practice/agencies.ts";
import type { PractisedMove } from "../../practice/scenario.ts";
import { archivedBecause } from "../case/ending.ts";
import type { Html } from "../html.ts";
import { checkbox, type Option, selectField, textArea, textField, type Told } from "../parts/form.ts";

const words = {
  class: { id: "Jenis laporan", en: "Kind of report" },
  supervised: { id: "Berkadar pengawasan", en: "Supervised" },
  supervisedHint: {
    id: "Dugaan penyimpangan yang perlu pemeriksaan.",
    en: "A suspected irregularity that has to be examined.",
  },
  formal: { id: "Permohonan resmi menurut UU 14/2008", en: "A formal request under UU 14/2008" },
  agency: { id: "Teruskan ke", en: "Hand to" },
  noAgency: { id: "Belum diteruskan", en: "Not handed on yet" },
  chooseAgency: { id: "Pilih instansi", en: "Choose an agency" },
  note: { id: "Catatan untuk penerima", en: "Note for whoever gets it" },
  returning: { id: "Mengapa bukan kewenangan Anda", en: "Why it is not yours to handle" },
  question: { id: "Pertanyaan kepada pelapor", en: "Question to the reporter" },
  progress: { id: "Apa yang sedang dikerjakan", en: "What is being done" },
  answer: { id: "Jawaban kepada pelapor", en: "Answer to the reporter" },
  answerHint: {
    id: "Apa yang dikerjakan, kapan, dan hasilnya.",
    en: "What was done, when, and with what result.",
  },
  extension: {
    id: "Alasan perpanjangan, dibaca pelapor",
    en: "Reason for the extension, which the reporter reads",
  },
  reason: { id: "Alasan", en: "Reason" },
  chooseReason: { id: "Pilih alasan", en: "Choose a reason" },
  explanation: { id: "Penjelasan kepada pelapor", en: "Explanation to the reporter" },
  number: { id: "Nomor pelacakan laporan pertama", en: "Tracking number of the first report" },
  joinText: { id: "Catatan", en: "Note" },
  referral: { id: "Keterangan untuk Ombudsman", en: "What the Ombudsman should know" },
  opening: {
    id: "Alasan membuka identitas, dibaca pelapor",
    en: "Reason for the opening, which the reporter reads",
  },
} as const satisfies Record<string, Text>;

const classWords: Record<CaseClass, Text> = {
  complaint: { id: "Pengaduan", en: "Complaint" },
  aspiration: { id: "Aspirasi", en: "Aspiration" },
  "information-request": { id: "Permintaan informasi", en: "Information request" },
};

interface FormField {
  name: string;
  isTicked?: true;
  show(told: Told): Html;
}

const label = (text: Text, { language }: { language: Language }) => text[language];

const area = (
  name: string,
  text: Text,
  { optional = false, hint }: { optional?: boolean; hint?: Text } = {},
): FormField => ({
  name,
  show: (told) =>
    textArea(
      told,
      { name, label: label(text, told), optional, ...(hint && { hint: label(hint, told) }) },
      { rows: 5 },
    ),
});

const agencies = ({ language }: Told, none: Text): Option[] => [
  { value: "", label: none[language] },
  ...Object.entries(practiceNames).map(([value, name]) => ({ value, label: name })),
];

const agency = (none: Text): FormField => ({
  name: "agencyId",
  show: (told) =>
    selectField(told, { name: "agencyId", label: label(words.agency, told) }, agencies(told, none)),
});

const tick = (name: string, text: Text, hint?: Text): FormField => ({
  name,
  isTicked: true,
  show: (told) =>
    checkbox(told, { name, label: label(text, told), ...(hint && { hint: label(hint, told) }) }),
});

/** What the form of each move asks for. The names are those of the real routes. */
const forms: Record<PractisedMove, readonly FormField[]> = {
  verify: [
    {
      name: "class",
      show: (told) =>
        selectField(
          told,
          { name: "class", label: label(words.class, told) },
          caseClass.options.map((value) => ({ value, label: label(classWords[value], told) })),
        ),
    },
    tick("supervised", words.supervised, words.supervisedHint),
    tick("formal", words.formal),
    agency(words.noAgency),
  ],
  assign: [agency(words.chooseAgency), area("note", words.note, { optional: true })],
  return: [area("reason", words.returning)],
  ask: [area("text", words.question)],
  progress: [area("text", words.progress)],
  answer: [area("text", words.answer, { hint: words.answerHint })],
  extend: [area("text", words.extension)],
  archive: [
    {
      name: "reason",
      show: (told) =>
        selectField(told, { name: "reason", label: label(words.reason, told) }, [
          { value: "", label: label(words.chooseReason, told) },
          ...archiveReason.options.map((value) => ({ value, label: label(archivedBecause[value], told) })),
        ]),
    },
    area("text", words.explanation),
    {
      name: "duplicateOf",
      show: (told) =>
        textField(
          told,
          { name: "duplicateOf", label: label(words.number, told), optional: true },
          { width: "middle", autocapitalize: "characters" },
        ),
    },
  ],
  join: [
    {
      name: "trackingNumber",
      show: (told) =>
        textField(
          told,
          { name: "trackingNumber", label: label(words.number, told) },
          { width: "middle", autocapitalize: "characters" },
        ),
    },
    area("text", words.joinText, { optional: true }),
  ],
  refer: [area("text", words.referral)],
  "open-identity": [area("reason", words.opening)],
};

/** The names of the fields of a move, and those among them that are ticked or not. */
export const fieldsOfMove = (move: PractisedMove): { names: string[]; ticked: string[] } => ({
  names: forms[move].map(({ name }) => name),
  ticked: forms[move].flatMap(({ name, isTicked }) => (isTicked ? [name] : [])),
});

/** The fields of the form of a move. */
export const moveFields = (move: PractisedMove, told: Told): Html[] =>
  forms[move].map(({ show }) => show(told));
