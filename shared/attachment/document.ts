import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
} from "@cantoo/pdf-lib";
import { constants, inflateSync } from "node:zlib";
import type { Copy, RefusalReason } from "./attachment.ts";

/** One stream of an honest document, a scanned page, is far below this when it is unpacked; all of one together too. */
const unpackedStream = 128 * 1024 * 1024;
const unpackedInAll = 512 * 1024 * 1024;

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
    if (isBomb(bytes)) return { refused: "unreadable" };
    const document = await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: true,
      preserveXFA: true,
      capNumbers: true,
    });
    const { context } = document;
    for (const [, object] of context.enumerateIndirectObjects())
      if (isActive(object)) return { refused: "active-content" };
    if (document.getPageCount() === 0) return { refused: "unreadable" };

    const { Info } = context.trailerInfo;
    if (Info instanceof PDFRef) context.delete(Info);
    context.trailerInfo.Info = undefined;
    context.trailerInfo.ID = undefined;
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (nameIn(dictOf(object), "Type") === "Metadata") context.delete(ref);
      else forget(object);
    }
    const written = await document.save({ useObjectStreams: true, updateFieldAppearances: false });
    return { copy: { type: "application/pdf", bytes: written } };
  } catch (error) {
    return { refused: error instanceof EncryptedPDFError ? "encrypted" : "unreadable" };
  }
}

const dictOf = (object: PDFObject): PDFDict | undefined =>
  object instanceof PDFDict ? object : object instanceof PDFStream ? object.dict : undefined;

const nameIn = (dict: PDFDict | undefined, key: string): string | undefined => {
  const value = dict?.get(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
};

/** Every dictionary in an object, itself first; what it refers to is an object of its own. */
function* dictionariesIn(object: PDFObject): Generator<PDFDict> {
  const waiting = [object];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    const dict = dictOf(each);
    if (dict) {
      yield dict;
      waiting.push(...dict.values());
    } else if (each instanceof PDFArray) waiting.push(...each.asArray());
  }
}

const isActive = (object: PDFObject): boolean => {
  for (const dict of dictionariesIn(object)) {
    const keys = dict.keys().map((key) => key.decodeText());
    if (keys.some((key) => activeKeys.includes(key))) return true;
    if (activeActions.includes(nameIn(dict, "S") ?? "")) return true;
    if (activeSubtypes.includes(nameIn(dict, "Subtype") ?? "")) return true;
    for (const key of startingKeys) {
      const starts = dict.lookup(PDFName.of(key));
      if (starts instanceof PDFDict && nameIn(starts, "S") !== "GoTo") return true;
    }
  }
  return false;
};

const forget = (object: PDFObject): void => {
  for (const dict of dictionariesIn(object)) for (const key of tellingKeys) dict.delete(PDFName.of(key));
};

/**
 * Whether a stream in it unpacks to more than anybody needs. Looks at everything between `stream` and `endstream`,
 * whatever its dictionary says of it.
 */
function isBomb(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let inAll = 0;
  for (let at = file.indexOf("stream"); at >= 0; at = file.indexOf("stream", at + 6)) {
    if (file.subarray(Math.max(0, at - 3), at).toString("latin1") === "end") continue;
    let start = at + 6;
    while (file[start] === 0x0d || file[start] === 0x0a) start++;
    // The header of zlib: method 8, and a multiple of 31.
    const header = file.readUInt16BE(Math.min(start, file.length - 2));
    if ((header & 0x0f00) !== 0x0800 || header % 31 !== 0) continue;
    const end = file.indexOf("endstream", start);
    try {
      const unpacked = inflateSync(file.subarray(start, end < 0 ? undefined : end), {
        maxOutputLength: unpackedStream,
        finishFlush: constants.Z_SYNC_FLUSH,
      });
      inAll += unpacked.length;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return true;
    }
    if (inAll > unpackedInAll) return true;
  }
  return false;
}
