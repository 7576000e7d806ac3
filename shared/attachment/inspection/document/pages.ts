import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import {
  type Building,
  dictAt,
  either,
  entriesOf,
  list,
  listOf,
  name,
  nameAmong,
  number,
  numberAt,
  numbers,
  type Shape,
  shaped,
  valueAt,
  widths,
} from "./building.ts";
import { drawing, form, group, resourcesOf } from "./parts.ts";
import { dictOf, nameIn } from "./reader.ts";

const pageShape: Shape = {
  ...{ MediaBox: numbers, CropBox: numbers, BleedBox: numbers, TrimBox: numbers, ArtBox: numbers },
  ...{ Rotate: number, UserUnit: number, Group: group },
};

/** A page with what it shows: its content, its resources, and the appearance of its annotations. */
export function pageOf(page: PDFDict, inherited: Readonly<Record<string, PDFObject>>, to: Building): PDFDict {
  const ofPage = (key: string) => valueAt(page, key, to) ?? to.resolve(inherited[key]);
  const resources = dictOf(ofPage("Resources"));
  const box = (key: string) => {
    const value = ofPage(key);
    return value && numbers(value, to);
  };
  const rotate = ofPage("Rotate");
  const { refs, drawings } = contentsOf(valueAt(page, "Contents", to), resources, to);
  const annotations = listOf(valueAt(page, "Annots", to), to).flatMap((each) => annotation(each, to) ?? []);
  return to.dict({
    Type: name("Page"),
    ...entriesOf(page, pageShape, to),
    MediaBox: box("MediaBox") ?? to.out.obj([0, 0, 612, 792]),
    CropBox: box("CropBox"),
    Rotate: rotate && number(rotate, to),
    Resources: resourcesOf(drawings, resources, to),
    Contents: to.array(refs),
    ...(annotations.length > 0 && { Annots: to.array(annotations) }),
  });
}

/** Each stream of a page that stands for itself is copied for itself. Where one goes on in the next, all are joined. */
function contentsOf(value: PDFObject | undefined, resources: PDFDict | undefined, to: Building) {
  const streams = (value instanceof PDFArray ? listOf(value, to) : [value]).filter(
    (each) => each instanceof PDFRawStream,
  );
  const drawings = streams.map((each) => drawing(each, () => to.content(each), to, resources));
  if (streams.length < 2 || drawings.every(({ isWhole }) => isWhole)) {
    const refs = streams.flatMap((each, index) => {
      const key = `content ${resources ? to.numberOf(resources) : ""}`;
      return to.once(each, key, () => to.packedStream({}, drawings[index]?.packed ?? new Uint8Array())) ?? [];
    });
    return { refs, drawings };
  }
  const whole = to.array([]);
  const joined = () => Buffer.concat(streams.flatMap((each) => [to.content(each), Buffer.from("\n")]));
  const drawn = drawing(whole, joined, to, resources);
  return { refs: [to.out.register(to.packedStream({}, drawn.packed))], drawings: [drawn] };
}

/** These marks are drawn from numbers where they bring no appearance. */
const drawnFromNumbers = [
  ...[
    "Highlight",
    "Underline",
    "StrikeOut",
    "Squiggly",
    "Square",
    "Circle",
    "Line",
    "Polygon",
    "PolyLine",
    "Ink",
  ],
];
const lineEnds = nameAmong(
  ...[
    "Square",
    "Circle",
    "Diamond",
    "OpenArrow",
    "ClosedArrow",
    "None",
    "Butt",
    "ROpenArrow",
    "RClosedArrow",
    "Slash",
  ],
);
const markShape: Shape = {
  ...{
    QuadPoints: numbers,
    C: numbers,
    IC: numbers,
    CA: number,
    L: numbers,
    Vertices: numbers,
    InkList: widths,
  },
  LE: either(lineEnds, list(lineEnds)),
  BS: shaped(() => ({ W: number, S: nameAmong("S", "D", "B", "I", "U"), D: numbers })),
  Border: numbers,
};
const isHidden = 2;
const shownWith = 0b11111101; // All flags of how it is shown.

