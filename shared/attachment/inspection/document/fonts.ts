/** A font or profile that cannot be followed. */
class Unreadable extends Error {}

const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const within = (bytes: Uint8Array, from: number, length: number): Buffer => {
  if (from < 0 || length < 0 || from + length > bytes.length) throw new Unreadable();
  return view(bytes).subarray(from, from + length);
};

/** What drawing letters needs of a TrueType or OpenType font. Names, licences, dates and signatures are in other tables. */
const tablesKept = [
  ...["CFF ", "GSUB", "OS/2", "VORG", "cmap", "cvt ", "fpgm", "gasp", "glyf", "head"],
  ...["hhea", "hmtx", "loca", "maxp", "post", "prep", "vhea", "vmtx"],
];

/** A TrueType or OpenType font, written anew from the tables that drawing needs. */
export function bareOpenType(bytes: Uint8Array): Buffer {
  const file = view(bytes);
  // The first font of a collection is the one that a PDF shows.
  const start = file.toString("latin1", 0, 4) === "ttcf" ? within(file, 12, 4).readUInt32BE() : 0;
  const head = within(file, start, 12);
  const count = head.readUInt16BE(4);
  const directory = within(file, start + 12, count * 16);
  const tables = Array.from({ length: count }, (_, index) => directory.subarray(index * 16, index * 16 + 16))
    .map((entry) => ({
      tag: entry.toString("latin1", 0, 4),
      // Fonts in PDFs are cut short at times. Programs show what is there.
      data: file.subarray(entry.readUInt32BE(8), entry.readUInt32BE(8) + entry.readUInt32BE(12)),
    }))
    .filter(
      ({ tag }, index, all) => tablesKept.includes(tag) && all.findIndex((one) => one.tag === tag) === index,
    )
    .map(({ tag, data }) => ({ tag, data: bareTable(tag, data) }));
  if (tables.length === 0) throw new Unreadable();
  return written(head.subarray(0, 4), tables);
}

function bareTable(tag: string, data: Buffer): Buffer {
  const table = Buffer.from(data);
  if (tag === "CFF ") return bareCompactFont(table);
  if (tag === "head" && table.length >= 36) table.fill(0, 20, 36); // When it was made and changed.
  if (tag === "OS/2" && table.length >= 62) table.fill(0x20, 58, 62); // Who sells it.
  return table;
}

function written(version: Buffer, tables: readonly { tag: string; data: Buffer }[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12 + tables.length * 16);
  version.copy(head);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [index, { tag, data }] of tables.entries()) {
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    const entry = head.subarray(12 + index * 16, 28 + index * 16);
    entry.write(tag, 0, "latin1");
    entry.writeUInt32BE(sumOf(padded), 4);
    entry.writeUInt32BE(at, 8);
    entry.writeUInt32BE(data.length, 12);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}

