import { PDFArray, PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import fc from "fast-check";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import type { Language } from "../../shared/language.ts";
import { fitted } from "../../shared/poster/fitting.ts";
import { type Poster, posterAddress, posterWords, printedAddress } from "../../shared/poster/poster.ts";
import { posterPdf } from "../../shared/poster/poster-pdf.ts";
import { printable } from "../../shared/poster/printable.ts";
import { qrOf } from "../../shared/poster/qr.ts";
import { picturesOfPdf } from "../fakes/pdf-picture.ts";
import { wordsOnPage } from "../fakes/poster-reader.ts";

const siteUrl = "https://lapor.example";
const poster = (name: string, language: Language = "id", id = "balikpapan-dinas-pu"): Poster => ({
  agency: { id, name },
  siteUrl,
  language,
});

/** What a camera reads off a code: its units as squares of three dots. */
function scanned({ size, path }: ReturnType<typeof qrOf>): string | undefined {
  const dots = 3;
  const side = size * dots;
  const bitmap = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * dots; row < (Number(y) + 1) * dots; row++)
      for (let column = Number(x) * dots; column < (Number(x) + Number(width)) * dots; column++)
        bitmap.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  return jsQR.default(bitmap, side, side)?.data;
}

const slug = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,14}$/), { minLength: 1, maxLength: 6 })
  .map((words) => words.join("-"))
  .filter((id) => id.length <= 80);

describe("the QR code of a poster", () => {
  test("leads to exactly the page of its agency, with the way in, for 200 agencies", () => {
    fc.assert(
      fc.property(slug, (id) => {
        const address = posterAddress(poster("Dinas Contoh", "id", id));
        expect(address).toBe(`${siteUrl}/instansi/${id}?dari=poster-${id}`);
        expect(scanned(qrOf(address))).toBe(address);
      }),
      { numRuns: 200 },
    );
  });

  test("is one path of whole units inside a light border of four", () => {
    const { size, path } = qrOf(siteUrl);
    expect(path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(4);
      expect(Math.max(Number(x) + Number(width), Number(y) + 1)).toBeLessThanOrEqual(size - 4);
    }
  });

  test("is not made of what is no web address, or too long for an old camera; the longest id fits", () => {
    const long = poster("Dinas", "id", "a".repeat(80));
    expect(scanned(qrOf(posterAddress(long)))).toBe(posterAddress(long));
    for (const wrong of [
      `${siteUrl}/${"a".repeat(250)}`,
      "javascript:alert(1)",
      "lapor.example",
      "",
      `${siteUrl}/é`,
      `${siteUrl}/a b`,
    ])
      expect(() => qrOf(wrong)).toThrow();
  });
});

