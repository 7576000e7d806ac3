import { localDateInWords } from "../deadline/calendar/time-zone.ts";
import type { Block } from "../guidance/block.ts";
import { chapters } from "../guidance/chapters.ts";
import type { InForce } from "../guidance/in-force.ts";
import type { Language, Text } from "../language.ts";
import { innerWidth, Sheets, type Style } from "./sheets.ts";
import { addBookmarks, type Bookmark, type Element, within } from "./tagged.ts";

const words = {
  contents: { id: "Daftar isi", en: "Contents" },
  holds: { id: "Berlaku pada", en: "As of" },
  lead: {
    id: "Buku ini dibuat dari aturan yang dipakai sistem. Cetak lagi bila batas waktu atau hari libur berubah.",
    en: "This booklet is made from the rules that the system uses. Print it again when limits or holidays change.",
  },
} as const satisfies Record<string, Text>;

const styles = {
  title: { size: 30, bold: true, color: "green" },
  agency: { size: 16, bold: true },
  chapter: { size: 19, bold: true, color: "green" },
  heading: { size: 13, bold: true },
  body: { size: 10.5 },
  label: { size: 9.5, bold: true },
  cell: { size: 9.5 },
  small: { size: 9.5, color: "quiet" },
} as const satisfies Record<string, Style>;

/** The share of each column of a table in its width: by its longest cell, and none too narrow for a word. */
function sharesOf(rows: readonly (readonly string[])[]): number[] {
  const [first = []] = rows;
  const lengths = first.map((_, index) =>
    Math.min(60, Math.max(14, ...rows.map((cells) => cells[index]?.length ?? 0))),
  );
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length) => length / all);
}
const padding = 6;

/** Writes one row of a table. It stays on one page. */
function writeRow(
  sheets: Sheets,
  table: Element,
  cells: readonly string[],
  { isHead, shares }: { isHead: boolean; shares: readonly number[] },
): void {
  const set = cells.map((cell, index) =>
    sheets.set(
      cell,
      isHead || index === 0 ? styles.label : styles.cell,
      innerWidth * (shares[index] ?? 0) - padding,
    ),
  );
  const height = Math.max(...set.map((one) => one.height)) + padding;
  sheets.need(height);
  const row = within(table, "TR");
  let x = 0;
  for (const [index, one] of set.entries()) {
    const scope = isHead ? "Column" : "Row";
    sheets.at(isHead || index === 0 ? within(row, "TH", scope) : within(row, "TD"), one, { x });
    x += innerWidth * (shares[index] ?? 0);
  }
  sheets.gap(height);
  sheets.line();
  sheets.gap(padding / 2);
}

function writeTable(
  sheets: Sheets,
  parent: Element,
  { caption, head, rows }: Extract<Block, { kind: "table" }>,
): void {
  const table = within(parent, "Table");
  sheets.need(60);
  sheets.write(within(table, "Caption"), caption, styles.small);
  sheets.gap(4);
  const shares = sharesOf([head, ...rows]);
  writeRow(sheets, table, head, { isHead: true, shares });
  for (const row of rows) writeRow(sheets, table, row, { isHead: false, shares });
  sheets.gap(8);
}

function writePoints(sheets: Sheets, parent: Element, items: readonly string[]): void {
  const list = within(parent, "L");
  for (const text of items) {
    const item = within(list, "LI");
    sheets.need(styles.body.size * 1.4);
    sheets.at(within(item, "Lbl"), sheets.set("•", styles.body, 20), { x: 2 });
    sheets.write(within(item, "LBody"), text, styles.body, { x: 14 });
    sheets.gap(2);
  }
  sheets.gap(6);
}

const labelWidth = 136;

function writeFacts(
  sheets: Sheets,
  parent: Element,
  facts: Extract<Block, { kind: "facts" }>["facts"],
): void {
  const list = within(parent, "L");
  for (const [label, texts] of facts) {
    const item = within(list, "LI");
    const name = sheets.set(label, styles.label, labelWidth - 8);
    sheets.need(Math.max(name.height, styles.body.size * 3));
    sheets.at(within(item, "Lbl"), name);
    const begun = sheets.place();
    const body = within(item, "LBody");
    for (const text of texts) sheets.write(within(body, "P"), text, styles.body, { x: labelWidth });
    const ended = sheets.place();
    // A name that is longer than what it names still stands alone on its lines.
    if (ended.page === begun.page)
      sheets.gap(Math.max(0, name.height - (begun.fromBottom - ended.fromBottom)));
    sheets.gap(4);
  }
  sheets.gap(8);
}

