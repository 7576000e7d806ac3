import { constants, inflateRawSync, inflateSync } from "node:zlib";
import {
  CharCodes,
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectStreamParser,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from "@cantoo/pdf-lib";
import { type Lines, linesWithHead, withoutDifferences } from "./differences.ts";

/** Bytes that one stream may unpack to, and all streams together. A scanned page and an honest document stay far below. */
export const unpackedStream = 128 * 1024 * 1024;
export const unpackedInAll = 512 * 1024 * 1024;
/** Flate makes at most so many bytes of one. A stream that broke on the way counts as that much. */
const flateRatio = 1032;
/** Bytes that one stream of objects may unpack to. An honest one holds some hundred objects; reading takes far more memory. */
const unpackedObjects = 16 * 1024 * 1024;
/** Values (names, numbers, dictionaries and so on) and different names of a whole document. */
const valuesInAll = 3_000_000;
const namesInAll = 50_000;
/** So many searches for the next object may miss, and so many times the whole document may be skipped over in them. */
const missesInAll = 50_000;
const passes = 4;
/** Digits of a number that counts objects or bytes. */
const longestNumber = 20;

const filters: Readonly<Record<string, string>> = {
  Fl: "FlateDecode",
  LZW: "LZWDecode",
  RL: "RunLengthDecode",
  AHx: "ASCIIHexDecode",
  A85: "ASCII85Decode",
};
/** These filters give a picture. */
const pictureFilters = ["DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"];

/** Reads all objects of a document. It gives up on a document that is made to have no end. */
export class DocumentReader extends PDFParser {
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

  /** An error inside the parser's search counts as a miss, and the parser goes on. An error thrown here ends it. */
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

  /** Reads streams of objects within bounds. Neither they nor the tables of cross-references go into the copy. */
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
    const tell = (length: number) => (this.unpackedSoFar += length);
    const content = unpacked(stream, { most: unpackedObjects, tell });
    if (this.unpackedSoFar > unpackedInAll) throw new Error("Too much to unpack");
    const dict = stream.dict.clone();
    dict.delete(PDFName.of("Filter"));
    // The reader never waits, so all objects are read when this call returns.
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

/** Counts values and different names. The library keeps every name in memory. */
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

interface Unpacking {
  /** Bytes that one filter may give. */
  most: number;
  /** Leaves lines that are written as differences so, as images keep them. */
  asDifferences?: boolean;
  /** Hears how much each filter gave. */
  tell?: (length: number) => unknown;
}

/** The content of a stream behind all its filters; a picture stays packed. Throws where one gives more than is allowed. */
export function unpacked(
  { dict, contents }: PDFRawStream,
  { most, asDifferences = false, tell = () => {} }: Unpacking,
): Uint8Array {
  const chain = namesIn(dict, "Filter");
  if (chain.length > 8) throw new Error("Too many filters");
  let content = contents;
  for (const [index, name] of chain.entries()) {
    if (pictureFilters.includes(name)) break;
    const filter = filters[name] ?? name;
    try {
      content =
        filter === "FlateDecode"
          ? inflated(content, most)
          : decoded(PDFRawStream.of(dict.context.obj({ Filter: filter }), content), most);
    } catch (error) {
      // A page that one filter cannot unpack shows nothing. Behind a second filter the broken data could hide something.
      if (chain.length > 1 || error instanceof TooLarge || isTooLarge(error)) throw error;
      tell(Math.min(most, contents.length * flateRatio));
      return new Uint8Array();
    }
    tell(content.length);
    if (!asDifferences) content = withoutDifferences(content, linesOf(parmsOf(dict, index)));
  }
  return content;
}

function parmsOf(dict: PDFDict, index: number): PDFDict | undefined {
  const value = resolved(dict.get(PDFName.of("DecodeParms")) ?? dict.get(PDFName.of("DP")), dict.context);
  const of = value instanceof PDFArray ? value.get(index) : index === 0 ? value : undefined;
  return dictOf(resolved(of, dict.context));
}

/** How the lines of a stream are written, where each stands for differences. */
function linesOf(parms: PDFDict | undefined): Lines | undefined {
  const number = (key: string, otherwise: number) => {
    const value = parms && resolved(parms.get(PDFName.of(key)), parms.context);
    return value instanceof PDFNumber ? value.asNumber() : otherwise;
  };
  if (number("Predictor", 1) < linesWithHead) return undefined;
  const bits = number("Colors", 1) * number("BitsPerComponent", 8);
  return { step: Math.ceil(bits / 8), length: Math.ceil((bits * number("Columns", 1)) / 8) };
}

/** What Flate gives. Programs that show documents take no notice of a wrong checksum. */
function inflated(content: Uint8Array, most: number): Uint8Array {
  const options = { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return inflateSync(content, options);
  } catch (error) {
    if (isTooLarge(error)) throw error;
    return inflateRawSync(content.subarray(2), options);
  }
}

class TooLarge extends Error {}

const isTooLarge = (error: unknown) => (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";

/** What a filter other than Flate gives. It is read piece by piece, so that too much is noticed early. */
function decoded(stream: PDFRawStream, most: number): Uint8Array {
  const piece = 1024 * 1024;
  const decoder = decodePDFRawStream(stream);
  for (let length = 0, more = piece; more === piece; length += more) {
    if (length > most) throw new TooLarge();
    more = decoder.getBytes(piece).length;
  }
  return decoder.decode();
}

export const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFDict ? object : object instanceof PDFStream ? object.dict : undefined;

/** The value behind a chain of references. Programs that show documents follow such chains too. */
export function resolved(value: PDFObject | undefined, context: PDFContext): PDFObject | undefined {
  let found = value;
  for (let steps = 0; found instanceof PDFRef && steps < 16; steps++) found = context.lookup(found);
  return found;
}

export const namesIn = (dict: PDFDict | undefined, key: string): string[] => {
  const value = dict && resolved(dict.get(PDFName.of(key)), dict.context);
  return (value instanceof PDFArray ? value.asArray() : [value])
    .map((each) => dict && resolved(each, dict.context))
    .filter((each) => each instanceof PDFName)
    .map((name) => name.decodeText());
};

export const nameIn = (dict: PDFDict | undefined, key: string): string | undefined => namesIn(dict, key)[0];
