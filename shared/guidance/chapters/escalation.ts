import { roleText } from "../../case/views/words.ts";
import { stages, stageText } from "../../deadline/ladder.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, heading, paragraph, points, pointsIn, table } from "../block.ts";
import { type InForce, limitsOfClock } from "../in-force.ts";

const told: Readonly<Record<(typeof stages)[number]["to"], Text>> = {
  officer: { id: "Petugas yang mendapat giliran", en: "The officers whose turn it is" },
  "agency-head": { id: roleText["agency-head"].id, en: roleText["agency-head"].en },
  coordinator: {
    id: "Koordinator: admin di tingkat paling atas daerah itu",
    en: "The coordinator: the administrators of the topmost level of the region",
  },
};

const escalation = {
  lead: {
    id: "Pemberitahuan dikirim pukul delapan pagi pada hari kerja, waktu setempat. Setiap tahap sekali untuk setiap batas.",
    en: "Alerts are sent at eight in the morning of working days, local time. Each stage comes once for each limit.",
  },
  table: { id: "Tangga pemberitahuan", en: "The ladder of alerts" },
  stage: { id: "Tahap", en: "Stage" },
  when: { id: "Hari kerja dari batas waktu", en: "Working days from the limit" },
  who: { id: "Siapa diberi tahu", en: "Who is told" },
  after: { id: "Sesudah batas penyelesaian lewat", en: "After the limit of completion" },
  steps: [
    {
      id: "Pelapor dapat menyetujui penerusan ke Ombudsman.",
      en: "The reporter can agree to a referral to the Ombudsman.",
    },
    {
      id: "Pelapor dapat mengajukan banding atas jawaban. Laporan naik ke tingkat di atas unit yang menjawab.",
      en: "The reporter can appeal an answer. The report goes to the level above the unit that answered.",
    },
    {
      id: "Nilai 1 atau 2 membuka laporan lagi. Kepala instansi memutuskan kelanjutannya.",
      en: "One or two stars reopen the report. The head of the agency decides what follows.",
    },
    {
      id: "Pengembalian ketiga menjadi keputusan admin nasional.",
      en: "The third return is for the national administrator to decide.",
    },
  ],
  objections: { id: "Keberatan atas pengarsipan", en: "Objections to an archival" },
  late: {
    id: "Bila Anda tahu akan terlambat, catat perkembangan dengan tanggal yang baru. Diam lebih buruk daripada terlambat.",
    en: "If you know that you will be late, note progress with a new date. Silence is worse than being late.",
  },
} as const;

/** Escalation: the ladder of alerts, appeals, objections and the Ombudsman. */
export const escalationChapter = (language: Language, inForce: InForce): Block[] => [
  paragraph(escalation.lead[language]),
  table(
    escalation.table[language],
    [escalation.stage[language], escalation.when[language], escalation.who[language]],
    stages.map(({ stage, offset, to }) => [
      stageText[stage][language],
      offset > 0 ? `+${offset}` : String(offset),
      told[to][language],
    ]),
  ),
  paragraph(escalation.late[language]),
  heading(escalation.after[language]),
  pointsIn(escalation.steps, language),
  heading(escalation.objections[language]),
  points([
    ...limitsOfClock(inForce, "objection", language),
    ...limitsOfClock(inForce, "objection-decision", language),
  ]),
];
