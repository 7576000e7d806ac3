import {
  type PDFContext,
  PDFDict,
  PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  rgb,
  StandardFonts,
} from "@cantoo/pdf-lib";
import { fitted } from "./fitting.ts";
import { type Poster, posterAddress, posterWords, printedAddress } from "./poster.ts";
import { printable } from "./printable.ts";
import { qrOf } from "./qr.ts";

export type PosterFormat = "A4" | "A5";

/** Paper in points. A5 is A4 at half the area, so one layout is scaled. */
const a4 = { width: 595.28, height: 841.89 };
const scales: Record<PosterFormat, number> = { A4: 1, A5: Math.SQRT1_2 };

const margin = 48;
const inner = a4.width - 2 * margin;
const codeSide = 270;
const gap = 24;
const ink = rgb(0.09, 0.11, 0.13);
const green = rgb(0.04, 0.4, 0.27);

/** What a poster draws, in the order in which it is read. Screen readers are told each part by its structure element. */
type Part = { element: "H1" | "H2" | "P" } | { element: "Figure"; alt: string };

/** A page whose parts are tagged, drawn from the top in the points of A4. */
class Sheet {
  private readonly elements: PDFRef[] = [];
  private readonly page: PDFPage;
  private readonly context: PDFContext;
  private readonly scale: number;
  private readonly parent: PDFRef;

  constructor(document: PDFDocument, format: PosterFormat) {
    this.scale = scales[format];
    this.page = document.addPage([a4.width * this.scale, a4.height * this.scale]);
    this.context = document.context;
    this.parent = this.context.nextRef();
  }

  /** Draws a part between the marks by which its structure element finds it. */
  tagged(part: Part, draw: () => void): void {
    const id = this.elements.length;
    const properties = PDFDict.withContext(this.context);
    properties.set(PDFName.of("MCID"), PDFNumber.of(id));
    const tag = PDFName.of(part.element);
    this.page.pushOperators(
      PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [tag, properties as never]),
    );
    draw();
    this.page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
    this.elements.push(
      this.context.register(
        this.context.obj({
          Type: "StructElem",
          S: part.element,
          P: this.parent,
          Pg: this.page.ref,
          K: id,
          ...(part.element === "Figure" && { Alt: PDFHexString.fromText(part.alt) }),
        }),
      ),
    );
  }

  text(
    line: string,
    {
      x,
      top,
      size,
      font,
      color = ink,
    }: { x: number; top: number; size: number; font: PDFFont; color?: typeof ink },
  ): void {
    this.page.drawText(line, {
      x: x * this.scale,
      // The first line's letters hang from the top.
      y: (a4.height - top - size * 0.8) * this.scale,
      size: size * this.scale,
      font,
      color,
    });
  }

  code(address: string, { x, top, side }: { x: number; top: number; side: number }): void {
    const { size, path } = qrOf(address);
    this.page.drawSvgPath(path, {
      x: x * this.scale,
      y: (a4.height - top) * this.scale,
      scale: (side / size) * this.scale,
      color: ink,
    });
  }

  band(height: number): void {
    this.page.drawRectangle({
      x: 0,
      y: (a4.height - height) * this.scale,
      width: a4.width * this.scale,
      height: height * this.scale,
      color: green,
    });
  }

  /** Names the parts in their order, so that the page is read in it. */
  finish(document: PDFDocument): void {
    const root = this.context.nextRef();
    this.context.assign(
      this.parent,
      this.context.obj({ Type: "StructElem", S: "Document", P: root, K: this.elements }),
    );
    const parents = this.context.register(this.context.obj({ Nums: [0, this.elements] }));
    this.context.assign(
      root,
      this.context.obj({
        Type: "StructTreeRoot",
        K: [this.parent],
        ParentTree: parents,
        ParentTreeNextKey: 1,
      }),
    );
    this.page.node.set(PDFName.of("StructParents"), PDFNumber.of(0));
    this.page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
    document.catalog.set(PDFName.of("StructTreeRoot"), root);
    document.catalog.set(PDFName.of("MarkInfo"), this.context.obj({ Marked: true }));
  }
}

interface Fonts {
  regular: PDFFont;
  bold: PDFFont;
}

/** Standard fonts are part of every reader of PDF, so none is embedded, and the file stays small. They know the signs of WinAnsi. */
async function fontsOf(document: PDFDocument): Promise<Fonts> {
  const [regular, bold] = await Promise.all([
    document.embedFont(StandardFonts.Helvetica),
    document.embedFont(StandardFonts.HelveticaBold),
  ]);
  return { regular, bold };
}

/** The name of the agency in signs that the font has. A name in another script alone is shown as the agency's id. */
function nameOf({ agency: { id, name } }: Poster, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  const shown = printable(name, (sign) => known.has(sign.codePointAt(0) ?? 0));
  return /\p{L}/u.test(shown) ? shown : id;
}

