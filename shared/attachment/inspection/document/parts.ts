import { deflateSync } from "node:zlib";
import { PDFDict, PDFNumber, type PDFObject, PDFRawStream, type PDFRef } from "@cantoo/pdf-lib";
import {
  type Building,
  dictAt,
  type Drawn,
  either,
  entriesOf,
  flag,
  list,
  listOf,
  name,
  nameAmong,
  number,
  numbers,
  part,
  type Rule,
  type Shape,
  shaped,
  valueAt,
  widths,
} from "./building.ts";
import { calculated, colourSpace, transfer } from "./colours.ts";
import { type InlineValue, redrawn, type ResourceFolder } from "./content.ts";
import { image, imageOf } from "./images.ts";
import { compositeFont, encodingWith, simpleFont, toUnicode } from "./lettering.ts";
import { dictOf, nameIn } from "./reader.ts";

/** What a content stream draws with these resources. */
export function drawing(
  source: PDFObject,
  content: () => Uint8Array,
  to: Building,
  within: PDFDict | undefined,
): Drawn {
  const withins = to.drawings.get(source) ?? new Map<PDFDict | undefined, Drawn>();
  to.drawings.set(source, withins);
  const already = withins.get(within);
  if (already) return already;
  const images = new Map<string, PDFRef>();
  const layers = dictAt(within, "Properties", to);
  const old = content();
  to.spendDrawing(old.length);
  const { bytes, uses, isWhole } = redrawn(old, {
    alias: (own) => to.alias(own),
    hides: (layer) => to.layers.hide(layers?.get(name(layer))),
    image: (entries, data) => inlineImage(entries, data, to, { within, images }),
  });
  const drawn = { uses, isWhole, images, packed: deflateSync(bytes) };
  withins.set(within, drawn);
  return drawn;
}

/** What an inline image costs in memory, as so many values. No document has 50,000 of them. */
const valuesOfInlineImage = 60;

/** An image inside a content stream becomes one of the resources, and is copied like those. */
function inlineImage(
  entries: { [key: string]: InlineValue },
  data: Uint8Array,
  to: Building,
  { within, images }: { within: PDFDict | undefined; images: Map<string, PDFRef> },
): string {
  to.spendNames(namesOf(entries));
  to.spend(valuesOfInlineImage);
  const dict = to.from.obj(entries);
  const space = entries["ColorSpace"];
  const named = typeof space === "string" && dictAt(within, "ColorSpace", to)?.get(name(space));
  if (named) dict.set(name("ColorSpace"), named);
  const made = imageOf(PDFRawStream.of(dict, data), to);
  const alias = to.alias(` image ${to.numberOf(dict)}`);
  images.set(alias, made ? to.out.register(made) : to.empty());
  return alias;
}

function* namesOf(plain: InlineValue): Generator<string> {
  if (typeof plain === "string") yield plain;
  else if (Array.isArray(plain)) for (const each of plain) yield* namesOf(each);
  else if (typeof plain === "object" && !(plain instanceof Uint8Array))
    for (const [key, value] of Object.entries(plain)) {
      yield key;
      yield* namesOf(value);
    }
}

export const group: Rule = shaped(() => ({
  ...{ S: nameAmong("Transparency"), CS: colourSpace, I: flag, K: flag },
}));
const formShape: Shape = { BBox: numbers, Matrix: numbers, Group: group };
const tilingShape: Shape = {
  ...{ PatternType: number, PaintType: number, TilingType: number, BBox: numbers },
  ...{ XStep: number, YStep: number, Matrix: numbers },
};
const shadingShape: Shape = {
  ...{ ShadingType: number, ColorSpace: colourSpace, Background: numbers, BBox: numbers, AntiAlias: flag },
  ...{ Function: either(calculated, list(calculated)), Domain: numbers, Matrix: numbers, Coords: numbers },
  ...{ Extend: list(flag), BitsPerCoordinate: number, BitsPerComponent: number, BitsPerFlag: number },
  ...{ Decode: numbers, VerticesPerRow: number },
};
const blendModes = [
  ...[
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
  ],
  ...["HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"],
];
const blendMode = nameAmong(...blendModes);
const stateShape: Shape = {
  ...{
    LW: number,
    LC: number,
    LJ: number,
    ML: number,
    D: widths,
    OP: flag,
    op: flag,
    OPM: number,
    FL: number,
  },
  ...{
    SM: number,
    SA: flag,
    BM: either(blendMode, list(blendMode)),
    CA: number,
    ca: number,
    AIS: flag,
    TK: flag,
  },
  RI: nameAmong("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"),
  ...{ TR: transfer, TR2: transfer },
  Font: (value, to, within) => {
    const [first, size] = listOf(value, to);
    const copied = first && font(first, to, within);
    return copied && size instanceof PDFNumber ? to.array([copied, size]) : undefined;
  },
  SMask: either(
    nameAmong("None"),
    shaped(() => ({ S: nameAmong("Alpha", "Luminosity"), G: form, BC: numbers, TR: transfer })),
  ),
};

export function form(value: PDFObject, to: Building, within?: PDFDict): PDFObject | undefined {
  if (!(value instanceof PDFRawStream)) return undefined;
  return drawnOnce(value, "form", to, within, (drawing) => ({
    ...{ Type: name("XObject"), Subtype: name("Form") },
    ...entriesOf(value.dict, formShape, to, within),
    Resources: drawing,
  }));
}

