import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";
import { heicPhoto } from "../fakes/files.ts";
import { box } from "../fakes/marked-films.ts";

const looked = async (bytes: Buffer) => {
  const outcome = await inspect(bytes, { megapixels: 50 });
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome.copy;
};
const plain = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "#c05020" } })
    .composite([
      { input: { create: { width: 20, height: 20, channels: 3, background: "#20c0a0" } }, left: 5, top: 5 },
    ])
    .png()
    .toBuffer();
const photo = async () =>
  sharp(await plain())
    .jpeg({ quality: 95 })
    .toBuffer();

/** A profile of sRGB that has the mark as its description. */
const profileWith = async (mark: Buffer): Promise<Buffer> => {
  const { icc } = await sharp(await plain())
    .withIccProfile("srgb")
    .jpeg()
    .toBuffer()
    .then((one) => sharp(one).metadata());
  const profile = Buffer.from(icc ?? []);
  const at = profile.readUInt32BE(132 + 4);
  mark.copy(profile, at + 28, 0, Math.min(mark.length, 16));
  return Buffer.concat([profile, mark]);
};

const segment = (marker: number, ...parts: (Buffer | string)[]) => {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)),
  );
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const inJpeg = async (...segments: Buffer[]) => {
  const jpeg = await photo();
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
};
/** EXIF with a maker, a position's name, and a preview that is a JPEG of its own with the mark in it. */
const exif = async (mark: Buffer) => {
  const preview = Buffer.concat([Buffer.from("II*\0\x08\0\0\0\0\0\0\0\0\0", "latin1"), await photo(), mark]);
  return Buffer.concat([preview, mark]);
};
const jpegs: Record<string, (mark: Buffer) => Promise<Buffer>> = {
  "EXIF, with a preview": async (mark) => inJpeg(segment(0xe1, "Exif\0\0", await exif(mark))),
  XMP: (mark) => inJpeg(segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", "<x:xmpmeta>", mark, "</x:xmpmeta>")),
  "IPTC of Photoshop": (mark) => inJpeg(segment(0xed, "Photoshop 3.0\x008BIM\x04\x04\0\0\0\0", mark)),
  "a comment": (mark) => inJpeg(segment(0xfe, mark)),
  "the preview of JFIF": (mark) => inJpeg(segment(0xe0, "JFXX\0\x10", mark)),
  "a colour profile": async (mark) => inJpeg(segment(0xe2, "ICC_PROFILE\0\x01\x01", await profileWith(mark))),
  "a second photo behind the first": async (mark) =>
    Buffer.concat([await inJpeg(segment(0xe2, "MPF\0II*\0", mark)), await photo(), mark]),
  "segments of makers": (mark) => inJpeg(...[0xe3, 0xe8, 0xeb, 0xef].map((marker) => segment(marker, mark))),
  "bytes behind the end": async (mark) => Buffer.concat([await photo(), mark]),
};

const chunk = (type: string, ...parts: (Buffer | string)[]) => {
  const body = Buffer.concat(
    [type, ...parts].map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)),
  );
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const inPng = async (...chunks: Buffer[]) => {
  const png = await plain();
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
};
const pngs: Record<string, (mark: Buffer) => Promise<Buffer>> = {
  texts: (mark) =>
    inPng(
      chunk("tEXt", "Author\0", mark),
      chunk("zTXt", "Title\0\0", deflateSync(mark)),
      chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", mark),
    ),
  EXIF: async (mark) => inPng(chunk("eXIf", await exif(mark))),
  "a colour profile": async (mark) =>
    inPng(chunk("iCCP", "Profil\0\0", deflateSync(await profileWith(mark)))),
  "chunks of programs": (mark) => inPng(chunk("prVt", mark), chunk("vpAg", mark), chunk("iDOT", mark)),
  "bytes behind the end": async (mark) => Buffer.concat([await plain(), mark]),
};

