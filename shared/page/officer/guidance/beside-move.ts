import { certaintyText } from "../../../guidance/guidance.ts";
import { guidanceOf, type GuidedMove } from "../../../guidance/moves.ts";
import type { Language, Text } from "../../../language.ts";
import { type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";

const words = {
  guidance: { id: "Panduan untuk langkah ini", en: "Guidance for this move" },
  what: { id: "Apa", en: "What" },
  byWhen: { id: "Kapan", en: "By when" },
  basis: { id: "Dasar", en: "Basis" },
  good: { id: "Contoh baik", en: "Good example" },
  bad: { id: "Contoh buruk", en: "Bad example" },
  whole: { id: "Buka panduan", en: "Open the guidance" },
} as const satisfies Record<string, Text>;

/** The place of a move in the guidance, and its address there. */
export const placeInGuidance = (move: GuidedMove): string => `langkah-${move}`;

/** What there is to know about a move: what, by when, on what basis, and two examples. */
const moveInWords = (move: GuidedMove, language: Language): Html => {
  const { what, byWhen, grounds, good, bad } = guidanceOf[move];
  return html`<dl class="answers">
<div><dt>${words.what[language]}</dt><dd>${what[language]}</dd></div>
<div><dt>${words.byWhen[language]}</dt><dd>${byWhen.text[language]}</dd></div>
<div><dt>${words.good[language]}</dt><dd>${good[language]}</dd></div>
<div><dt>${words.bad[language]}</dt><dd>${bad[language]}</dd></div>
<div><dt>${words.basis[language]}</dt><dd>${grounds.map(
    ({ text, certainty }) =>
      html`<p>${text[language]}. <span class="hint">${certaintyText[certainty][language]}.</span></p>`,
  )}</dd></div>
</dl>`;
};

/** The guidance of a move, folded, to stand beside its form. */
export const besideMove = (
  move: GuidedMove,
  language: Language,
): Html => html`<details><summary>${words.guidance[language]}</summary>
${moveInWords(move, language)}
<p><a class="link" href="${`${pageIn(language, "/petugas/panduan/langkah")}#${placeInGuidance(move)}`}">${words.whole[language]}</a></p>
</details>`;
