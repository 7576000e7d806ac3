import { isEveryday, stemOf } from "../text/stems.ts";

/** Signs of a word that are compared. */
const signsCompared = 40;

/**
 * The words that a text is searched by, in their order: in lower case, without accents, as their stems. Words that say nothing are
 * left out. What people type is taken apart in the same way, so both agree.
 */
export function wordsIn(text: string): string[] {
  const folded = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "");
  const words: string[] = [];
  for (const [whole] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (isEveryday(whole)) continue;
    const word = [...whole].slice(0, signsCompared).join("");
    words.push(/^[a-z]{3,}$/.test(word) ? stemOf(word) : word);
  }
  return words;
}
