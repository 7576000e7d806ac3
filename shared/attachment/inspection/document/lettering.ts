import {
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
  type Building,
  codesAtMost,
  dictAt,
  either,
  entriesOf,
  listOf,
  name,
  nameAmong,
  number,
  numberAt,
  numbers,
  type Rule,
  type Shape,
  valueAt,
  widths,
} from "./building.ts";
import { codesOf } from "./codes.ts";
import { bareCompactFont, bareOpenType, bareType1 } from "./fonts.ts";
import { dictOf } from "./reader.ts";

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

const encodings = nameAmong("StandardEncoding", "MacRomanEncoding", "WinAnsiEncoding", "MacExpertEncoding");
export const toUnicode: Rule = (value, to) =>
  value instanceof PDFRawStream
    ? to.once(value, "text", () =>
        to.stream({}, codesOf(to.content(value, { most: codesAtMost }), { vertical: false })),
      )
    : nameAmong("Identity-H", "Identity-V")(value, to);

/** Which code shows which letter. The names of letters that only this document draws are ours. */
export const encodingWith = (rename: boolean): Rule =>
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

export function simpleFont(dict: PDFDict, to: Building): PDFDict {
  const described = descriptor(valueAt(dict, "FontDescriptor", to), to);
  const shape: Shape = {
    Subtype: nameAmong("Type1", "MMType1", "TrueType"),
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

export function compositeFont(dict: PDFDict, to: Building): PDFDict {
  const [under] = listOf(valueAt(dict, "DescendantFonts", to), to);
  const described = descriptor(valueAt(dictOf(under), "FontDescriptor", to), to);
  const baseFont = described?.name ?? valueAt(dict, "BaseFont", to);
  const collection = dictAt(dictOf(under), "CIDSystemInfo", to);
  const ordering = collections.find((each) => textAt(collection, "Ordering", to) === each) ?? "Identity";
  const shape: Shape = {
    Subtype: nameAmong("CIDFontType0", "CIDFontType2"),
    ...{ DW: number, W: widths, DW2: numbers, W2: widths },
    CIDToGIDMap: either(nameAmong("Identity"), (value) =>
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
      codesOf(to.content(value, { most: codesAtMost }), { ordering, vertical }),
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
    const shape: Shape = { Subtype: nameAmong("Type1C", "CIDFontType0C", "OpenType") };
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
