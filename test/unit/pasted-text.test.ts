import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { submission } from "../../shared/case/submission/submission.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { parsed } from "../../shared/http/input.ts";
import { nik } from "../../shared/reporter/nik.ts";
import { phone } from "../../shared/reporter/phone.ts";
import { tidied } from "../../shared/text/tidy.ts";
import { line, written } from "../../shared/text/writing.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";

/** What phones, mail programs and word processors put around what people copy. */
const around = [
  ..." \t\n\v\f\r\u00A0\u2007\u202F\u3000\u2028",
  ..."\u00AD\u034F\u180E\u200B\u200C\u200D\u200E\u200F\u061C\u2060\u3164\uFEFF",
  ..."\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069",
];
/** What changes nothing inside a text that runs from left to right either. */
const inside = [
  ..."\u00AD\u034F\u180E\u200B\u200C\u200D\u200E\u2060\u3164\uFEFF\u202A\u202C\u202D\u2066\u2068\u2069",
];
/** An override in front of letters turns them around. In front of a number it is only copied along. */
const withoutOverride = around.filter((mark) => mark !== "\u202E");
/** A stretch that turns the writing around may not begin in front of a text and end inside it. */
const quietAround = around.filter((mark) => !"\u202B\u202E\u2067".includes(mark));
const someOf = (marks: readonly string[]) => fc.array(fc.constantFrom(...marks), { maxLength: 4 });
/** The text with marks put into it, each at a place of its own. */
const withMarks = (text: string, marks: readonly (readonly [at: number, mark: string])[]): string =>
  [...text, ""]
    .map((sign, index) => marks.map(([at, mark]) => (at === index ? mark : "")).join("") + sign)
    .join("");
const marksIn = (text: string) =>
  fc.array(fc.tuple(fc.nat([...text].length), fc.constantFrom(...inside)), { maxLength: 6 });

const eventOf = (body: unknown) =>
  ({
    headers: { "content-type": "application/json" } as Record<string, string>,
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { http: { method: "POST" } },
  }) as unknown as Parameters<typeof parsed>[1];

const pasted = {
  ...roadComplaint,
  reporter: {
    name: "Budi Contoh",
    email: "budi@surat.example",
    phone: "081234567890",
    nik: "6471014107850001",
  },
};
const decorated = (value: unknown, before: string, behind: string): unknown => {
  if (typeof value === "string") return `${before}${value}${behind}`;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, decorated(one, before, behind)]),
  );
};

