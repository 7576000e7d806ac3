import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFWriter,
} from "@cantoo/pdf-lib";
import type { RefusalReason } from "../../case/views/attachment-view.ts";
import type { Copy } from "../attachment.ts";
import { Building } from "./document/building.ts";
import { layersOf } from "./document/layers.ts";
import { pageOf } from "./document/pages.ts";
import {
  dictOf,
  DocumentReader,
  nameIn,
  resolved,
  unpacked,
  unpackedInAll,
  unpackedStream,
} from "./document/reader.ts";

/** More pages than a document that people read. */
const pagesAtMost = 20_000;
/** What a page takes from the nodes above it. */
const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];

/**
 * Writes a new PDF of what the pages of this one show: no author, program, date, comment, hidden layer, unused part or
 * earlier version gets into it (the shapes in shared/attachment/inspection/document/ list what does). A PDF that holds a
 * program, a form that sends itself, or other files is refused. What a page shows stays as it is, also the names and
 * positions that are printed on it or stand inside its pictures.
 */
export async function documentCopy(bytes: Uint8Array): Promise<{ copy: Copy } | { refused: RefusalReason }> {
  try {
    const context = await new DocumentReader(bytes).read();
    if (context.trailerInfo.Encrypt) return { refused: "encrypted" };
    const objects = context.enumerateIndirectObjects();
    for (const [, object] of objects) if (isActive(object)) return { refused: "active-content" };
    let inAll = 0;
    for (const [, object] of objects)
      for (const value of valuesIn(object))
        if (value instanceof PDFRawStream) {
          const tell = (length: number) => (inAll += length);
          unpacked(value, { most: unpackedStream, asDifferences: true, tell });
          if (inAll > unpackedInAll) return { refused: "unreadable" };
        }
    return { copy: { type: "application/pdf", bytes: await rewritten(context) } };
  } catch {
    // Where the objects are in encrypted streams, reading fails before the trailer says that they are encrypted.
    return { refused: Buffer.from(bytes).includes("/Encrypt") ? "encrypted" : "unreadable" };
  }
}

async function rewritten(context: PDFContext): Promise<Uint8Array> {
  const to = new Building(context, layersOf(context));
  const pages = to.out.nextRef();
  const kids: PDFObject[] = [];
  for (const page of pagesIn(context)) {
    const copied = pageOf(page.dict, page.inherited, to);
    copied.set(PDFName.of("Parent"), pages);
    kids.push(to.out.register(copied));
    if (kids.length > pagesAtMost) throw new Error("More pages than any document has");
  }
  if (kids.length === 0) throw new Error("There is no page");
  to.out.assign(pages, to.out.obj({ Type: "Pages", Kids: to.array(kids), Count: kids.length }));
  to.out.trailerInfo.Root = to.out.register(to.out.obj({ Type: "Catalog", Pages: pages }));
  // Infinity switches streams of objects off. The library's writer of those takes time by the square of their number.
  return PDFWriter.forContext(to.out, Infinity).serializeToBuffer();
}

type Inherited = Readonly<Record<string, PDFObject>>;

/** The pages in their order, each with what it inherits. Throws where the tree of pages goes in a circle. */
function* pagesIn(context: PDFContext) {
  const seen = new Set<PDFObject>();
  const root = dictOf(context.lookup(context.trailerInfo.Root))?.get(PDFName.of("Pages"));
  const waiting: { at: PDFObject | undefined; inherited: Inherited }[] = [{ at: root, inherited: {} }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { inherited } = next;
    const node = dictOf(context.lookup(next.at));
    if (!node) continue;
    const kids = node.lookup(PDFName.of("Kids"));
    if (!(kids instanceof PDFArray)) {
      yield { dict: node, inherited };
      continue;
    }
    if (seen.has(node)) throw new Error("The tree of pages goes in a circle");
    seen.add(node);
    const own = inheritable.flatMap((key) => {
      const value = node.get(PDFName.of(key));
      return value ? [[key, value] as const] : [];
    });
    const below = { ...inherited, ...Object.fromEntries(own) };
    for (const kid of kids.asArray().toReversed()) waiting.push({ at: kid, inherited: below });
  }
}

/** Keys, actions and subtypes of parts that do something when a document is opened, or that carry other files. */
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
/** An action under these keys starts by itself. It may go to a page and do nothing else. */
const startingKeys = ["OpenAction", "AA"];

/** Every value in an object, the object itself first. References are not followed: they lead to objects of their own. */
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
      if (starts && starts.keys().length > 0 && nameIn(starts, "S") !== "GoTo") return true;
    }
  }
  return false;
};
