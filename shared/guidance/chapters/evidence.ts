import type { Language } from "../../language.ts";
import { type Block, paragraph, pointsIn } from "../block.ts";
import type { InForce } from "../in-force.ts";

const evidence = {
  lead: {
    id: "Jawaban tanpa bukti sering dibantah. Bukti yang baik menghemat satu putaran kerja.",
    en: "Answers without evidence are often disputed. Good evidence saves a round of work.",
  },
  good: [
    {
      id: "Foto sebelum dan sesudah, dari sudut yang sama, dengan satu patokan yang tetap.",
      en: "Photos before and after, from the same angle, with one landmark in both.",
    },
    {
      id: "Sebut tanggal pengerjaan dalam jawaban. Salinan foto tidak lagi memuat waktu dan tempat.",
      en: "Name the date of the work in the answer. Copies of photos no longer hold time and place.",
    },
    {
      id: "Hindari wajah, pelat nomor, dan papan nama rumah. Yang terlihat di foto tetap terlihat.",
      en: "Avoid faces, number plates and name plates. What can be seen in a photo stays.",
    },
    {
      id: "Untuk permintaan informasi, lampirkan dokumennya, bukan hanya tautannya.",
      en: "For information requests attach the document, not just its address.",
    },
    {
      id: "Berkas Word dan Excel dari pelapor tetap tersegel. Petugas membukanya dengan alasan.",
      en: "Word and Excel files of reporters stay sealed. Officers open them for a reason.",
    },
  ],
} as const;

/** Evidence and photos, with the limits of this stage. */
export const evidenceChapter = (language: Language, { attachments }: InForce): Block[] => [
  paragraph(evidence.lead[language]),
  pointsIn(evidence.good, language),
  paragraph(
    language === "id"
      ? `Untuk satu laporan petugas dapat melampirkan paling banyak ${attachments.files} berkas, masing-masing paling besar ${attachments.megabytes} MB.`
      : `Officers can attach at most ${attachments.files} files to a report, each of at most ${attachments.megabytes} MB.`,
  ),
];