describe("blanks and unseen marks that come along with what people copy", () => {
  test("around any field of a report, whichever they are, they make no difference", async () => {
    const plain = await parsed({ body: submission }, eventOf(pasted), {});
    await fc.assert(
      fc.asyncProperty(someOf(withoutOverride), someOf(around), async (before, behind) => {
        const body = decorated(pasted, before.join(""), behind.join(""));
        expect(await parsed({ body: submission }, eventOf(body), {})).toEqual(plain);
      }),
    );
  });

  test.each([
    ["a phone number", phone, "081234567890"],
    ["a NIK", nik, "6471014107850001"],
    ["a title", line(200), "Jalan rusak 0812 di depan pasar, RT.03/RW.09"],
    ["a text", written(2000), "Nomor saya 0812-3456-7890.\nMohon dihubungi pukul 09.30!"],
    ["a text of emoji", written(200), "Terima kasih 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣ selesai"],
  ])("inside %s they make no difference either", (_what, schema, text) => {
    const words = [...text].filter((sign) => /[\x20-\x7e\n]/.test(sign)).length === [...text].length;
    fc.assert(
      fc.property(words ? marksIn(text) : fc.constant([]), someOf(quietAround), (marks, before) => {
        expect(schema.parse(before.join("") + withMarks(text, marks))).toBe(schema.parse(text));
      }),
    );
    expect(schema.parse(text)).toBe(text);
  });

  test("around a phone number and a NIK not even an override makes a difference, nor around a number as a text", () => {
    fc.assert(
      fc.property(someOf(around), someOf(around), (before, behind) => {
        const put = (text: string) => before.join("") + text + behind.join("");
        expect(phone.parse(put("081234567890"))).toBe("081234567890");
        expect(nik.parse(put("6471014107850001"))).toBe("6471014107850001");
        expect(line(100).parse(put("0812-3456 7890"))).toBe("0812-3456 7890");
      }),
    );
  });

  test("a tracking number and a phone number are read whatever stands in them that nobody sees", () => {
    const everything = fc.constantFrom(...around);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), everything), { maxLength: 6 }), (marks) => {
        expect(phone.parse(withMarks("081234567890", marks))).toBe("081234567890");
      }),
    );
    expect(phone.parse("\u202A+62 812\u20113456\u20137890\u202C")).toBe("+6281234567890");
    expect(phone.parse("０８１２３４５６７８９０")).toBe("081234567890");
    expect(trackingNumber.safeParse("\u202D00000\u2011\u206000000\u202C").success).toBe(true);
  });

  test("a break or a page of a word processor becomes a new line in a text and a blank in a title", () => {
    expect(written(100).parse("Jalan\vrusak\fparah\r\nsekali\rya\u2028dan\u2029lagi")).toBe(
      "Jalan\nrusak\nparah\nsekali\nya\ndan\nlagi",
    );
    expect(line(100).parse("Jalan\vrusak\tparah\u2028sekali\u00A0ya")).toBe("Jalan rusak parah sekali ya");
    expect(line(100).safeParse("Jalan\nrusak").success).toBe(false);
  });

  test("a number with marks around it inside a text is taken, and the marks go", () => {
    expect(
      written(100).parse("Hubungi \u202A0812-3456-7890\u202C atau \u2068budi@surat.example\u2069 ya"),
    ).toBe("Hubungi 0812-3456-7890 atau budi@surat.example ya");
  });

  test("every body is read so: of an officer, of a reporter, of an administrator, and every address and query", async () => {
    const office = anOffice();
    const { as, number, reporter, seenByReporter } = await office.submit();
    const [open, close] = ["\u202A\uFEFF ", " \u202C\v"];
    expect((await as("admin", "verification")).status).toBe(200);
    const noted = await as("worker", "progress", { text: `${open}Sedang\vditangani${close}` });
    expect(noted.status).toBe(200);
    expect(JSON.stringify((await seenByReporter()).body)).toContain("Sedang\\nditangani");
    expect((await reporter("replies", { text: `${open}Terima kasih${close}` })).status).toBe(200);
    expect((await office.track(`${open}${number}\u2060`, "192.0.2.1")).status).toBe(200);
    const agency = await office.admin("national", "PUT", "agencies/balikpapan-dinas-pu", {
      alertEmail: `${open}dinas@surat.example${close}`,
    });
    expect(JSON.stringify(agency.body.errors ?? [])).not.toContain("alertEmail");
  });

  test("every header is read so: a receipt, the key of a repeat, the version of a case and the post of an officer", async () => {
    const office = anOffice();
    /** As the gateway hands over what a program sends in UTF-8. */
    const inBytes = (text: string) => Buffer.from(text).toString("latin1");
    const [open, close] = ["\u202A", "\u202C\u2060"];
    for (const written of [(text: string) => text, inBytes]) {
      const put = (text: string) => written(`${open}${text}${close}`);
      const key = randomUUID();
      const first = await office.send(roadComplaint, "192.0.2.1", { "idempotency-key": key });
      const again = await office.send(roadComplaint, "192.0.2.1", { "idempotency-key": put(key) });
      expect(again.body).toEqual(first.body);
      const { trackingNumber, receipt } = first.body;
      for (const blank of [" ", "\u00A0", "\t"]) {
        const authorization = written(`Receipt${blank}${open}${receipt}${close}`);
        const seen = await office.track(trackingNumber, "192.0.2.1", { authorization });
        expect(seen.body).toHaveProperty("legalMoves");
      }
      const { number } = await office.submit();
      const request = { subject: staff.admin.subject, body: {} };
      const headers = { "if-match": put('"1"'), "officer-post": put(staff.admin.id) };
      const path = `/v1/officer/cases/${number}/verification`;
      expect(await call(office.officerApi, "POST", path, { ...request, headers })).toHaveProperty(
        "status",
        200,
      );
    }
  });

  test("a byte order mark in front of a body refuses nothing", async () => {
    const { status } = await anOffice().send(`\uFEFF${JSON.stringify(roadComplaint)}`, "192.0.2.1", {
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    });
    expect(status).toBe(201);
  });
});

