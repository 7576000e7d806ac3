import { deflateSync } from "node:zlib";
import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";

const megabyte = 2 ** 20;
type Content = string | Buffer;

/** A PDF as it is written by hand, from its objects by number. */
const written = (objects: Record<number, Content>, trailer = "", rest: Content = "") =>
  Buffer.concat([
    Buffer.from("%PDF-1.7\n"),
    ...Object.entries(objects).flatMap(([number, object]) => [
      Buffer.from(`${number} 0 obj\n`),
      Buffer.from(object),
      Buffer.from("\nendobj\n"),
    ]),
    Buffer.from(rest),
    Buffer.from(`\ntrailer\n<< /Root 1 0 R ${trailer} >>\nstartxref\n0\n%%EOF\n`),
  ]);

const stream = (dict: string, content: Content) =>
  Buffer.concat([
    Buffer.from(`<< ${dict} /Length ${content.length} >>\nstream\n`),
    Buffer.from(content),
    Buffer.from("\nendstream"),
  ]);

const catalogue = (more = "") => `<< /Type /Catalog /Pages 2 0 R ${more} >>`;
const page = (more = "") => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R ${more} >>`;
const onePage: Record<number, Content> = {
  1: catalogue(),
  2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
  3: page(),
  4: stream("", "0 0 m"),
};

/** Objects inside a stream of objects, by number from 20 on. */
const packed = (objects: string[], filter = "", pack: (content: Buffer) => Buffer = (content) => content) => {
  let at = 0;
  const places = objects.map((object, index) => {
    const place = `${20 + index} ${at}`;
    at += object.length + 1;
    return place;
  });
  const head = `${places.join(" ")} `;
  const content = pack(Buffer.from(head + objects.join(" ")));
  return stream(`/Type /ObjStm /N ${objects.length} /First ${head.length} ${filter}`, content);
};

const flate = (content: Buffer) => deflateSync(content, { level: 9 });
const hex = (content: Buffer) => Buffer.from(`${content.toString("hex")}>`);
/** A byte, 128 times; again and again. */
const runs = (bytes: number) => Buffer.alloc((bytes / 128) * 2, Buffer.from([129, 0]));
/** Zeros as LZW writes them: each code stands for one zero more than the last. */
function lzw(bytes: number): Buffer {
  const out: number[] = [];
  let bits = 0;
  let waiting = 0;
  const put = (code: number, width: number) => {
    bits = (bits << width) | code;
    waiting += width;
    for (; waiting >= 8; waiting -= 8) out.push((bits >> (waiting - 8)) & 255);
    bits &= (1 << waiting) - 1;
  };
  for (let made = 0; made < bytes;) {
    put(256, out.length === 0 ? 9 : 12);
    put(0, 9);
    made += 1;
    for (let code = 258, length = 2; code < 4094; code++, length++) {
      put(code, code < 511 ? 9 : code < 1023 ? 10 : code < 2047 ? 11 : 12);
      made += length;
    }
  }
  put(257, 12);
  put(0, 7);
  return Buffer.from(out);
}

const refusalOf = async (bytes: Uint8Array) => {
  const outcome = await inspect(bytes, { megapixels: 50 });
  return "refused" in outcome ? outcome.refused : undefined;
};
const zeros = (megabytes: number) => Buffer.alloc(megabytes * megabyte);

describe("encrypted PDFs", () => {
  test.each([
    ["against changes only", { ownerPassword: "pemilik" }],
    ["against reading", { ownerPassword: "pemilik", userPassword: "pembaca" }],
  ])(
    "a PDF that is encrypted %s is refused as encrypted, with its objects in streams and without",
    async (_what, passwords) => {
      for (const useObjectStreams of [true, false]) {
        const document = await PDFDocument.create();
        document.addPage([200, 200]);
        document.encrypt(passwords);
        expect(await refusalOf(await document.save({ useObjectStreams }))).toBe("encrypted");
      }
    },
  );

  test("a PDF is refused as encrypted where its trailer, or a stream in place of one, names a key", async () => {
    const key = "<< /Filter /Standard /V 1 /R 2 /P -4 /O (o) /U (u) >>";
    expect(await refusalOf(written(onePage, `/Encrypt ${key}`))).toBe("encrypted");
    const table = stream("/Type /XRef /Size 1 /W [1 1 1] /Root 1 0 R /Encrypt 8 0 R", "\0\0\0");
    expect(await refusalOf(written({ ...onePage, 8: key, 9: table }))).toBe("encrypted");
    // Where the key is missing too.
    expect(await refusalOf(written(onePage, "/Encrypt 99 0 R"))).toBe("encrypted");
  });
});

describe("PDFs that do something", () => {
  const script = "<< /S /JavaScript /JS (app.alert) >>";
  const launch = "<< /S /Launch /F (a.exe) >>";

  test.each<[string, Record<number, Content>]>([
    ["a script when it is opened", { 1: catalogue(`/OpenAction ${script}`) }],
    [
      "a script under names",
      { 1: catalogue("/Names << /JavaScript << /Names [(a) 8 0 R] >> >>"), 8: script },
    ],
    ["a script whose name is written in numbers", { 8: "<< /S /J#61vaScript /J#53 (app.alert) >>" }],
    ["a script inside a stream of objects", { 9: packed(["null", script], "/Filter /FlateDecode", flate) }],
    [
      "a stream of objects whose type is written in numbers",
      { 9: stream("/T#79pe /Obj#53tm /N 1 /First 5", `20 0 ${script}`) },
    ],
    ["a program that it starts", { 8: launch }],
    [
      "a program whose start stands elsewhere",
      { 8: "<< /S 10 0 R /F (a.exe) >>", 10: "11 0 R", 11: "/Launch" },
    ],
    [
      "a page that it opens in the web",
      { 1: catalogue("/OpenAction 8 0 R"), 8: "<< /S /URI /URI (https://a.example) >>" },
    ],
    [
      "the same by way of another reference",
      { 1: catalogue("/OpenAction 8 0 R"), 8: "10 0 R", 10: "<< /S /URI /URI (a) >>" },
    ],
    ["something when a page is turned", { 3: page("/AA << /O << /S /Named /N /Print >> >>") }],
    [
      "something after a harmless step",
      { 1: catalogue(`/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next ${launch} >>`) },
    ],
    ["a form that sends itself", { 8: "<< /S /SubmitForm /F (https://a.example) >>" }],
    ["a form of XFA", { 1: catalogue("/AcroForm << /XFA 8 0 R /Fields [] >>"), 8: stream("", "<xdp/>") }],
    [
      "a file in it",
      { 8: "<< /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>", 10: stream("/Type /EmbeddedFile", "MZ") },
    ],
    ["a file pinned to a page", { 3: page("/Annots [<< /Type /Annot /Subtype /FileAttachment >>]") }],
    ["a medium that runs", { 3: page("/Annots [8 0 R]"), 8: "<< /Subtype /Rich#4dedia >>" }],
    ["a film", { 8: "<< /S /Rendition /OP 0 >>" }],
  ])("a PDF is refused as active for %s", async (_what, objects) => {
    expect(await refusalOf(written({ ...onePage, ...objects }))).toBe("active-content");
  });
});

describe("PDFs that are made to have no end", () => {
  const inStreamOfObjects = (filter: string, content: Buffer) =>
    written({ ...onePage, 9: stream(`/Type /ObjStm /N 1 /First 5 /Filter ${filter}`, content) });
  const onPage = (filter: string, content: Buffer) =>
    written({ ...onePage, 4: stream(`/Filter ${filter}`, content) });
  const twice = (megabytes: number) => flate(flate(zeros(megabytes)));

  test.each<[string, () => Buffer]>([
    ["packed twice, on a page", () => onPage("[/FlateDecode /FlateDecode]", twice(200))],
    ["packed twice, with short names of filters", () => onPage("[/Fl /Fl]", twice(200))],
    [
      "packed twice, with the filters elsewhere",
      () =>
        written({
          ...onePage,
          4: stream("/Filter 8 0 R", twice(200)),
          8: "[10 0 R 10 0 R]",
          10: "/FlateDecode",
        }),
    ],
    [
      "packed twice, as a stream of objects",
      () => inStreamOfObjects("[/FlateDecode /FlateDecode]", twice(200)),
    ],
    [
      "packed, then in hexadecimal",
      () => inStreamOfObjects("[/ASCIIHexDecode /FlateDecode]", hex(flate(zeros(200)))),
    ],
    ["in LZW, on a page", () => onPage("/LZWDecode", lzw(200 * megabyte))],
    ["in LZW, as a stream of objects", () => inStreamOfObjects("/LZWDecode", lzw(200 * megabyte))],
    ["in runs", () => inStreamOfObjects("/RunLengthDecode", runs(200 * megabyte))],
    [
      "in packed runs, on a page",
      () => onPage("[/FlateDecode /RunLengthDecode]", flate(runs(200 * megabyte))),
    ],
    ["in ASCII 85", () => inStreamOfObjects("/ASCII85Decode", Buffer.alloc(8 * megabyte, "z"))],
    ["behind a filter that nobody knows", () => onPage("[/Crypt /FlateDecode /FlateDecode]", twice(1))],
    ["behind a thousand filters", () => onPage(`[${"/ASCIIHexDecode ".repeat(1000)}]`, Buffer.from("00>"))],
    [
      "as a hundred pages of 100 MB",
      () => {
        const content = stream("/Filter /FlateDecode", flate(zeros(100)));
        const pages = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [100 + index, content]));
        return written({ ...onePage, ...pages });
      },
    ],
    [
      "with a stream of four million objects",
      () => inStreamOfObjects("/FlateDecode", flate(Buffer.from("20 0 ".repeat(4_000_000)))),
    ],
    [
      "with a list that is read ten thousand times",
      () => {
        const places = "20 0 ".repeat(10_000);
        const content = flate(Buffer.from(`${places}[${"[]".repeat(10_000)}]`));
        const dict = `/Type /ObjStm /N 10000 /First ${places.length} /Filter /FlateDecode`;
        return written({ ...onePage, 9: stream(dict, content) });
      },
    ],
    ["with ten million lists", () => written({ ...onePage, 8: `[${"[]".repeat(10_000_000)}]` })],
    [
      "with a million names",
      () =>
        written({
          ...onePage,
          8: `[${Array.from({ length: 1_000_000 }, (_, index) => `/n${index}`).join("")}]`,
        }),
    ],
    ["with lists in lists in lists", () => written({ ...onePage, 8: "[".repeat(10 * megabyte) })],
    ["with dictionaries in dictionaries", () => written({ ...onePage, 8: "<</a ".repeat(megabyte) })],
    [
      "with a tree of pages that goes in a circle",
      () => written({ ...onePage, 2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1 >>" }),
    ],
    [
      "with a tree of two to the power of thirty pages",
      () => {
        const doubled = Object.fromEntries(
          Array.from({ length: 30 }, (_, index) => [
            10 + index,
            `<< /Type /Pages /Kids [${11 + index} 0 R ${11 + index} 0 R] >>`,
          ]),
        );
        return written({ ...onePage, 2: doubled[10] ?? "", ...doubled, 40: page() });
      },
    ],
    ["with 10 MB of letters between its objects", () => written(onePage, "", "x".repeat(10 * megabyte))],
    [
      "with 10 MB of digits between its objects",
      () => written(onePage, "", `x ${"1".repeat(10 * megabyte)}`),
    ],
    [
      "with 10 MB of numbers between its objects",
      () => written(onePage, "", `x ${"1 ".repeat(5 * megabyte)}`),
    ],
    [
      "with 10 MB of blanks between its objects",
      () => written(onePage, "", `x${" ".repeat(10 * megabyte)}x`),
    ],
    [
      "with 10 MB of comments between its objects",
      () => written(onePage, "", `x ${"%".repeat(10 * megabyte)}`),
    ],
    [
      "with a million streams that do not end",
      () => written(onePage, "", "stream\nx\u009c".repeat(megabyte)),
    ],
    [
      "with a stream of objects that says it has two billion",
      () => written({ ...onePage, 9: stream("/Type /ObjStm /N 2000000000 /First 5", "20 0 null") }),
    ],
  ])("a PDF without an end is refused in seconds: %s", async (_what, make) => {
    expect(await refusalOf(make())).toBe("unreadable");
  });
});

describe("honest PDFs", () => {
  const textOf = async (bytes: Buffer) => {
    const outcome = await inspect(bytes, { megapixels: 50 });
    if ("refused" in outcome) throw new Error(outcome.refused);
    return Buffer.from(outcome.copy.bytes).toString("latin1");
  };

  test.each<[string, Record<number, Content>]>([
    [
      "with a page that is packed and then written in ASCII 85",
      { 4: stream("/Filter [/ASCII85Decode /FlateDecode]", "GapQd0Mogo!!9G,%K~>") },
    ],
    ["with a page in hexadecimal", { 4: stream("/Filter /ASCIIHexDecode", hex(Buffer.from("0 0 m"))) }],
    ["with a page in LZW", { 4: stream("/Filter /LZWDecode", lzw(10_000)) }],
    ["with a page in runs", { 4: stream("/Filter [/RunLengthDecode]", runs(1280)) }],
    [
      "with a page packed by the difference of its lines",
      { 4: stream("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>", flate(zeros(1))) },
    ],
    ["with a page that does not unpack", { 4: stream("/Filter /FlateDecode", "rusak") }],
    [
      "with a photo as it is",
      { 8: stream("/Subtype /Image /Filter [/FlateDecode /DCTDecode]", flate(Buffer.from("JFIF"))) },
    ],
    ["with its objects in a stream", { 9: packed(["<< /Isi 1 >>", "[1 2]"], "/Filter /FlateDecode", flate) }],
    ["that begins at a page", { 1: catalogue("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>") }],
    ["with a link", { 3: page("/Annots [<< /Subtype /Link /A << /S /URI /URI (https://a.example) >> >>]") }],
    ["with a list of 200,000 numbers", { 8: `[${"0 ".repeat(200_000)}]` }],
    ["that shows one page twice", { 2: "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>" }],
    [
      "with a table that says it is huge",
      { 9: stream("/Type /XRef /Size 2000000000 /W [0 0 0] /Root 1 0 R", "x") },
    ],
    ["with references that go in a circle", { 8: "10 0 R", 10: "8 0 R", 11: "<< /S 8 0 R >>" }],
  ])("an honest PDF is taken: %s", async (_what, objects) => {
    const text = await textOf(written({ ...onePage, ...objects }));
    expect(text).toContain("/MediaBox");
  });

  test("an honest PDF with 40,000 objects is taken in seconds", async () => {
    const names = Array.from({ length: 40_000 }, (_, index) => `g${10 + index}`);
    const states = Object.fromEntries(names.map((_, index) => [10 + index, "<< /ca 1 >>"]));
    const named = names.map((name, index) => `/${name} ${10 + index} 0 R`).join(" ");
    const drawn = stream("", names.map((name) => `/${name} gs`).join(" "));
    const shown = page(`/Resources << /ExtGState << ${named} >> >>`);
    const text = await textOf(written({ ...onePage, ...states, 3: shown, 4: drawn }));
    expect(text.match(/\/ca/g)).toHaveLength(40_000);
  });

  test("the copy of an honest PDF does not name its author, wherever the PDF did", async () => {
    const told = "<< /Author (TANDA-penulis) /Producer (TANDA-program) >>";
    const own = { ...onePage, 9: packed([told], "/Filter /FlateDecode", flate) };
    for (const bytes of [
      written({ ...onePage, 8: told }, "/Info 8 0 R"),
      written(onePage, `/Info ${told}`),
      written(own, "/Info 20 0 R"),
    ])
      expect(await textOf(bytes)).not.toContain("TANDA");
  });
});
