import { inflateSync } from "node:zlib";
import { PDFArray, PDFBool, type PDFDict, type PDFObject, PDFRawStream } from "@cantoo/pdf-lib";
import {
  attempt,
  type Building,
  either,
  entriesOf,
  flag,
  name,
  nameAmong,
  number,
  numberAt,
  numbers,
  type Shape,
  streamAtMost,
  valueAt,
} from "./building.ts";
import { colourSpace, componentsOf } from "./colours.ts";
import { bareFax, bareJbig2, bareJpeg, bareJpeg2000 } from "./pictures.ts";
import { dictOf, namesIn } from "./reader.ts";

const imageShape: Shape = {
  ...{ Width: number, Height: number, BitsPerComponent: number, ImageMask: flag, Decode: numbers },
  ...{ Interpolate: flag, SMaskInData: number, Matte: numbers, ColorSpace: colourSpace },
  Intent: nameAmong("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"),
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

export function image(value: PDFObject, to: Building): PDFObject | undefined {
  return value instanceof PDFRawStream ? to.once(value, "image", () => imageOf(value, to)) : undefined;
}

export function imageOf(source: PDFRawStream, to: Building): PDFRawStream | undefined {
  const { dict } = source;
  const filters = namesIn(dict, "Filter");
  const last = filters.at(-1) ?? "";
  const parms = lastParms(dict, filters.length, to);
  const shown = { Type: name("XObject"), Subtype: name("Image"), ...entriesOf(dict, imageShape, to) };
  const bare = pictures[last];
  const copiedParms = parms && to.dict(entriesOf(parms, parmsShape, to));
  const entries = { ...shown, ...(copiedParms && { DecodeParms: copiedParms }) };
  const content = to.content(source, { asDifferences: true });
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
  const bits = isMask ? 1 : (numberAt(dict, "BitsPerComponent", to) ?? 8);
  if (!width || !height || !components || !bits) return undefined;
  const length = height * Math.ceil((width * components * bits) / 8);
  if ((numberAt(parms, "Predictor", to) ?? 1) < 10) return length;
  const [columns, colours, depth] = ["Columns", "Colors", "BitsPerComponent"].map((key) =>
    numberAt(parms, key, to),
  );
  const row = Math.ceil(((columns ?? 1) * (colours ?? 1) * (depth ?? 8)) / 8);
  return Math.ceil(length / row) * (row + 1);
}
