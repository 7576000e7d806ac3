import { constants, inflateSync } from "node:zlib";
import {
  CharCodes,
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFObjectStreamParser,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFWriter,
} from "@cantoo/pdf-lib";
import type { Copy, RefusalReason } from "../attachment.ts";

/** One stream of an honest document, a scanned page, is far below this when it is unpacked; all of one together too. */
const unpackedStream = 128 * 1024 * 1024;
const unpackedInAll = 512 * 1024 * 1024;
/** What Flate can make of a byte; what broke on the way may have been that much. */
const flateRatio = 1032;
/** One stream of objects has some hundreds of them; they are read into much more memory than they take. */
const unpackedObjects = 16 * 1024 * 1024;
/** Names, numbers, dictionaries and so on in a whole document. */
const valuesInAll = 3_000_000;
const namesInAll = 50_000;
/** Tries to find the next object in what is no object, and how often blanks and comments may be gone over for that. */
const missesInAll = 50_000;
const passes = 4;
/** Digits of what counts objects and bytes. */
const longestNumber = 20;

const filters: Readonly<Record<string, string>> = {
  Fl: "FlateDecode",
  LZW: "LZWDecode",
  RL: "RunLengthDecode",
  AHx: "ASCIIHexDecode",
  A85: "ASCII85Decode",
};
/** What comes out of these is a picture. */
const pictureFilters = ["DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"];

/** Keys and subtypes of what does something when a document is opened, or carries other files. */
const activeKeys = [
  "JS",
  "JavaScript",
  "EmbeddedFiles",
  "EF",
  "XFA",
  "RichMediaContent",
  "RichMediaSettings",
];
const activeActions = [
  "JavaScript",
  "Launch",
  "SubmitForm",
  "ImportData",
  "GoToE",
  "Rendition",
  "Movie",
  "Sound",
  "RichMediaExecute",
  "GoTo3DView",
];
const activeSubtypes = ["RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D"];
/** What starts by itself may turn a page, and nothing else. */
const startingKeys = ["OpenAction", "AA"];

/** Who wrote it, with what and when. */
const tellingKeys = ["Metadata", "PieceInfo", "LastModified"];

/**
 * A PDF written anew from its objects: without author, program, dates and earlier versions of itself. One that holds a
 * program, a form that sends itself, or other files is refused. What a page shows is not touched: names and positions that are printed on
 * it, or inside its pictures, stay.
 */
export async function documentCopy(bytes: Uint8Array): Promise<{ copy: Copy } | { refused: RefusalReason }> {
  try {
    const context = await new DocumentReader(bytes).read();
    const { trailerInfo } = context;
    if (trailerInfo.Encrypt) return { refused: "encrypted" };
    const objects = context.enumerateIndirectObjects();
    for (const [, object] of objects) if (isActive(object)) return { refused: "active-content" };
    let inAll = 0;
    for (const [, object] of objects)
      for (const value of valuesIn(object))
        if (value instanceof PDFRawStream) {
          unpacked(value, unpackedStream, (length) => (inAll += length));
          if (inAll > unpackedInAll) return { refused: "unreadable" };
        }
    if (!hasPages(context)) return { refused: "unreadable" };

    if (trailerInfo.Info instanceof PDFRef) context.delete(trailerInfo.Info);
    trailerInfo.Info = undefined;
    trailerInfo.ID = undefined;
    for (const [ref, object] of objects) {
      if (nameIn(dictOf(object), "Type") === "Metadata") context.delete(ref);
      else forget(object);
    }
    // Without streams of objects: its writer of those takes time by the square of their number.
    const written = await PDFWriter.forContext(context, Infinity).serializeToBuffer();
    return { copy: { type: "application/pdf", bytes: written } };
  } catch {
    // A document that is encrypted with its objects in streams cannot be read as far as its trailer.
    return { refused: Buffer.from(bytes).includes("/Encrypt") ? "encrypted" : "unreadable" };
  }
}

/** Reads all objects of a document, and gives up on one that is made to have no end. */
class DocumentReader extends PDFParser {
  private readonly count = counter();
  private misses = 0;
  private toSkip: number;
  private unpackedSoFar = 0;
  private failed = false;

