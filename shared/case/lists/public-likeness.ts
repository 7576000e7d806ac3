import type { Language } from "../../language.ts";
import { asSpelled, type Written } from "../../text/stems.ts";

/** What is compared of a report that everybody may read, or that somebody is about to send. */
export interface PublicWords {
  /** Stems of its title, its address and its text, as the public reads them. */
  words: readonly string[];
  category: string | undefined;
}

/** Two reports must have at least so many words in common, and such a share of the shorter one's: less of it in one main category. */
const alike = { words: 3, share: 0.5, shareInCategory: 1 / 3 };
/** What one main category adds to the share of words. */
const sameCategory = 0.1;

/** How alike a report is to a public one, and why. */
export interface PublicLikeness {
  score: number;
  isSameCategory: boolean;
  words: string[];
}

const mainOf = (category: string | undefined): string | undefined => category?.split("/", 1)[0];

/** Judges by words and category alone. Coordinates are not public, and whoever compares often enough would measure them. */
export function likenessInPublic(one: PublicWords, other: PublicWords): PublicLikeness | undefined {
  const theirs = new Set(other.words);
  const words = one.words.filter((word) => theirs.has(word));
  const share = words.length / Math.max(1, Math.min(one.words.length, other.words.length));
  const isSameCategory = one.category !== undefined && mainOf(one.category) === mainOf(other.category);
  const least = isSameCategory ? alike.shareInCategory : alike.share;
  if (words.length < alike.words || share < least) return undefined;
  return { score: share + (isSameCategory ? sameCategory : 0), isSameCategory, words };
}

/** Why a report is likely the same, as citizens read it, in their own words. */
export function publicReasonsOf(
  { isSameCategory, words }: PublicLikeness,
  language: Language,
  said: Written,
): string[] {
  const named = asSpelled(words, said).join(", ");
  return language === "id"
    ? [...(isSameCategory ? ["Kategorinya sama"] : []), `Kata yang sama: ${named}`]
    : [...(isSameCategory ? ["Same category"] : []), `Words in common: ${named}`];
}
