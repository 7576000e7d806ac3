import { cellText, harmless, type Table } from "./cells.ts";

/** Excel in Indonesian separates columns so: there the comma stands in numbers. */
const separator = ";";
/** Without it Excel reads UTF-8 as another encoding. */
const byteOrderMark = "\uFEFF";

const cell = (value: string | number): string => {
  if (typeof value === "number") return String(value);
  const text = harmless(cellText(value));
  return /[";,\n\t]|^\s|\s$|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV that Excel opens with its columns apart (RFC 4180, but for the semicolon). */
export const csvOf = ({ headings, rows }: Table): Uint8Array =>
  new TextEncoder().encode(
    `${byteOrderMark}${[headings, ...rows].map((row) => `${row.map(cell).join(separator)}\r\n`).join("")}`,
  );