  constructor(bytes: Uint8Array) {
    super(bytes, Infinity, true, false, true);
    this.toSkip = passes * (bytes.length + 1024);
  }

  async read(): Promise<PDFContext> {
    const context = await this.parseDocument();
    if (this.failed) throw new Error("A stream of objects cannot be read");
    return context;
  }

  protected override skipWhitespaceAndComments(): void {
    const start = this.bytes.offset();
    super.skipWhitespaceAndComments();
    this.toSkip -= this.bytes.offset() - start;
  }

  protected override parseRawInt(): number {
    this.misses += 1;
    const ahead = this.bytes.slice(this.bytes.offset(), this.bytes.offset() + longestNumber);
    if (ahead.length === longestNumber && ahead.every((byte) => byte >= 0x30 && byte <= 0x39))
      throw new Error("No document has so long a number");
    const found = super.parseRawInt();
    this.misses -= 1;
    return found;
  }

  /** The parser takes what is thrown inside its search for a miss and goes on; what is thrown here ends it. */
  protected override matchKeyword(keyword: number[]): boolean {
    if (this.misses > missesInAll || this.toSkip < 0) throw new Error("Too much that is no object");
    const found = super.matchKeyword(keyword);
    if (!found && keyword[0] === CharCodes.o) this.misses += 1; // Two numbers without "obj" behind them.
    return found;
  }

  override parseObject(ref?: PDFRef): PDFObject {
    return this.count(super.parseObject(ref));
  }

  protected override parseName(): PDFName {
    return this.count(super.parseName());
  }

  /** Streams of objects are read here, within bounds; tables of where objects stand are not needed. Neither goes into the copy. */
  protected override parseDictOrStream(ref?: PDFRef): PDFDict | PDFStream {
    const object = super.parseDictOrStream(ref);
    if (!(object instanceof PDFRawStream)) return object;
    const { dict } = object;
    switch (nameIn(dict, "Type")) {
      case "ObjStm":
        this.readObjects(object);
        break;
      case "XRef":
        for (const key of ["Root", "Encrypt", "Info", "ID"] as const)
          this.context.trailerInfo[key] = dict.get(PDFName.of(key)) ?? this.context.trailerInfo[key];
        break;
      default:
        return object;
    }
    return this.context.obj({});
  }

  private readObjects(stream: PDFRawStream): void {
    const content = unpacked(stream, unpackedObjects, (length) => (this.unpackedSoFar += length));
    if (this.unpackedSoFar > unpackedInAll) throw new Error("Too much to unpack");
    const dict = stream.dict.clone();
    dict.delete(PDFName.of("Filter"));
    // It never waits, so it has read all of them when this returns.
    new ObjectsReader(PDFRawStream.of(dict, content), this.count).parseIntoContext().catch(() => {
      this.failed = true;
    });
  }
}

class ObjectsReader extends PDFObjectStreamParser {
  private readonly count: Count;

  constructor(stream: PDFRawStream, count: Count) {
    super(stream);
    this.count = count;
  }

  override parseObject(ref?: PDFRef): PDFObject {
    return this.count(super.parseObject(ref));
  }

  protected override parseName(): PDFName {
    return this.count(super.parseName());
  }
}

type Count = <V extends PDFObject>(value: V) => V;

/** Counts values and different names, which the library never forgets. */
function counter(): Count {
  let values = 0;
  const names = new Set<PDFObject>();
  return (value) => {
    values += 1;
    if (value instanceof PDFName) names.add(value);
    if (values > valuesInAll || names.size > namesInAll) throw new Error("More than any document has");
    return value;
  };
}

/**
 * The content of a stream behind all its filters, down to a picture. Tells how much each of them gave; throws where one
 * gives more than is allowed.
 */