/** What an annotation or the field of a form shows, as a stamp that nobody wrote. What it does and who wrote it goes. */
function annotation(value: PDFObject, to: Building): PDFRef | undefined {
  if (!(value instanceof PDFDict)) return undefined;
  const kind = nameIn(value, "Subtype") ?? "";
  const flags = numberAt(value, "F", to) ?? 0;
  if (kind === "Popup" || (flags & isHidden) > 0 || to.layers.hide(value.get(name("OC")))) return undefined;
  const look = appearance(value, to) ?? writtenLook(value, kind, to);
  const drawn = drawnFromNumbers.includes(kind);
  if (!look && !drawn) return undefined;
  return to.once(value, "annotation", () =>
    to.dict({
      ...{ Type: name("Annot"), Subtype: name(drawn ? kind : "Stamp"), F: PDFNumber.of(flags & shownWith) },
      ...entriesOf(value, { Rect: numbers, ...(drawn && markShape) }, to),
      ...(look && { AP: to.dict({ N: look }) }),
    }),
  );
}

/** How an annotation looks now. Other states of it, and what it looks like under a pointer, are not shown. */
function appearance(annotation: PDFDict, to: Building): PDFObject | undefined {
  const normal = valueAt(dictAt(annotation, "AP", to), "N", to);
  const state = nameIn(annotation, "AS");
  const shown = normal instanceof PDFDict && state ? valueAt(normal, state, to) : normal;
  if (!(shown instanceof PDFRawStream)) return undefined;
  if (to.layers.hide(shown.dict.get(name("OC")))) return undefined;
  const fields = dictAt(dictOf(to.resolve(to.from.trailerInfo.Root)), "AcroForm", to);
  return form(shown, to, dictAt(fields, "DR", to));
}

const hasText = (value: PDFObject | undefined): value is PDFString | PDFHexString =>
  value instanceof PDFString || value instanceof PDFHexString;
const linesAtMost = 200;
const isPassword = 1 << 13;

/** A value of the field, or of the group of fields that it belongs to. */
function ofField(field: PDFDict, key: string, to: Building): PDFObject | undefined {
  let at: PDFDict | undefined = field;
  for (let steps = 0; at && steps < 16; steps++) {
    const value = valueAt(at, key, to);
    if (value) return value;
    at = dictAt(at, "Parent", to);
  }
  return undefined;
}

/** How a program shows a filled field or a free text that brings no appearance: its words in a plain font. */
function writtenLook(annotation: PDFDict, kind: string, to: Building): PDFRef | undefined {
  const type = ofField(annotation, "FT", to);
  const isField = kind === "Widget" && (type === name("Tx") || type === name("Ch"));
  const flags = ofField(annotation, "Ff", to);
  if (flags instanceof PDFNumber && flags.asNumber() & isPassword) return undefined;
  const words = isField
    ? ofField(annotation, "V", to)
    : kind === "FreeText"
      ? valueAt(annotation, "Contents", to)
      : undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = listOf(valueAt(annotation, "Rect", to), to).map(
    (each) => (each instanceof PDFNumber ? each.asNumber() : 0),
  );
  if (!hasText(words) || words.decodeText() === "") return undefined;
  const [width, height] = [Math.abs(right - left), Math.abs(top - bottom)];
  const how = ofField(annotation, "DA", to);
  const asked = Number(/([\d.]+)\s+Tf/.exec(hasText(how) ? how.decodeText() : "")?.[1] ?? 0);
  const size = asked > 0 ? asked : Math.min(12, Math.max(4, height * 0.7));
  const lines = words
    .decodeText()
    .split(/\r\n?|\n/)
    .slice(0, linesAtMost);
  const first = lines.length > 1 ? height - size : (height - size) / 2 + size * 0.2;
  const shown = lines.map(
    (line) => `<${Buffer.from(line.replace(/[^\x20-\xff]/g, "?"), "latin1").toString("hex")}> Tj T*`,
  );
  const content = `BT /F ${size} Tf ${size * 1.15} TL 2 ${first.toFixed(2)} Td ${shown.join(" ")} ET`;
  const font = { F: { Type: "Font", Subtype: "Type1", BaseFont: "Helvetica", Encoding: "WinAnsiEncoding" } };
  return to.out.register(
    to.stream(
      {
        ...{ Type: name("XObject"), Subtype: name("Form"), BBox: to.out.obj([0, 0, width, height]) },
        Resources: to.out.obj({ Font: font }),
      },
      Buffer.from(content, "latin1"),
    ),
  );
}
