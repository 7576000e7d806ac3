import { moveTitle } from "../../case/moves/table.ts";
import type { Language } from "../../language.ts";
import { audienceOf } from "../../notification/recipients/audience.ts";
import { type Block, paragraph, pointsIn, table } from "../block.ts";
import { guidanceOf, guidedMoves } from "../moves.ts";
import { readersInWords } from "../words.ts";

const reporter = {
  lead: {
    id: "Pelapor membaca hampir semua yang Anda tulis. Hanya catatan internal dan catatan disposisi tidak.",
    en: "Reporters read nearly all that you write, but for internal notes and notes of assignments.",
  },
  table: { id: "Siapa yang membaca, per langkah", en: "Who reads it, by move" },
  move: { id: "Langkah", en: "Move" },
  readers: { id: "Tulisan Anda", en: "What you write" },
  mail: { id: "Pelapor diberi tahu lewat email", en: "The reporter is told by email" },
  yes: { id: "Ya", en: "Yes" },
  no: { id: "Tidak", en: "No" },
  discreet: {
    id: "Email tentang laporan anonim atau rahasia tidak menyebut isinya. Pelapor membacanya dengan tanda terima.",
    en: "Emails about an anonymous or secret report tell nothing of it. The reporter reads it with the receipt.",
  },
  tone: [
    {
      id: "Tulis kalimat pendek. Sebut siapa mengerjakan apa, dan kapan.",
      en: "Write short sentences. Say who does what, and when.",
    },
    {
      id: "Jangan memakai singkatan kantor. Jangan menyalahkan pelapor.",
      en: "Use no office abbreviations. Do not blame the reporter.",
    },
  ],
} as const;

/** What a reporter reads, by the tables of visibility and audiences. */
export const reporterChapter = (language: Language): Block[] => [
  paragraph(reporter.lead[language]),
  table(
    reporter.table[language],
    [reporter.move[language], reporter.readers[language], reporter.mail[language]],
    guidedMoves.map((move) => [
      moveTitle[move][language],
      readersInWords(move, language),
      reporter[audienceOf(guidanceOf[move].writes.event).reporter ? "yes" : "no"][language],
    ]),
  ),
  paragraph(reporter.discreet[language]),
  pointsIn(reporter.tone, language),
];
