import {
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
} from "@cantoo/pdf-lib";

/** The kinds of parts that a reader of PDF knows. */
export type ElementName =
  | "Document"
  | "H1"
  | "H2"
  | "H3"
  | "P"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "Table"
  | "Caption"
  | "TR"
  | "TH"
  | "TD"
  | "TOC"
  | "TOCI"
  | "Link";

/** A part of a document, for those who have it read to them. */
export interface Element {
  name: ElementName;
  /** What a heading of a table heads. */
  scope?: "Row" | "Column";
  kids: (Element | Mark | Pressed)[];
}

/** A place of a page where a part is drawn. */
interface Mark {
  page: PDFPage;
  id: number;
}

/** A part of a page that can be pressed. */
interface Pressed {
  page: PDFPage;
  annotation: PDFRef;
}

const isMark = (kid: Element | Mark | Pressed): kid is Mark => "id" in kid;
const isPressed = (kid: Element | Mark | Pressed): kid is Pressed => "annotation" in kid;

/** A place of a page, in points from its lower left corner. */
interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** Adds a part to another one. */
export function within(parent: Element, name: ElementName, scope?: Element["scope"]): Element {
  const element: Element = { name, kids: [], ...(scope && { scope }) };
  parent.kids.push(element);
  return element;
}

/** The parts of a document, each with the places where it is drawn. */
export class Tags {
  readonly root: Element = { name: "Document", kids: [] };
  private readonly owners = new Map<PDFPage, Element[]>();
  private readonly pressed: { annotation: PDFDict; owner: Element }[] = [];
  private readonly context: PDFContext;

  constructor(context: PDFContext) {
    this.context = context;
  }

  /** Draws something between the marks by which its part finds it. */
  mark(element: Element, page: PDFPage, draw: () => void): void {
    const owners = this.owners.get(page) ?? [];
    this.owners.set(page, owners);
    const id = owners.length;
    owners.push(element);
    element.kids.push({ page, id });
    const properties = PDFDict.withContext(this.context);
    properties.set(PDFName.of("MCID"), PDFNumber.of(id));
    page.pushOperators(
      PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [
        PDFName.of(element.name),
        properties as never,
      ]),
    );
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  /** Has a part lead to another place of the document, for whoever presses on a box of a page. */
  lead(owner: Element, page: PDFPage, { left, bottom, right, top }: Box, to: Bookmark): void {
    const annotation = this.context.obj({
      Type: "Annot",
      Subtype: "Link",
      Rect: [left, bottom, right, top],
      Border: [0, 0, 0],
      Dest: [to.page.ref, "XYZ", null, to.fromBottom, null],
      Contents: PDFHexString.fromText(to.title),
    });
    const ref = this.context.register(annotation);
    page.node.addAnnot(ref);
    owner.kids.push({ page, annotation: ref });
    this.pressed.push({ annotation, owner });
  }

  /** Draws what stands on a page and is no part of the text: it is read to nobody. */
  static artifact(page: PDFPage, draw: () => void): void {
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of("Artifact")]));
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  /** Writes the tree of parts into the document. */
  finish(document: PDFDocument): void {
    const root = this.context.nextRef();
    const refs = new Map<Element, PDFRef>();
    const top = this.register(this.root, root, refs);
    const pages = document.getPages().filter((page) => this.owners.has(page));
    const numbers = pages.flatMap((page, index) => {
      page.node.set(PDFName.of("StructParents"), PDFNumber.of(index));
      page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
      const owners = (this.owners.get(page) ?? []).flatMap((owner) => refs.get(owner) ?? []);
      return [PDFNumber.of(index), this.context.register(this.context.obj(owners))];
    });
    const ofPressed = this.pressed.flatMap(({ annotation, owner }, at) => {
      const index = pages.length + at;
      annotation.set(PDFName.of("StructParent"), PDFNumber.of(index));
      const ref = refs.get(owner);
      return ref ? [PDFNumber.of(index), ref] : [];
    });
    this.context.assign(
      root,
      this.context.obj({
        Type: "StructTreeRoot",
        K: [top],
        ParentTree: this.context.register(this.context.obj({ Nums: [...numbers, ...ofPressed] })),
        ParentTreeNextKey: pages.length + this.pressed.length,
      }),
    );
    document.catalog.set(PDFName.of("StructTreeRoot"), root);
    document.catalog.set(PDFName.of("MarkInfo"), this.context.obj({ Marked: true }));
  }

  private register(element: Element, parent: PDFRef, refs: Map<Element, PDFRef>): PDFRef {
    const ref = this.context.nextRef();
    refs.set(element, ref);
    const kids = element.kids.map((kid) => {
      if (isMark(kid)) return this.context.obj({ Type: "MCR", Pg: kid.page.ref, MCID: kid.id });
      if (isPressed(kid)) return this.context.obj({ Type: "OBJR", Pg: kid.page.ref, Obj: kid.annotation });
      return this.register(kid, ref, refs);
    });
    this.context.assign(
      ref,
      this.context.obj({
        Type: "StructElem",
        S: element.name,
        P: parent,
        K: kids,
        ...(element.scope && { A: { O: "Table", Scope: element.scope } }),
      }),
    );
    return ref;
  }
}

/** A bookmark, with those below it. `fromBottom` is where it leads to on its page, in points. */
export interface Bookmark {
  title: string;
  page: PDFPage;
  fromBottom: number;
  below: Bookmark[];
}

/** Writes the bookmarks of a document. Readers of PDF show them beside the pages. */
export function addBookmarks(document: PDFDocument, bookmarks: readonly Bookmark[]): void {
  const { context } = document;
  const addBelow = (parent: PDFRef, those: readonly Bookmark[]) => {
    const refs = those.map(() => context.nextRef());
    for (const [index, { title, page, fromBottom, below }] of those.entries()) {
      const ref = refs[index];
      if (!ref) continue;
      const previous = refs[index - 1];
      const next = refs[index + 1];
      const kids = below.length > 0 ? addBelow(ref, below) : undefined;
      context.assign(
        ref,
        context.obj({
          Title: PDFHexString.fromText(title),
          Parent: parent,
          Dest: [page.ref, "XYZ", null, fromBottom, null],
          ...(previous && { Prev: previous }),
          ...(next && { Next: next }),
          // Those below are folded until somebody opens them.
          ...(kids && { ...kids, Count: -below.length }),
        }),
      );
    }
    const [first] = refs;
    const last = refs.at(-1);
    return first && last ? { First: first, Last: last } : undefined;
  };
  const root = context.nextRef();
  const kids = addBelow(root, bookmarks);
  context.assign(root, context.obj({ Type: "Outlines", ...kids, Count: bookmarks.length }));
  document.catalog.set(PDFName.of("Outlines"), root);
  document.catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
}