/** Where a text goes and how large it may be. */
interface Box {
  x: number;
  top: number;
  width: number;
  most: number;
  largest: number;
  smallest: number;
  font: PDFFont;
  color?: typeof ink;
}

const lineHeight = 1.2;

/** A line with the blank at which it was broken: who has the page read to them hears two words, not one. */
const withBlank = (line: string, next: string | undefined, text: string): string =>
  next !== undefined && text.includes(`${line} ${next}`) ? `${line} ` : line;

/** Draws a text into a box, as one part. Returns where it ends. */
function write(sheet: Sheet, part: Part, text: string, { x, top, font, color, ...room }: Box): number {
  const { lines, size } = fitted(text, { ...room, measure: (one, at) => font.widthOfTextAtSize(one, at) });
  sheet.tagged(part, () => {
    for (const [index, line] of lines.entries())
      sheet.text(withBlank(line, lines[index + 1], text), {
        x,
        top: top + index * size * lineHeight,
        size,
        font,
        ...(color && { color }),
      });
  });
  return top + lines.length * size * lineHeight;
}

/** What the poster says above the code: what it is for, and of which agency. Returns where it ends. */
function drawHeading(sheet: Sheet, poster: Poster, { regular, bold }: Fonts): number {
  const { headline, about } = posterWords[poster.language];
  const line = { x: margin, width: inner, smallest: 9 };
  const afterHeadline = write(sheet, { element: "H1" }, headline, {
    ...{ ...line, top: 112, most: 1, largest: 46, font: bold },
  });
  const afterAbout = write(sheet, { element: "P" }, about, {
    ...{ ...line, top: afterHeadline + 14, most: 1, largest: 17, font: regular },
  });
  return write(sheet, { element: "H2" }, nameOf(poster, bold), {
    ...{ ...line, top: afterAbout + 2, most: 4, largest: 28, font: bold, color: green },
  });
}

/** The code, and the three steps beside it. */
function drawSteps(sheet: Sheet, poster: Poster, top: number, { regular, bold }: Fonts): void {
  const { code, steps } = posterWords[poster.language];
  sheet.tagged({ element: "Figure", alt: code }, () => {
    sheet.code(posterAddress(poster), { x: margin, top, side: codeSide });
  });
  const x = margin + codeSide + gap;
  const each = codeSide / steps.length;
  for (const [index, step] of steps.entries()) {
    const at = top + index * each + 8;
    write(sheet, { element: "P" }, String(index + 1), {
      ...{ x, top: at, width: 30, most: 1, largest: 34, smallest: 34, font: bold, color: green },
    });
    write(sheet, { element: "P" }, step, {
      ...{
        x: x + 32,
        top: at + 4,
        width: inner - codeSide - gap - 32,
        most: 4,
        largest: 16,
        smallest: 10,
        font: regular,
      },
    });
  }
}

/** The ways in without a camera, and what it costs. */
function drawFoot(sheet: Sheet, poster: Poster, top: number, { regular, bold }: Fonts): void {
  const { orOpen, sms, free } = posterWords[poster.language];
  const line = { x: margin, width: inner };
  const afterOpen = write(sheet, { element: "P" }, orOpen, {
    ...{ ...line, top, most: 1, largest: 15, smallest: 15, font: regular },
  });
  const address = printedAddress(poster);
  // Whoever types it sees at once that it is one, as long as it fits a line in letters that are not too small.
  const most = bold.widthOfTextAtSize(address, 13) <= inner ? 1 : 2;
  const afterAddress = write(sheet, { element: "P" }, address, {
    ...{ ...line, top: afterOpen + 2, most, largest: 20, smallest: 9, font: bold },
  });
  const afterSms = write(sheet, { element: "P" }, sms, {
    ...{ ...line, top: afterAddress + 12, most: 1, largest: 22, smallest: 14, font: regular },
  });
  write(sheet, { element: "P" }, free, {
    ...{ ...line, top: afterSms + 12, most: 1, largest: 30, smallest: 18, font: bold, color: green },
  });
}

/**
 * The poster of an agency as a PDF of one page: headline, name, QR code, three steps, SMS and the address in print. It holds no
 * picture and no font, and the same poster is always the same file. A long name gets smaller and breaks into lines.
 */
export async function posterPdf(poster: Poster, format: PosterFormat): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const fonts = await fontsOf(document);
  const { title } = posterWords[poster.language];
  document.setTitle(title(poster.agency.name), { showInWindowTitleBar: true });
  document.setLanguage(poster.language);
  const sheet = new Sheet(document, format);
  sheet.tagged({ element: "P" }, () => {
    sheet.band(80);
    sheet.text("SP4N-LAPOR!", { x: margin, top: 28, size: 28, font: fonts.bold, color: rgb(1, 1, 1) });
  });
  const afterName = drawHeading(sheet, poster, fonts);
  const codeTop = Math.max(afterName + 24, 320);
  drawSteps(sheet, poster, codeTop, fonts);
  drawFoot(sheet, poster, codeTop + codeSide + 20, fonts);
  sheet.finish(document);
  return document.save();
}
