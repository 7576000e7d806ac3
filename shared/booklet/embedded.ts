import type { PDFDocument, PDFFont } from "@cantoo/pdf-lib";
import fonts from "./fonts.json" with { type: "json" };

/** A font that comes with a booklet. */
type Font = (typeof fonts)["regular"];

/** Arimo, which is as wide as Helvetica sign by sign: what was set in the one is drawn in the other. See decision 57. */
export const { regular: regularFont, bold: boldFont } = fonts;

const firstCode = 32;
/** In a file of fonts: it is upright, and its signs are those of Latin script. */
const nonSymbolic = 32;

/** The signs of WinAnsi that a font draws. */
export const drawnBy = (font: PDFFont, { lacking }: Pick<Font, "lacking">): ReadonlySet<number> =>
  new Set(font.getCharacterSet().filter((sign) => !lacking.includes(sign)));

/** Has a document bring a font in place of the one of its reader by which it was set. */
export async function bring(document: PDFDocument, set: PDFFont, font: Font): Promise<void> {
  // Until then the library would write its own font over ours.
  await document.flush();
  const { context } = document;
  const { name, bbox, ascent, descent, capHeight, stem, widths, ttf } = font;
  const bytes = Buffer.from(ttf, "base64");
  const file = context.register(context.flateStream(bytes, { Length1: bytes.length }));
  const descriptor = context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: name,
      Flags: nonSymbolic,
      FontBBox: bbox,
      ItalicAngle: 0,
      Ascent: ascent,
      Descent: descent,
      CapHeight: capHeight,
      StemV: stem,
      FontFile2: file,
    }),
  );
  context.assign(
    set.ref,
    context.obj({
      Type: "Font",
      Subtype: "TrueType",
      BaseFont: name,
      FirstChar: firstCode,
      LastChar: firstCode + widths.length - 1,
      Widths: widths,
      Encoding: "WinAnsiEncoding",
      FontDescriptor: descriptor,
    }),
  );
}
