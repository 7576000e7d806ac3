import { inflateSync } from "node:zlib";
import type { PDFDict } from "@cantoo/pdf-lib";
import { PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from "@cantoo/pdf-lib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";
import {
  Draft,
  fileOf,
  jpegWith,
  type Layout,
  layouts,
  packed,
  placesOfDocuments,
  streamOf,
  writings,
} from "../fakes/marked-documents.ts";

const copyOf = async (bytes: Buffer): Promise<Buffer> => {
  const outcome = await inspect(bytes, { megapixels: 50 });
  if ("refused" in outcome) throw new Error(outcome.refused);
  return Buffer.from(outcome.copy.bytes);
};

/** What a stream holds, unpacked where Flate packed it. */
const contentOf = (stream: PDFRawStream): Buffer => {
  const filter = stream.dict.lookup(PDFName.of("Filter"))?.toString() ?? "";
  return Buffer.from(filter.includes("FlateDecode") ? inflateSync(stream.contents) : stream.contents);
};
const loaded = (bytes: Buffer) => PDFDocument.load(bytes, { updateMetadata: false });
const streamsIn = async (bytes: Buffer) =>
  (await loaded(bytes)).context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFRawStream);

/** Every text of a PDF: the file, its streams unpacked, its strings and names as they are read, and strings inside streams. */
async function* textsOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
  const { context } = await loaded(bytes);
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream) {
      const content = contentOf(object);
      yield content;
      for (const [literal] of content.toString("latin1").matchAll(/\((?:\\[^]|[^\\()])*\)/g))
        yield Buffer.from(PDFString.of(literal.slice(1, -1)).asBytes());
      for (const [, digits = ""] of content.toString("latin1").matchAll(/<([\da-fA-F\s]*)>/g))
        yield Buffer.from(digits.replace(/\s/g, ""), "hex");
    }
    for (const part of object.toString().split(/(?=[(</])/))
      if (part.startsWith("("))
        yield Buffer.from(PDFString.of(part.slice(1, part.lastIndexOf(")"))).asBytes());
      else if (part.startsWith("<"))
        yield Buffer.from(PDFHexString.of(part.slice(1, part.indexOf(">"))).asBytes());
      else if (part.startsWith("/"))
        yield Buffer.from(
          part.replace(/#([\da-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
        );
  }
}

/** The ways in which the mark is found in a file. */
async function waysToFind(bytes: Buffer, mark: string): Promise<string[]> {
  const wide = Buffer.from(mark, "utf16le");
  const needles: Record<string, Buffer> = {
    "in letters": Buffer.from(mark),
    "in UTF-16 LE": wide,
    "in UTF-16 BE": Buffer.from(wide).swap16(),
  };
  const found = new Set<string>();
  for await (const text of textsOf(bytes))
    for (const [way, needle] of Object.entries(needles)) {
      const hex = needle.toString("hex");
      if (text.includes(needle)) found.add(way);
      if (text.includes(hex) || text.includes(hex.toUpperCase())) found.add(`${way}, as numbers`);
    }
  return [...found];
}

/** What the page draws, operator by operator. */
async function drawnOn(bytes: Buffer): Promise<string> {
  const document = await loaded(bytes);
  expect(document.getPageCount()).toBe(1);
  const contents = document.getPage(0).node.Contents();
  const streams =
    contents instanceof PDFRawStream
      ? [contents]
      : (contents as any).asArray().map((ref: any) => document.context.lookup(ref));
  return streams.map((stream: PDFRawStream) => contentOf(stream).toString("latin1")).join("\n");
}

const draftWith = (places: readonly string[], mark: string, writing: string) => {
  const draft = new Draft();
  for (const place of places) placesOfDocuments[place]?.(draft, writings[writing]!(mark));
  return draft;
};