function sumOf(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

const standardStrings = 391;
const numberOfGlyphsAt = 17;
const charsetAt = 15;
const isForCodes = 1230;

interface Index {
  count: number;
  end: number;
  at: (index: number) => Buffer;
}

function indexAt(file: Buffer, start: number): Index {
  const count = within(file, start, 2).readUInt16BE();
  if (count === 0) return { count, end: start + 2, at: () => Buffer.alloc(0) };
  const size = within(file, start + 2, 1)[0] ?? 0;
  if (size < 1 || size > 4) throw new Unreadable();
  const data = start + 3 + (count + 1) * size - 1;
  const offset = (index: number) => within(file, start + 3 + index * size, size).readUIntBE(0, size);
  const at = (index: number) => within(file, data + offset(index), offset(index + 1) - offset(index));
  return { count, end: data + offset(count), at };
}

/** A compact font (CFF). Its names and notices are overwritten, those of its glyphs are not: letters are found by them. */
export function bareCompactFont(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  const names = indexAt(file, within(file, 2, 1)[0] ?? 0);
  const tops = indexAt(file, names.end);
  const strings = indexAt(file, tops.end);
  const kept = new Set<number>();
  for (let font = 0; font < tops.count; font++) {
    const top = entriesOf(tops.at(font));
    const glyphs = top.get(numberOfGlyphsAt)?.[0];
    const codes = top.get(isForCodes);
    if (codes) for (const string of codes.slice(0, 2)) kept.add(string);
    const charset = top.get(charsetAt)?.[0] ?? 0;
    if (glyphs !== undefined && !codes && charset > 2)
      for (const string of charsetOf(file, charset, indexAt(file, glyphs).count)) kept.add(string);
  }
  for (let font = 0; font < names.count; font++) names.at(font).fill("F");
  for (let string = 0; string < strings.count; string++)
    if (!kept.has(string + standardStrings)) strings.at(string).fill("x");
  return file;
}

/** The numbers of a dictionary of a compact font, by operator. Operators of two bytes count from 1200 on. */
function entriesOf(dict: Buffer): Map<number, number[]> {
  const entries = new Map<number, number[]>();
  let numbers: number[] = [];
  for (let at = 0; at < dict.length;) {
    const byte = dict[at] ?? 0;
    if (byte <= 21) {
      const operator = byte === 12 ? 1200 + (dict[at + 1] ?? 0) : byte;
      entries.set(operator, numbers);
      numbers = [];
      at += byte === 12 ? 2 : 1;
    } else if (byte === 28) {
      numbers.push(within(dict, at + 1, 2).readInt16BE());
      at += 3;
    } else if (byte === 29) {
      numbers.push(within(dict, at + 1, 4).readInt32BE());
      at += 5;
    } else if (byte === 30) {
      at += 1;
      while (at < dict.length && ((dict[at] ?? 0) & 15) !== 15 && (dict[at] ?? 0) >> 4 !== 15) at += 1;
      at += 1;
      numbers.push(0);
    } else if (byte <= 246) {
      numbers.push(byte - 139);
      at += 1;
    } else {
      const next = dict[at + 1] ?? 0;
      numbers.push(byte <= 250 ? (byte - 247) * 256 + next + 108 : -(byte - 251) * 256 - next - 108);
      at += 2;
    }
  }
  return entries;
}

/** The strings that name the glyphs of a font. */
function* charsetOf(file: Buffer, start: number, glyphs: number): Generator<number> {
  const format = within(file, start, 1)[0];
  let at = start + 1;
  for (let named = 1; named < glyphs;) {
    const first = within(file, at, 2).readUInt16BE();
    at += 2;
    const more =
      format === 0 ? 0 : format === 1 ? within(file, at, 1).readUInt8() : within(file, at, 2).readUInt16BE();
    at += format === 0 ? 0 : format === 1 ? 1 : 2;
    for (let each = 0; each <= more && named < glyphs; each++, named++) yield first + each;
  }
}

/** A Type 1 font. Texts and comments in its readable part become blanks, and so does what follows its glyphs. */
export function bareType1(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  const sealed = file.indexOf("eexec", 0, "latin1");
  if (sealed < 0) throw new Unreadable();
  let depth = 0;
  for (let at = 0; at < sealed; at++) {
    const byte = file[at];
    if (byte === 0x25 && depth === 0) {
      // The first comment tells what kind of font it is.
      const kind = /^%!(PS-AdobeFont|FontType1)-\d\.\d/.exec(file.toString("latin1", at, at + 20))?.[0] ?? "";
      const from = at + kind.length;
      while (at < sealed && file[at] !== 10 && file[at] !== 13) at++;
      file.fill(0x20, Math.min(from, at), at);
    } else if (byte === 0x28 && depth++ === 0) continue;
    else if (byte === 0x29 && depth > 0 && --depth === 0) continue;
    else if (depth > 0) {
      if (byte === 0x5c) file[at + 1] = 0x20;
      file[at] = 0x20;
    }
  }
  const name = /\/FontName\s*\/([^\s/[\](){}<>%]+)/.exec(file.toString("latin1", 0, sealed));
  if (name?.[1]) file.fill("F", name.index + name[0].length - name[1].length, name.index + name[0].length);
  const zeros = file.lastIndexOf("cleartomark", file.length, "latin1");
  if (zeros > sealed) file.fill(0x20, zeros + "cleartomark".length);
  return file;
}

/** What colours need of a profile. Its description, makers, rights, dates and notes are in other tags. */
const tagsKept = [
  ...["A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2", "D2B0", "D2B1", "D2B2", "B2D0", "B2D1", "B2D2"],
  ...["rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "wtpt", "bkpt", "chad", "gamt"],
];
const kindsOfTags = ["XYZ ", "curv", "para", "sf32", "mft1", "mft2", "mAB ", "mBA ", "mpet"];

/** A colour profile, written anew from what colours need. */
export function bareProfile(bytes: Uint8Array): Buffer {
  const file = view(bytes);
  if (within(file, 36, 4).toString("latin1") !== "acsp") throw new Unreadable();
  const count = within(file, 128, 4).readUInt32BE();
  if (count > 100) throw new Unreadable();
  const entries = within(file, 132, count * 12);
  const tags = Array.from({ length: count }, (_, index) => entries.subarray(index * 12, index * 12 + 12))
    .map((entry) => ({
      tag: entry.toString("latin1", 0, 4),
      data: within(file, entry.readUInt32BE(4), entry.readUInt32BE(8)),
    }))
    .filter(({ tag, data }) => tagsKept.includes(tag) && kindsOfTags.includes(data.toString("latin1", 0, 4)));
  return profileOf(Buffer.from(file.subarray(0, 128)), [...tags, ...plainWords(file[8] ?? 2)]);
}

/** A profile has to say what it is, and whose. */
function plainWords(version: number) {
  const words = Buffer.from("Profile\0", "latin1");
  const description = Buffer.alloc(12 + words.length + 78);
  description.write("desc", 0, "latin1");
  description.writeUInt32BE(words.length, 8);
  words.copy(description, 12);
  const wide = Buffer.from("Profile", "utf16le").swap16();
  const localised = Buffer.alloc(28 + wide.length);
  localised.write("mluc", 0, "latin1");
  localised.writeUInt32BE(1, 8);
  localised.writeUInt32BE(12, 12);
  localised.write("enUS", 16, "latin1");
  localised.writeUInt32BE(wide.length, 20);
  localised.writeUInt32BE(28, 24);
  wide.copy(localised, 28);
  const text = Buffer.concat([Buffer.from("text\0\0\0\0", "latin1"), words]);
  return version >= 4
    ? [
        { tag: "desc", data: localised },
        { tag: "cprt", data: localised },
      ]
    : [
        { tag: "desc", data: description },
        { tag: "cprt", data: text },
      ];
}

function profileOf(head: Buffer, tags: readonly { tag: string; data: Buffer }[]): Buffer {
  head.fill(0, 4, 8); // The preferred program, then date, system, makers, and the profile's number.
  head.fill(0, 24, 36);
  head.fill(0, 40, 44);
  head.fill(0, 48, 56);
  head.fill(0, 80, 128);
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  const parts: Buffer[] = [head, table];
  const places = new Map<string, number>();
  let at = head.length + table.length;
  for (const [index, { tag, data }] of tags.entries()) {
    const same = data.toString("latin1");
    const place = places.get(same) ?? at;
    table.write(tag, 4 + index * 12, "latin1");
    table.writeUInt32BE(place, 8 + index * 12);
    table.writeUInt32BE(data.length, 12 + index * 12);
    if (place !== at) continue;
    places.set(same, at);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    parts.push(padded);
    at += padded.length;
  }
  const file = Buffer.concat(parts);
  file.writeUInt32BE(file.length, 0);
  return file;
}
