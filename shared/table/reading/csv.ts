import { longestCell, mostColumnsRead, mostRowsRead, noTable, type Sheet, tooManyRows } from "./sheet.ts";

/** Excel of an Indonesian office writes ";", others write "," or a tab. The first line tells. */
function separatorOf(text: string): string {
  const [first = ""] = text.split("\n", 1);
  const unquoted = first.replace(/"[^"]*"/g, "");
  const counts = [";", "\t", ","].map((sign) => ({ sign, count: unquoted.split(sign).length }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).sign;
}

/** A text that a spreadsheet would take for a formula. Ours never begin like this. */
const looksLikeFormula = (text: string): boolean => /^[=@]|^[+-][^\d\s]/.test(text);

/** Text of a file: UTF-8, or what older programs of Windows write. */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Reads a table that was written as CSV. A cell in quotes may hold the separator, quotes and line breaks. */
export function csvSheet(typed: string): Sheet {
  const text = typed.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (text.includes("\0")) throw noTable();
  const separator = separatorOf(text);
  const rows: Sheet["rows"] = [];
  let [cells, cell, line, startedAt]: [string[], string, number, number] = [[], "", 1, 1];
  let isQuoted = false;
  const endCell = (): void => {
    if (cells.length >= mostColumnsRead) throw noTable();
    cells.push(cell.trim());
    cell = "";
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((one) => one !== ""))
      rows.push({
        number: startedAt,
        cells: cells.map((one) => (looksLikeFormula(one) ? { isFormula: true as const } : one)),
      });
    if (rows.length > mostRowsRead) throw tooManyRows();
    cells = [];
    startedAt = line + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && cell.trim() === "") {
      cell = "";
      isQuoted = true;
    } else if (sign === separator) endCell();
    else if (sign === "\n") endRow();
    else cell += sign;
    // Looked at here, and not at the end of the cell alone: what begins a quoted cell is looked for in all that stands before it.
    if (cell.length > longestCell) throw noTable();
    if (sign === "\n") line++;
    if (sign === "\n" && !isQuoted) startedAt = line;
  }
  if (isQuoted) throw noTable();
  endRow();
  return { name: "", rows };
}
