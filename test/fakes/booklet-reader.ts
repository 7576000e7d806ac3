import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from "@cantoo/pdf-lib";

/** A part of a document as a screen reader meets it: what it is, and its own text without that of the parts in it. */
export interface ReadPart {
  name: string;
  text: string;
  parts: ReadPart[];
  /** The number of the page that it leads to. */
  leadsTo?: number;
}

/** A bookmark, with the number of the page that it leads to. */
export interface ReadBookmark {
  title: string;
  page: number;
  below: ReadBookmark[];
}

const winAnsi = new TextDecoder("windows-1252");

/** What each numbered mark of a page draws, and what is drawn as no part of the text. */
function marksOn(drawn: string): { marks: Map<number, string>; artifacts: string } {
  const marks = new Map<number, string>();
  let artifacts = "";
  const letters = (part: string): string =>
    [...part.matchAll(/<([0-9A-Fa-f]*)> Tj/g)]
      .map(([, hex = ""]) => winAnsi.decode(Buffer.from(hex, "hex")))
      .join("");
  for (const [, properties = "", inside = ""] of drawn.matchAll(
    /\/\w+\s*((?:<<[^>]*>>)?)\s*B(?:DC|MC)([\s\S]*?)EMC/g,
  )) {
    const id = /\/MCID (\d+)/.exec(properties)?.[1];
    if (id === undefined) artifacts += `${letters(inside)}\n`;
    else marks.set(Number(id), letters(inside));
  }
  return { marks, artifacts };
}

/** Reads a booklet as programs for blind people and the side bar of a viewer do: parts in their order, bookmarks, feet. */
export async function readBooklet(bytes: Uint8Array) {
  const read = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context, catalog } = read;
  const dict = (object: PDFObject | undefined) => context.lookup(object, PDFDict);
  const pages = read.getPages().map((page) => {
    const contents = page.node.Contents();
    const streams =
      contents instanceof PDFArray ? contents.asArray().map((one) => context.lookup(one)) : [contents];
    const drawn = streams
      .map((one) =>
        one instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(one).decode()).toString("latin1") : "",
      )
      .join("\n");
    return { ref: page.ref, ...marksOn(drawn) };
  });
  const pageOf = (ref: PDFObject | undefined) => pages.findIndex((page) => page.ref === ref);
  const kidsOf = (object: PDFObject | undefined): PDFObject[] => {
    const found = object instanceof PDFRef ? context.lookup(object) : object;
    return found instanceof PDFArray ? found.asArray() : object === undefined ? [] : [object];
  };
  const partOf = (object: PDFObject): ReadPart => {
    const element = dict(object);
    const part: ReadPart = {
      name: element.lookup(PDFName.of("S"), PDFName).decodeText(),
      text: "",
      parts: [],
    };
    for (const kid of kidsOf(element.get(PDFName.of("K")))) {
      const one = dict(kid);
      if (one.get(PDFName.of("Type")) === PDFName.of("MCR")) {
        const id = one.lookup(PDFName.of("MCID"), PDFNumber).asNumber();
        part.text += pages[pageOf(one.get(PDFName.of("Pg")))]?.marks.get(id) ?? "";
      } else if (one.get(PDFName.of("Type")) === PDFName.of("OBJR")) {
        const pressed = one.lookup(PDFName.of("Obj"), PDFDict);
        part.leadsTo = pageOf(pressed.lookup(PDFName.of("Dest"), PDFArray).get(0)) + 1;
      } else part.parts.push(partOf(kid));
    }
    return part;
  };
  const bookmarksBelow = (object: PDFDict): ReadBookmark[] => {
    const found: ReadBookmark[] = [];
    for (let at = object.get(PDFName.of("First")); at !== undefined; at = dict(at).get(PDFName.of("Next"))) {
      const item = dict(at);
      found.push({
        title: item.lookup(PDFName.of("Title"), PDFHexString).decodeText(),
        page: pageOf(item.lookup(PDFName.of("Dest"), PDFArray).get(0)) + 1,
        below: bookmarksBelow(item),
      });
    }
    return found;
  };
  const root = catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict);
  const [whole] = kidsOf(root.get(PDFName.of("K"))).map(partOf);
  if (!whole) throw new Error("The document has no parts");
  const flat = (part: ReadPart): ReadPart[] => [part, ...part.parts.flatMap(flat)];
  return {
    title: read.getTitle(),
    language: catalog.get(PDFName.of("Lang"))?.toString(),
    isTagged:
      catalog.lookup(PDFName.of("MarkInfo"), PDFDict).get(PDFName.of("Marked"))?.toString() === "true",
    opensBookmarks: catalog.get(PDFName.of("PageMode")) === PDFName.of("UseOutlines"),
    pages: pages.length,
    /** Every font that is drawn with, and how many bytes of it the file brings. */
    fonts: context.enumerateIndirectObjects().flatMap(([, object]) => {
      if (!(object instanceof PDFDict) || object.get(PDFName.of("Type")) !== PDFName.of("Font")) return [];
      const file = object.lookupMaybe(PDFName.of("FontDescriptor"), PDFDict)?.lookup(PDFName.of("FontFile2"));
      const brought = file instanceof PDFRawStream ? decodePDFRawStream(file).decode().length : 0;
      return [{ name: object.lookup(PDFName.of("BaseFont"), PDFName).decodeText(), brought }];
    }),
    /** Every part in the order in which it is read. */
    parts: flat(whole),
    bookmarks: bookmarksBelow(catalog.lookup(PDFName.of("Outlines"), PDFDict)),
    feet: pages.map(({ artifacts }) => artifacts),
  };
}
