/** A text as it is searched. `at` says where each of its characters stands in the original. */
export interface Plain {
  text: string;
  at: number[];
}

const isDigit = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

/** A digit of any script as 0 to 9. Unicode keeps the ten digits of a script in a row that begins on ...0 or ...6. */
function digitOf(codePoint: number): string {
  const row = codePoint & ~15;
  return String(codePoint - (isDigit(row) ? row : row + 6));
}

/** One character as the search knows it, always one code unit long. */
function plainOf(sign: string): string {
  if (sign < "\u0080") return sign;
  const usual = sign.normalize("NFKC");
  const codePoint = usual.codePointAt(0) ?? 0;
  if (usual.length === String.fromCodePoint(codePoint).length && isDigit(codePoint))
    return codePoint < 128 ? usual : digitOf(codePoint);
  return usual.length === 1 ? usual : "\uFFFD";
}

/**
 * A text made plain for the search. Digits of every script become 0 to 9, full-width signs usual ones, O and l between
 * digits 0 and 1. Characters that cannot be seen are left out.
 */
export function plain(original: string): Plain {
  const signs: string[] = [];
  const at: number[] = [];
  let index = 0;
  for (const sign of original) {
    if (sign < "\u0080" || !/\p{Default_Ignorable_Code_Point}/u.test(sign)) {
      signs.push(plainOf(sign));
      at.push(index);
    }
    index += sign.length;
  }
  at.push(index);
  const text = signs
    .join("")
    .replace(/(?<![\p{L}\p{N}])[oO](?=[ .-]?8[ .-]?[1-9])/gu, "0")
    .replace(/(?<=\d)[oO](?=\d)/g, "0")
    .replace(/(?<=\d)[lI](?=\d)/g, "1");
  return { text, at };
}

/** As many characters before a find as its words are looked for in. */
const lookBack = 64;

/** What stands just before a position of the text. */
export const justBefore = (text: string, position: number): string =>
  text.slice(Math.max(0, position - lookBack), position);
