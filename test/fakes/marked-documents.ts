import { deflateSync } from "node:zlib";

/** A PDF that is being written by hand. All text is Latin-1, one letter a byte. */
export class Draft {
  readonly objects: string[] = [];
  readonly catalogue: string[] = [];
  readonly page: string[] = [];
  readonly annotations: string[] = [];
  readonly trailer: string[] = [];
  readonly comments: string[] = [];
  /** The content of the page, and what stands in its resources. */
  readonly content: string[] = [];
  readonly resources: Record<string, string[]> = {};
  /** What a second page draws that the last version no longer has. */
  readonly earlier: string[] = [];

  add(object: string): string {
    this.objects.push(object);
    return `${this.objects.length + 9} 0 R`;
  }

  stream(dict: string, content: string): string {
    return this.add(streamOf(dict, content));
  }

  /** Adds a resource, and gives the name by which the content draws it. */
  resource(folder: string, value: string): string {
    const entries = (this.resources[folder] ??= []);
    entries.push(`/${folder[0]}${entries.length} ${value}`);
    return `/${folder[0]}${entries.length - 1}`;
  }

  /** An image that the page shows. */
  image(dict: string, data: string): void {
    const ref = this.stream(`/Type /XObject /Subtype /Image ${dict}`, data);
    this.content.push(`q 10 0 0 10 0 0 cm ${this.resource("XObject", ref)} Do Q`);
  }

  /** A font that the page writes with. */
  font(value: string): void {
    this.content.push(`BT ${this.resource("Font", value)} 12 Tf 10 10 Td (AB) Tj ET`);
  }
}

export const streamOf = (dict: string, content: string): string =>
  `<< ${dict} /Length ${content.length} >>\nstream\n${content}\nendstream`;
export const packed = (content: string): string =>
  deflateSync(Buffer.from(content, "latin1")).toString("latin1");

/** How the file is laid out: plainly, with its objects in packed streams, or with a second version behind the first. */
export const layouts = ["plain", "streams of objects", "two versions"] as const;
export type Layout = (typeof layouts)[number];

const shown = "BT /Tulisan 12 Tf 20 20 Td (TAMPAK) Tj ET 0 0 m 30 40 l S";

