import { unzipSync } from "fflate";
import { Parser } from "saxen";
import { Refusal } from "../../refusal.ts";
import {
  type Cell,
  longestCell,
  mostColumnsRead,
  mostRowsRead,
  noTable,
  type Sheet,
  type SheetRow,
  tooManyRows,
  unpacksTooLarge,
} from "./sheet.ts";

/** A packed file may say little and hold much. More than this is not unpacked. */
const mostBytesUnpacked = 24 * 1024 * 1024;
const mostSheets = 10;

const partsRead =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[\w.-]+\.xml)$/i;

/** Unpacks the parts of a workbook that hold its tables, as far as they say that they are small enough. */
function unpacked(bytes: Uint8Array): ReadonlyMap<string, string> {
  let left = mostBytesUnpacked;
  const files = unzipSync(bytes, {
    filter({ name, originalSize, size }) {
      if (!partsRead.test(name)) return false;
      // A part that is not packed is copied whole, whatever it says of its size, and many may name the same bytes.
      left -= Math.max(originalSize, size);
      if (left < 0) throw unpacksTooLarge();
      return true;
    },
  });
  return new Map(Object.entries(files).map(([name, content]) => [name, new TextDecoder().decode(content)]));
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

interface Reading {
  open?(name: string, attributes: () => Record<string, string>): void;
  close?(name: string): void;
  text?(value: string): void;
}

/** Reads a part. One that declares a type of document could declare entities, so it is none of ours. */
function read(xml: string, { open, close, text }: Reading): void {
  const parser = new Parser();
  parser.on("openTag", (name, attributes) => open?.(localName(name), attributes));
  parser.on("closeTag", (name) => close?.(localName(name)));
  parser.on("text", (value, decode) => text?.(decode(value)));
  parser.on("cdata", (value) => text?.(value));
  parser.on("attention", () => {
    throw noTable();
  });
  parser.on("error", () => {
    throw noTable();
  });
  parser.parse(xml);
}

/** The texts that cells name by their number. How they are spoken (`rPh`) is left out. */
function sharedTexts(xml: string | undefined): string[] {
  if (xml === undefined) return [];
  const texts: string[] = [];
  let [current, isText, spoken] = ["", false, 0];
  read(xml, {
    open(name) {
      if (name === "si") current = "";
      if (name === "rPh") spoken++;
      isText = name === "t" && spoken === 0;
    },
    close(name) {
      if (name === "si") texts.push(current);
      if (name === "rPh") spoken--;
      isText = false;
    },
    text(value) {
      if (isText) current += value;
    },
  });
  return texts;
}

/** "AB12" is the 28th column: 27. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Numbers are written as computers keep them: 6.4710000000000001E1 is 64.71. */
const numberInWords = (value: string): string => {
  const number = Number(value);
  return value.trim() === "" || !Number.isFinite(number) ? value : String(Number(number.toPrecision(15)));
};

/** Reads the rows of one sheet. */
function rowsOf(xml: string, texts: readonly string[]): SheetRow[] {
  const rows: SheetRow[] = [];
  let row: SheetRow = { number: 0, cells: [] };
  let [column, type, value, isValue, isFormula] = [0, "", "", false, false];
  const cellRead = (): Cell => {
    if (isFormula) return { isFormula: true };
    const text =
      type === "s"
        ? (texts[Number(value)] ?? "")
        : type === "" || type === "n"
          ? numberInWords(value)
          : value;
    if (text.length > longestCell) throw noTable();
    return text.trim();
  };
  read(xml, {
    open(name, attributes) {
      if (name === "row") {
        const number = Number(attributes().r ?? "");
        row = { number: Number.isInteger(number) && number > 0 ? number : row.number + 1, cells: [] };
        column = 0;
      } else if (name === "c") {
        const { r = "", t = "" } = attributes();
        column = columnOf(r) ?? column;
        [type, value, isFormula] = [t, "", false];
      } else if (name === "f") isFormula = true;
      isValue = name === "v" || name === "t";
    },
    close(name) {
      isValue = false;
      if (name === "c") {
        if (column < mostColumnsRead) row.cells[column] = cellRead();
        column++;
      } else if (name === "row" && row.cells.some((one) => one !== "")) {
        rows.push({ ...row, cells: Array.from(row.cells, (one) => one ?? "") });
        if (rows.length > mostRowsRead) throw tooManyRows();
      }
    },
    text(part) {
      if (isValue) value += part;
    },
  });
  return rows;
}

/** The sheets of a workbook with the names of their parts. */
function sheetsNamed(parts: ReadonlyMap<string, string>): { name: string; part: string }[] {
  const targets = new Map<string, string>();
  read(parts.get("xl/_rels/workbook.xml.rels") ?? "", {
    open(name, attributes) {
      const { Id = "", Target = "" } = name === "Relationship" ? attributes() : {};
      if (Id !== "") targets.set(Id, Target.replace(/^\/?(?:xl\/)?/, "xl/"));
    },
  });
  const sheets: { name: string; part: string }[] = [];
  read(parts.get("xl/workbook.xml") ?? "", {
    open(name, attributes) {
      if (name !== "sheet") return;
      const { name: title = "", ...others } = attributes();
      const id = Object.entries(others).find(([key]) => localName(key) === "id" && key.includes(":"))?.[1];
      const part = targets.get(id ?? "");
      if (part !== undefined) sheets.push({ name: title, part });
    },
  });
  return sheets;
}

/** Reads the tables of an XLSX file. Formulas are not evaluated, and what is packed too tightly is not unpacked. */
export function workbookSheets(bytes: Uint8Array): Sheet[] {
  try {
    const parts = unpacked(bytes);
    const sheets = sheetsNamed(parts).slice(0, mostSheets);
    if (sheets.length === 0) throw noTable();
    const texts = sharedTexts(parts.get("xl/sharedStrings.xml"));
    const rowsOfPart = new Map(
      [...new Set(sheets.map(({ part }) => part))].map((part) => [
        part,
        rowsOf(parts.get(part) ?? "", texts),
      ]),
    );
    return sheets.map(({ name, part }) => ({ name, rows: rowsOfPart.get(part) ?? [] }));
  } catch (error) {
    // What is no workbook fails in many ways. All of them mean the same to whoever uploads it.
    throw error instanceof Refusal ? error : noTable();
  }
}

/** Whether a file is packed, as XLSX is. */
export const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