describe("what could deceive whoever reads", () => {
  const whyNot = (schema: ReturnType<typeof line | typeof written>, text: string) => {
    const { error } = schema.safeParse(text);
    return (error?.issues[0] as { params?: { text?: { id: string; en: string } } } | undefined)?.params?.text;
  };

  test.each([
    ["an override that turns the end of a name around", "foto\u202Egpj.exe", /ke-5 .*membalik arah/],
    ["an override that turns a number around", "Nomor saya \u202E08123\u202C ya", /ke-12 .*membalik arah/],
    ["an override in front of everything", "\u202Egnp laporan", /ke-1 .*membalik arah/],
    ["an override in front that ends inside", "\u202Egnp\u202C laporan", /ke-1 .*membalik arah/],
    ["a mark that turns the order of numbers around", "Pukul 12 \u200F- 34", /ke-10 .*membalik arah/],
    [
      "a mark of direction between letters from the right",
      "جالن \u202Aروسق\u202C دهادڤن",
      /ke-6 .*membalik arah/,
    ],
    ["a bell", "Jalan\u0007rusak", /ke-6 .*kendali/],
    ["a zero", "Jalan rusak\u0000parah", /ke-12 .*kendali/],
    ["half a character", "Jalan \uD800 rusak", /ke-7 .*rusak/],
  ])("%s is refused with its place and what to do", (_what, text, place) => {
    expect(whyNot(line(200), text)?.id).toMatch(place);
    expect(whyNot(line(200), text)?.id).toMatch(/Hapus, lalu ketik ulang/);
    expect(whyNot(line(200), text)?.en).toMatch(/character \d+ .*Remove it/);
  });

  test("a text of several lines is told the line", () => {
    expect(whyNot(written(200), "Satu\r\nDua\vTi\u202Ega")?.id).toMatch(/baris 3, karakter ke-3/);
  });

  test.each([
    ["a Cyrillic letter in its domain", "budi@s\u0443rat.example", /ke-7 /],
    ["a Greek letter in its name", "bud\u03B9@surat.example", /ke-4 /],
    ["a full-width sign", "budi\uFF20surat.example", /ke-5 /],
    ["a mark that turns it around", "budi@\u202Esurat.example", /ke-6 /],
    ["a blank", "budi @surat.example", /ke-5 /],
  ])("a mail address with %s is refused with its place, and is not repeated", async (_what, email, place) => {
    const { status, body } = await anOffice().send({ ...roadComplaint, reporter: { email } }, "192.0.2.1");
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: any) => path)).toEqual(["reporter.email"]);
    expect(body.errors[0].message).toMatch(place);
    expect(JSON.stringify(body)).not.toContain("surat");
  });

  test("an override inside is found in every field of a report alike, and each is named", async () => {
    const turned = "ka\u202Eta";
    const { body } = await anOffice().send(
      {
        ...roadComplaint,
        title: turned,
        text: turned,
        location: { regionCode: "64.71", address: turned },
        agencyId: turned,
        category: turned,
        reporter: { name: turned, email: turned, nik: turned },
      },
      "192.0.2.1",
    );
    expect(body.errors.map(({ path }: any) => path).sort()).toEqual(
      expect.arrayContaining([
        "agencyId",
        "category",
        "location.address",
        "reporter.email",
        "reporter.name",
        "reporter.nik",
        "text",
        "title",
      ]),
    );
  });

  test.each([
    ["a choice", { class: "com\u202Eplaint" }, "class"],
    ["a date", { occurredOn: "2026-11-\u202E23" }, "occurredOn"],
    ["an agency", { agencyId: "balik\u202Epapan" }, "agencyId"],
    ["a category", { category: "ja\u202Elan" }, "category"],
    ["a region", { location: { regionCode: "64.\u202E71" } }, "location.regionCode"],
  ])(
    "%s that looks right and hides a mark is refused with the place of the mark",
    async (_what, change, path) => {
      const { body } = await anOffice().send({ ...roadComplaint, ...change }, "192.0.2.1");
      expect(body.errors).toEqual([
        expect.objectContaining({
          path,
          message: expect.stringMatching(/^Pada karakter ke-\d+ ada tanda tersembunyi/),
        }),
      ]);
    },
  );

  test("an address of an agency that hides a mark is refused with its place", async () => {
    const { body } = await anOffice().admin("national", "GET", "agencies/balik\u202Epapan");
    expect(body.errors[0].message).toMatch(/ke-6 ada tanda tersembunyi/);
  });

  test("whatever is tidied is tidy, and nothing that is seen goes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const once = tidied(text);
        expect(tidied(once)).toBe(once);
        const seen = (one: string) => one.replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\s]/gu, "");
        expect(seen(once)).toBe(seen(text));
      }),
      { numRuns: 500 },
    );
  });

  test("the largest bodies of nothing but marks come to their end", () => {
    for (const mark of [
      "\u202E",
      "\u2067",
      " ",
      "\u200D",
      "\u{E0041}",
      "\u{1F3F4}\u{E0041}",
      "a\u200D",
      "\v",
    ]) {
      const begun = performance.now();
      tidied(`ا${mark.repeat(21_000)}ا`);
      expect(performance.now() - begun).toBeLessThan(20_000);
    }
  });
});
