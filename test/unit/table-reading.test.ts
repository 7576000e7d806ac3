import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../shared/refusal.ts";
import { csvSheet, textOfFile } from "../../shared/table/reading/csv.ts";
import { workbookSheets } from "../../shared/table/reading/workbook.ts";
import { aWorkbook } from "../fakes/workbook.ts";

const refusalOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error.text.id;
    throw error;
  }
  return "";
};

/** A packed file whose list of contents names the same bytes so many times, each as an empty part. */
function manyPartsInOne(parts: number): Uint8Array {
  const content = Buffer.alloc(1_000_000, " ");
  const header = Buffer.alloc(30);
  header.write("PK\u0003\u0004");
  const listed = Array.from({ length: parts }, (_, at) => {
    const name = Buffer.from(`xl/worksheets/sheet${at}.xml`);
    const entry = Buffer.alloc(46);
    entry.write("PK\u0001\u0002");
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, name]);
  });
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(parts, 8);
  end.writeUInt16LE(parts, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(header.length + content.length, 16);
  return Buffer.concat([header, content, list, end]);
}

describe("a table as CSV", () => {
  test("reads the signs that offices separate columns with, quotes, line breaks and marks of the first byte", () => {
    const expected = [
      ["id", "nama"],
      ["a", 'Dinas "Contoh"; Baru'],
      ["b", "dua\nbaris"],
    ];
    for (const sign of [";", ",", "\t"]) {
      const text = `\uFEFFid${sign}nama\r\na${sign}"Dinas ""Contoh""; Baru"\r\n\r\nb${sign}"dua\r\nbaris"\r\n`;
      const { rows } = csvSheet(textOfFile(new TextEncoder().encode(text)));
      expect(rows.map(({ cells }) => cells)).toEqual(expected);
      expect(rows.map(({ number }) => number)).toEqual([1, 2, 4]);
    }
  });

  test("reads what an older program wrote, and refuses what is no text", () => {
    expect(csvSheet(textOfFile(Uint8Array.from([0x4e, 0xe9]))).rows[0]?.cells).toEqual(["Né"]);
    for (const text of ["a\0b", '"never closed', `${"x,".repeat(60)}`, "x".repeat(2_000)])
      expect(refusalOf(() => csvSheet(text))).toContain("tidak dapat dibaca");
  });

  test("a cell that a spreadsheet would take for a formula is marked as one", () => {
    expect(csvSheet("=1+1;@a;+62 812;-3;-a").rows[0]?.cells).toEqual([
      { isFormula: true },
      { isFormula: true },
      "+62 812",
      "-3",
      { isFormula: true },
    ]);
  });

  test("a cell that never ends is refused before it is searched again and again", () => {
    const text = `${" ".repeat(2_000_000)}a${'"'.repeat(2_000_000)}`;
    expect(refusalOf(() => csvSheet(text))).toContain("tidak dapat dibaca");
  });

  test("100,000 rows are refused before they are read", () => {
    const text = "id;nama\n" + "a;b\n".repeat(100_000);
    expect(refusalOf(() => csvSheet(text))).toContain("lebih dari 2.000 baris");
  });
});

describe("a table as XLSX", () => {
  test("reads texts, numbers and shared texts of each sheet, with the numbers of their rows", () => {
    const sheets = workbookSheets(
      aWorkbook([
        {
          name: "Instansi",
          rows: [["id", "wilayah"], [], ["a", { v: "6.4710000000000001E1" }], [{ s: "bersama" }]],
        },
        { name: "Petugas", rows: [["x"]] },
      ]),
    );
    expect(sheets.map(({ name }) => name)).toEqual(["Instansi", "Petugas"]);
    expect(sheets[0]?.rows).toEqual([
      { number: 1, cells: ["id", "wilayah"] },
      { number: 3, cells: ["a", "64.71"] },
      { number: 4, cells: ["bersama"] },
    ]);
  });

  test("a formula is marked and never evaluated", () => {
    const [sheet] = workbookSheets(aWorkbook([{ name: "A", rows: [[{ f: "1+1", v: "2" }, "b"]] }]));
    expect(sheet?.rows[0]?.cells).toEqual([{ isFormula: true }, "b"]);
  });

  test("what declares entities, is no workbook, or is cut off is refused", () => {
    const parts = unzipSync(aWorkbook([{ name: "A", rows: [["a"]] }]));
    const bomb = zipSync({
      ...parts,
      "xl/worksheets/sheet1.xml": strToU8(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>',
      ),
    });
    const { "xl/workbook.xml": _, ...without } = parts;
    const whole = zipSync(parts);
    for (const bytes of [
      bomb,
      zipSync(without),
      whole.slice(0, whole.length / 2),
      strToU8("PK nothing"),
      zipSync({ "word/document.xml": strToU8("<a/>") }),
    ])
      expect(refusalOf(() => workbookSheets(bytes))).toContain("tidak dapat dibaca");
  });

  test("a file that unpacks to far more than it is, is not unpacked, also where it lies about it", () => {
    const rows = `<row>${"<c><v>1</v></c>".repeat(10)}</row>`.repeat(250_000);
    const parts = unzipSync(aWorkbook([{ name: "A", rows: [["a"]] }]));
    const packed = zipSync({
      ...parts,
      "xl/worksheets/sheet1.xml": strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
    });
    expect(packed.length).toBeLessThan(1_000_000);
    expect(refusalOf(() => workbookSheets(packed))).toContain("terlalu besar");
    const lying = Buffer.from(packed);
    for (let at = lying.indexOf("PK\u0001\u0002"); at >= 0; at = lying.indexOf("PK\u0001\u0002", at + 4))
      if (lying.readUInt32LE(at + 24) > 1_000_000) lying.writeUInt32LE(1_000, at + 24);
    expect(refusalOf(() => workbookSheets(lying))).not.toBe("");
  });

  test("parts that all lie in the same bytes are not copied one by one", () => {
    expect(refusalOf(() => workbookSheets(manyPartsInOne(2_000)))).toContain("terlalu besar");
  });

  test("sheets that are one part are read once", () => {
    const parts = unzipSync(aWorkbook([{ name: "A", rows: [["a"]] }]));
    const sheet = '<sheet name="A" sheetId="1" r:id="rId1"/>';
    const whole = zipSync({
      ...parts,
      "xl/workbook.xml": strToU8(`<workbook xmlns:r="r"><sheets>${sheet.repeat(10)}</sheets></workbook>`),
    });
    const sheets = workbookSheets(whole);
    expect(sheets).toHaveLength(10);
    expect(new Set(sheets.map(({ rows }) => rows)).size).toBe(1);
  });

  test("100,000 rows are refused", () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => [String(at)]);
    expect(refusalOf(() => workbookSheets(aWorkbook([{ name: "A", rows }])))).toContain(
      "lebih dari 2.000 baris",
    );
  });
});
