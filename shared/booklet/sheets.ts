import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "@cantoo/pdf-lib";
import { fitted } from "../poster/fitting.ts";
import { printable } from "../poster/printable.ts";
import { boldFont, bring, drawnBy, regularFont } from "./embedded.ts";
import { type Bookmark, type Element, Tags } from "./tagged.ts";

/** Paper in points: A4. */
const paper = { width: 595.28, height: 841.89 };
const margin = { side: 56, top: 56, bottom: 64 };
export const innerWidth = paper.width - 2 * margin.side;
const lineHeight = 1.35;
const ink = rgb(0.08, 0.13, 0.11);
const green = rgb(0.04, 0.36, 0.25);
const quiet = rgb(0.3, 0.36, 0.33);
const rule = rgb(0.79, 0.84, 0.81);

/** How a text is set. */
export interface Style {
  size: number;
  bold?: boolean;
  color?: "ink" | "green" | "quiet";
}
const colors = { ink, green, quiet };

/** A text in lines at a size, and how high it is. */
interface SetText {
  lines: readonly string[];
  style: Style;
  height: number;
}

/** A place on a page. */
interface Place {
  page: PDFPage;
  fromBottom: number;
}

/** The sheets of a booklet, written from the top on. Every text is a part that is read out. */
export class Sheets {
  readonly document: PDFDocument;
  readonly tags: Tags;
  private page: PDFPage;
  private readonly fonts: { regular: PDFFont; bold: PDFFont };
  private readonly signs: ReadonlySet<number>;
  /** How far down the page is written, in points from its top. */
  private down = margin.top;

  private constructor(document: PDFDocument, fonts: { regular: PDFFont; bold: PDFFont }) {
    this.document = document;
    this.fonts = fonts;
    this.signs = drawnBy(fonts.regular, regularFont);
    this.tags = new Tags(document.context);
    this.page = document.addPage([paper.width, paper.height]);
  }

  /** Texts are set in a font that the library knows, and drawn in one that comes with the file. Both know the signs of WinAnsi. */
  static async begin({ title, language }: { title: string; language: string }): Promise<Sheets> {
    const document = await PDFDocument.create({ updateMetadata: false });
    const [regular, bold] = await Promise.all([
      document.embedFont(StandardFonts.Helvetica),
      document.embedFont(StandardFonts.HelveticaBold),
    ]);
    document.setTitle(title, { showInWindowTitleBar: true });
    document.setLanguage(language);
    return new Sheets(document, { regular, bold });
  }

  private fontOf({ bold }: Style): PDFFont {
    return bold ? this.fonts.bold : this.fonts.regular;
  }

  /** Breaks a text into lines. */
  set(text: string, style: Style, width: number): SetText {
    const font = this.fontOf(style);
    const shown = printable(text, (sign) => this.signs.has(sign.codePointAt(0) ?? 0));
    const { lines } = fitted(shown, {
      width,
      most: Infinity,
      largest: style.size,
      smallest: style.size,
      measure: (one, size) => font.widthOfTextAtSize(one, size),
    });
    return { lines, style, height: lines.length * style.size * lineHeight };
  }

  private get room(): number {
    return paper.height - margin.bottom - this.down;
  }

  /** Begins a new page, unless there is so much room on this one. */
  need(height: number): void {
    if (height <= this.room) return;
    this.page = this.document.addPage([paper.width, paper.height]);
    this.down = margin.top;
  }

  newPage(): void {
    this.need(Infinity);
  }

  gap(points: number): void {
    this.down += points;
  }

  /** Writes lines at a place of the page, without moving on. A line that goes on below ends in a blank: two words stay two. */
  at(element: Element, { lines, style }: SetText, { x = 0 }: { x?: number } = {}): void {
    const { page } = this;
    for (const [index, line] of lines.entries())
      this.tags.mark(element, page, () => {
        page.drawText(index < lines.length - 1 ? `${line} ` : line, {
          x: margin.side + x,
          y: paper.height - this.down - index * style.size * lineHeight - style.size,
          size: style.size,
          font: this.fontOf(style),
          color: colors[style.color ?? "ink"],
        });
      });
  }

  /** Writes a text and moves on below it. Long ones go on over the page. */
  write(element: Element, text: string, style: Style, { x = 0 }: { x?: number } = {}): void {
    const { lines } = this.set(text, style, innerWidth - x);
    for (const [index, line] of lines.entries()) {
      const height = style.size * lineHeight;
      this.need(height);
      // A line that goes on below ends in a blank, so that two words stay two for whoever has them read.
      this.at(element, { lines: [index < lines.length - 1 ? `${line} ` : line], style, height }, { x });
      this.down += height;
    }
  }

  /** Draws a thin line across the page. */
  line(): void {
    const y = paper.height - this.down;
    const { page } = this;
    Tags.artifact(page, () => {
      page.drawLine({
        start: { x: margin.side, y },
        end: { x: paper.width - margin.side, y },
        thickness: 0.5,
        color: rule,
      });
    });
  }

  /** Has the line that is written next lead to another place, as wide as the page. */
  lead(element: Element, height: number, to: Bookmark): void {
    const top = paper.height - this.down + 3;
    const box = { left: margin.side, right: paper.width - margin.side, top, bottom: top - height };
    this.tags.lead(element, this.page, box, to);
  }

  /** A bookmark to where the next text will stand. */
  bookmark(title: string): Bookmark {
    return { title, page: this.page, fromBottom: paper.height - this.down + 8, below: [] };
  }

  numberOf(page: PDFPage): number {
    return this.document.getPages().indexOf(page) + 1;
  }

  /** Where the next text will stand. */
  place(): Place {
    return { page: this.page, fromBottom: paper.height - this.down };
  }

  /** Ends the document: its parts, and its fonts. */
  async finished(): Promise<Uint8Array> {
    this.tags.finish(this.document);
    await bring(this.document, this.fonts.regular, regularFont);
    await bring(this.document, this.fonts.bold, boldFont);
    return this.document.save();
  }

  /** Goes back to write at a place that was left free. */
  turnTo({ page, fromBottom }: Place): void {
    this.page = page;
    this.down = paper.height - fromBottom;
  }

  /** Writes a foot on every page: what it is of, and the number of the page. */
  foot(text: string): void {
    const pages = this.document.getPages();
    const style: Style = { size: 8.5, color: "quiet" };
    for (const [index, page] of pages.entries()) {
      const number = `${index + 1} / ${pages.length}`;
      const width = this.fonts.regular.widthOfTextAtSize(number, style.size);
      const [line = ""] = this.set(text, style, innerWidth - 60).lines;
      Tags.artifact(page, () => {
        const foot = { y: 36, size: style.size, font: this.fonts.regular, color: quiet };
        page.drawText(line, { x: margin.side, ...foot });
        page.drawText(number, { x: paper.width - margin.side - width, ...foot });
      });
    }
  }
}
