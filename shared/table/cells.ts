/** A table as it is given out: a name for each column, and rows of text and numbers. */
export interface Table {
  headings: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** Programs for tables take a text that begins so for a formula, and run it. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A text that no program for tables runs. An apostrophe in front says that it is text. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Signs that neither XML nor a line of CSV may hold. */
export const cellText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}/gu, "\uFFFD")
    .replace(/\r\n?/g, "\n");
