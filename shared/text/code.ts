import { seenSigns } from "./tidy.ts";

/**
 * Codes that people read aloud, copy by hand and mistype. The alphabet has 31 signs. I, L, O, S and U are not among them and
 * are read as 1, 1, 0, 5 and V. 31 is prime and every position has a weight of its own, so the check character finds every
 * single wrong character and every swap of two.
 */
export const alphabet = "0123456789ABCDEFGHJKMNPQRTVWXYZ";

const readAs: Record<string, string> = { O: "0", I: "1", L: "1", S: "5", U: "V" };

/** The code as we store it: in upper case, without separators, each look-alike replaced by the sign that it looks like. */
export const normaliseCode = (typed: string): string =>
  seenSigns(typed)
    .toUpperCase()
    .replace(/[\p{Pd}\u2212._]/gu, "")
    .replace(/[OILSU]/g, (character) => readAs[character] ?? character);

const weightedSum = (characters: string): number => {
  let sum = 0;
  for (const [index, character] of [...characters].entries()) {
    const value = alphabet.indexOf(character);
    if (value < 0) return -1;
    sum += (index + 1) * value;
  }
  return sum % 31;
};

/** Whether a normalised code has this length and a check character that fits. */
export const isCode = (code: string, length: number): boolean =>
  code.length === length && weightedSum(code) === 0;

/**
 * Makes a code of `length` characters (at most 30) from random bytes. The last character is the check character. Bytes above
 * 247 are passed over, because 256 is no multiple of 31. Throws when too few bytes are left.
 */
export function codeFrom(randomBytes: Uint8Array, length: number): string {
  const usable = [...randomBytes].filter((byte) => byte < 248).slice(0, length - 1);
  if (usable.length < length - 1)
    throw new Error(`${randomBytes.length} random bytes are too few for a code`);
  const body = usable.map((byte) => alphabet[byte % 31]).join("");
  const check = [...alphabet].find((character) => weightedSum(body + character) === 0);
  return body + check;
}

/** "0000-0000-0000", in groups of so many characters. */
export const inGroups = (code: string, size: number): string =>
  code.match(new RegExp(`.{1,${size}}`, "g"))?.join("-") ?? code;
