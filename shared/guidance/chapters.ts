import type { Language, Text } from "../language.ts";
import type { Block } from "./block.ts";
import { contactsChapter, practiceChapter } from "./chapters/asking.ts";
import { clocksChapter } from "./chapters/clocks.ts";
import { escalationChapter } from "./chapters/escalation.ts";
import { evidenceChapter } from "./chapters/evidence.ts";
import { lifeChapter } from "./chapters/life.ts";
import { movesChapter } from "./chapters/moves.ts";
import { reporterChapter } from "./chapters/reporter.ts";
import { rolesChapter } from "./chapters/roles.ts";
import { secrecyChapter } from "./chapters/secrecy.ts";
import type { InForce } from "./in-force.ts";

/** A chapter of the guidance. Its id is the last part of its address. */
export interface Chapter {
  id: string;
  title: Text;
  /** What there is in it, in a line. */
  about: Text;
  blocks(language: Language, inForce: InForce): Block[];
}

/** The guidance, in the order in which a newcomer reads it. Pages, the booklet and its PDF are made from it alone. */
export const chapters: readonly Chapter[] = [
  {
    id: "peran",
    title: { id: "Siapa mengerjakan apa", en: "Who does what" },
    about: { id: "Tujuh peran dan langkahnya masing-masing.", en: "Seven roles and the moves of each." },
    blocks: rolesChapter,
  },
  {
    id: "alur",
    title: { id: "Perjalanan laporan", en: "The life of a report" },
    about: {
      id: "Keadaan laporan dan apa yang mungkin di dalamnya.",
      en: "States, and what is possible in each.",
    },
    blocks: lifeChapter,
  },
  {
    id: "langkah",
    title: { id: "Setiap langkah", en: "Every move" },
    about: {
      id: "Apa, kapan, dasarnya, contoh baik dan buruk.",
      en: "What, by when, on what basis, good and bad examples.",
    },
    blocks: movesChapter,
  },
  {
    id: "hitungan",
    title: { id: "Batas waktu dan cara menghitungnya", en: "Limits and how they are counted" },
    about: {
      id: "Batas yang berlaku dan hari libur berikutnya.",
      en: "The limits in force and the next free days.",
    },
    blocks: clocksChapter,
  },
  {
    id: "rahasia",
    title: { id: "Rahasia dan identitas", en: "Secrecy and identity" },
    about: { id: "Apa yang Anda jaga, dan mengapa.", en: "What you keep to, and why." },
    blocks: secrecyChapter,
  },
  {
    id: "bukti",
    title: { id: "Bukti dan foto", en: "Evidence and photos" },
    about: { id: "Foto yang menjawab pertanyaan.", en: "Photos that answer the question." },
    blocks: evidenceChapter,
  },
  {
    id: "pelapor",
    title: { id: "Yang dibaca pelapor", en: "What a reporter reads" },
    about: { id: "Siapa membaca tulisan Anda.", en: "Who reads what you write." },
    blocks: reporterChapter,
  },
  {
    id: "eskalasi",
    title: { id: "Bila terlambat", en: "When it is late" },
    about: {
      id: "Tangga pemberitahuan, banding, keberatan, Ombudsman.",
      en: "The ladder of alerts, appeals, objections, the Ombudsman.",
    },
    blocks: escalationChapter,
  },
  {
    id: "berlatih",
    title: { id: "Berlatih dulu", en: "Practise first" },
    about: { id: "Mencoba tanpa akibat.", en: "To try without consequences." },
    blocks: practiceChapter,
  },
  {
    id: "kontak",
    title: { id: "Kepada siapa bertanya", en: "Whom to ask" },
    about: { id: "Admin dan pejabat penghubung Anda.", en: "Your administrators and liaison officers." },
    blocks: contactsChapter,
  },
];
