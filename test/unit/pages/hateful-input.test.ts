import { describe, expect, test } from "vitest";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { actionAt } from "../../../shared/http/page/route.ts";
import { serve } from "../../../shared/http/serve.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { readPage } from "./markup.ts";
import { carriedBy, ownCaseOpen } from "./own-case.ts";

const office = anOffice("2026-11-24T09:00:00+08:00");

describe("an address that nobody would type, as the gateway decodes it", () => {
  test.each([
    "/en//laporan",
    "/en///evil.example",
    "/en/\\evil.example",
    "/en/\\\\evil.example",
    "//evil.example",
    "/\\evil.example",
    "/javascript:alert(1)",
    "/laporan/a?b#c",
    "/laporan/\u0000",
    "/en/\ud83d",
    '/en/"><script>',
    "/laporan/\r\nSet-Cookie: a=b",
    `/${"a/".repeat(200)}x`,
  ])("%j is answered with a page, or with where the page is, and leads to no other site", async (path) => {
    const answer = await call(office.publicApi, "GET", path);
    if (answer.status === 308) {
      expect(answer.headers.location).toMatch(/^\/[^/\\]/);
      return;
    }
    expect([answer.status, answer.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    const addresses = pageIn(answer).elements.flatMap((one) => attributeOf(one, "href") ?? []);
    const elsewhere = addresses.filter((one) => !/^(\/(?![/\\])|#|tel:|sms:|mailto:)/.test(one));
    expect(elsewhere).toEqual([]);
  });

  test.each([
    ["/laporan/", "/laporan"],
    ["/en/", "/en"],
    ["//laporan//", "/laporan"],
    ["/en//laporan", "/en/laporan"],
    ["/Laporan", "/laporan"],
    ["/EN/Instansi", "/en/instansi"],
  ])("%s leads to the one address of the page: %s", async (typed, right) => {
    const answer = await call(office.publicApi, "GET", typed, { query: { status: "answered" } });
    expect([answer.status, answer.headers.location]).toEqual([308, `${right}?status=answered`]);
  });

  test("a page says its own address to search engines, in both languages, however deep it lies", async () => {
    const answer = await call(office.publicApi, "GET", "/en/instansi/balikpapan-dinas-pu");
    const links = pageIn(answer)
      .all("link")
      .filter((one) => /canonical|alternate/.test(attributeOf(one, "rel") ?? ""))
      .map((one) => attributeOf(one, "href"));
    expect(links).toEqual([
      "https://lapor.example/en/instansi/balikpapan-dinas-pu",
      "https://lapor.example/instansi/balikpapan-dinas-pu",
      "https://lapor.example/en/instansi/balikpapan-dinas-pu",
    ]);
  });

  test.each(["PUT", "PATCH", "DELETE"])(
    "%s to a page is refused with a page that says what to do",
    async (method) => {
      for (const path of ["/laporan", "/en/laporan"]) {
        const answer = await call(office.publicApi, method, path);
        expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
        expect(readPage(answer)).toMatch(
          path === "/laporan" ? /Buka halamannya lagi/ : /Open the page again/,
        );
      }
    },
  );

  test.each([
    ["/lacak", { nomor: "x".repeat(3_000), sesi: "y".repeat(300) }],
    ["/lapor", { draf: "z".repeat(500), dari: "x".repeat(500) }],
    ["/lapor/cerita", { salah: "1".repeat(50) }],
    ["/en/lapor/cerita", { draf: "\u0000".repeat(50), fbclid: "x" }],
  ] as const)(
    "%s opens although its address was cut off, or something was hung onto it",
    async (path, query) => {
      const answer = await call(office.publicApi, "GET", path, { query });
      expect(answer.status).toBe(200);
      pageIn(answer);
    },
  );

  test("the calculator tells at its field what is wrong, however long it is", async () => {
    for (const from of ["x".repeat(3_000), "2026-02-29", "kemarin"]) {
      const answer = await call(office.publicApi, "GET", "/hitung", { query: { from } });
      expect(answer.status).toBe(400);
      expect(pageIn(answer).problems).toEqual([["#from", expect.stringContaining("2026-11-23")]]);
    }
  });

  test("the calculator takes a date as people write it where the browser has no calendar", async () => {
    const answer = await call(office.publicApi, "GET", "/hitung", { query: { from: "1/12/2026" } });
    expect([answer.status, pageIn(answer).value("from")]).toEqual([200, "2026-12-01"]);
  });
});

/** Every field of a reporter's forms that takes words, and how many. */
const longest = [
  ["tanggapan", "text", 5_000, {}],
  ["cabut", "text", 2_000, {}],
  ["teks-publik", "title", 150, { how: "reword", text: "Ada lubang." }],
  ["teks-publik", "text", 10_000, { how: "reword", title: "Jalan" }],
  ["surel", "name", 100, { email: "warga@contoh.example" }],
  ["nilai", "comment", 2_000, { stars: "4" }],
  ["banding", "text", 5_000, {}],
] as const;

describe("a text that is too long", () => {
  test.each(longest)(
    "%s: the field %s, of at most %i characters, says how much too long it is and keeps it",
    async (page, name, most, others) => {
      const own = await ownCaseOpen();
      if (/nilai|banding/.test(page)) await own.answered();
      for (const [language, over] of [
        ["", 1],
        ["/en", 70_000],
      ] as const) {
        const text = "a".repeat(most + over);
        const shown = await own.look(page, { language });
        const sent = await own.send(page, { ...carriedBy(shown), ...others, [name]: text }, { language });
        expect(sent.status).toBe(400);
        const { problems, value } = pageIn(sent);
        const said = over === 1 ? "1 terlalu banyak." : "70,000 too many.";
        expect(problems).toEqual([[`#${name}`, expect.stringMatching(new RegExp(`${said}$`))]]);
        expect(value(name).trim()).toBe(text);
      }
    },
  );

  test.each([
    ["an emoji is one character", "😀".repeat(5_000)],
    ["a letter with its marks is one character, however it is written", "e\u0302\u0301".repeat(5_000)],
    ["a line break is one character, however the browser writes it", `${"a\r\n".repeat(2_499)}ab`],
    ["blanks around a text are none", `${" ".repeat(20_000)}${"a".repeat(5_000)}${"\r\n".repeat(5_000)}`],
  ])("%s", async (_, text) => {
    const own = await ownCaseOpen();
    const form = carriedBy(await own.look("tanggapan"));
    const tooLong = await own.send("tanggapan", { ...form, text: `${text.trim()}bc` });
    // An emoji is no word.
    const words = text.startsWith("😀") ? `a${text.slice(2)}` : text;
    expect(pageIn(tooLong).problems).toEqual([["#text", expect.stringMatching(/[12] terlalu banyak\.$/)]]);
    expect((await own.send("tanggapan", { ...form, text: words })).status).toBe(303);
  });

  test("a form that is too long for us comes back to be copied, and another site's does not", async () => {
    const frame = aFrame(() => new Date("2026-11-26T09:00:00+08:00"));
    const api = serve(
      actionAt(frame, "/tombol", {}, async () => {
        throw new Error("A form that is too long does nothing.");
      }),
      undefined,
      { errorPage: errorPageOf(frame) },
    );
    const form = { text: "Jalan di depan pasar berlubang. ".repeat(20_000) };
    const own = await call(api, "POST", "/tombol", { form });
    expect(own.status).toBe(413);
    expect(own.body).toContain(form.text.trim());
    const foreign = await call(api, "POST", "/tombol", { form, headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign.status).toBe(403);
    expect(foreign.body).not.toContain("berlubang");
  });
});

describe("what forms cannot mean", () => {
  test.each([
    ["of 9,000 letters", "x".repeat(9_000)],
    ["that is a path", "../../etc"],
    ["that is a control character", "\u0000"],
    ["that is markup", "<b>"],
  ])("an agency %s is told at its field", async (_, agencyId) => {
    const browser = aBrowser(office.publicApi);
    await browser.send("/lapor/cerita", {
      class: "complaint",
      title: "Jalan berlubang",
      text: "Jalan di depan pasar berlubang.",
    });
    const answer = await browser.send("/lapor/tujuan", { agencyId });
    expect(answer.status).toBe(400);
    expect(pageIn(answer).problems[0]?.[0]).toBe("#agencyId");
  });
});

describe("the page of photos", () => {
  test("a cookie that was changed leads to the receipt and says so", async () => {
    const own = await ownCaseOpen();
    for (const answer of [
      await own.look("lampiran", { cookies: ["__Host-saya=x"] }),
      await own.send("lampiran", { name: "foto.jpg" }, { cookies: ["__Host-saya=x"] }),
    ])
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `/lacak?nomor=${own.number}&sesi=asing`,
      ]);
  });
});
