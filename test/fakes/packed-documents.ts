import { crc32, deflateRawSync } from "node:zlib";

/** A part of a packed document. A change makes the list of parts say something else than what stands before the part. */
export interface PackedPart {
  name: string;
  text: string | Buffer;
  flags?: number;
  unpacked?: number;
  listedAs?: string;
  listedAt?: number;
}

const u16 = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from([value & 255, value >> 8])));
const u32 = (...values: number[]) =>
  Buffer.concat(values.map((value) => u16(value & 0xffff, Math.floor(value / 65_536) & 0xffff)));

/** A ZIP of these parts. */
export function packed(parts: readonly PackedPart[], note = ""): Buffer {
  const pieces: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, text, flags = 0, unpacked, listedAs = name, listedAt } of parts) {
    const body = Buffer.from(text);
    const small = deflateRawSync(body);
    const numbers = [u16(20, flags, 8, 0, 0), u32(crc32(body), small.length, unpacked ?? body.length)];
    const head = Buffer.concat([u32(0x04034b50), ...numbers, u16(name.length, 0), Buffer.from(name), small]);
    list.push(
      u32(0x02014b50),
      u16(20),
      ...numbers,
      u16(listedAs.length, 0, 0, 0, 0),
      u32(0, listedAt ?? at),
      Buffer.from(listedAs),
    );
    pieces.push(head);
    at += head.length;
  }
  const whole = Buffer.concat(list);
  const end = [
    u32(0x06054b50),
    u16(0, 0, parts.length, parts.length),
    u32(whole.length, at),
    u16(note.length),
  ];
  return Buffer.concat([...pieces, whole, ...end, Buffer.from(note)]);
}

const main = {
  word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
  excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
};
const types = (type: string, more = "") =>
  `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${type}"/>${more}</Types>`;
const relations = (...more: string[]) =>
  `<Relationships><Relationship Id="r1" Type="http://a.example/officeDocument" Target="word/document.xml"/>${more.join("")}</Relationships>`;
/** Where a document leads: a link that waits for a click, or something that is fetched. */
export const relation = (kind: string, target = "https://contoh.example/x", mode = 'TargetMode="External"') =>
  `<Relationship Id="r2" Type="http://schemas.example/${kind}" Target="${target}" ${mode}/>`;

/** A document of a word processor, or a table, with more parts, types and relations. */
export const officeDocument = ({
  kind = "word",
  type = main[kind],
  moreTypes = "",
  inRelations = [],
  parts = [],
}: {
  kind?: "word" | "excel";
  type?: string;
  moreTypes?: string;
  inRelations?: string[];
  parts?: PackedPart[];
} = {}): Buffer =>
  packed([
    { name: "[Content_Types].xml", text: types(type, moreTypes) },
    { name: "_rels/.rels", text: relations(...inRelations) },
    { name: kind === "word" ? "word/document.xml" : "xl/workbook.xml", text: "<w>Bukti laporan</w>" },
    { name: "docProps/core.xml", text: "<creator>QvzTanda Penulis</creator>" },
    ...parts,
  ]);