/** Writes one part of a chapter. Returns its bookmark if it is a heading. */
function writeBlock(sheets: Sheets, parent: Element, block: Block): Bookmark | undefined {
  switch (block.kind) {
    case "heading": {
      sheets.gap(8);
      sheets.need(80);
      const bookmark = sheets.bookmark(block.text);
      sheets.write(within(parent, "H3"), block.text, styles.heading);
      sheets.gap(4);
      return bookmark;
    }
    case "text":
    case "days":
      sheets.write(within(parent, "P"), block.text, styles.body);
      sheets.gap(6);
      return undefined;
    case "list":
      writePoints(sheets, parent, block.items);
      return undefined;
    case "facts":
      writeFacts(sheets, parent, block.facts);
      return undefined;
    case "table":
      writeTable(sheets, parent, block);
      return undefined;
    case "links":
      writeFacts(
        sheets,
        parent,
        block.links.map(({ label, told }) => [label, [told]]),
      );
      return undefined;
    case "link":
      sheets.write(within(parent, "P"), `${block.label}: ${block.address}`, styles.body);
      return undefined;
  }
}

/** Writes all chapters. Returns their bookmarks. */
const writeChapters = (sheets: Sheets, language: Language, inForce: InForce): Bookmark[] =>
  chapters.map(({ title, blocks }) => {
    sheets.gap(18);
    sheets.need(180);
    const bookmark = sheets.bookmark(title[language]);
    sheets.write(within(sheets.tags.root, "H2"), title[language], styles.chapter);
    sheets.gap(8);
    for (const block of blocks(language, inForce)) {
      const below = writeBlock(sheets, sheets.tags.root, block);
      if (below) bookmark.below.push(below);
    }
    return bookmark;
  });

const entryHeight = 26;

/** Writes the table of contents: each chapter with its page, to which it leads. */
function writeContents(sheets: Sheets, parent: Element, bookmarks: readonly Bookmark[]): void {
  for (const bookmark of bookmarks) {
    const { title, page } = bookmark;
    const entry = within(within(parent, "TOCI"), "Link");
    const number = String(sheets.numberOf(page));
    sheets.at(entry, sheets.set(title, { ...styles.body, size: 12 }, innerWidth - 60));
    sheets.at(entry, sheets.set(number, { ...styles.body, size: 12 }, 40), { x: innerWidth - 30 });
    sheets.lead(entry, entryHeight, bookmark);
    sheets.gap(entryHeight - 6);
    sheets.line();
    sheets.gap(6);
  }
}

/**
 * The guidance as a booklet in PDF: contents, chapters with bookmarks, and parts that are read out in their order. It brings its
 * fonts and holds no picture, and the same guidance is always the same file.
 */
export async function bookletPdf({
  language,
  inForce,
  title,
}: {
  language: Language;
  inForce: InForce;
  title: string;
}): Promise<Uint8Array> {
  const sheets = await Sheets.begin({ title: `${title}, ${inForce.agency.name}`, language });
  const { root } = sheets.tags;
  const date = localDateInWords(inForce.today, language);
  sheets.gap(40);
  sheets.write(within(root, "P"), "SP4N-LAPOR!", { ...styles.heading, color: "quiet" });
  sheets.gap(6);
  sheets.write(within(root, "H1"), title, styles.title);
  sheets.gap(10);
  sheets.write(within(root, "P"), inForce.agency.name, styles.agency);
  sheets.write(within(root, "P"), `${words.holds[language]} ${date}`, styles.body);
  sheets.gap(10);
  sheets.write(within(root, "P"), words.lead[language], styles.body);
  sheets.gap(28);
  const beginning = sheets.place();
  sheets.write(within(root, "H2"), words.contents[language], styles.chapter);
  sheets.gap(10);
  const contents = within(root, "TOC");
  const ofContents = sheets.place();
  sheets.newPage();
  const bookmarks = writeChapters(sheets, language, inForce);
  sheets.turnTo(ofContents);
  writeContents(sheets, contents, bookmarks);
  addBookmarks(sheets.document, [{ title: words.contents[language], ...beginning, below: [] }, ...bookmarks]);
  sheets.foot(`${title}, ${inForce.agency.name}, ${date}`);
  return sheets.finished();
}