describe("the poster as a PDF", () => {
  test.each([
    ["A4", "id", 595.28, 841.89],
    ["A5", "en", 420.93, 595.31],
  ] as const)(
    "%s in %s is one small page that says headline, agency, three steps, SMS 1708 and the address",
    async (format, language, width, height) => {
      const one = poster("Dinas Pekerjaan Umum Kota Contoh", language);
      const bytes = await posterPdf(one, format);
      expect(bytes.length).toBeLessThan(40_000);
      const read = await PDFDocument.load(bytes, { updateMetadata: false });
      expect(read.getPageCount()).toBe(1);
      const [page] = read.getPages();
      expect(
        [page?.getWidth(), page?.getHeight()].map((side) => Math.round((side ?? 0) * 100) / 100),
      ).toEqual([width, height]);
      const { headline, steps, sms, free } = posterWords[language];
      const said = (await wordsOnPage(bytes))
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, " ");
      for (const sentence of [headline, one.agency.name, ...steps, sms, free, printedAddress(one), "1708"])
        expect(said).toContain(sentence);
    },
  );

  test("has a title and a language, and tells who cannot see it what the parts are", async () => {
    const bytes = await posterPdf(poster("Dinas Contoh"), "A4");
    const { catalog, context, ...read } = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(catalog.get(PDFName.of("Lang"))?.toString()).toContain("id");
    expect(catalog.lookup(PDFName.of("MarkInfo"), PDFDict).toString()).toContain("/Marked true");
    const root = catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict);
    const document = root.lookup(PDFName.of("K"), PDFArray).lookup(0, PDFDict);
    const parts = document.lookup(PDFName.of("K"), PDFArray);
    const kinds = parts
      .asArray()
      .map((part) => context.lookup(part, PDFDict).get(PDFName.of("S"))?.toString());
    expect(kinds.slice(0, 5)).toEqual(["/P", "/H1", "/P", "/H2", "/Figure"]);
    expect(context.lookup(parts.get(4), PDFDict).has(PDFName.of("Alt"))).toBe(true);
    expect(read).toBeDefined();
    expect((await PDFDocument.load(bytes, { updateMetadata: false })).getTitle()).toBe(
      "Lapor kepada Dinas Contoh",
    );
  });

  test("is the same file each time: it holds neither a date nor chance", async () => {
    const [first, second] = [await posterPdf(poster("Dinas"), "A5"), await posterPdf(poster("Dinas"), "A5")];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(Buffer.from(first).toString("latin1")).not.toMatch(/CreationDate|ModDate|\/Image/);
  });

  test("keeps names of 200 letters whole and inside the page, in words and in one piece, on both papers", async () => {
    const names = [
      "W".repeat(200),
      "Dinas Penataan Ruang ".repeat(10).slice(0, 200).trim(),
      "i".repeat(200),
      "Sekretariat-Daerah/".repeat(11).slice(0, 200),
    ];
    for (const name of names)
      for (const format of ["A4", "A5"] as const) {
        const words = await wordsOnPage(await posterPdf(poster(name, "id", "a".repeat(80)), format));
        const width = format === "A4" ? 595.28 : 420.93;
        for (const { text, left, right, bottom } of words) {
          expect([text, left >= 0, right <= width, bottom >= 20]).toEqual([text, true, true, true]);
        }
        const plain = words
          .map(({ text }) => text)
          .join("")
          .replace(/\s/g, "");
        expect(plain).toContain(name.replace(/\s/g, ""));
      }
  });

  test.each([
    ["A4", "balikpapan-dinas-pu"],
    ["A5", "a".repeat(80)],
  ] as const)(
    "on %s a phone reads the address of its agency off the printed sheet (%s)",
    async (format, id) => {
      const one = poster("Dinas Contoh", "id", id);
      const [sheet = Buffer.alloc(0)] = await picturesOfPdf(await posterPdf(one, format));
      const { data, width, height } = PNG.sync.read(sheet);
      expect(jsQR.default(new Uint8ClampedArray(data), width, height)?.data).toBe(posterAddress(one));
    },
  );

  test("no name breaks it or leaves the page, whatever signs it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (name) => {
        const words = await wordsOnPage(await posterPdf(poster(name), "A4"));
        for (const { left, right } of words) expect([left >= 0, right <= 595.28]).toEqual([true, true]);
      }),
      { numRuns: 60 },
    );
  });

  test("writes foreign letters by plain ones, and shows the id of an agency whose name has none", async () => {
    const has = (sign: string) => /[\x20-\x7e]/.test(sign);
    expect(printable("Kantor Wałbrzych – São ʻOmar", has)).toBe("Kantor Walbrzych Sao 'Omar");
    const said = async (name: string) =>
      (await wordsOnPage(await posterPdf(poster(name), "A4"))).map(({ text }) => text).join(" ");
    expect(await said("Dinas Đà Nẵng")).toContain("Dinas Dà Nang");
    expect(await said("官庁")).toContain("balikpapan-dinas-pu");
  });
});

test("a text gets smaller before it is cut, and no line is wider than its room", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 20, max: 400 }), (text, width) => {
      const measure = (one: string, size: number) => one.length * size * 0.5;
      const { lines, size } = fitted(text, { width, most: 4, largest: 28, smallest: 9, measure });
      expect(lines.length).toBeLessThanOrEqual(4);
      for (const line of lines) expect(measure(line, size)).toBeLessThanOrEqual(width);
    }),
  );
});
