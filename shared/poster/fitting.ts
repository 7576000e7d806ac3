/** Measures a text in points at a size. */
export type Measure = (text: string, size: number) => number;

/** A text in lines, at the size at which they fit. */
export interface Fitted {
  lines: string[];
  size: number;
}

/** A word that is wider than a line, in pieces that fit. */
function pieces(word: string, fits: (text: string) => boolean): string[] {
  const found: string[] = [];
  let piece = "";
  for (const sign of word) {
    if (piece !== "" && !fits(piece + sign)) {
      found.push(piece);
      piece = "";
    }
    piece += sign;
  }
  return [...found, piece];
}

/** Breaks a text into lines that fit, between words, and inside a word only where it alone is too wide. */
function linesOf(text: string, fits: (text: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean))
    for (const piece of fits(word) ? [word] : pieces(word, fits)) {
      const longer = line === "" ? piece : `${line} ${piece}`;
      if (line === "" || fits(longer)) line = longer;
      else {
        lines.push(line);
        line = piece;
      }
    }
  return line === "" ? lines : [...lines, line];
}

/**
 * Fits a text into a width and so many lines. Its letters get smaller from `largest` to `smallest`. A text that is too long even
 * then keeps its first lines, and ends in three dots.
 */
export function fitted(
  text: string,
  {
    width,
    most,
    largest,
    smallest,
    measure,
  }: { width: number; most: number; largest: number; smallest: number; measure: Measure },
): Fitted {
  for (let size = largest; size >= smallest; size -= 0.5) {
    const lines = linesOf(text, (one) => measure(one, size) <= width);
    if (lines.length <= most) return { lines, size };
  }
  const fits = (one: string) => measure(one, smallest) <= width;
  const lines = linesOf(text, fits).slice(0, most);
  let last = lines.at(-1) ?? "";
  while (last !== "" && !fits(`${last}...`)) last = last.slice(0, -1);
  return { lines: [...lines.slice(0, -1), `${last.trimEnd()}...`], size: smallest };
}
