import { deflateSync, inflateSync } from "node:zlib";
import {
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import {
  calculationOf,
  codesOf,
  type Drawing,
  type InlineValue,
  redrawn,
  type ResourceFolder,
} from "./content.ts";
import { bareCompactFont, bareOpenType, bareProfile, bareType1 } from "./fonts.ts";
import type { Layers } from "./layers.ts";
import { bareFax, bareJbig2, bareJpeg, bareJpeg2000 } from "./pictures.ts";
import { dictOf, nameIn, namesIn, resolved, unpacked } from "./reader.ts";

/**
 * What a copy may hold, kind by kind. A key that is not named here gets into no copy. A value gets into it only where its
 * rule knows what it is; texts get into it as what a page shows, and nowhere else.
 */
type Rule = (value: PDFObject, to: Building, within?: PDFDict) => PDFObject | undefined;
type Shape = Readonly<Record<string, Rule>>;

/** Values and bytes of a whole copy. One object that stands in many places counts each time that it is written out. */
const copiedInAll = 3_000_000;
const bytesInAll = 1024 * 1024 * 1024;
const streamAtMost = 128 * 1024 * 1024;
const inlineNamesInAll = 10_000;
/** Bytes of content streams, each as often as it is written anew, and names in them. */
const drawnInAll = 128 * 1024 * 1024;
const namesInAll = 100_000;
/** Bytes of a list of codes and of a function that calculates. */
const codesAtMost = 16 * 1024 * 1024;

/** The new document while it is being written. */
export class Building {
  readonly out = PDFContext.create();
  readonly from: PDFContext;
  readonly layers: Layers;
  private copied = 0;
  private bytes = 0;
  private toDraw = 0;
  private readonly done = new Map<PDFObject, Map<string, PDFRef | undefined>>();
  private readonly drawn = new Map<PDFObject, Map<PDFDict | undefined, Drawn>>();
  private readonly aliases = new Map<string, string>();
  private readonly numbers = new Map<PDFObject, number>();
  private readonly inlineNames = new Set<string>();
  private nothing: PDFRef | undefined;

  constructor(from: PDFContext, layers: Layers) {
    this.from = from;
    this.layers = layers;
  }

  resolve(value: PDFObject | undefined): PDFObject | undefined {
    return resolved(value, this.from);
  }

  spend(values = 1, bytes = 0): void {
    this.copied += values;
    this.bytes += bytes;
    if (this.copied > copiedInAll || this.bytes > bytesInAll) throw new Error("More than any document has");
  }

  /** A name of ours in place of one that a person or a program gave. */
  alias(name: string): string {
    const alias = this.aliases.get(name) ?? `R${this.aliases.size + 1}`;
    if (this.aliases.size > namesInAll) throw new Error("More names than any document has");
    this.aliases.set(name, alias);
    return alias;
  }

  /** Copies an object the first time that it is met as this kind. A circle leads back to the same copy. */
  once(source: PDFObject, kind: string, make: () => PDFObject | undefined): PDFRef | undefined {
    const kinds = this.done.get(source) ?? new Map<string, PDFRef | undefined>();
    this.done.set(source, kinds);
    if (kinds.has(kind)) return kinds.get(kind);
    const ref = this.out.nextRef();
    kinds.set(kind, ref);
    const made = make();
    if (made) this.out.assign(ref, made);
    else kinds.set(kind, undefined);
    return made && ref;
  }

  /** A number that tells one object from others. */
  numberOf(source: PDFObject): number {
    const number = this.numbers.get(source) ?? this.numbers.size;
    this.numbers.set(source, number);
    return number;
  }

  dict(entries: Readonly<Record<string, PDFObject | undefined>>): PDFDict {
    const dict = PDFDict.withContext(this.out);
    for (const [key, value] of Object.entries(entries)) if (value) dict.set(PDFName.of(key), value);
    return dict;
  }

  array(values: readonly PDFObject[]): PDFArray {
    const array = PDFArray.withContext(this.out);
    for (const value of values) array.push(value);
    return array;
  }

  /** A stream of these bytes, packed. */
  stream(entries: Readonly<Record<string, PDFObject | undefined>>, bytes: Uint8Array): PDFRawStream {
    return this.packedStream(entries, deflateSync(bytes));
  }

  packedStream(entries: Readonly<Record<string, PDFObject | undefined>>, packed: Uint8Array): PDFRawStream {
    return this.rawStream({ ...entries, Filter: PDFName.of("FlateDecode") }, packed);
  }

  rawStream(entries: Readonly<Record<string, PDFObject | undefined>>, bytes: Uint8Array): PDFRawStream {
    this.spend(1, bytes.length);
    return PDFRawStream.of(this.dict({ ...entries, Length: PDFNumber.of(bytes.length) }), bytes);
  }

  content(stream: PDFRawStream, most = streamAtMost): Uint8Array {
    const content = unpacked(stream, most, () => {});
    this.spend(1, content.length);
    return content;
  }

  /** A form that shows nothing, in place of what is hidden or broken. */
  empty(): PDFRef {
    this.nothing ??= this.out.register(
      this.stream(
        { Type: PDFName.of("XObject"), Subtype: PDFName.of("Form"), BBox: this.out.obj([0, 0, 0, 0]) },
        new Uint8Array(),
      ),
    );
    return this.nothing;
  }

  /** What a content stream draws with these resources. */
  drawing(source: PDFObject, content: () => Uint8Array, within: PDFDict | undefined): Drawn {
    const withins = this.drawn.get(source) ?? new Map<PDFDict | undefined, Drawn>();
    this.drawn.set(source, withins);
    const already = withins.get(within);
    if (already) return already;
    const images = new Map<string, PDFRef>();
    const layers = dictAt(within, "Properties", this);
    const old = content();
    this.toDraw += old.length;
    if (this.toDraw > drawnInAll) throw new Error("More than any document draws");
    const { bytes, uses, isWhole } = redrawn(old, {
      alias: (name) => this.alias(name),
      hides: (layer) => this.layers.hide(layers?.get(PDFName.of(layer))),
      image: (entries, data) => this.inlineImage(entries, data, within, images),
    });
    const drawn = { uses, isWhole, images, packed: deflateSync(bytes) };
    withins.set(within, drawn);
    return drawn;
  }

  private inlineImage(
    entries: { [key: string]: InlineValue },
    data: Uint8Array,
    within: PDFDict | undefined,
    images: Map<string, PDFRef>,
  ): string | undefined {
    for (const name of namesOf(entries)) this.inlineNames.add(name);
    if (this.inlineNames.size > inlineNamesInAll) throw new Error("More names than any document has");
    this.spend(20);
    const dict = this.from.obj(entries as never) as unknown as PDFDict;
    const space = entries["ColorSpace"];
    const named = typeof space === "string" && dictAt(within, "ColorSpace", this)?.get(PDFName.of(space));
    if (named) dict.set(PDFName.of("ColorSpace"), named);
    const made = imageOf(PDFRawStream.of(dict, data), this);
    const name = this.alias(` image ${this.aliases.size}`);
    images.set(name, made ? this.out.register(made) : this.empty());
    return name;
  }
}

interface Drawn extends Pick<Drawing, "uses" | "isWhole"> {
  packed: Uint8Array;
  /** Inline images, by the names that the copy gave them. */
  images: Map<string, PDFRef>;
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

const valueAt = (dict: PDFDict | undefined, key: string, to: Building) =>
  dict && to.resolve(dict.get(PDFName.of(key)));
const dictAt = (dict: PDFDict | undefined, key: string, to: Building) => dictOf(valueAt(dict, key, to));
const numberAt = (dict: PDFDict | undefined, key: string, to: Building) => {
  const value = valueAt(dict, key, to);
  return value instanceof PDFNumber ? value.asNumber() : undefined;
};
const listOf = (value: PDFObject | undefined, to: Building): PDFObject[] =>
  value instanceof PDFArray ? value.asArray().flatMap((each) => to.resolve(each) ?? []) : [];
const name = (text: string) => PDFName.of(text);

// Values
const number: Rule = (value, to) => {
  to.spend();
  return value instanceof PDFNumber ? value : undefined;
};
const flag: Rule = (value) => (value instanceof PDFBool ? value : undefined);
const numbers: Rule = (value, to) => {
  if (!(value instanceof PDFArray)) return undefined;
  to.spend(value.size());
  return to.array(listOf(value, to).filter((each) => each instanceof PDFNumber));
};
/** Numbers, and lists of numbers between them. */
const widths: Rule = (value, to) =>
  value instanceof PDFArray
    ? to.array(listOf(value, to).flatMap((each) => number(each, to) ?? numbers(each, to) ?? []))
    : undefined;
const oneOf =
  (...allowed: string[]): Rule =>
  (value) =>
    value instanceof PDFName && allowed.includes(value.decodeText()) ? value : undefined;
const list =
  (rule: Rule): Rule =>
  (value, to, within) =>
    value instanceof PDFArray
      ? to.array(listOf(value, to).flatMap((each) => rule(each, to, within) ?? []))
      : undefined;
const either =
  (...rules: Rule[]): Rule =>
  (value, to, within) => {
    for (const rule of rules) {
      const found = rule(value, to, within);
      if (found) return found;
    }
    return undefined;
  };

/** The entries of a dictionary that its shape names. */
function entriesOf(dict: PDFDict, shape: Shape, to: Building, within?: PDFDict): Record<string, PDFObject> {
  const entries: Record<string, PDFObject> = {};
  for (const [key, rule] of Object.entries(shape)) {
    const value = valueAt(dict, key, to);
    const copied = value && rule(value, to, within);
    if (copied) entries[key] = copied;
  }
  to.spend(Object.keys(entries).length);
  return entries;
}
const shaped =
  (shape: () => Shape): Rule =>
  (value, to, within) =>
    value instanceof PDFDict ? to.dict(entriesOf(value, shape(), to, within)) : undefined;
/** The same, as an object of its own that many places may share. */
const part =
  (kind: string, shape: () => Shape): Rule =>
  (value, to, within) =>
    value instanceof PDFDict
      ? to.once(value, kind, () => to.dict(entriesOf(value, shape(), to, within)))
      : undefined;

// Functions
const functionShape: Shape = {
  ...{ FunctionType: number, Domain: numbers, Range: numbers, Size: numbers, BitsPerSample: number },
  ...{ Order: number, Encode: numbers, Decode: numbers, C0: numbers, C1: numbers, N: number },
  ...{ Functions: (value, to) => list(calculated)(value, to), Bounds: numbers },
};
function calculated(value: PDFObject, to: Building): PDFObject | undefined {
  const dict = dictOf(value);
  if (!dict) return undefined;
  return to.once(value, "function", () => {
    const entries = entriesOf(dict, functionShape, to);
    if (!(value instanceof PDFRawStream)) return to.dict(entries);
    const content = to.content(value);
    if (numberAt(dict, "FunctionType", to) === 4)
      return to.stream(entries, calculationOf(to.content(value, codesAtMost)));
    const values = (key: string) => listOf(valueAt(dict, key, to), to).map((each) => Number(each.toString()));
    const samples = values("Size").reduce((all, one) => all * one, values("Range").length / 2);
    const length = Math.ceil((samples * (numberAt(dict, "BitsPerSample", to) ?? 8)) / 8);
    return to.stream(entries, content.subarray(0, length));
  });
}
const transfer = either(
  oneOf("Identity", "Default"),
  calculated,
  list(either(oneOf("Identity", "Default"), calculated)),
);

// Colours
const plainSpaces = ["DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"];
const processInks = ["All", "None", "Cyan", "Magenta", "Yellow", "Black", "Red", "Green", "Blue", "Gray"];
const calibration: Shape = {
  WhitePoint: numbers,
  BlackPoint: numbers,
  Gamma: numbers,
  Matrix: numbers,
  Range: numbers,
};

/** An ink of its own is shown by the colours that stand for it. Its name goes. */
const ink: Rule = (value, to) => {
  if (!(value instanceof PDFName)) return undefined;
  const own = value.decodeText();
  return processInks.includes(own) ? value : name(to.alias(`ink ${own}`));
};

function colourSpace(value: PDFObject, to: Building): PDFObject | undefined {
  if (value instanceof PDFName) return plainSpaces.includes(value.decodeText()) ? value : undefined;
  if (!(value instanceof PDFArray)) return undefined;
  const [kind, first, second, third] = listOf(value, to);
  const copied = to.once(value, "colour space", () => {
    const parts =
      kind instanceof PDFName ? partsOfSpace(kind.decodeText(), [first, second, third], to) : undefined;
    return parts?.every((each) => each !== undefined) ? to.array([kind as PDFName, ...parts]) : undefined;
  });
  const profile = kind === name("ICCBased") ? dictOf(first) : undefined;
  if (copied || !profile) return copied;
  // Colours without a profile that can be read mean what their number says.
  const plain = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" }[numberAt(profile, "N", to) ?? 0];
  return plain ? name(plain) : undefined;
}

function partsOfSpace(
  kind: string,
  [first, second, third]: (PDFObject | undefined)[],
  to: Building,
): (PDFObject | undefined)[] | undefined {
  const other = (value: PDFObject | undefined) => value && colourSpace(value, to);
  switch (kind) {
    case "DeviceGray":
    case "DeviceRGB":
    case "DeviceCMYK":
      return [];
    case "Pattern":
      return first ? [other(first)] : [];
    case "CalGray":
    case "CalRGB":
    case "Lab":
      return [first && shaped(() => calibration)(first, to)];
    case "ICCBased":
      return [first && profiled(first, to)];
    case "Indexed":
    case "I":
      return [other(first), second && number(second, to), tableOf(first, second, third, to)];
    case "Separation":
      return [first && ink(first, to), other(second), third && calculated(third, to)];
    case "DeviceN":
      return [first && list(ink)(first, to), other(second), third && calculated(third, to)];
    default:
      return undefined;
  }
}

function profiled(value: PDFObject, to: Building): PDFObject | undefined {
  if (!(value instanceof PDFRawStream)) return undefined;
  return to.once(value, "profile", () => {
    const bare = attempt(() => bareProfile(to.content(value)));
    const shape = { N: number, Range: numbers, Alternate: colourSpace };
    return bare && to.stream(entriesOf(value.dict, shape, to), bare);
  });
}

/** The colours of an indexed space, and no byte more. */
function tableOf(
  base: PDFObject | undefined,
  last: PDFObject | undefined,
  table: PDFObject | undefined,
  to: Building,
): PDFObject | undefined {
  const components = base && componentsOf(base, to);
  if (!components || !(last instanceof PDFNumber)) return undefined;
  const length = (last.asNumber() + 1) * components;
  if (table instanceof PDFString || table instanceof PDFHexString) {
    const bytes = table.asBytes().subarray(0, length);
    to.spend(1, bytes.length);
    return PDFHexString.of(Buffer.from(bytes).toString("hex"));
  }
  if (!(table instanceof PDFRawStream)) return undefined;
  return to.once(table, `table ${length}`, () => to.stream({}, to.content(table).subarray(0, length)));
}

/** How many numbers make a colour of this space. */
function componentsOf(space: PDFObject | undefined, to: Building, depth = 0): number | undefined {
  const [kind, first] = space instanceof PDFArray ? listOf(space, to) : [space];
  if (!(kind instanceof PDFName) || depth > 8) return undefined;
  switch (kind.decodeText()) {
    case "DeviceRGB":
    case "CalRGB":
    case "Lab":
      return 3;
    case "DeviceCMYK":
      return 4;
    case "ICCBased":
      return numberAt(dictOf(first), "N", to);
    case "DeviceN":
      return listOf(first, to).length;
    case "DeviceGray":
    case "CalGray":
    case "Indexed":
    case "I":
    case "Separation":
      return 1;
    default:
      return undefined;
  }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

// Images
const imageShape: Shape = {
  ...{ Width: number, Height: number, BitsPerComponent: number, ImageMask: flag, Decode: numbers },
  ...{ Interpolate: flag, SMaskInData: number, Matte: numbers, ColorSpace: colourSpace },
  Intent: oneOf("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"),
  ...{ Mask: either(numbers, (value, to) => image(value, to)), SMask: (value, to) => image(value, to) },
};
const parmsShape: Shape = {
  ...{ Predictor: number, Colors: number, BitsPerComponent: number, Columns: number, EarlyChange: number },
  ...{ K: number, EndOfLine: flag, EncodedByteAlign: flag, Rows: number, EndOfBlock: flag, BlackIs1: flag },
  ...{ DamagedRowsBeforeError: number, ColorTransform: number },
  JBIG2Globals: (value, to) =>
    value instanceof PDFRawStream
      ? to.once(value, "globals", () => to.stream({}, bareJbig2(to.content(value))))
      : undefined,
};
const pictures: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  ...{ DCTDecode: bareJpeg, DCT: bareJpeg, JPXDecode: bareJpeg2000, JBIG2Decode: bareJbig2 },
  ...{ CCITTFaxDecode: bareFax, CCF: bareFax },
};
const fullNames: Readonly<Record<string, string>> = { DCT: "DCTDecode", CCF: "CCITTFaxDecode" };

function image(value: PDFObject, to: Building): PDFObject | undefined {
  return value instanceof PDFRawStream ? to.once(value, "image", () => imageOf(value, to)) : undefined;
}

function imageOf(source: PDFRawStream, to: Building): PDFRawStream | undefined {
  const { dict } = source;
  const filters = namesIn(dict, "Filter");
  const last = filters.at(-1) ?? "";
  const parms = lastParms(dict, filters.length, to);
  const shown = { Type: name("XObject"), Subtype: name("Image"), ...entriesOf(dict, imageShape, to) };
  const bare = pictures[last];
  const copiedParms = parms && to.dict(entriesOf(parms, parmsShape, to));
  const entries = { ...shown, ...(copiedParms && { DecodeParms: copiedParms }) };
  const content = to.content(source);
  if (bare) {
    const picture = attempt(() => bare(content));
    return picture && to.rawStream({ ...entries, Filter: name(fullNames[last] ?? last) }, picture);
  }
  const length = lengthOf(dict, parms, to);
  if (length === undefined) return undefined;
  if (filters.length === 1 && (last === "FlateDecode" || last === "Fl") && content.length <= length) {
    const packed = attempt(() => withoutRest(source.contents));
    if (packed) return to.rawStream({ ...entries, Filter: name("FlateDecode") }, packed);
  }
  return to.stream(entries, content.subarray(0, length));
}

/** Packed bytes up to the end of what is packed. */
function withoutRest(packed: Uint8Array): Uint8Array {
  const { engine } = inflateSync(packed, { info: true, maxOutputLength: streamAtMost }) as unknown as {
    engine: { bytesWritten: number };
  };
  return packed.subarray(0, engine.bytesWritten);
}

/** How the last filter is meant. No honest document tells anything of the filters before it. */
function lastParms(dict: PDFDict, filters: number, to: Building): PDFDict | undefined {
  const value = valueAt(dict, "DecodeParms", to) ?? valueAt(dict, "DP", to);
  const all = value instanceof PDFArray ? value.asArray().map((each) => to.resolve(each)) : [value];
  if (all.slice(0, filters - 1).some((each) => (numberAt(dictOf(each), "Predictor", to) ?? 1) > 1))
    throw new Error("Differences of lines behind another filter");
  return dictOf(all[filters - 1]);
}

/** How many bytes the pixels of an image take, as its filter leaves them. */
function lengthOf(dict: PDFDict, parms: PDFDict | undefined, to: Building): number | undefined {
  const width = numberAt(dict, "Width", to);
  const height = numberAt(dict, "Height", to);
  const isMask = valueAt(dict, "ImageMask", to) === PDFBool.True;
  const components = isMask ? 1 : componentsOf(valueAt(dict, "ColorSpace", to), to);
  const bits = isMask ? 1 : numberAt(dict, "BitsPerComponent", to);
  if (!width || !height || !components || !bits) return undefined;
  const length = height * Math.ceil((width * components * bits) / 8);
  if ((numberAt(parms, "Predictor", to) ?? 1) < 10) return length;
  const [columns, colours, depth] = ["Columns", "Colors", "BitsPerComponent"].map((key) =>
    numberAt(parms, key, to),
  );
  const row = Math.ceil(((columns ?? 1) * (colours ?? 1) * (depth ?? 8)) / 8);
  return Math.ceil(length / row) * (row + 1);
}

// What draws
const group: Rule = shaped(() => ({
  ...{ S: oneOf("Transparency"), CS: colourSpace, I: flag, K: flag },
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
const blendMode = oneOf(...blendModes);
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
  RI: oneOf("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"),
  ...{ TR: transfer, TR2: transfer },
  Font: (value, to, within) => {
    const [first, size] = listOf(value, to);
    const copied = first && font(first, to, within);
    return copied && size instanceof PDFNumber ? to.array([copied, size]) : undefined;
  },
  SMask: either(
    oneOf("None"),
    shaped(() => ({ S: oneOf("Alpha", "Luminosity"), G: form, BC: numbers, TR: transfer })),
  ),
};

function form(value: PDFObject, to: Building, within?: PDFDict): PDFObject | undefined {
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
    const drawn = to.drawing(source, () => to.content(source), resources);
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

// Fonts
const collections = ["Japan1", "GB1", "CNS1", "Korea1", "KR", "Japan2"];
const codings = new Set([
  ...["Identity", "GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K", "UniGB-UCS2", "UniGB-UTF16", "B5pc"],
  ...["HKscs-B5", "ETen-B5", "ETenms-B5", "CNS-EUC", "UniCNS-UCS2", "UniCNS-UTF16", "83pv-RKSJ", "90ms-RKSJ"],
  ...[
    "90msp-RKSJ",
    "90pv-RKSJ",
    "Add-RKSJ",
    "EUC",
    "Ext-RKSJ",
    "UniJIS-UCS2",
    "UniJIS-UCS2-HW",
    "UniJIS-UTF16",
  ],
  ...["KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "KSCpc-EUC", "UniKS-UCS2", "UniKS-UTF16"],
]);
const isCoding = (coding: string) =>
  coding === "H" || coding === "V" || codings.has(coding.replace(/-[HV]$/, ""));

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

const encodings = oneOf("StandardEncoding", "MacRomanEncoding", "WinAnsiEncoding", "MacExpertEncoding");
const toUnicode: Rule = (value, to) =>
  value instanceof PDFRawStream
    ? to.once(value, "text", () =>
        to.stream({}, codesOf(to.content(value, codesAtMost), { vertical: false })),
      )
    : oneOf("Identity-H", "Identity-V")(value, to);

/** Which code shows which letter. The names of letters that only this document draws are ours. */
const encodingWith = (rename: boolean): Rule =>
  either(encodings, (value, to) => {
    if (!(value instanceof PDFDict)) return undefined;
    const differences = listOf(valueAt(value, "Differences", to), to).flatMap((each) => {
      to.spend();
      if (each instanceof PDFName && rename) return name(to.alias(each.decodeText()));
      return each instanceof PDFNumber || each instanceof PDFName ? each : [];
    });
    return to.dict({
      ...entriesOf(value, { BaseEncoding: encodings }, to),
      ...(differences.length > 0 && { Differences: to.array(differences) }),
    });
  });

function simpleFont(dict: PDFDict, to: Building): PDFDict {
  const described = descriptor(valueAt(dict, "FontDescriptor", to), to);
  const shape: Shape = {
    Subtype: oneOf("Type1", "MMType1", "TrueType"),
    ...{
      FirstChar: number,
      LastChar: number,
      Widths: numbers,
      Encoding: encodingWith(false),
      ToUnicode: toUnicode,
    },
  };
  return to.dict({
    Type: name("Font"),
    ...entriesOf(dict, shape, to),
    BaseFont: described?.name ?? valueAt(dict, "BaseFont", to),
    ...(described && { FontDescriptor: described.ref }),
  });
}

function compositeFont(dict: PDFDict, to: Building): PDFDict {
  const [under] = listOf(valueAt(dict, "DescendantFonts", to), to);
  const described = descriptor(valueAt(dictOf(under), "FontDescriptor", to), to);
  const baseFont = described?.name ?? valueAt(dict, "BaseFont", to);
  const collection = dictAt(dictOf(under), "CIDSystemInfo", to);
  const ordering = collections.find((each) => textAt(collection, "Ordering", to) === each) ?? "Identity";
  const shape: Shape = {
    Subtype: oneOf("CIDFontType0", "CIDFontType2"),
    ...{ DW: number, W: widths, DW2: numbers, W2: widths },
    CIDToGIDMap: either(oneOf("Identity"), (value) =>
      value instanceof PDFRawStream
        ? to.once(value, "glyphs", () => to.stream({}, to.content(value).subarray(0, 2 * 65_536)))
        : undefined,
    ),
  };
  const descendant =
    under instanceof PDFDict &&
    to.dict({
      Type: name("Font"),
      ...entriesOf(under, shape, to),
      BaseFont: described?.name ?? valueAt(under, "BaseFont", to),
      ...(described && { FontDescriptor: described.ref }),
      CIDSystemInfo: to.dict({
        Registry: PDFString.of("Adobe"),
        Ordering: PDFString.of(ordering),
        Supplement:
          (collection && numberAt(collection, "Supplement", to) !== undefined
            ? valueAt(collection, "Supplement", to)
            : undefined) ?? PDFNumber.of(0),
      }),
    });
  return to.dict({
    Type: name("Font"),
    Subtype: name("Type0"),
    BaseFont: baseFont,
    Encoding: coding(valueAt(dict, "Encoding", to), ordering, to),
    ...(descendant && { DescendantFonts: to.array([to.out.register(descendant)]) }),
    ...entriesOf(dict, { ToUnicode: toUnicode }, to),
  });
}

const textAt = (dict: PDFDict | undefined, key: string, to: Building): string | undefined => {
  const value = valueAt(dict, key, to);
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
};

function coding(value: PDFObject | undefined, ordering: string, to: Building): PDFObject {
  if (value instanceof PDFName && isCoding(value.decodeText())) return value;
  if (!(value instanceof PDFRawStream)) return name("Identity-H");
  const vertical = numberAt(value.dict, "WMode", to) === 1;
  const copied = to.once(value, `coding ${ordering}`, () => {
    const base = valueAt(value.dict, "UseCMap", to);
    return to.stream(
      {
        ...{ Type: name("CMap"), CMapName: name("Codes"), WMode: PDFNumber.of(vertical ? 1 : 0) },
        CIDSystemInfo: to.dict({
          ...{
            Registry: PDFString.of("Adobe"),
            Ordering: PDFString.of(ordering),
            Supplement: PDFNumber.of(0),
          },
        }),
        ...(base && { UseCMap: coding(base, ordering, to) }),
      },
      codesOf(to.content(value, codesAtMost), { ordering, vertical }),
    );
  });
  return copied ?? name("Identity-H");
}

const descriptorShape: Shape = {
  ...{
    Flags: number,
    FontBBox: numbers,
    ItalicAngle: number,
    Ascent: number,
    Descent: number,
    Leading: number,
  },
  ...{ CapHeight: number, XHeight: number, StemV: number, StemH: number, AvgWidth: number, MaxWidth: number },
  ...{ MissingWidth: number, FontWeight: number },
};

/**
 * How a font looks. One that the document brings along gets a name of ours. One that it does not bring is found by its
 * name, so that stays.
 */
function descriptor(
  value: PDFObject | undefined,
  to: Building,
): { ref: PDFRef; name: PDFObject | undefined } | undefined {
  if (!(value instanceof PDFDict)) return undefined;
  const files = entriesOf(value, { FontFile: program, FontFile2: program, FontFile3: program }, to);
  const isEmbedded = Object.keys(files).length > 0;
  const own = isEmbedded ? name(`AAAAAA+F${to.numberOf(value) + 1}`) : valueAt(value, "FontName", to);
  const fontName = own instanceof PDFName ? own : undefined;
  const ref = to.once(value, "descriptor", () =>
    to.dict({
      ...{ Type: name("FontDescriptor"), FontName: fontName },
      ...entriesOf(value, descriptorShape, to),
      ...files,
    }),
  );
  return ref && { ref, name: isEmbedded ? fontName : undefined };
}

/** The program of a font. Its content says what kind it is; programs that show documents go by that too. */
function program(value: PDFObject, to: Building): PDFObject | undefined {
  if (!(value instanceof PDFRawStream)) return undefined;
  return to.once(value, "program", () => {
    const content = Buffer.from(to.content(value));
    const head = content.toString("latin1", 0, 4);
    const shape: Shape = { Subtype: oneOf("Type1C", "CIDFontType0C", "OpenType") };
    if (["\0\x01\0\0", "true", "OTTO", "ttcf"].includes(head)) {
      const bare = bareOpenType(content);
      return to.stream({ ...entriesOf(value.dict, shape, to), Length1: PDFNumber.of(bare.length) }, bare);
    }
    if (content[0] === 1 && (content[3] ?? 0) <= 4)
      return to.stream(entriesOf(value.dict, shape, to), bareCompactFont(content));
    if (!head.startsWith("%!") && head.charCodeAt(0) !== 0x80) return undefined;
    const lengths = { Length1: number, Length2: number, Length3: number };
    return to.stream(entriesOf(value.dict, lengths, to), bareType1(content));
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
    const drawn = to.drawing(source, () => to.content(source), resources);
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

// Pages
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
  const drawings = streams.map((each) => to.drawing(each, () => to.content(each), resources));
  if (streams.length < 2 || drawings.every(({ isWhole }) => isWhole)) {
    const refs = streams.flatMap((each, index) => {
      const key = `content ${resources ? to.numberOf(resources) : ""}`;
      return to.once(each, key, () => to.packedStream({}, drawings[index]?.packed ?? new Uint8Array())) ?? [];
    });
    return { refs, drawings };
  }
  const whole = to.array([]);
  const joined = () => Buffer.concat(streams.flatMap((each) => [to.content(each), Buffer.from("\n")]));
  const drawn = to.drawing(whole, joined, resources);
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
const lineEnds = oneOf(
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
  BS: shaped(() => ({ W: number, S: oneOf("S", "D", "B", "I", "U"), D: numbers })),
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
  const look = appearance(value, to);
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
