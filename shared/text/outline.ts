import { createHash, createHmac } from "node:crypto";

/** So many characters stand for a word: one in a billion words looks like another. */
const signs = 5;

/** An outline holds so many words: a longer text is compared by these. */
const most = { remembered: 200, shared: 48 };

/** The words of a text that are compared: without case, accents, punctuation and whatever holds a digit, which machines count up. */
const comparedWords = (text: string): string[] => [
  ...new Set(
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !/\p{N}/u.test(word)),
  ),
];

const partsOf = (outline: string): string[] => outline.match(new RegExp(`.{${signs}}`, "g")) ?? [];
const joined = (parts: string[], limit: number): string => parts.sort().slice(0, limit).join("");

/**
 * The outline of a text: a hash of each of its words, sorted. It shows whether another text says nearly the same. Hashes
 * without a key can be guessed word by word, so this outline stays in the memory of the function that made it.
 */
export const outlineOf = (text: string): string =>
  joined(
    comparedWords(text).map((word) => createHash("sha256").update(word).digest("base64url").slice(0, signs)),
    most.remembered,
  );

/** The same outline under a key, to be stored: nobody learns a word from it once the key is gone. */
export const keyedOutline = (key: string, outline: string): string =>
  joined(
    partsOf(outline).map((part) =>
      createHmac("sha256", key).update(part).digest("base64url").slice(0, signs),
    ),
    most.shared,
  );

/** What two outlines of one kind have in common, from 0 to 1: the words of both among the words of either. */
export function sharedPart(one: string, other: string): number {
  const [a, b] = [new Set(partsOf(one)), new Set(partsOf(other))];
  const either = [...new Set([...a, ...b])].sort().slice(0, most.shared);
  return either.length === 0 ? 1 : either.filter((part) => a.has(part) && b.has(part)).length / either.length;
}

const nearlyTheSame = 0.7;
export const resembles = (outline: string, others: readonly string[]): boolean =>
  others.some((other) => sharedPart(outline, other) >= nearlyTheSame);

/** A report is compared with so many different ones of its network; of those that are alike only the first is kept. */
export const outlinesKept = 20;
