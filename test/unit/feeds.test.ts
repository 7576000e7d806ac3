import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesFeed } from "../../functions/public/cases/cases-feed.ts";
import { routes } from "../../functions/public/routes.ts";
import type { CaseView } from "../../shared/case/views/schemas.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { memoryFiles } from "../fakes/memory/file-store.ts";
import { anOffice } from "../fakes/office.ts";

/** The parser of XML that comes with the writer of feeds. It refuses what is not well formed. */
const { xml2js } = createRequire(import.meta.resolve("feed"))("xml-js") as {
  xml2js(xml: string, options: { compact: true }): any;
};
const parsedXml = (xml: string) => xml2js(xml, { compact: true }).feed;
const all = <T>(one: T | T[] | undefined): T[] => (one === undefined ? [] : ([one].flat() as T[]));

const siteUrl = "https://lapor.example";
const site = (office: ReturnType<typeof anOffice>) => {
  const files = memoryFiles();
  const api = serve(
    routes({
      ...office,
      evidence: { attachments: office.attachments, files: async () => files },
      threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    }),
  );
  return (path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    call(api, "GET", path, { query, headers });
};

const lamp = { title: "Lampu <padam> & gelap", text: "Lampu padam sejak Senin." };

describe("the Atom feed", () => {
  test("holds what the list holds, newest first, with addresses of the site and times that tell no more than the list", async () => {
    const office = anOffice();
    await office.submit({ title: "Jalan rusak" });
    office.at("2026-11-24T10:15:00+08:00");
    const anonymous = await office.submit({ ...lamp, anonymous: true });
    await office.submit({ title: "Tersembunyi", secret: true });
    const { status, headers, body } = await site(office)("/laporan.atom");
    expect([status, headers["content-type"], headers["cache-control"], headers["content-language"]]).toEqual([
      200,
      "application/atom+xml; charset=utf-8",
      "public, max-age=60",
      "id",
    ]);
    const feed = parsedXml(body);
    const entries = all(feed.entry);
    expect(entries.map(({ title }) => title._cdata).sort()).toEqual([
      "Jalan rusak",
      "Lampu &lt;padam&gt; &amp; gelap",
    ]);
    const { number } = anonymous;
    const entry = entries.find(({ id }) => id._text.endsWith(number));
    expect(entry.link._attributes.href).toBe(`${siteUrl}/laporan/${number}`);
    expect(entry.id._text).toBe(`tag:lapor.example,2026:laporan/${number}`);
    expect([entry.updated._text, entry.published._text]).toEqual([
      "2026-11-24T00:00:00.000Z",
      "2026-11-24T00:00:00.000Z",
    ]);
    expect(all(feed.link).map(({ _attributes }) => [_attributes.rel, _attributes.href])).toContainEqual([
      "self",
      `${siteUrl}/laporan.atom`,
    ]);
    expect(body).not.toContain("Tersembunyi");
  });

  test("takes the filters of its page, also those that nobody filled in, and names itself with them", async () => {
    const office = anOffice();
    await office.submit({ title: "Jalan rusak", text: "Ada lubang." });
    await office.submit(lamp);
    const ask = site(office);
    const titles = async (query: Record<string, string>) => {
      const { status, body } = await ask("/laporan.atom", query);
      expect([status, body]).toEqual([200, expect.anything()]);
      return all(parsedXml(body).entry).map(({ title }) => title._cdata);
    };
    expect(await titles({ q: "lubang", instansi: "", status: "" })).toEqual(["Jalan rusak"]);
    expect(await titles({ wilayah: "64", status: "submitted" })).toHaveLength(2);
    expect(await titles({ wilayah: "63" })).toEqual([]);
    expect(await titles({ status: "closed" })).toEqual([]);
    const { body } = await ask("/laporan.atom", { q: 'lampu & "padam"', wilayah: "64.71" });
    const self = all(parsedXml(body).link).find(({ _attributes }) => _attributes.rel === "self");
    expect(self._attributes.href).toBe(`${siteUrl}/laporan.atom?q=lampu+%26+%22padam%22&wilayah=64.71`);
    expect((await ask("/laporan.atom", { halaman: "2" })).status).toBe(400);
  });

  test("is not sent again to whoever has it", async () => {
    const office = anOffice();
    await office.submit(lamp);
    const ask = site(office);
    const first = await ask("/laporan.atom");
    const again = await ask("/laporan.atom", {}, { "if-none-match": `W/${first.headers.etag}` });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, null, first.headers.etag]);
    expect(first.headers["last-modified"]).toBe("Tue, 24 Nov 2026 01:00:00 GMT");
    await office.submit({ title: "Laporan lain" });
    expect((await ask("/laporan.atom", {}, { "if-none-match": String(first.headers.etag) })).status).toBe(
      200,
    );
  });

  test("is in English under /en, whatever language the caller prefers", async () => {
    const office = anOffice();
    const { number } = await office.submit(lamp);
    const ask = site(office);
    const { headers, body } = await ask("/en/laporan.atom", {}, { "accept-language": "id" });
    expect(headers["content-language"]).toBe("en");
    expect(parsedXml(body).title._text).toBe("Public reports");
    expect(parsedXml(body).entry.link._attributes.href).toBe(`${siteUrl}/en/laporan/${number}`);
    expect((await ask("/laporan.atom", {}, { "accept-language": "en" })).body).toContain("Laporan warga");
  });

  test("says that it is not there where the stage has no site", async () => {
    const office = anOffice();
    const { siteUrl: _, ...frame } = office.frame;
    expect((await site({ ...office, frame: { ...frame, siteUrl: undefined } })("/laporan.atom")).status).toBe(
      404,
    );
  });
});

test("the JSON Feed holds the same as plain text", async () => {
  const office = anOffice();
  const { number } = await office.submit(lamp);
  const { status, headers, body } = await site(office)("/laporan.json");
  expect([status, headers["content-type"]]).toEqual([200, "application/feed+json; charset=utf-8"]);
  expect(body.items).toMatchObject([
    {
      id: `tag:lapor.example,2026:laporan/${number}`,
      url: `${siteUrl}/laporan/${number}`,
      title: "Lampu <padam> & gelap",
      content_html: expect.not.stringContaining("<"),
    },
  ]);
  expect(body.feed_url).toBe(`${siteUrl}/laporan.json`);
});

test("whatever a title or an agency is called, the feed is well formed and says the same", async () => {
  const view = (title: string): CaseView =>
    ({
      trackingNumber: "7K3MQ-P4X9C",
      title,
      submittedAt: "2026-11-24T01:00:00.000Z",
      statusText: title,
      agency: { id: "a", name: title },
    }) as unknown as CaseView;
  const awkward = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom("]]>", "<![CDATA[", "&", "&amp;", "<", ">", "\u0001", "\uFFFE", '"', "\uD800", "a"),
      )
      .map((some) => some.join("")),
  );
  await fc.assert(
    fc.asyncProperty(awkward, async (title) => {
      const { text } = await casesFeed([view(title)], "atom", {
        site: siteUrl,
        self: `/laporan.atom?${new URLSearchParams({ q: title.toWellFormed() }).toString()}`,
        language: "id",
      });
      expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
      const { _cdata = "" } = parsedXml(text).entry.title as { _cdata?: string };
      const plain = _cdata
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      const sent = title.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
      expect(plain.replace(/\r\n?/g, "\n")).toBe(sent.replace(/\r\n?/g, "\n"));
    }),
    { numRuns: 100 },
  );
});
