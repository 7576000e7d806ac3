import { moveTitle } from "../../case/moves/table.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, heading, paragraph } from "../block.ts";
import { certaintyText } from "../guidance.ts";
import { type InForce, limitsOfClock } from "../in-force.ts";
import { guidanceOf, type GuidedMove, guidedMoves } from "../moves.ts";
import { effectsInWords, readersInWords, whoInWords } from "../words.ts";

const words = {
  lead: {
    id: "Setiap langkah punya halaman sendiri. Halaman itu mengatakan akibatnya sebelum Anda mengirim.",
    en: "Each move has a page of its own. The page tells what follows before you send.",
  },
  what: { id: "Apa", en: "What" },
  byWhen: { id: "Kapan", en: "By when" },
  clocks: { id: "Hitungan waktu", en: "Clocks" },
  who: { id: "Siapa", en: "Who" },
  readers: { id: "Yang membaca", en: "Who reads it" },
  good: { id: "Contoh baik", en: "Good example" },
  bad: { id: "Contoh buruk", en: "Bad example" },
  basis: { id: "Dasar", en: "Basis" },
} as const satisfies Record<string, Text>;

/** The place of a move in the guidance. */
const placeOfMove = (move: GuidedMove): string => `langkah-${move}`;

const factsOf = (move: GuidedMove, inForce: InForce, language: Language): Block => {
  const { what, byWhen, grounds, good, bad } = guidanceOf[move];
  const limits = byWhen.clock ? limitsOfClock(inForce, byWhen.clock, language, byWhen.only) : [];
  return {
    kind: "facts",
    facts: [
      [words.what[language], [what[language]]],
      [words.byWhen[language], [byWhen.text[language], ...limits]],
      [words.clocks[language], effectsInWords(move, language)],
      [words.who[language], whoInWords(move, language)],
      [words.readers[language], [readersInWords(move, language)]],
      [words.good[language], [good[language]]],
      [words.bad[language], [bad[language]]],
      [
        words.basis[language],
        grounds.map(({ text, certainty }) => `${text[language]}. ${certaintyText[certainty][language]}.`),
      ],
    ],
  };
};

/** Every move of officers, with the limits in force for the reader's agency. */
export const movesChapter = (language: Language, inForce: InForce): Block[] => [
  paragraph(words.lead[language]),
  ...guidedMoves.flatMap((move) => [
    heading(moveTitle[move][language], placeOfMove(move)),
    factsOf(move, inForce, language),
  ]),
];
