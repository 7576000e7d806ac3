/** Signs that nobody sees and that no language needs: soft hyphens, blanks without width, fillers, byte order marks, unused controls. */
const silent = /\u034F|\u17B4|\u17B5|[\u00AD\u180E\u200B\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0]/gu;

/** Joiners tell letters of some scripts how to connect. Next to Latin letters, digits and blanks they say nothing. */
const idleJoiners =
  /(?<=^|[\p{Script=Latin}\p{Nd}\s!-/:-@[-`{-~])[\u200C\u200D]+|(?<![\u200C\u200D])[\u200C\u200D]+(?=[\p{Script=Latin}\p{Nd}])/gu;

/** Letters that flags of regions are spelt with, behind a black flag. They are not seen; anywhere else they say nothing. */
const tags = /(\u{1F3F4}[\u{E0020}-\u{E007F}]+)|[\u{E0000}-\u{E007F}]+/gu;

/** Blanks, line breaks and joiners say nothing around a text. */
const blank = /[\s\u0085\u200C\u200D]/u;

const [rightMark, arabicMark] = ["\u200F", "\u061C"];
const rightEmbedding = "\u202B";
const rightOverride = "\u202E";
const rightIsolate = "\u2067";
/** Marks that begin a stretch with a direction of its own, each with the mark that ends it. */
const ends: Readonly<Record<string, string>> = {
  ...{ "\u202A": "\u202C", [rightEmbedding]: "\u202C", "\u202D": "\u202C", [rightOverride]: "\u202C" },
  ...{ "\u2066": "\u2069", [rightIsolate]: "\u2069", "\u2068": "\u2069" },
};
const direction = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/u;
/** Nobody copies a text with more of them. */
const mostMarks = 1000;
const toTheRight = [rightMark, arabicMark, rightEmbedding, rightOverride, rightIsolate];
const fromRight =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Where a text begins and ends for whoever reads it: without what stands around it. */
function bodyOf(
  signs: string | readonly string[],
  ...around: readonly RegExp[]
): { first: number; last: number } {
  const isAround = (sign: string | undefined) => sign !== undefined && around.some((one) => one.test(sign));
  let [first, last] = [0, signs.length - 1];
  while (isAround(signs[first])) first += 1;
  while (last >= first && isAround(signs[last])) last -= 1;
  return { first, last };
}

const trimmed = (text: string): string => {
  const { first, last } = bodyOf(text, blank);
  return text.slice(first, last + 1);
};

/** Where the stretch that a mark begins ends; behind the text where nothing ends it. */
function endOf(signs: readonly string[], start: number): number {
  const begin = signs[start] ?? "";
  let depth = 0;
  for (let at = start; at < signs.length; at++) {
    const sign = signs[at] ?? "";
    if (ends[sign] !== undefined && ends[sign] === ends[begin]) depth += 1;
    else if (sign === ends[begin] && --depth === 0) return at;
  }
  return signs.length;
}

/**
 * Whether a mark of direction changes nothing for whoever reads: it stands around the whole text, or turns nothing around, because
 * everything is written from left to right.
 */
function isHarmless(
  signs: readonly string[],
  at: number,
  text: { first: number; last: number; turns: boolean; hasLetters: boolean },
): boolean {
  const sign = signs[at] ?? "";
  if (at > text.last) return true;
  const isTurning = toTheRight.includes(sign);
  const end = endOf(signs, at);
  // It turns around every letter behind it. Digits are copied with it, and read from the left all the same.
  if (sign === rightOverride && text.hasLetters && end > text.first) return false;
  if (at < text.first) return ends[sign] === undefined || !isTurning || end < text.first || end > text.last;
  return !isTurning && (!text.turns || sign === "\u202C" || sign === "\u2069");
}

/** The text without marks of direction that change nothing. Those that could deceive stay, and are refused by whoever reads it. */
function withoutIdleDirections(text: string): string {
  if (!direction.test(text)) return text;
  const signs = [...text];
  if (signs.filter((sign) => direction.test(sign)).length > mostMarks) return text;
  // The mark of Arabic counts as Arabic.
  const turns = signs.some((sign) => fromRight.test(sign) && !direction.test(sign));
  const body = { ...bodyOf(signs, blank, direction), turns, hasLetters: /\p{L}/u.test(text) };
  return signs.filter((sign, at) => !direction.test(sign) || !isHarmless(signs, at, body)).join("");
}

/**
 * A text as its writer meant it. Phones and word processors put blanks and marks around and into what people copy: what nobody
 * sees and what changes nothing goes. What could deceive a reader stays, so that it can be refused.
 */
export const tidied = (text: string): string =>
  trimmed(
    withoutIdleDirections(
      text.replace(silent, "").replace(tags, (_, flag: string | undefined) => flag ?? ""),
    ),
  ).replace(idleJoiners, "");

/** A number or a code as it is read: without anything that nobody sees, in plain digits and letters. */
export const seenSigns = (text: string): string =>
  text.normalize("NFKC").replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\s]/gu, "");

/** Every text in a value of JSON, tidied. Names of fields stay as they are: one that is not known is refused. */
export function allTidied(value: unknown): unknown {
  if (typeof value === "string") return tidied(value);
  if (Array.isArray(value)) return value.map(allTidied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, allTidied(one)]));
}
