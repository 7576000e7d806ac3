import { decodePDFRawStream, PDFDocument, PDFRawStream, StandardFonts } from "@cantoo/pdf-lib";

/** A stretch of text on a page, and where it lies in points. */
export interface Placed {
  text: string;
  left: number;
  right: number;
  bottom: number;
}

/** Reads the texts off the one page of a poster, as pdf-lib writes them: a font, a place, and letters in WinAnsi. */
export async function wordsOnPage(bytes: Uint8Array): Promise<Placed[]> {
  const read = await PDFDocument.load(bytes, { updateMetadata: false });
  const [regular, bold] = await Promise.all([
    read.embedFont(StandardFonts.Helvetica),
    read.embedFont(StandardFonts.HelveticaBold),
  ]);
  const page = read.getPages()[0];
  const contents = page?.node.Contents();
  const streams =
    contents && "asArray" in contents
      ? contents.asArray().map((one) => read.context.lookup(one))
      : [contents];
  const drawn = streams
    .map((one) =>
      one instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(one).decode()).toString("latin1") : "",
    )
    .join("\n");
  return [...drawn.matchAll(/BT\s([\s\S]*?)ET/g)].map(([, block = ""]) => {
    const [, font = "", size = "0"] = /\/(\S+) ([\d.]+) Tf/.exec(block) ?? [];
    const [, x = "0", y = "0"] = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/.exec(block) ?? [];
    const [, letters = ""] = /<([0-9A-Fa-f]*)> Tj/.exec(block) ?? [];
    const text = new TextDecoder("windows-1252").decode(Buffer.from(letters, "hex"));
    const measured = (font.includes("Bold") ? bold : regular).widthOfTextAtSize(text, Number(size));
    return { text, left: Number(x), right: Number(x) + measured, bottom: Number(y) };
  });
}
