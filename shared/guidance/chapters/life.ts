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
import { type Block, paragraph } from "../block.ts";

const words = {
  lead: {
    id: "Laporan berpindah dari keadaan ke keadaan hanya lewat langkah. Riwayat mencatat setiap langkah dan tidak dapat dihapus.",
    en: "A report goes from one state to the next by moves alone. The history keeps every move and cannot be deleted.",
  },
  late: {
    id: "“Segera jatuh tempo” dan “lewat batas waktu” bukan keadaan. Keduanya dihitung dari batas waktu.",
    en: "“Due soon” and “overdue” are no states. Both follow from the limits.",
  },
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

function factOf(
  name: string,
  fits: (when: readonly Situation[]) => boolean,
  language: Language,
): readonly [string, readonly string[]] {
  const told = (side: "reporter" | "officers"): string => {
    const titles = movesFor(fits, side).map((move) => moveTitle[move][language]);
    return `${words[side][language]}: ${titles.join("; ") || words.none[language]}.`;
  };
  return [name, [told("officers"), told("reporter")]];
}

/** The life of a case: each state, and what can be done in it, from the table of moves. */
export const lifeChapter = (language: Language): Block[] => [
  paragraph(words.lead[language]),
  paragraph(words.late[language]),
  {
    kind: "facts",
    facts: [
      ...[...Map.groupBy(situations, (situation) => situationName(situation, language))].map(
        ([name, those]) =>
          factOf(
            name,
            (when) => !isAlways(when) && those.some((situation) => when.includes(situation)),
            language,
          ),
      ),
      factOf(words.always[language], isAlways, language),
    ],
  },
];
