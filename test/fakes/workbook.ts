import { strToU8, zipSync } from "fflate";

/** A cell as text, as a number (`v`), as a formula (`f`), or as a text that is shared between cells (`s`). */
type Written = string | { v?: string; f?: string; s?: string };

/** An XLSX file with these sheets, as a spreadsheet program writes it. */
export function aWorkbook(
  sheets: readonly { name: string; rows: readonly (readonly Written[])[] }[],
): Uint8Array {
  const shared: string[] = [];
  const letter = (column: number): string => String.fromCharCode(65 + column);
  const cell = (one: Written, at: string): string => {
    if (typeof one === "string") return `<c r="${at}" t="inlineStr"><is><t>${one}</t></is></c>`;
    if (one.s !== undefined) return `<c r="${at}" t="s"><v>${shared.push(one.s) - 1}</v></c>`;
    return `<c r="${at}">${one.f === undefined ? "" : `<f>${one.f}</f>`}<v>${one.v ?? ""}</v></c>`;
  };
  const sheet = (rows: (typeof sheets)[number]["rows"]): string =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map(
        (cells, at) =>
          `<row r="${at + 1}">${cells.map((one, column) => cell(one, `${letter(column)}${at + 1}`)).join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`;
  const written = sheets.map(({ rows }) => sheet(rows));
  return zipSync({
    "xl/workbook.xml": strToU8(
      `<workbook xmlns:r="r"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="t" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}</Relationships>`,
    ),
    "xl/sharedStrings.xml": strToU8(`<sst>${shared.map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`),
    ...Object.fromEntries(written.map((xml, at) => [`xl/worksheets/sheet${at + 1}.xml`, strToU8(xml)])),
  });
}
