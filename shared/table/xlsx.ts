import { cellText, type Table } from "./cells.ts";

/** A cell of Excel holds no more letters. */
const longestCell = 32_767;

/** A table as an Excel file. Each text is stored as text, so that no program runs it as a formula. */
export async function xlsxOf({ headings, rows }: Table, sheet: string): Promise<Uint8Array> {
  // Only whoever asks for a file waits for this library.
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const cells = rows.map((row) =>
    row.map((value) =>
      typeof value === "number"
        ? { type: Number, value }
        : { type: String, value: cellText(value).slice(0, longestCell) },
    ),
  );
  const heading = headings.map((value) => ({ type: String, value, fontWeight: "bold" as const }));
  const columns = headings.map((_, at) => ({
    width: Math.min(60, Math.max(...[headings, ...rows].map((row) => String(row[at] ?? "").length)) + 2),
  }));
  return writeExcelFile([heading, ...cells], { sheet, columns, stickyRowsCount: 1 }).toBuffer();
}
