import type { Text } from "../../language.ts";
import { Refusal } from "../../refusal.ts";

/** A table has so many rows at most, its heading included. */
export const mostRowsRead = 2_001;
export const mostColumnsRead = 40;
/** Nothing that the directory holds is longer. */
export const longestCell = 1_000;

/** What stands in a cell. What a formula comes to is not read: a program might come to another value. */
export type Cell = string | { isFormula: true };

/** A row with its number as people count it in their file. */
export interface SheetRow {
  number: number;
  cells: Cell[];
}

export interface Sheet {
  name: string;
  rows: SheetRow[];
}

const unreadable = (message: Text): Refusal =>
  new Refusal("invalid-input", message, { fields: [{ in: "body", path: "berkas", message }] });

export const tooManyRows = (): Refusal =>
  unreadable({
    id: "Berkas ini lebih dari 2.000 baris. Bagi menjadi beberapa berkas, lalu muat satu per satu.",
    en: "This file has more than 2,000 rows. Divide it into several files and load them one by one.",
  });

export const noTable = (): Refusal =>
  unreadable({
    id: "Berkas ini tidak dapat dibaca sebagai XLSX atau CSV. Unduh contoh berkasnya, isi, simpan, lalu unggah lagi.",
    en: "This file cannot be read as XLSX or CSV. Download the sample file, fill it in, save it and upload it again.",
  });

export const unpacksTooLarge = (): Refusal =>
  unreadable({
    id: "Isi berkas ini terlalu besar untuk dibaca. Simpan hanya tabelnya, tanpa gambar dan lembar lain, lalu unggah lagi.",
    en: "What this file holds is too large to be read. Save the table alone, without pictures and other sheets, and upload it again.",
  });
