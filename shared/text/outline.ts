import { createHmac } from "node:crypto";

const signs = 5;
const most = 48;

/** The words of a text as they compare: without case, accents, punctuation and whatever holds a digit, which machines count up. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !/\p{N}/u.test(word)),
  );

/**
 * The outline of a report: the keyed hashes of its words, the lowest of them where there are many. Enough to see that another
 * one says nearly the same; nobody reads a word from it once the day's key is gone.
 */
export const outlineOf = (key: string, text: string): string =>
  [...wordsOf(text)]
    .map((word) => createHmac("sha256", key).update(word).digest("base64url").slice(0, signs))
    .sort()
    .slice(0, most)
    .join("");

const partsOf = (outline: string): string[] => outline.match(new RegExp(`.{${signs}}`, "g")) ?? [];

/** How much two reports have in common, from 0 to 1: words of both among the words of either. */
export function likeness(one: string, other: string): number {
  const [a, b] = [new Set(partsOf(one)), new Set(partsOf(other))];
  const either = [...new Set([...a, ...b])].sort().slice(0, most);
  return either.length === 0 ? 1 : either.filter((part) => a.has(part) && b.has(part)).length / either.length;
}

const nearlyTheSame = 0.7;
export const resembles = (outline: string, others: readonly string[]): boolean =>
  others.some((other) => likeness(outline, other) >= nearlyTheSame);

/** So many different reports of a network are compared with; of those that are like another only the first is kept. */
export const outlinesKept = 20;
