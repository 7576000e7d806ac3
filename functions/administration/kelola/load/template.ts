import { strToU8, zipSync } from "fflate";
import { columns, examples, type LoadKind } from "./headings.ts";

const names: Record<LoadKind, string> = { agencies: "Instansi", officers: "Petugas" };

const rowsOf = (kind: LoadKind): readonly (readonly string[])[] => [
  Object.keys(columns[kind]),
  examples[kind],
];

/** A table to fill in, as CSV that Excel of an Indonesian office opens with a double click. */
export const templateCsv = (kind: LoadKind): string =>
  `\uFEFF${rowsOf(kind)
    .map((cells) => cells.join(";"))
    .join("\r\n")}\r\n`;

const xml = (content: string): Uint8Array =>
  strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${content}`);

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
const documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Every cell is text, so that no program makes a number of a code or a date of an id. */
const sheet = (kind: LoadKind): Uint8Array =>
  xml(
    `<worksheet xmlns="${main}"><sheetData>${rowsOf(kind)
      .map(
        (cells, at) =>
          `<row r="${at + 1}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`,
  );

/** A workbook to fill in: one sheet of agencies and one of officers, each with its headings and an invented row. */
export function templateWorkbook(): Uint8Array {
  const kinds = Object.keys(columns) as LoadKind[];
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const each = (make: (kind: LoadKind, number: number) => string): string =>
    kinds.map((kind, at) => make(kind, at + 1)).join("");
  return zipSync({
    "[Content_Types].xml": xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${each((_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
    ),
    "_rels/.rels": xml(
      `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    "xl/workbook.xml": xml(
      `<workbook xmlns="${main}" xmlns:r="${documents}"><sheets>${each((kind, number) => `<sheet name="${names[kind]}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": xml(
      `<Relationships xmlns="${relations}">${each((_, number) => `<Relationship Id="rId${number}" Type="${documents}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
    ),
    ...Object.fromEntries(kinds.map((kind, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(kind)])),
  });
}
