import {
  type Move,
  moveNames,
  moves,
  moveTitle,
  type Permission,
  type Situation,
  situationName,
  situations,
} from "../../case/moves/table.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, paragraph, table } from "../block.ts";

const words = {
  lead: {
    id: "Laporan berpindah dari keadaan ke keadaan hanya lewat langkah. Riwayat mencatat setiap langkah dan tidak dapat dihapus.",
    en: "A report goes from one state to the next by moves alone. The history keeps every move and cannot be deleted.",
  },
  late: {
    id: "“Segera jatuh tempo” dan “lewat batas waktu” bukan keadaan. Keduanya dihitung dari batas waktu.",
    en: "“Due soon” and “overdue” are no states. Both follow from the limits.",
  },
  table: { id: "Keadaan dan langkah yang mungkin", en: "States and the moves that are possible" },
  state: { id: "Keadaan", en: "State" },
  officers: { id: "Petugas dapat", en: "Officers can" },
  reporter: { id: "Pelapor dapat", en: "The reporter can" },
  always: { id: "Kapan saja", en: "At any time" },
  none: { id: "Tidak ada", en: "Nothing" },
} as const satisfies Record<string, Text>;

const isOfReporter = ({ roles }: Permission): boolean => roles.includes("reporter");

/** The moves of one side that the table gives in these situations and not in others. */
const movesFor = (fits: (when: readonly Situation[]) => boolean, side: "reporter" | "officers"): Move[] =>
  moveNames.filter((move) =>
    (moves[move].by as readonly Permission[]).some(
      (permission) => isOfReporter(permission) === (side === "reporter") && fits(permission.when),
    ),
  );

const isAlways = (when: readonly Situation[]): boolean => when.length === situations.length;

function row(
  name: string,
  fits: (when: readonly Situation[]) => boolean,
  language: Language,
): readonly string[] {
  const titles = (side: "reporter" | "officers"): string =>
    movesFor(fits, side)
      .map((move) => moveTitle[move][language])
      .join("; ") || words.none[language];
  return [name, titles("officers"), titles("reporter")];
}

/** The life of a case: each state, and what can be done in it, from the table of moves. */
export const lifeChapter = (language: Language): Block[] => [
  paragraph(words.lead[language]),
  paragraph(words.late[language]),
  table(
    words.table[language],
    [words.state[language], words.officers[language], words.reporter[language]],
    [
      ...[...Map.groupBy(situations, (situation) => situationName(situation, language))].map(
        ([name, those]) =>
          row(
            name,
            (when) => !isAlways(when) && those.some((situation) => when.includes(situation)),
            language,
          ),
      ),
      row(words.always[language], isAlways, language),
    ],
  ),
];
