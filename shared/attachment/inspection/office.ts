import { inflateRawSync } from "node:zlib";
import { type FileType, officeTypes, type RefusalReason } from "../../case/views/attachment-view.ts";

/** A part of a packed document, as the list of its parts describes it. */
interface Part {
  name: string;
  flags: number;
  method: number;
  packed: number;
  unpacked: number;
  at: number;
}

/** A document that is refused, and why. */
class Unwanted extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

const end = { signature: 0x06054b50, length: 22, longestNote: 65_535 };
const entry = { signature: 0x02014b50, length: 46 };
const local = { signature: 0x04034b50, length: 30 };
const mostParts = 5000;
/** A document that unpacks to more brings down the computer of whoever opens it. */
const mostUnpacked = 512 * 1024 * 1024;
/** The lists of a document that say what its parts are and where they lead are small. Nothing else of it is unpacked. */
const mostOfList = 1024 * 1024;
const mostOfLists = 8 * 1024 * 1024;

/** Names of parts that hold programs or other files. */
const unwantedNames =
  /vbaproject|vbadata|activex|embeddings?\/|oleobject|macrosheets?\/|dialogsheets?\/|\.(?:bin|exe|dll|js|vbs|ole)$/i;
/** Binary parts that are settings of a printer. Excel writes them into most tables. */
const printerSettings = /(?:^|\/)printersettings\/printersettings\d*\.bin$/i;
const unwantedTypes = /macroenabled|vbaproject|activex|oleobject|macrosheet|dialogsheet|ms-package/i;
/** What a document is joined to that runs, holds another file, or fetches something by itself, whatever the part is called. */
const unwantedRelations =
  /\/(?:vba\w*|wordvba\w*|oleobject|package|control|activex\w*|xl\w*macrosheet|dialogsheet|afchunk|externallink|webextension\w*)$/i;
const mainTypes = officeTypes.map(
  (type) => [type, `${type}.main+xml`.replace(/\.(document|sheet)\.main/, ".$1.main")] as const,
);

/**
 * Finds out whether a packed file is a document or a table without programs, and which. It reads the list of its parts and the small
 * lists in it that say what each part is and what it links to. The rest is never unpacked.
 */
export function officeFile(bytes: Uint8Array): { type: FileType } | { refused: RefusalReason } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const parts = partsOf(file);
    refuseOtherFiles(parts);
    const lists = new Lists(file);
    const typesList = parts.get("[content_types].xml");
    if (!typesList) throw new Unwanted("unknown-type");
    const types = withoutReferences(lists.read(typesList));
    if (unwantedTypes.test(types)) throw new Unwanted("active-content");
    const [found, ...others] = mainTypes.filter(([, main]) => types.includes(main));
    if (!found || others.length > 0) throw new Unwanted("unknown-type");
    for (const part of parts.values())
      if (part.name.endsWith(".rels")) refuseUnwantedRelations(lists.read(part));
    return { type: found[0] };
  } catch (error) {
    if (error instanceof Unwanted) return { refused: error.reason };
    if (error instanceof RangeError) return { refused: "unreadable" };
    throw error;
  }
}

/** Where the list of parts stands: the file ends with it and with a note that says how long it is. */
function listOf(file: Buffer): { at: number; count: number; behind: number } {
  const earliest = Math.max(0, file.length - end.length - end.longestNote);
  for (let at = file.length - end.length; at >= earliest; at--) {
    if (
      file.readUInt32LE(at) !== end.signature ||
      at + end.length + file.readUInt16LE(at + 20) !== file.length
    )
      continue;
    const [disk, , here, count] = [4, 6, 8, 10].map((place) => file.readUInt16LE(at + place));
    const start = file.readUInt32LE(at + 16);
    if (disk !== 0 || here !== count || start + file.readUInt32LE(at + 12) !== at)
      throw new Unwanted("unreadable");
    return { at: start, count: count ?? 0, behind: at };
  }
  throw new Unwanted("unknown-type");
}

