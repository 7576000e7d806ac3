import { mayStandIn } from "../../case/moves/deputies/deputy.ts";
import { moveNames, moveTitle } from "../../case/moves/table.ts";
import { roleText } from "../../case/views/words.ts";
import { type OfficerRole, officerRole } from "../../directory/directory.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, heading, paragraph, points } from "../block.ts";
import { whenInWords } from "../words.ts";

const duties: Readonly<Record<OfficerRole, Text>> = {
  "national-admin": {
    id: "Memverifikasi laporan yang tidak menyebut instansi, memutuskan pengembalian ketiga, dan mengelola instansi dan petugas.",
    en: "Verifies reports that name no agency, decides on the third return, and manages agencies and officers.",
  },
  "agency-admin": {
    id: "Memverifikasi laporan untuk instansinya dan di bawahnya, meneruskan ke unit, dan mengelola petugasnya.",
    en: "Verifies reports for the agency and those below it, passes them to units, and manages its officers.",
  },
  "liaison-officer": {
    id: "Meneruskan laporan ke unit, menjaga batas waktu, dan membawa jawaban unit kembali kepada pelapor.",
    en: "Passes reports to units, watches the limits, and brings the answers of units back to reporters.",
  },
  "unit-officer": {
    id: "Mengerjakan laporan di lapangan, mencatat perkembangan, dan menjawab dengan bukti.",
    en: "Works on reports, notes progress, and answers with evidence.",
  },
  "agency-head": {
    id: "Memutuskan laporan yang dibuka kembali, dan membuka identitas bila benar-benar perlu.",
    en: "Decides on reopened reports, and opens an identity where it is really needed.",
  },
  "ombudsman-observer": {
    id: "Membaca semua laporan, menerima rujukan, dan memutuskan keberatan bila tidak ada tingkat di atasnya.",
    en: "Reads all reports, takes referrals, and decides on objections where no level stands above.",
  },
  auditor: {
    id: "Membaca siapa melakukan apa dan kapan, tanpa isi laporan.",
    en: "Reads who did what and when, without the content of reports.",
  },
};

const words = {
  none: { id: "Tidak mengubah laporan apa pun.", en: "Changes no report." },
  lead: {
    id: "Setiap petugas melihat hanya langkah yang boleh dilakukannya. Langkah lain tidak tampil.",
    en: "Each officer sees only the moves that they may make. Others are not shown.",
  },
  deputies: { id: "Wakil", en: "Deputies" },
  deputiesLead: {
    id: "Saat Anda tidak di tempat, wakil bertindak untuk Anda, dengan namanya sendiri. Yang dapat menjadi wakil:",
    en: "While you are away, a deputy acts for you, in their own name. Who can be a deputy:",
  },
  alone: {
    id: "Identitas dan berkas asli tidak pernah dibuka oleh wakil.",
    en: "A deputy never opens identities and originals.",
  },
} as const satisfies Record<string, Text>;

const movesOf = (role: OfficerRole, language: Language): string[] =>
  moveNames.flatMap((move) =>
    whenInWords(move, role, language).map((when) => `${moveTitle[move][language]} ${when}.`),
  );

const standIns = (language: Language): string[] =>
  officerRole.options.flatMap((absent) => {
    const able = officerRole.options.filter((role) => mayStandIn(role, absent));
    return able.length > 0
      ? [`${roleText[absent][language]}: ${able.map((role) => roleText[role][language]).join(", ")}.`]
      : [];
  });

/** Who does what: every role with its moves, from the table of moves. */
export const rolesChapter = (language: Language): Block[] => [
  paragraph(words.lead[language]),
  ...officerRole.options.flatMap((role) => {
    const possible = movesOf(role, language);
    return [
      heading(roleText[role][language], `peran-${role}`),
      paragraph(duties[role][language]),
      possible.length > 0 ? points(possible) : paragraph(words.none[language]),
    ];
  }),
  heading(words.deputies[language]),
  paragraph(words.deputiesLead[language]),
  points(standIns(language)),
  paragraph(words.alone[language]),
];
