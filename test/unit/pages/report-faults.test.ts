import { beforeEach, describe, expect, test } from "vitest";
import { reportPages } from "../../../functions/public/report/pages.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { serve } from "../../../shared/http/serve.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { aBrowser, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import { anOffice } from "../../fakes/office.ts";

const saved = { "": "Teks Anda tersimpan.", "/en": "Your text is saved." };
const story = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sejak Senin jalan di depan pasar berlubang.",
};
const place = { "location.regionCode": "64.71", "location.address": "Depan Pasar Sepinggan" };

/** What does not answer just now. */
type Broken =
  | "names of categories"
  | "drafts are read"
  | "drafts are written"
  | "agencies"
  | "categories"
  | "regions"
  | "reports";
const broken = new Set<Broken>();
let fault: () => Error = () => new Error("rahasia");
const failIf = (one: Broken) => {
  if (broken.has(one)) throw fault();
};

let office: ReturnType<typeof anOffice>;
let browser: ReturnType<typeof aBrowser>;
beforeEach(() => {
  broken.clear();
  fault = () => new Error("rahasia");
  office = anOffice("2026-11-26T13:35:00+08:00");
  const api = office.tables().public;
  const of = (method: string, path: string, one?: Broken): Endpoint => {
    const found = api.find((route) => route.method === method && route.path === path);
    if (!found) throw new Error(`There is no ${method} ${path}`);
    return {
      ...found,
      handle: async (...asked) => {
        if (one) failIf(one);
        return found.handle(...asked);
      },
    };
  };
  const { drafts, directory, verifyingAgency } = office;
  const frame = aFrame(office.now);
  const pages = reportPages(
    frame,
    {
      submit: of("POST", "/v1/cases", "reports"),
      deadlines: of("GET", "/v1/deadlines"),
      agencies: of("GET", "/v1/agencies"),
      categories: of("GET", "/v1/categories", "categories"),
      regions: of("GET", "/v1/regions", "regions"),
    },
    {
      drafts: {
        ...drafts,
        async get(...asked) {
          failIf("drafts are read");
          return drafts.get(...asked);
        },
        async put(...asked) {
          failIf("drafts are written");
          return drafts.put(...asked);
        },
      },
      directory: {
        ...directory,
        async agency(...asked) {
          failIf("agencies");
          return directory.agency(...asked);
        },
        async categoryName(...asked) {
          failIf("names of categories");
          return directory.categoryName(...asked);
        },
      },
      verifyingAgency,
    },
  );
  browser = aBrowser(serve(pages, undefined, { errorPage: errorPageOf(frame) }));
});

const draftsOf = () => browser.jar.get("__Host-draf");