/** The parts of a packed file, by name in small letters. Programs disagree on a file that lists a part twice, or parts in each other. */
function partsOf(file: Buffer): Map<string, Part> {
  const list = listOf(file);
  if (list.count > mostParts) throw new Unwanted("unreadable");
  const parts = new Map<string, Part>();
  let at = list.at;
  for (let index = 0; index < list.count; index++) {
    if (at + entry.length > list.behind || file.readUInt32LE(at) !== entry.signature)
      throw new Unwanted("unreadable");
    const [name = 0, extra = 0, note = 0] = [28, 30, 32].map((place) => file.readUInt16LE(at + place));
    const part: Part = {
      name: file.toString("utf8", at + entry.length, at + entry.length + name).toLowerCase(),
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    };
    if (parts.has(part.name)) throw new Unwanted("unreadable");
    parts.set(part.name, part);
    at += entry.length + name + extra + note;
  }
  refuseContradictions(file, [...parts.values()], list.at);
  return parts;
}

function refuseContradictions(file: Buffer, parts: Part[], behind: number): void {
  const total = parts.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > mostUnpacked) throw new Unwanted("unreadable");
  let reached = 0;
  for (const part of parts.sort((a, b) => a.at - b.at)) {
    if (part.flags & 1) throw new Unwanted("encrypted");
    if (part.at < reached || file.readUInt32LE(part.at) !== local.signature) throw new Unwanted("unreadable");
    const body = bodyOf(file, part);
    const name = file.toString(
      "utf8",
      part.at + local.length,
      part.at + local.length + file.readUInt16LE(part.at + 26),
    );
    if (name.toLowerCase() !== part.name || body.end > behind || ![0, 8].includes(part.method))
      throw new Unwanted("unreadable");
    reached = body.end;
  }
}

const bodyOf = (file: Buffer, { at, packed }: Part): { start: number; end: number } => {
  const start = at + local.length + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  return { start, end: start + packed };
};

function refuseOtherFiles(parts: ReadonlyMap<string, Part>): void {
  for (const name of parts.keys()) {
    if (/\\|(?:^|\/)\.\.?(?:\/|$)|^\//.test(name)) throw new Unwanted("unreadable");
    if (unwantedNames.test(name) && !printerSettings.test(name)) throw new Unwanted("active-content");
  }
}

/** Unpacks small lists of a document, and not more of them than a document has. */
class Lists {
  private left = mostOfLists;
  private readonly file: Buffer;

  constructor(file: Buffer) {
    this.file = file;
  }

  read(part: Part): string {
    const { start, end } = bodyOf(this.file, part);
    const packed = this.file.subarray(start, end);
    const list = part.method === 0 ? packed : unpacked(packed);
    this.left -= list.length;
    if (list.length > mostOfList || this.left < 0) throw new Unwanted("unreadable");
    const text = list.toString("utf8");
    // Another encoding, or names for letters, could hide a word that is looked for.
    if (text.includes("\0") || text.includes("\uFFFD") || /<!DOCTYPE/i.test(text))
      throw new Unwanted("unreadable");
    return text;
  }
}

/** A text of XML with letters where numbers stand for them: "&#69;" is "E". */
const withoutReferences = (text: string): string =>
  text.replace(/&#(?:x0*([0-9a-f]{1,6})|0*(\d{1,7}));/gi, (_, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });

function unpacked(packed: Buffer): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: mostOfList });
  } catch {
    throw new Unwanted("unreadable");
  }
}

/** A relation of a part, with its attributes. A value may hold a ">", and a quote of the other kind. */
const relation = /<(?:[\w.-]+:)?Relationship\b((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The relations that a list names. A list that cannot be read whole could hide one. */
function relationsIn(list: string): Record<string, string>[] {
  const found = [...list.matchAll(relation)].map(([, attributes = ""]) =>
    Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, name = "", double, single]) => [
        name,
        withoutReferences(double ?? single ?? "").trim(),
      ]),
    ),
  );
  if (found.length !== [...list.matchAll(/<(?:[\w.-]+:)?Relationship\b/g)].length)
    throw new Unwanted("unreadable");
  return found;
}

/**
 * Refuses a document that holds programs or other files, or fetches something from elsewhere when it is opened: a template, a
 * picture, other tables. A link waits for a click.
 */
function refuseUnwantedRelations(list: string): void {
  for (const { Type = "", TargetMode = "" } of relationsIn(list))
    if (unwantedRelations.test(Type) || (/^external$/i.test(TargetMode) && !Type.endsWith("/hyperlink")))
      throw new Unwanted("active-content");
}
