import { roleText } from "../../../../shared/case/views/words.ts";
import { zoneAbbreviation } from "../../../../shared/deadline/calendar/time-zone.ts";
import { agency, officerRole } from "../../../../shared/directory/directory.ts";
import type { Text } from "../../../../shared/language.ts";
import { agencyTypeText } from "../../../../shared/page/administration/words.ts";
import { Refusal } from "../../../../shared/refusal.ts";
import type { Cell, Sheet } from "../../../../shared/table/reading/sheet.ts";
import type { DirectoryLoad } from "../../load/rows.ts";

/** The columns of a table of agencies and of one of officers: the heading, and the field of the entry. */
export const columns = {
  agencies: {
    id: "id",
    nama: "name",
    jenis: "type",
    induk: "parent",
    wilayah: "regionCode",
    zona: "timeZone",
    email: "alertEmail",
  },
  officers: { id: "id", nama: "name", email: "email", peran: "role", instansi: "agencyId" },
} as const;
export type LoadKind = keyof typeof columns;

/** Columns that may be missing. */
const optional: Record<LoadKind, readonly string[]> = { agencies: ["wilayah"], officers: ["id"] };

/** An invented row of each table, below its headings. */
export const examples: Record<LoadKind, readonly string[]> = {
  agencies: [
    "dinas-contoh",
    "Dinas Contoh Kota Balikpapan",
    "Perangkat daerah",
    "pemkot-balikpapan",
    "64.71",
    "WITA",
    "dinas-contoh@balikpapan.example",
  ],
  officers: ["", "Contoh Petugas", "contoh.petugas@balikpapan.example", "Petugas unit", "dinas-contoh"],
};

/** A value that was written as people say it, as the entry has it. */
const spoken: ReadonlyMap<string, string> = new Map([
  ...agency.shape.type.options.flatMap((type) => words(agencyTypeText[type], type)),
  ...officerRole.options.flatMap((role) => words(roleText[role], role)),
  ["wib", "Asia/Jakarta"] as [string, string],
  ...Object.entries(zoneAbbreviation)
    .filter(([zone]) => zone !== "Asia/Pontianak" && zone !== "Asia/Jakarta")
    .map(([zone, short]): [string, string] => [short.toLowerCase(), zone]),
]);

function words({ id, en }: Text, value: string): [string, string][] {
  return [
    [id.toLowerCase(), value],
    [en.toLowerCase(), value],
  ];
}

const spokenFields = ["type", "role", "timeZone"];

/** A row that cannot be read as it is written. */
export interface UnreadRow {
  kind: "agency" | "officer";
  row: number;
  heading: string;
  message: Text;
}

const isFormula: Text = {
  id: "Sel ini berisi rumus. Salin lalu tempel sebagai nilai, simpan, dan unggah lagi.",
  en: "This cell holds a formula. Copy it, paste it as a value, save and upload again.",
};

const wrongHeadings = (found: readonly string[]): Refusal => {
  const named = found.filter(Boolean).slice(0, 12).join(", ").slice(0, 200);
  const list = (kind: LoadKind): string => Object.keys(columns[kind]).join(", ");
  const message = {
    id: `Judul kolom di baris pertama tidak dikenal${named ? `: ${named}` : ""}. Tabel instansi memakai: ${list("agencies")}. Tabel petugas memakai: ${list("officers")}.`,
    en: `The headings in the first row are not known${named ? `: ${named}` : ""}. A table of agencies has: ${list("agencies")}. A table of officers has: ${list("officers")}.`,
  };
  return new Refusal("invalid-input", message, { fields: [{ in: "body", path: "berkas", message }] });
};

const nothingInIt = (): Refusal => {
  const message: Text = {
    id: "Berkas ini tidak memuat baris di bawah judul kolomnya.",
    en: "This file has no rows below its headings.",
  };
  return new Refusal("invalid-input", message, { fields: [{ in: "body", path: "berkas", message }] });
};

const headingOf = (cell: Cell | undefined): string =>
  typeof cell === "string" ? cell.toLowerCase().replace(/[*:]/g, "").trim() : "";

/** Which table a row of headings begins. Undefined for no table of ours. */
function kindOf(headings: readonly string[]): LoadKind | undefined {
  const has = (kind: LoadKind): boolean =>
    Object.keys(columns[kind]).every((name) => headings.includes(name) || optional[kind].includes(name)) &&
    headings.every((name) => name === "" || Object.hasOwn(columns[kind], name)) &&
    new Set(headings.filter(Boolean)).size === headings.filter(Boolean).length;
  return has("officers") ? "officers" : has("agencies") ? "agencies" : undefined;
}

type Entry = DirectoryLoad["agencies"][number]["entry"];

function entryOf(kind: LoadKind, named: readonly (readonly [string, Cell])[]): Entry {
  const entry: Entry = kind === "agencies" ? { parent: null } : {};
  const fields: Readonly<Record<string, string>> = columns[kind];
  for (const [heading, cell] of named) {
    const field = fields[heading];
    if (field === undefined || typeof cell !== "string" || cell === "") continue;
    entry[field] = spokenFields.includes(field) ? (spoken.get(cell.toLowerCase()) ?? cell) : cell;
  }
  return entry;
}

/** What the tables of a file say: the rows as the route takes them, and those that cannot be read. */
export function loadOf(sheets: readonly Sheet[]): { load: DirectoryLoad; unread: UnreadRow[] } {
  const load: DirectoryLoad = { agencies: [], officers: [] };
  const unread: UnreadRow[] = [];
  for (const { rows } of sheets) {
    const [first, ...others] = rows;
    if (!first) continue;
    const headings = first.cells.map(headingOf);
    const kind = kindOf(headings);
    // A workbook may hold notes beside its tables. A file with one table and wrong headings is told of them.
    if (!kind) {
      if (sheets.length === 1)
        throw wrongHeadings(first.cells.map((cell) => (typeof cell === "string" ? cell : "=")));
      continue;
    }
    for (const { number, cells } of others) {
      const named = headings.flatMap((heading, at) =>
        heading === "" ? [] : [[heading, cells[at] ?? ""] as const],
      );
      const formula = named.find(([, cell]) => typeof cell !== "string");
      if (formula)
        unread.push({
          kind: kind === "agencies" ? "agency" : "officer",
          row: number,
          heading: formula[0],
          message: isFormula,
        });
      else if (named.some(([, cell]) => cell !== ""))
        load[kind].push({ row: number, entry: entryOf(kind, named) });
    }
  }
  if (load.agencies.length + load.officers.length + unread.length === 0)
    throw sheets.some(({ rows }) => kindOf(rows[0]?.cells.map(headingOf) ?? []))
      ? nothingInIt()
      : wrongHeadings([]);
  return { load, unread };
}

/** The heading of a field, as the file has it. */
export const headingOfField = (kind: "agency" | "officer", field: string): string =>
  Object.entries(columns[kind === "agency" ? "agencies" : "officers"]).find(
    ([, name]) => name === field,
  )?.[0] ?? field;
