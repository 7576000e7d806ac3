import {
  PDFArray,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "@cantoo/pdf-lib";
import {
  attempt,
  type Building,
  codesAtMost,
  either,
  entriesOf,
  list,
  listOf,
  name,
  nameAmong,
  number,
  numberAt,
  numbers,
  type Rule,
  type Shape,
  shaped,
  valueAt,
} from "./building.ts";
import { calculationOf } from "./codes.ts";
import { bareProfile } from "./fonts.ts";
import { dictOf } from "./reader.ts";

const functionShape: Shape = {
  ...{ FunctionType: number, Domain: numbers, Range: numbers, Size: numbers, BitsPerSample: number },
  ...{ Order: number, Encode: numbers, Decode: numbers, C0: numbers, C1: numbers, N: number },
  ...{ Functions: (value, to) => list(calculated)(value, to), Bounds: numbers },
};
export function calculated(value: PDFObject, to: Building): PDFObject | undefined {
  const dict = dictOf(value);
  if (!dict) return undefined;
  return to.once(value, "function", () => {
    const entries = entriesOf(dict, functionShape, to);
    if (!(value instanceof PDFRawStream)) return to.dict(entries);
    const content = to.content(value);
    if (numberAt(dict, "FunctionType", to) === 4)
      return to.stream(entries, calculationOf(to.content(value, { most: codesAtMost })));
    const values = (key: string) => listOf(valueAt(dict, key, to), to).map((each) => Number(each.toString()));
    const samples = values("Size").reduce((all, one) => all * one, values("Range").length / 2);
    const length = Math.ceil((samples * (numberAt(dict, "BitsPerSample", to) ?? 8)) / 8);
    return to.stream(entries, content.subarray(0, length));
  });
}
export const transfer = either(
  nameAmong("Identity", "Default"),
  calculated,
  list(either(nameAmong("Identity", "Default"), calculated)),
);

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

export function colourSpace(value: PDFObject, to: Building): PDFObject | undefined {
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
export function componentsOf(space: PDFObject | undefined, to: Building, depth = 0): number | undefined {
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