/** The file of a draft. Its page writes TAMPAK, whatever else is in it. */
export function fileOf(draft: Draft, layout: Layout): Buffer {
  const resources = Object.entries(draft.resources)
    .map(
      ([folder, entries]) =>
        `/${folder} << ${folder === "Font" ? "/Tulisan 5 0 R " : ""}${entries.join(" ")} >>`,
    )
    .join(" ");
  const fonts = draft.resources["Font"] ? "" : "/Font << /Tulisan 5 0 R >>";
  const objects: Record<number, string> = {
    1: `<< /Type /Catalog /Pages 2 0 R ${draft.catalogue.join(" ")} >>`,
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << ${fonts} ${resources} >> ${
      draft.annotations.length > 0 ? `/Annots [${draft.annotations.join(" ")}]` : ""
    } ${draft.page.join(" ")} >>`,
    4: streamOf("/Filter /FlateDecode", packed([shown, ...draft.content].join("\n"))),
    5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...Object.fromEntries(draft.objects.map((object, index) => [10 + index, object])),
  };
  const trailer = `/Root 1 0 R ${draft.trailer.join(" ")}`;
  const parts = [
    "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n",
    ...draft.comments.map((comment) => `%${comment}\n`),
  ];
  const end = `trailer\n<< ${trailer} /Size 999 >>\nstartxref\n0\n%%EOF\n`;
  if (layout === "two versions") {
    const first = {
      ...objects,
      2: "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
      6: `<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>`,
      7: streamOf("", draft.earlier.join(" ")),
    };
    parts.push(...written(first), end, ...written({ 2: objects[2] ?? "" }), end);
  } else if (layout === "plain") parts.push(...written(objects), end);
  else {
    const loose = Object.entries(objects).filter(([, object]) => !object.includes("\nstream\n"));
    let at = 0;
    const places = loose.map(([number, object]) => {
      const place = `${number} ${at}`;
      at += object.length + 1;
      return place;
    });
    const head = `${places.join(" ")} `;
    const inside = packed(head + loose.map(([, object]) => object).join(" "));
    const rest = Object.fromEntries(
      Object.entries(objects).filter(([, object]) => object.includes("\nstream\n")),
    );
    parts.push(
      ...written({
        ...rest,
        900: streamOf(`/Type /ObjStm /N ${loose.length} /First ${head.length} /Filter /FlateDecode`, inside),
        901: streamOf(`/Type /XRef /Size 902 /W [1 2 1] ${trailer} /Filter /FlateDecode`, packed("\0\0\0\0")),
      }),
      "startxref\n0\n%%EOF\n",
    );
  }
  parts.push(...draft.comments.map((comment) => `%${comment}\n`));
  return Buffer.from(parts.join(""), "latin1");
}

const written = (objects: Record<number, string>): string[] =>
  Object.entries(objects).map(([number, object]) => `${number} 0 obj\n${object}\nendobj\n`);

/** A mark as it is hidden in a file: as a text of the format, and as bytes. */
export interface Hidden {
  text: string;
  bytes: string;
}

const utf16 = (mark: string) => Buffer.from(mark, "utf16le").swap16();
const hex = (bytes: Buffer) => bytes.toString("hex");

/** The ways in which a PDF can write a text. */
export const writings: Readonly<Record<string, (mark: string) => Hidden>> = {
  "as it is": (mark) => ({ text: `(${mark})`, bytes: mark }),
  "in numbers": (mark) => ({
    text: `(${[...Buffer.from(mark)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")})`,
    bytes: mark,
  }),
  "in hexadecimal": (mark) => ({ text: `<${hex(Buffer.from(mark))}>`, bytes: mark }),
  "in UTF-8": (mark) => ({ text: `(\u00ef\u00bb\u00bf${mark})`, bytes: mark }),
  "in UTF-16": (mark) => ({ text: `<FEFF${hex(utf16(mark))}>`, bytes: utf16(mark).toString("latin1") }),
  "in UTF-16, the other way round": (mark) => ({
    text: `<FFFE${hex(Buffer.from(mark, "utf16le"))}>`,
    bytes: Buffer.from(mark, "utf16le").toString("latin1"),
  }),
  "broken over lines": (mark) => ({ text: `(${mark.slice(0, 3)}\\\n${mark.slice(3)})`, bytes: mark }),
};

const u16 = (value: number) => String.fromCharCode((value >> 8) & 255, value & 255);
const u32 = (value: number) => u16(value >>> 16) + u16(value & 65535);
const segment = (marker: number, body: string) =>
  `\u00ff${String.fromCharCode(marker)}${u16(body.length + 2)}${body}`;

/** A JPEG of one black pixel, with more segments in front and more bytes behind. */
export function jpegWith(segments: string, rest = ""): string {
  const zeros = "\0".repeat(15);
  return [
    "\u00ff\u00d8",
    segments,
    segment(0xdb, `\0${"\u0001".repeat(64)}`),
    segment(0xc0, `\b${u16(1)}${u16(1)}\u0001\u0001\u0011\0`),
    segment(0xc4, `\0\u0001${zeros}\0`),
    segment(0xc4, `\u0010\u0001${zeros}\0`),
    segment(0xda, "\u0001\u0001\0\0\u003f\0"),
    "\u003f\u00ff\u00d9",
    rest,
  ].join("");
}

const box = (type: string, body: string) => `${u32(body.length + 8)}${type}${body}`;

/** A JPEG 2000 with boxes and a comment of its own. Nothing decodes its one tile. */
const jpeg2000With = (boxes: string, comment: string): string =>
  [
    box("jP  ", "\r\n\u0087\n"),
    box("ftyp", "jp2 \0\0\0\0jp2 "),
    box(
      "jp2h",
      box("ihdr", `${u32(1)}${u32(1)}${u16(1)}\u0007\u0007\0\0`) +
        box("colr", `\u0001\0\0${u32(17)}`) +
        boxes,
    ),
    boxes,
    box(
      "jp2c",
      `\u00ff\u004f\u00ff\u0064${u16(comment.length + 4)}\0\u0001${comment}\u00ff\u0090${u16(10)}\0\0${u32(16)}\0\u0001\u00ff\u0093PQ\u00ff\u00d9${comment}`,
    ),
  ].join("");

/** A TrueType font with these tables beside those that draw. */
function trueTypeWith(tables: Record<string, string>): string {
  const all = { glyf: "GLYF", head: "\0".repeat(54), maxp: "\0".repeat(6), ...tables };
  let at = 12 + Object.keys(all).length * 16;
  const entries = Object.entries(all).map(([tag, data]) => {
    const entry = `${tag}${u32(0)}${u32(at)}${u32(data.length)}`;
    at += data.length;
    return entry;
  });
  return `\0\u0001\0\0${u16(entries.length)}${"\0".repeat(6)}${entries.join("")}${Object.values(all).join("")}`;
}

const index = (...items: string[]): string => {
  if (items.length === 0) return u16(0);
  let at = 1;
  const offsets = [at, ...items.map((item) => (at += item.length))].map(u16).join("");
  return `${u16(items.length)}\u0002${offsets}${items.join("")}`;
};
const long = (value: number) => `\u001d${u32(value)}`;

/** A compact font (CFF) with one glyph, "huruf", and a notice. */
function compactWith(name: string, notice: string): string {
  const top = (charset: number, glyphs: number) =>
    `${long(391)}\u0001${long(charset)}\u000f${long(glyphs)}\u0011`;
  const front = (charset: number, glyphs: number) =>
    `\u0001\0\u0004\u0002${index(name)}${index(top(charset, glyphs))}${index(notice, "huruf")}${index()}`;
  const charset = front(0, 0).length;
  return `${front(charset, charset + 3)}\0${u16(392)}${index("\u000e", "\u000e")}`;
}

const type1With = (name: string, notice: string, comment: string): string =>
  [
    `%!PS-AdobeFont-1.0: ${name}\n%%Title: ${comment}\n/FontInfo 2 dict dup begin /Notice (${notice}) readonly def end`,
    `/FontName /${name} def currentfile eexec\n\u0001\u0002\u0003\u0004\n${"0".repeat(64)}\ncleartomark\n% ${comment}`,
  ].join("\n");

/** A profile of grey with a description, rights and makers. */
function profileWith(mark: string): string {
  const texts = [`desc\0\0\0\0${u32(mark.length)}${mark}`, `text\0\0\0\0${mark}`, `curv\0\0\0\0${u32(0)}`];
  const tags = ["desc", "cprt", "kTRC"];
  let at = 128 + 4 + 36;
  const entries = texts.map((text, place) => {
    const entry = `${tags[place]}${u32(at)}${u32(text.length)}`;
    at += text.length;
    return entry;
  });
  const head = `${"\0".repeat(8)}\u0002${"\0".repeat(3)}mntrGRAYXYZ ${"\0".repeat(12)}acsp`;
  return `${head.padEnd(128, "\0")}${u32(3)}${entries.join("")}${texts.join("")}`;
}

const profile = (draft: Draft, content: string) =>
  draft.content.push(
    `${draft.resource("ColorSpace", `[/ICCBased ${draft.stream("/N 1", content)}]`)} cs 0 sc 0 0 9 9 re f`,
  );
const grey = "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
const onePixel = "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
const look = (draft: Draft) => draft.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f");
const form = (draft: Draft, dict: string, content = "0 0 9 9 re f") =>
  draft.content.push(
    `${draft.resource("XObject", draft.stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${dict}`, content))} Do`,
  );
const embedded = (draft: Draft, key: string, dict: string, program: string, more = "") =>
  draft.font(
    `<< /Type /Font /Subtype /TrueType /BaseFont /Huruf /FirstChar 65 /LastChar 66 /Widths [500 500] /FontDescriptor ${draft.add(
      `<< /Type /FontDescriptor /FontName /Huruf /Flags 4 /${key} ${draft.stream(`${dict} /Filter /FlateDecode`, packed(program))} ${more} >>`,
    )} >>`,
  );

/** Every place of a PDF that can say who wrote it, with what, when and where, beside what a page shows. */
export const placesOfDocuments: Readonly<Record<string, (draft: Draft, mark: Hidden) => unknown>> = {
  "the description of the document": (d, { text }) =>
    d.trailer.push(`/Info << /Author ${text} /Perusahaan ${text} /CreationDate ${text} >>`),
  "the description, as an object": (d, { text }) =>
    d.trailer.push(`/Info ${d.add(`<< /Producer ${text} >>`)}`),
  "the number of the file": (d, { text }) => d.trailer.push(`/ID [${text} ${text}]`),
  "a key of its own in the trailer": (d, { text }) => d.trailer.push(`/Pengirim ${text}`),
  "comments between objects": (d, { bytes }) => d.comments.push(bytes),
  "an object that nothing names": (d, { text }) => d.add(`<< /Isi ${text} >>`),
  "a stream that nothing names": (d, { bytes }) => d.stream("/Filter /FlateDecode", packed(bytes)),
  "the page of an earlier version": (d, { text }) => d.earlier.push(`BT ${text} Tj ET`),
  "XMP of the document": (d, { bytes }) =>
    d.catalogue.push(
      `/Metadata ${d.stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", packed(bytes))}`,
    ),
  "a key of its own in the catalogue": (d, { text }) => d.catalogue.push(`/Kantor << /Nama [${text}] >>`),
  "the language": (d, { text }) => d.catalogue.push(`/Lang ${text}`),
  "labels of pages": (d, { text }) => d.catalogue.push(`/PageLabels << /Nums [0 << /P ${text} >>] >>`),
  "names of places": (d, { text }) =>
    d.catalogue.push(`/Names << /Dests << /Names [${text} [3 0 R /Fit]] >> >>`),
  "titles of an outline": (d, { text }) =>
    d.catalogue.push(`/Outlines << /First ${d.add(`<< /Title ${text} /Dest [3 0 R /Fit] >>`)} /Count 1 >>`),
  "its structure": (d, { text }) =>
    d.catalogue.push(
      `/MarkInfo << /Marked true >> /StructTreeRoot << /K ${d.add(`<< /S /P /Pg 3 0 R /T ${text} /Alt ${text} /ActualText ${text} /E ${text} >>`)} >>`,
    ),
  "names of layers and their makers": (d, { text }) => {
    const layer = d.add(`<< /Type /OCG /Name ${text} /Usage << /CreatorInfo << /Creator ${text} >> >> >>`);
    d.catalogue.push(`/OCProperties << /OCGs [${layer}] /D << /Name ${text} /Order [${layer}] >> >>`);
    d.content.push(`/OC ${d.resource("Properties", layer)} BDC 1 1 m 2 2 l S EMC`);
  },
  "threads, the web and rights": (d, { text }) =>
    d.catalogue.push(
      `/Threads [<< /I << /Author ${text} >> >>] /SpiderInfo << /C ${text} >> /Perms << /UR3 << /Name ${text} >> >> /Legal << /Attestation ${text} >>`,
    ),
  "the way it is viewed": (d, { text }) => d.catalogue.push(`/ViewerPreferences << /Isi ${text} >>`),
  "notes of a program on a page": (d, { text }) =>
    d.page.push(`/PieceInfo << /Word << /LastModified ${text} /Private ${text} >> >> /LastModified ${text}`),
  "XMP of a page": (d, { bytes }) => d.page.push(`/Metadata ${d.stream("/Type /Metadata", bytes)}`),
  "the preview of a page": (d, { bytes }) =>
    d.page.push(
      `/Thumb ${d.stream("/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8", bytes)}`,
    ),
  "a key of its own in a page": (d, { text }) =>
    d.page.push(`/Juru ${text} /Group << /S /Transparency /Juru ${text} >>`),
  "who wrote a note, when and what": (d, { text }) =>
    d.annotations.push(
      d.add(
        `<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /QuadPoints [0 0 9 0 9 9 0 9] /T ${text} /Contents ${text} /RC ${text} /Subj ${text} /M ${text} /CreationDate ${text} /NM ${text} /Popup << /Subtype /Popup /Contents ${text} >> >>`,
      ),
    ),
  "a stamp": (d, { text }) =>
    d.annotations.push(
      d.add(
        `<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /T ${text} /AP << /N ${look(d)} >> /Name /Draft >>`,
      ),
    ),
  "a sticky note": (d, { text }) =>
    d.annotations.push(
      d.add(`<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ${text} /T ${text} >>`),
    ),
  "a field of a form": (d, { text }) => {
    const field = d.add(
      `<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T ${text} /TU ${text} /TM ${text} /V ${text} /DV ${text} /AP << /N ${look(d)} >> >>`,
    );
    d.annotations.push(field);
    d.catalogue.push(`/AcroForm << /Fields [${field}] /DA ${text} >>`);
  },
  "a signature": (d, { text }) => {
    const field = d.add(
      `<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Sig /T ${text} /AP << /N ${look(d)} >> /V << /Type /Sig /Name ${text} /ContactInfo ${text} /Location ${text} /Reason ${text} /Contents ${text} /M ${text} /Prop_Build << /App << /Name ${text} >> >> >> >>`,
    );
    d.annotations.push(field);
    d.catalogue.push(`/AcroForm << /SigFlags 3 /Fields [${field}] >>`);
  },
  "the address of a link": (d, { text }) =>
    d.annotations.push(`<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI ${text} >> >>`),
  "the path of another file": (d, { text }) =>
    d.annotations.push(
      `<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F << /Type /Filespec /F ${text} /UF ${text} >> /D [0 /Fit] >> >>`,
    ),
  "a key of its own in resources": (d, { text }) =>
    (d.resources["Properties"] ??= []).push(`/P << /Isi ${text} >>`),
  "a resource that nothing draws": (d, { bytes }) =>
    d.resource("XObject", d.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", bytes)),
  "notes on a drawing": (d, { text, bytes }) =>
    form(
      d,
      `/Juru ${text} /LastModified ${text} /PieceInfo << /X << /Private ${text} >> >> /OPI << /2.0 << /F ${text} >> >> /Ref << /F ${text} >> /Metadata ${d.stream("/Type /Metadata", bytes)}`,
    ),
  "a drawing in a drawing": (d, { text }) =>
    form(
      d,
      `/Resources << /XObject << /Dalam ${d.stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Juru ${text}`, `% ${text.replace(/[\r\n]/g, " ")}\n/P << /ActualText ${text} >> BDC 0 0 5 5 re f EMC`)} >> >>`,
      "/Dalam Do",
    ),
  "notes on an image": (d, { text, bytes }) =>
    d.image(
      `${grey} /Name /Gambar /ID ${text} /Juru ${text} /Metadata ${d.stream("/Type /Metadata", bytes)} /Alternates [<< /Image ${d.stream("/Subtype /Image", bytes)} >>] /OPI << /1.3 << /F ${text} >> >>`,
      "XY",
    ),
  "bytes behind an image": (d, { bytes }) => d.image(grey, `XY${bytes}`),
  "bytes behind a packed image": (d, { bytes }) =>
    d.image(`${grey} /Filter /FlateDecode`, packed(`XY${bytes}`)),
  "bytes behind what packs an image": (d, { bytes }) =>
    d.image(`${grey} /Filter /FlateDecode`, packed("XY") + bytes),
  "a soft mask": (d, { text }) =>
    d.image(`${grey} /SMask ${d.stream(`/Type /XObject /Subtype /Image ${grey} /Juru ${text}`, "XY")}`, "XY"),
  "EXIF of a photo": (d, { bytes }) =>
    d.image(`${onePixel} /Filter /DCTDecode`, jpegWith(segment(0xe1, `Exif\0\0${bytes}`))),
  "IPTC of a photo": (d, { bytes }) =>
    d.image(
      `${onePixel} /Filter [/FlateDecode /DCTDecode]`,
      packed(jpegWith(segment(0xed, `Photoshop 3.0\0${bytes}`))),
    ),
  "a comment in a photo, and other segments": (d, { bytes }) =>
    d.image(
      `${onePixel} /Filter /DCTDecode`,
      jpegWith(segment(0xfe, bytes) + segment(0xe2, bytes) + segment(0xef, bytes)),
    ),
  "the preview in a photo": (d, { bytes }) =>
    d.image(
      `${onePixel} /Filter /DCTDecode`,
      jpegWith(segment(0xe0, `JFIF\0\u0001\u0002\0\0\u0001\0\u0001\u0001\u0001${bytes}`)),
    ),
  "bytes behind a photo": (d, { bytes }) => d.image(`${onePixel} /Filter /DCTDecode`, jpegWith("", bytes)),
  "boxes and comments of JPEG 2000": (d, { bytes }) =>
    d.image(`${onePixel} /Filter /JPXDecode`, jpeg2000With(box("uuid", bytes) + box("xml ", bytes), bytes)),
  "a comment in JBIG2": (d, { bytes }) =>
    d.image(
      "/Width 1 /Height 1 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode",
      `${u32(1)}\u0030\0\u0001${u32(19)}${"\0".repeat(19)}${u32(2)}\u003e\0\u0001${u32(bytes.length)}${bytes}`,
    ),
  "an image inside the content": (d, { text, bytes }) =>
    d.content.push(`q BI /W 2 /H 1 /CS /G /BPC 8 /Juru ${text} /F /Fl ID ${packed("XY")}${bytes} EI Q`),
  "comments in the content": (d, { bytes }) =>
    d.content.push(`% ${bytes.replace(/[\r\n]/g, " ")}\n1 1 m 2 2 l S`),
  "other words for what is shown": (d, { text }) =>
    d.content.push(`/Span << /ActualText ${text} /Alt ${text} /Lang ${text} >> BDC 1 1 m 2 2 l S EMC`),
  "marks in the content": (d, { text }) =>
    d.content.push(`/Isi << /Juru ${text} >> DP /Isi /P9 DP ${text} juru BX [${text}] juru EX ${text} 2 w`),
  "texts between numbers": (d, { text }) =>
    d.content.push(`[1 ${text} 2] 0 d BT [(A) /Juru << /B ${text} >> (B)] TJ ET`),
  "notes on a graphics state": (d, { text }) =>
    d.content.push(
      `${d.resource("ExtGState", `<< /Type /ExtGState /ca 1 /Juru ${text} /HT << /HalftoneName ${text} >> >>`)} gs`,
    ),
  "notes on a pattern": (d, { text }) =>
    d.content.push(
      `/Pattern cs ${d.resource("Pattern", d.stream(`/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >> /Juru ${text}`, "0 0 4 4 re f"))} scn 0 0 9 9 re f`,
    ),
  "notes on a shading": (d, { text }) =>
    d.content.push(
      `${d.resource("Shading", `<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Juru ${text} /Function << /FunctionType 2 /Domain [0 1] /N 1 /Juru ${text} >> >>`)} sh`,
    ),
  "a function that calculates": (d, { bytes }) =>
    d.content.push(
      `${d.resource("ColorSpace", `[/Separation /Tinta${bytes.replace(/[^A-Za-z]/g, "")} /DeviceGray ${d.stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", `{ % ${bytes.replace(/[\r\n]/g, " ")}\n1 exch sub }`)}]`)} cs 1 scn 0 0 9 9 re f`,
    ),
  "bytes behind the colours of an image": (d, { bytes }) =>
    d.image(
      `/Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceGray 1 ${d.stream("", `\0\u00ff${bytes}`)}]`,
      "\0\u0001",
    ),
  "bytes behind the values of a function": (d, { bytes }) =>
    d.content.push(
      `${d.resource("ColorSpace", `[/Separation /Black /DeviceGray ${d.stream("/FunctionType 0 /Domain [0 1] /Range [0 1] /Size [2] /BitsPerSample 8", `\u00ff\0${bytes}`)}]`)} cs 1 scn 0 0 9 9 re f`,
    ),
  "bytes behind the end of a fax": (d, { bytes }) =>
    d.image(
      "/Width 8 /Height 1 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 >>",
      `\0\u0010\u0001${bytes}`,
    ),
  "the dates of a font": (d, { bytes }) =>
    embedded(
      d,
      "FontFile2",
      "",
      trueTypeWith({ head: `${"\0".repeat(20)}${bytes.slice(0, 16)}`.padEnd(54, "\0") }),
    ),
  "a colour profile": (d, { bytes }) => profile(d, profileWith(bytes)),
  "a colour profile that is none": (d, { bytes }) => profile(d, bytes),
  "notes on a font": (d, { text }) =>
    d.font(`<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Name /Huruf /Juru ${text} >>`),
  "the description of a font": (d, { text, bytes }) =>
    embedded(
      d,
      "FontFile2",
      "",
      trueTypeWith({}),
      `/FontFamily ${text} /CharSet ${text} /CIDSet ${d.stream("", bytes)} /Style << /Panose ${text} >>`,
    ),
  "tables of a font": (d, { bytes }) =>
    embedded(d, "FontFile2", "", trueTypeWith({ name: bytes, DSIG: bytes, meta: bytes })),
  "XMP of a font": (d, { bytes }) =>
    embedded(d, "FontFile2", `/Metadata ${d.stream("", bytes)}`, trueTypeWith({})),
  "the notice of a compact font": (d, { bytes }) =>
    embedded(d, "FontFile3", "/Subtype /Type1C", compactWith(bytes, bytes)),
  "the notice of a Type 1 font": (d, { bytes }) =>
    embedded(
      d,
      "FontFile",
      "",
      type1With(
        bytes.replace(/[^A-Za-z]/g, "A"),
        bytes.replace(/[()\\]/g, "A"),
        bytes.replace(/[\r\n]/g, " "),
      ),
    ),
  "codes of a font": (d, { text, bytes }) =>
    d.font(
      `<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode ${d.stream("", `%%Title: ${bytes.replace(/[\r\n]/g, " ")}\n/CIDSystemInfo << /Registry ${text} >> def /CMapName ${text} def 1 beginbfchar <41> <0041> endbfchar`)} >>`,
    ),
  "the collection of a font": (d, { text }) =>
    d.font(
      `<< /Type /Font /Subtype /Type0 /BaseFont /Huruf /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Huruf /CIDSystemInfo << /Registry ${text} /Ordering ${text} /Supplement 0 >> >>] >>`,
    ),
  "letters that the document draws": (d, { text, bytes }) =>
    d.font(
      `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [9] /Juru ${text} /Encoding << /Differences [65 /Huruf${bytes.replace(/[^A-Za-z]/g, "")}] >> /CharProcs << /Huruf${bytes.replace(/[^A-Za-z]/g, "")} ${d.stream("", `9 0 d0 ${text} juru 0 0 9 9 re f`)} >> >>`,
    ),
};