const part = (type: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.write(type, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};
const inWebp = async (...parts: Buffer[]) => {
  const webp = await sharp(await plain())
    .webp({ lossless: true })
    .withExif({ IFD0: { Artist: "A" } })
    .toBuffer();
  const file = Buffer.concat([webp, ...parts]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
};
const webps: Record<string, (mark: Buffer) => Promise<Buffer>> = {
  "EXIF and XMP": (mark) => inWebp(part("EXIF", mark), part("XMP ", mark)),
  "a chunk of a program": (mark) => inWebp(part("Budi", mark)),
  "bytes behind the end": async (mark) => Buffer.concat([await inWebp(), mark]),
};

const heics: Record<string, (mark: Buffer) => Promise<Buffer>> = {
  "boxes behind the picture": async (mark) =>
    Buffer.concat([heicPhoto, box("uuid", mark), box("free", mark)]),
  EXIF: async (mark) => {
    const photo = Buffer.from(heicPhoto);
    mark.copy(photo, photo.indexOf("TANDA-kamera"), 0, 12);
    return photo;
  },
};

const places = Object.entries({ JPEG: jpegs, PNG: pngs, WebP: webps, HEIC: heics }).flatMap(([format, of]) =>
  Object.entries(of).map(([place, make]) => ({ format, place, make })),
);
const writings: Record<string, (words: string) => Buffer> = {
  "in letters": (words) => Buffer.from(words),
  "in UTF-16 LE": (words) => Buffer.from(words, "utf16le"),
  "in UTF-16 BE": (words) => Buffer.from(words, "utf16le").swap16(),
};

/** What a format needs. Another part would be room for words. */
const segmentsOf = (jpeg: Buffer): number[] => {
  const markers: number[] = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2))
    markers.push(jpeg[at + 1] ?? 0);
  return markers;
};
const chunksOf = (png: Buffer): string[] => {
  const types: string[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    types.push(png.toString("latin1", at + 4, at + 8));
  return types;
};
function onlyPixels(type: string, bytes: Buffer): void {
  if (type === "image/jpeg") {
    expect(segmentsOf(bytes).filter((marker) => marker >= 0xe0)).toEqual([]);
    expect(bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
  } else if (type === "image/png") {
    expect(
      chunksOf(bytes).filter((name) => !["IHDR", "PLTE", "tRNS", "pHYs", "IDAT", "IEND"].includes(name)),
    ).toEqual([]);
    expect(bytes.toString("latin1", bytes.length - 8, bytes.length - 4)).toBe("IEND");
  } else {
    expect(bytes.toString("latin1", 8, 15)).toBe("WEBPVP8");
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(20 + bytes.readUInt32LE(16)).toBeGreaterThanOrEqual(bytes.length - 1);
  }
}
const pixelsOf = (bytes: Buffer) => sharp(bytes).toColourspace("srgb").removeAlpha().raw().toBuffer();

describe("a mark in a place of an image that is not seen", () => {
  test.each(places)("the copy of a $format says nothing of a mark in: $place", async ({ format, make }) => {
    for (const write of Object.values(writings)) {
      const mark = write("QvzTandaRahasia");
      const original = await make(mark);
      const { type, bytes, thumbnail } = await looked(original);
      for (const file of [bytes, thumbnail ?? bytes])
        expect(Buffer.from(file).includes(mark.subarray(0, 12))).toBe(false);
      onlyPixels(type, Buffer.from(bytes));
      onlyPixels("image/jpeg", Buffer.from(thumbnail ?? []));
      if (format === "HEIC") continue;
      const [before, after] = await Promise.all([pixelsOf(original), pixelsOf(Buffer.from(bytes))]);
      expect(after.length).toBe(before.length);
      const difference = before.reduce((all, value, index) => all + Math.abs(value - (after[index] ?? 0)), 0);
      expect(difference / before.length).toBeLessThan(format === "PNG" ? 1 : 6);
    }
  });

  test("the copy of an image says nothing of any mark, in any of these places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.stringMatching(/^[A-Za-z]{16,40}$/),
        fc.constantFrom(...Object.values(writings)),
        async ({ make }, words, write) => {
          const mark = write(words);
          const { type, bytes, thumbnail } = await looked(await make(mark));
          for (const file of [bytes, thumbnail ?? bytes])
            expect(Buffer.from(file).includes(mark.subarray(0, 12))).toBe(false);
          onlyPixels(type, Buffer.from(bytes));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("a photo with a small fault that every program takes", () => {
  const scanOf = (jpeg: Buffer) => jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  test.each<[string, (jpeg: Buffer) => Buffer]>([
    [
      "whose camera writes no range of frequencies, as some of Samsung's",
      (jpeg) =>
        jpeg.fill(
          0,
          scanOf(jpeg) + 2 + jpeg.readUInt16BE(scanOf(jpeg) + 2) - 3,
          scanOf(jpeg) + 2 + jpeg.readUInt16BE(scanOf(jpeg) + 2),
        ),
    ],
    [
      "that has bytes between two parts",
      (jpeg) => Buffer.concat([jpeg.subarray(0, scanOf(jpeg)), Buffer.alloc(4), jpeg.subarray(scanOf(jpeg))]),
    ],
  ])("a photo is taken %s", async (_what, change) => {
    const original = await photo();
    const copy = await looked(change(Buffer.from(original)));
    expect((await pixelsOf(Buffer.from(copy.bytes))).length).toBe((await pixelsOf(original)).length);
  });

  test("a photo that is cut off is refused", async () => {
    const jpeg = await photo();
    const cut = jpeg.subarray(0, scanOf(jpeg) + 100);
    expect(await inspect(cut, { megapixels: 50 })).toEqual({ refused: "unreadable" });
  });
});