describe("a mark in a place of a PDF that is not shown", () => {
  test.each(Object.keys(placesOfDocuments))(
    "the copy of a PDF says nothing of a mark in: %s",
    async (place) => {
      const mark = "TandaRahasiaBudi";
      for (const [index, writing] of Object.keys(writings).entries()) {
        const layout =
          place === "the page of an earlier version" ? "two versions" : (layouts[index % 3] ?? "plain");
        const original = fileOf(draftWith([place], mark, writing), layout);
        if (writing === "as it is") expect(await waysToFind(original, mark)).not.toEqual([]);
        const copy = await copyOf(original);
        expect([writing, layout, await waysToFind(copy, mark)]).toEqual([writing, layout, []]);
        expect(await drawnOn(copy)).toMatch(/\/R\d+ 12 Tf\n20 20 Td\n\(TAMPAK\) Tj\nET\n0 0 m\n30 40 l\nS/);
      }
    },
  );

  test("the copy of a PDF says nothing of marks in several places, however they are written and the file is laid out", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(Object.keys(placesOfDocuments), { minLength: 2, maxLength: 12 }),
        fc.stringMatching(/^[A-Za-z]{12,24}$/),
        fc.constantFrom(...Object.keys(writings)),
        fc.constantFrom<Layout>(...layouts),
        async (places, mark, writing, layout) => {
          const copy = await copyOf(fileOf(draftWith(places, mark, writing), layout));
          expect(await waysToFind(copy, mark)).toEqual([]);
          expect(await drawnOn(copy)).toContain("(TAMPAK) Tj");
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("what a page shows", () => {
  const shownBy = async (make: (draft: Draft) => unknown) => {
    const draft = new Draft();
    await make(draft);
    return copyOf(fileOf(draft, "plain"));
  };

  test("the copy of a PDF draws the same, operator by operator", async () => {
    const operators = [
      ...["q", "1 0 0 1 5 -.5 cm", "0.5 w", "[3 1] 0 d", "1 J", "10 20 m", "1 2 3 4 5 6 c", "h", "W*", "n"],
      ...[
        "0 0 10 10 re",
        "B*",
        "/Perceptual ri",
        ".1 .2 .3 RG",
        "0 1 0 0 k",
        "/DeviceCMYK cs",
        "0 0 0 1 sc",
        "Q",
      ],
      ...["BT", "2 Tr", "[(A) -120.5 <42> (C\\)\\(D)] TJ", "T*", "(E) '", '1 2 (F) "', "ET"],
    ];
    const copy = await shownBy((draft) => draft.content.push(operators.join("\n")));
    expect(await drawnOn(copy)).toContain(operators.join("\n"));
  });

  test("the copy of a PDF whose page is cut into streams in the middle of an operator draws the same", async () => {
    const objects = {
      1: "<< /Type /Catalog /Pages 2 0 R >>",
      2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 50 60] /Rotate 90 >>",
      3: "<< /Type /Page /Parent 2 0 R /Contents [4 0 R 5 0 R 6 0 R] >>",
      4: streamOf("", "q 1 2 m 3"),
      5: streamOf("/Filter /FlateDecode", packed("4 l S /Span BMC BT [(A) 5")),
      6: streamOf("", "(B)] TJ ET EMC Q"),
    };
    const file = `%PDF-1.4\n${Object.entries(objects)
      .map(([number, object]) => `${number} 0 obj\n${object}\nendobj\n`)
      .join("")}trailer << /Root 1 0 R >>\n`;
    const copy = await copyOf(Buffer.from(file, "latin1"));
    expect((await drawnOn(copy)).trim()).toBe("q\n1 2 m\n3 4 l\nS\nBT\n[(A) 5 (B)] TJ\nET\nQ");
    const page = (await loaded(copy)).getPage(0);
    expect([page.getWidth(), page.getHeight(), page.getRotation().angle]).toEqual([50, 60, 90]);
  });

  test("the pixels of images stay, packed, in lines of differences, as photos and inside the content", async () => {
    const grey = "/Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
    const copy = await shownBy((draft) => {
      draft.image(grey, "abcd");
      draft.image(`${grey} /Filter /FlateDecode`, packed("efgh"));
      draft.image(
        `${grey} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2 >>`,
        packed("\u0002ij\u0002kl"),
      );
      draft.image(
        `/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCIIHexDecode /DCTDecode]`,
        `${Buffer.from(jpegWith(""), "latin1").toString("hex")}>`,
      );
      draft.content.push("BI /W 2 /H 2 /CS /G /BPC 8 ID EI E EI Q");
    });
    const images = (await streamsIn(copy)).filter(
      ({ dict }) => dict.get(PDFName.of("Subtype")) === PDFName.of("Image"),
    );
    const contents = images.map((image) => contentOf(image).toString("latin1"));
    expect(contents.sort()).toEqual(["\u0002ij\u0002kl", "EI E", "abcd", "efgh", jpegWith("")].sort());
    expect((await drawnOn(copy)).match(/ Do/g)).toHaveLength(5);
  });

  test("a stream whose lines are differences is read as what they stand for", async () => {
    const words = "0 0 9 9 re f 1 2 3 4 re S ";
    const lines = (length: number, kinds: readonly number[]) => {
      const rows = words.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
      const plain = rows.map((row) => Buffer.from(row.padEnd(length)));
      const value = (row: number, at: number) => plain[row]?.[at] ?? 0;
      const expected = [
        () => 0,
        (row: number, at: number) => value(row, at - 1),
        (row: number, at: number) => value(row - 1, at),
        (row: number, at: number) => (value(row, at - 1) + value(row - 1, at)) >> 1,
        (row: number, at: number) => {
          const [a, b, c] = [value(row, at - 1), value(row - 1, at), value(row - 1, at - 1)] as const;
          const [first = 0] = [a, b, c].toSorted(
            (one, other) => Math.abs(a + b - c - one) - Math.abs(a + b - c - other),
          );
          return first;
        },
      ];
      return plain
        .map((row, index) => {
          const kind = kinds[index % kinds.length] ?? 0;
          const differences = row.map((byte, at) => byte - (expected[kind]?.(index, at) ?? 0));
          return Buffer.from([kind, ...differences]).toString("latin1");
        })
        .join("");
    };
    for (const kinds of [[0], [1], [2], [3], [4], [0, 1, 2, 3, 4]]) {
      const copy = await shownBy((draft) => {
        const parms = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >>";
        const look = draft.stream(`/Subtype /Form /BBox [0 0 9 9] ${parms}`, packed(lines(6, kinds)));
        draft.content.push(`${draft.resource("XObject", look)} Do`);
      });
      const drawings = (await streamsIn(copy)).map((stream) => contentOf(stream).toString("latin1"));
      expect([kinds, drawings.some((one) => one.startsWith("0 0 9 9 re\nf\n1 2 3 4 re\nS"))]).toEqual([
        kinds,
        true,
      ]);
    }
  });

  test("a photo with bytes before its begin and between its parts stays, and what these bytes say goes", async () => {
    const copy = await shownBy((draft) => {
      const photo = jpegWith("");
      const scan = photo.indexOf("\u00ff\u00da");
      const faulty = `\nTANDA${photo.slice(0, scan)}TANDA${photo.slice(scan)}`;
      draft.image(
        "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
        faulty,
      );
    });
    const contents = (await streamsIn(copy)).map((stream) => contentOf(stream).toString("latin1"));
    expect(contents).toContain(jpegWith(""));
    expect(await waysToFind(copy, "TANDA")).toEqual([]);
  });

  test("an image that does not say how many bits a value has is taken with eight, as programs show it", async () => {
    const copy = await shownBy((draft) => {
      draft.image("/Width 2 /Height 2 /ColorSpace /DeviceGray", "abcdTANDA");
    });
    const contents = (await streamsIn(copy)).map((stream) => contentOf(stream).toString("latin1"));
    expect(contents).toContain("abcd");
  });

  test("a PDF with lines of a web server in front of it is taken, without them", async () => {
    const document = fileOf(new Draft(), "plain");
    for (const before of ["\r\n", "HTTP/1.1 200 OK\r\nServer: TANDA\r\n\r\n"]) {
      const copy = await copyOf(Buffer.concat([Buffer.from(before), document]));
      expect(copy.toString("latin1", 0, 5)).toBe("%PDF-");
      expect(await waysToFind(copy, "TANDA")).toEqual([]);
    }
  });

  test("a PDF that names nothing to start by itself is taken", async () => {
    const copy = await shownBy((draft) => draft.catalogue.push("/AA << >>"));
    expect(await drawnOn(copy)).toContain("(TAMPAK) Tj");
  });

  test("what a stamp and the field of a form show stays, without what they say of their writer", async () => {
    const copy = await shownBy((draft) => {
      const look = draft.stream(
        "/Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >>",
        "BT /F 9 Tf (Disetujui) Tj ET",
      );
      draft.annotations.push(
        `<< /Subtype /Widget /FT /Sig /T (TANDA) /F 4 /Rect [1 2 3 4] /AP << /N ${look} >> >>`,
      );
      draft.annotations.push(`<< /Subtype /Stamp /F 2 /Rect [1 2 3 4] /AP << /N ${look} >> >>`);
    });
    const document = await loaded(copy);
    const annotations = document.getPage(0).node.Annots()?.asArray() ?? [];
    expect(annotations).toHaveLength(1);
    const stamp = document.context.lookup(annotations[0]) as PDFDict;
    expect(stamp.keys().map(String).sort()).toEqual(["/AP", "/F", "/Rect", "/Subtype", "/Type"]);
    const texts = (await streamsIn(copy)).map((stream) => contentOf(stream).toString("latin1"));
    expect(texts.join("\n")).toContain("(Disetujui) Tj");
  });

  test("a filled field and a free text that bring no appearance are shown with their words, and a password is not", async () => {
    const copy = await shownBy((draft) => {
      const group = draft.add("<< /FT /Tx /V (Jalan rusak) /T (TANDA) >>");
      draft.annotations.push(`<< /Subtype /Widget /Parent ${group} /DA (/Helv 9 Tf) /Rect [1 2 80 14] >>`);
      draft.annotations.push(
        "<< /Subtype /FreeText /Contents (Di depan pasar) /T (TANDA) /Rect [1 2 80 14] >>",
      );
      draft.annotations.push("<< /Subtype /Widget /FT /Tx /Ff 8192 /V (TANDA) /Rect [1 2 80 14] >>");
    });
    expect(await waysToFind(copy, "Jalan rusak")).not.toEqual([]);
    expect(await waysToFind(copy, "Di depan pasar")).not.toEqual([]);
    expect(await waysToFind(copy, "TANDA")).toEqual([]);
  });

  test("what a hidden layer draws is not in the copy, and what the layers around it draw is", async () => {
    const copy = await shownBy((draft) => {
      const hidden = draft.add("<< /Type /OCG /Name (a) >>");
      const seen = draft.add("<< /Type /OCG /Name (b) >>");
      draft.catalogue.push(`/OCProperties << /OCGs [${hidden} ${seen}] /D << /OFF [${hidden}] >> >>`);
      const either = draft.add(`<< /Type /OCMD /OCGs [${hidden} ${seen}] /P /AnyOn >>`);
      for (const [layer, text] of [
        [hidden, "TERSEMBUNYI"],
        [seen, "TERLIHAT"],
        [either, "JUGA"],
      ])
        draft.content.push(
          `/OC ${draft.resource("Properties", layer ?? "")} BDC BT (${text}) Tj ET 1 1 m 2 2 l S EMC`,
        );
      draft.content.push(
        `${draft.resource("XObject", draft.stream(`/Subtype /Form /BBox [0 0 9 9] /OC ${hidden}`, "BT (TERSEMBUNYI) Tj ET"))} Do`,
      );
    });
    expect(await waysToFind(copy, "TERSEMBUNYI")).toEqual([]);
    const drawn = await drawnOn(copy);
    for (const text of ["TERLIHAT", "JUGA"]) expect(drawn).toContain(`BT\n(${text}) Tj\nET\n1 1 m\n2 2 l\nS`);
  });

  test.each<[string, (layer: string) => string]>([
    ["as off", (layer) => `/OFF [${layer}]`],
    ["as off with all others", () => "/BaseState /OFF"],
    ["as off for the screen", (layer) => `/AS [<< /Event /View /OCGs [${layer}] >>]`],
  ])("a layer that a PDF names %s is hidden with its lines, images and stamps", async (_how, setting) => {
    const copy = await shownBy((draft) => {
      const layer = draft.add("<< /Type /OCG /Usage << /View << /ViewState /OFF >> >> >>");
      draft.catalogue.push(`/OCProperties << /OCGs [${layer}] /D << ${setting(layer)} >> >>`);
      draft.content.push(
        `/OC ${draft.resource("Properties", layer)} BDC 7 7 3 3 re f BI /W 5 /H 1 /CS /G /BPC 8 ID TANDA EI EMC 8 8 3 3 re f`,
      );
      const look = (of: string) => draft.stream(`/Subtype /Form /BBox [0 0 9 9] ${of}`, "BT (TANDA) Tj ET");
      const stamp = (own: string, ofLook: string) =>
        draft.annotations.push(`<< /Subtype /Stamp /Rect [0 0 9 9] ${own} /AP << /N ${look(ofLook)} >> >>`);
      stamp(`/OC ${layer}`, "");
      stamp("", `/OC ${layer}`);
    });
    expect(await waysToFind(copy, "TANDA")).toEqual([]);
    expect(await drawnOn(copy)).toContain("7 7 3 3 re\nn\n8 8 3 3 re\nf");
    expect((await loaded(copy)).getPage(0).node.Annots()?.asArray() ?? []).toEqual([]);
  });

  test("a PDF with more images inside its content than any document has is refused", async () => {
    const draft = new Draft();
    draft.content.push("BI /W 1 /H 1 /CS /G /BPC 8 ID x EI\n".repeat(55_000));
    expect(await inspect(fileOf(draft, "plain"), { megapixels: 50 })).toEqual({ refused: "unreadable" });
  });

  test("a font that the document brings draws its letters as before", async () => {
    const copy = await shownBy((draft) => {
      placesOfDocuments["the notice of a compact font"]?.(draft, { text: "(x)", bytes: "Milik Budi" });
    });
    const [font] = (await streamsIn(copy)).filter(
      ({ dict }) => dict.has(PDFName.of("Subtype")) && String(dict.get(PDFName.of("Subtype"))) === "/Type1C",
    );
    const program = font && contentOf(font).toString("latin1");
    expect(program).toContain("huruf");
    expect(program?.endsWith("\u000e\u000e")).toBe(true);
  });

  test("a page that an incremental save deleted is not in the copy, nor is what only it showed", async () => {
    const draft = new Draft();
    draft.earlier.push("BT (HALAMAN-LAMA) Tj ET");
    const copy = await copyOf(fileOf(draft, "two versions"));
    expect(await waysToFind(copy, "HALAMAN-LAMA")).toEqual([]);
    expect((await loaded(copy)).context.enumerateIndirectObjects().length).toBeLessThan(8);
  });

  test("a copy of a copy is the same file", async () => {
    const draft = draftWith(Object.keys(placesOfDocuments), "TandaRahasia", "as it is");
    const once = await copyOf(fileOf(draft, "plain"));
    expect((await copyOf(once)).length).toBe((await copyOf(await copyOf(once))).length);
  });
});