function unpacked(
  { dict, contents }: PDFRawStream,
  most: number,
  tell: (length: number) => unknown,
): Uint8Array {
  const chain = namesIn(dict, "Filter");
  if (chain.length > 8) throw new Error("Too many filters");
  let content = contents;
  for (const name of chain) {
    if (pictureFilters.includes(name)) break;
    const filter = filters[name] ?? name;
    try {
      content =
        filter === "FlateDecode"
          ? inflateSync(content, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH })
          : decoded(PDFRawStream.of(dict.context.obj({ Filter: filter }), content), most);
    } catch (error) {
      // A page that cannot be unpacked stays as empty as it is. Behind another filter it would hide something.
      if (chain.length > 1 || error instanceof TooLarge || isTooLarge(error)) throw error;
      tell(Math.min(most, contents.length * flateRatio));
      return new Uint8Array();
    }
    tell(content.length);
  }
  return content;
}

class TooLarge extends Error {}

const isTooLarge = (error: unknown) => (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";

/** What a filter other than Flate gives; it is asked for piece by piece. */
function decoded(stream: PDFRawStream, most: number): Uint8Array {
  const piece = 1024 * 1024;
  const decoder = decodePDFRawStream(stream);
  for (let length = 0, more = piece; more === piece; length += more) {
    if (length > most) throw new TooLarge();
    more = decoder.getBytes(piece).length;
  }
  return decoder.decode();
}

/** Whether there is a page, and a tree of them that ends. */
function hasPages(context: PDFContext): boolean {
  const seen = new Set<PDFObject>();
  let pages = 0;
  const waiting = [dictOf(context.lookup(context.trailerInfo.Root))?.get(PDFName.of("Pages"))];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    const node = dictOf(context.lookup(each));
    const kids = node?.lookup(PDFName.of("Kids"));
    if (node && !(kids instanceof PDFArray)) pages += 1;
    if (!node || !(kids instanceof PDFArray)) continue;
    if (seen.has(node)) return false;
    seen.add(node);
    for (const kid of kids.asArray()) waiting.push(kid);
  }
  return pages > 0;
}

const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFDict ? object : object instanceof PDFStream ? object.dict : undefined;

/** What a value is in the end: readers of documents follow references to references. */
function resolved(value: PDFObject | undefined, context: PDFContext): PDFObject | undefined {
  let found = value;
  for (let steps = 0; found instanceof PDFRef && steps < 16; steps++) found = context.lookup(found);
  return found;
}

const namesIn = (dict: PDFDict | undefined, key: string): string[] => {
  const value = dict && resolved(dict.get(PDFName.of(key)), dict.context);
  return (value instanceof PDFArray ? value.asArray() : [value])
    .map((each) => dict && resolved(each, dict.context))
    .filter((each) => each instanceof PDFName)
    .map((name) => name.decodeText());
};

const nameIn = (dict: PDFDict | undefined, key: string): string | undefined => namesIn(dict, key)[0];

/** Every value in an object, itself first; what it refers to is an object of its own. */
function* valuesIn(object: PDFObject): Generator<PDFObject> {
  const waiting = [object];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    yield each;
    const inside = each instanceof PDFArray ? each.asArray() : (dictOf(each)?.values() ?? []);
    for (const value of inside) waiting.push(value);
  }
}

function* dictionariesIn(object: PDFObject): Generator<PDFDict> {
  for (const value of valuesIn(object)) {
    const dict = dictOf(value);
    if (dict) yield dict;
  }
}

const isActive = (object: PDFObject): boolean => {
  for (const dict of dictionariesIn(object)) {
    const keys = dict.keys().map((key) => key.decodeText());
    if (keys.some((key) => activeKeys.includes(key))) return true;
    if (activeActions.includes(nameIn(dict, "S") ?? "")) return true;
    if (activeSubtypes.includes(nameIn(dict, "Subtype") ?? "")) return true;
    for (const key of startingKeys) {
      const starts = dictOf(resolved(dict.get(PDFName.of(key)), dict.context));
      if (starts && nameIn(starts, "S") !== "GoTo") return true;
    }
  }
  return false;
};

const forget = (object: PDFObject): void => {
  for (const dict of dictionariesIn(object)) for (const key of tellingKeys) dict.delete(PDFName.of(key));
};