/** A stream that draws, with its own resources or those of what it stands in. */
function drawnOnce(
  source: PDFRawStream,
  kind: string,
  to: Building,
  within: PDFDict | undefined,
  entries: (resources: PDFDict) => Record<string, PDFObject>,
): PDFRef | undefined {
  const own = dictAt(source.dict, "Resources", to);
  const resources = own ?? within;
  const key = own || !within ? kind : `${kind} in ${to.numberOf(within)}`;
  return to.once(source, key, () => {
    const drawn = drawing(source, () => to.content(source), to, resources);
    return to.packedStream(entries(resourcesOf([drawn], resources, to)), drawn.packed);
  });
}

function xObject(value: PDFObject, to: Building, within?: PDFDict): PDFObject {
  const dict = dictOf(value);
  if (to.layers.hide(dict?.get(name("OC")))) return to.empty();
  const copied = nameIn(dict, "Subtype") === "Image" ? image(value, to) : form(value, to, within);
  return copied ?? to.empty();
}

function pattern(value: PDFObject, to: Building, within?: PDFDict): PDFObject | undefined {
  if (value instanceof PDFRawStream)
    return drawnOnce(value, "pattern", to, within, (resources) => ({
      ...entriesOf(value.dict, tilingShape, to),
      Resources: resources,
    }));
  return part("pattern", () => ({
    ...{ PatternType: number, Shading: shading, Matrix: numbers, ExtGState: graphicsState },
  }))(value, to, within);
}

function shading(value: PDFObject, to: Building): PDFObject | undefined {
  const dict = dictOf(value);
  return (
    dict &&
    to.once(value, "shading", () => {
      const entries = entriesOf(dict, shadingShape, to);
      return value instanceof PDFRawStream ? to.stream(entries, to.content(value)) : to.dict(entries);
    })
  );
}

const graphicsState: Rule = part("state", () => stateShape);

const ruleOf: Readonly<Record<ResourceFolder, Rule>> = {
  ExtGState: graphicsState,
  Font: font,
  ColorSpace: colourSpace,
  Pattern: pattern,
  Shading: shading,
  XObject: xObject,
};
const defaultSpaces = ["DefaultGray", "DefaultRGB", "DefaultCMYK"];

/** The resources that drawings use. What no drawing uses is not shown, and may be left from an earlier version. */
export function resourcesOf(
  drawings: readonly Drawn[],
  resources: PDFDict | undefined,
  to: Building,
): PDFDict {
  const found: Record<string, Record<string, PDFObject>> = {};
  for (const { uses, images } of drawings) {
    for (const [folder, names] of uses)
      for (const each of names) {
        const value = valueAt(dictAt(resources, folder, to), each, to);
        const copied = value && ruleOf[folder](value, to, resources);
        if (copied) (found[folder] ??= {})[to.alias(each)] = copied;
      }
    for (const [alias, ref] of images) (found["XObject"] ??= {})[alias] = ref;
  }
  for (const each of defaultSpaces) {
    const value = valueAt(dictAt(resources, "ColorSpace", to), each, to);
    const copied = value && colourSpace(value, to);
    if (copied) (found["ColorSpace"] ??= {})[each] = copied;
  }
  to.spend(Object.values(found).reduce((all, folder) => all + Object.keys(folder).length, 0));
  return to.dict(
    Object.fromEntries(Object.entries(found).map(([folder, entries]) => [folder, to.dict(entries)])),
  );
}

function font(value: PDFObject, to: Building, within?: PDFDict): PDFObject | undefined {
  if (!(value instanceof PDFDict)) return undefined;
  const inherits = nameIn(value, "Subtype") === "Type3" && !dictAt(value, "Resources", to) && within;
  return to.once(value, inherits ? `font in ${to.numberOf(within)}` : "font", () => {
    switch (nameIn(value, "Subtype")) {
      case "Type0":
        return compositeFont(value, to);
      case "Type3":
        return drawnFont(value, to, within);
      default:
        return simpleFont(value, to);
    }
  });
}

/** A font whose letters are drawings. */
function drawnFont(dict: PDFDict, to: Building, within: PDFDict | undefined): PDFDict {
  const resources = dictAt(dict, "Resources", to) ?? within;
  const drawings = dictAt(dict, "CharProcs", to)?.entries() ?? [];
  const letters: Record<string, PDFObject> = {};
  const all: Drawn[] = [];
  for (const [letter, each] of drawings) {
    const source = to.resolve(each);
    if (!(source instanceof PDFRawStream)) continue;
    const drawn = drawing(source, () => to.content(source), to, resources);
    const copied = to.once(source, "letter", () => to.packedStream({}, drawn.packed));
    if (!copied) continue;
    letters[to.alias(letter.decodeText())] = copied;
    all.push(drawn);
  }
  const shape: Shape = {
    ...{ FontBBox: numbers, FontMatrix: numbers, FirstChar: number, LastChar: number, Widths: numbers },
    ...{ Encoding: encodingWith(true), ToUnicode: toUnicode },
  };
  return to.dict({
    ...{ Type: name("Font"), Subtype: name("Type3") },
    ...entriesOf(dict, shape, to),
    CharProcs: to.dict(letters),
    Resources: resourcesOf(all, resources, to),
  });
}