describe.each(["", "/en"] as const)("a report that meets a fault of ours (%s/lapor)", (en) => {
  const words = saved[en];

  test("A step whose text was stored says so, with the number of the fault, and the draft is had again", async () => {
    broken.add("categories");
    // The story is right, and the next page cannot be shown. The wrong one is stored too.
    const failed = await browser.send(`${en}/lapor/cerita`, { ...story, title: "" });
    expect([failed.status, failed.headers["cache-control"]]).toEqual([500, "no-store"]);
    const page = pageIn(failed);
    expect(page.text).toContain(words);
    expect(page.text).toMatch(/(Nomor gangguan|Reference number): \S+/);
    expect(page.text).not.toContain(story.text);
    expect(page.text).not.toContain("rahasia");
    expect(draftsOf()).toBeDefined();
    broken.clear();
    expect(pageIn(await browser.get(`${en}/lapor/cerita`)).value("text")).toBe(story.text);
  });

  test("A step whose text could not be stored does not say so, and gives it back", async () => {
    broken.add("drafts are written");
    const failed = await browser.send(`${en}/lapor/cerita`, story);
    expect(failed.status).toBe(500);
    expect(pageIn(failed).value("text")).toBe(story.text);
    expect(pageIn(failed).text).not.toContain(words);
    broken.add("categories");
    const twice = await browser.send(`${en}/lapor/cerita`, story);
    expect(twice.status).toBe(500);
    expect(pageIn(twice).text).toContain(story.text);
    expect(pageIn(twice).text).toMatch(/(Nomor gangguan|Reference number): \S+/);
    expect(pageIn(twice).text).not.toContain(words);
    expect(draftsOf()).toBeUndefined();
  });

  test("A later step that was not stored does not say so either, although the earlier ones were", async () => {
    await browser.send(`${en}/lapor/cerita`, story);
    broken.add("drafts are written").add("regions");
    const failed = await browser.send(`${en}/lapor/tempat`, place);
    expect(failed.status).toBe(500);
    expect(pageIn(failed).text).toContain(place["location.address"]);
    expect(pageIn(failed).text).not.toContain(words);
    broken.clear();
    broken.add("drafts are read");
    const unread = await browser.send(`${en}/lapor/tempat`, place);
    expect([unread.status, pageIn(unread).text.includes(words)]).toEqual([500, false]);
  });

  test("A step that cannot be shown says that the draft is there, if it is", async () => {
    await browser.send(`${en}/lapor/cerita`, story);
    broken.add("regions");
    const there = await browser.get(`${en}/lapor/tempat`);
    expect([there.status, pageIn(there).text.includes(words)]).toEqual([500, true]);
    expect(String(there.body)).toContain(`href="${en}/lapor"`);
    broken.add("drafts are read");
    const unknown = await browser.get(`${en}/lapor/tempat`);
    expect([unknown.status, pageIn(unknown).text.includes(words)]).toEqual([500, false]);
    browser.jar.clear();
    broken.clear();
    broken.add("categories");
    const without = await browser.get(`${en}/lapor/cerita`);
    expect([without.status, pageIn(without).text.includes(words)]).toEqual([500, false]);
  });

  test.each([
    ["a fault", () => new Error("rahasia"), 500],
    ["too many", () => new Refusal("too-many-requests", { id: "Banyak.", en: "Many." }), 429],
    ["no answer", () => new Refusal("unavailable", { id: "Nanti.", en: "Later." }), 503],
  ] as const)(
    "Sending that meets %s keeps the report, and makes one case in the end",
    async (_, thrown, status) => {
      await browser.send(`${en}/lapor/cerita`, story);
      await browser.send(`${en}/lapor/tempat`, place);
      await browser.send(`${en}/lapor/tujuan`, { agencyId: "" });
      await browser.send(`${en}/lapor/identitas`, { asked: "yes", anonymous: "true" });
      fault = thrown;
      broken.add("reports");
      for (const also of [undefined, "agencies"] as const) {
        if (also) broken.add(also);
        const failed = await browser.send(`${en}/lapor/periksa`);
        expect([also, failed.status, pageIn(failed).text.includes(words)]).toEqual([also, status, true]);
      }
      broken.clear();
      expect((await browser.send(`${en}/lapor/periksa`)).headers.location).toBe(`${en}/lapor/terkirim`);
      expect((await office.feed()).body.items).toHaveLength(1);
    },
  );
});

test("A step that was stored and then failed is shown again under its new draft, and is changed there", async () => {
  broken.add("names of categories");
  const failed = await browser.send("/lapor/cerita", { ...story, category: "infrastruktur" });
  expect([failed.status, pageIn(failed).text.includes(saved[""])]).toEqual([500, true]);
  expect(pageIn(failed).value("text")).toBe(story.text);
  broken.clear();
  const again = await browser.send("/lapor/cerita", {
    ...story,
    text: "Kini dua lubang.",
    versi: pageIn(failed).value("versi"),
  });
  expect(again.headers.location).toBe("/lapor/tempat");
  expect(pageIn(await browser.get("/lapor/cerita")).value("text")).toBe("Kini dua lubang.");
});

test("A form that is too long gives its text back", async () => {
  const text = "Jalan di depan pasar berlubang. ".repeat(7_000);
  const failed = await browser.send("/lapor/cerita", { ...story, text });
  expect(failed.status).toBe(413);
  expect(pageIn(failed).text).toContain(text.trim());
  expect(String(failed.body)).toMatch(/<textarea [^>]*readonly>/);
  expect(pageIn(failed).text).not.toContain(saved[""]);
});
