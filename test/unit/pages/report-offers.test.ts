import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { reportPages } from "../../../functions/public/report/pages.ts";
import { type Endpoint, endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { serve } from "../../../shared/http/serve.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import { anOffice } from "../../fakes/office.ts";
import { place, story, written } from "./written-report.ts";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

/** The pages of a report beside routes that stand in for some of the API. */
function pagesWith(change: Record<string, Endpoint>) {
  const api = office.tables().public;
  const of = (method: string, path: string) => {
    const found = api.find((one) => one.method === method && one.path === path);
    if (!found) throw new Error(`There is no ${method} ${path}`);
    return found;
  };
  const asked = {
    submit: of("POST", "/v1/cases"),
    deadlines: of("GET", "/v1/deadlines"),
    agencies: of("GET", "/v1/agencies"),
    categories: of("GET", "/v1/categories"),
    regions: of("GET", "/v1/regions"),
    ...change,
  };
  const { drafts, directory, verifyingAgency } = office;
  return aBrowser(
    serve(
      reportPages(aFrame(office.now), asked, {
        drafts,
        directory,
        verifyingAgency,
        qrOf: (of) => ({ size: 29, path: `M0 0h${of.length}` }),
      }),
    ),
  );
}
const stand = (input: Endpoint["input"], answer: (event: any) => unknown): Endpoint => ({
  ...endpoint(
    { summary: { id: "Contoh", en: "Example" }, input: {}, output: { 200: z.unknown() } },
    async () => ok({}),
  ),
  input,
  handle: async (event) => ok(answer(event)),
});
const anything = { body: z.unknown() };

describe("what other routes add", () => {
  const aDuplicate = {
    title: "Lubang di jalan pasar",
    excerpt: "Sudah seminggu",
    days: 3,
    statusText: "Sedang diproses",
    supports: { count: 4 },
    canBeSupported: true,
  };

  test("a likely duplicate is shown with its age and state, supported by one button, or left aside", async () => {
    const { number } = await office.submit();
    const likely = { ...aDuplicate, trackingNumber: number };
    const seen: any[] = [];
    const browser = pagesWith({
      duplicates: stand(anything, ({ body }) => {
        seen.push(JSON.parse(body));
        return { items: [likely], complete: true };
      }),
      support: stand(anything, ({ body, pathParameters }) => {
        seen.push([pathParameters.trackingNumber, JSON.parse(body)]);
        return {};
      }),
    });
    expect((await browser.send("/lapor/cerita", story)).headers.location).toBe("/lapor/tempat?draf=baru");
    expect((await browser.send("/lapor/tempat", place)).headers.location).toBe("/lapor/serupa");
    const page = pageIn(await browser.get("/lapor/serupa"));
    for (const part of [
      likely.title,
      likely.excerpt,
      "3 hari lalu",
      "Sedang diproses",
      "4 orang mendukung",
      "Langkah 3 dari 6",
    ])
      expect(page.text).toContain(part);
    expect(seen[0]).toEqual({
      title: story.title,
      text: story.text,
      location: { regionCode: "64.71", address: "Depan Pasar Sepinggan" },
    });
    const supported = await browser.send("/lapor/serupa/dukungan", {
      alike: "shown",
      trackingNumber: likely.trackingNumber,
    });
    expect(supported.headers.location).toBe(`/laporan/${number}`);
    await browser.send("/lapor/serupa/dukungan", { trackingNumber: likely.trackingNumber });
    const devices = seen.filter(Array.isArray).map(([, { device }]) => device);
    expect(devices[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(devices[1]).toBe(devices[0]);
    expect((await browser.send("/lapor/serupa", { alike: "shown" })).headers.location).toBe("/lapor/tujuan");
    expect(String((await browser.get("/lapor/tujuan")).body)).toContain('href="/lapor/serupa" class="back"');
  });

  test("where likely duplicates cannot be had now, the report goes on", async () => {
    const duplicates = stand(anything, () => {
      throw new Refusal("proof-needed", { id: "Banyak.", en: "Many." });
    });
    const browser = pagesWith({ duplicates });
    await browser.send("/lapor/cerita", story);
    expect((await browser.send("/lapor/tempat", place)).headers.location).toBe("/lapor/tujuan");
    expect((await browser.get("/lapor/serupa")).headers.location).toBe("/lapor/tujuan");
  });

  test("kecamatan and kelurahan are chosen one after the other, and those of another kota are left aside", async () => {
    const parts: Record<string, { code: string; name: string; type: string }[]> = {
      "64.71": [{ code: "64.71.05", name: "Balikpapan Kota", type: "district" }],
      "64.71.05": [{ code: "64.71.05.1001", name: "Damai", type: "village" }],
    };
    const partsIn = (parent: string) => {
      if (!parts[parent]) throw new Refusal("invalid-input", { id: "Tidak ada.", en: "There is none." });
      return parts[parent];
    };
    const cities = [
      { code: "64", name: "Provinsi Kalimantan Timur", type: "province" },
      { code: "64.71", name: "Kota Balikpapan", type: "city" },
      { code: "64.72", name: "Kota Samarinda", type: "city" },
    ];
    const regions = stand(
      { query: z.strictObject({ parent: z.string().optional() }) },
      ({ queryStringParameters: { parent } }) => ({
        items: parent ? partsIn(parent) : cities,
      }),
    );
    const browser = pagesWith({ regions });
    await browser.send("/lapor/cerita", story);
    const chosen = await browser.send("/lapor/tempat", { ...place, lanjut: "#district" });
    expect(chosen.headers.location).toBe("/lapor/tempat#district");
    const withDistricts = pageIn(await browser.get("/lapor/tempat"));
    expect(withDistricts.text).toContain("Balikpapan Kota");
    expect(withDistricts.value("location.address")).toBe(place["location.address"]);
    await browser.send("/lapor/tempat", { ...place, district: "64.71.05", lanjut: "#village" });
    const withVillages = pageIn(await browser.get("/lapor/tempat"));
    expect([withVillages.value("district"), withVillages.text.includes("Damai")]).toEqual(["64.71.05", true]);
    await browser.send("/lapor/tempat", {
      ...place,
      "location.regionCode": "64.72",
      district: "64.71.05",
      lanjut: "#district",
    });
    expect(pageIn(await browser.get("/lapor/tempat")).named("district")).toHaveLength(0);
  });

  test("agencies are suggested with the reason, and found by their names", async () => {
    const suggestions = stand({}, ({ queryStringParameters }) => ({
      items: [
        {
          agency: { id: "balikpapan-dinas-pu", name: "Dinas PU" },
          reason: `Untuk ${queryStringParameters.region}`,
        },
      ],
    }));
    const browser = pagesWith({ suggestions });
    await browser.send("/lapor/cerita", story);
    await browser.send("/lapor/tempat", place);
    const page = pageIn(await browser.get("/lapor/tujuan"));
    expect(page.value("agencyId")).toBe("");
    expect(page.text).toContain("Untuk 64.71");
    await browser.send("/lapor/tujuan", { agencyId: "", agencyWords: "uptd jalan", lanjut: "#agencyId" });
    const found = pageIn(await browser.get("/lapor/tujuan"));
    expect(found.text).toContain("UPTD Jalan Kota Balikpapan");
    await browser.send("/lapor/tujuan", { agencyId: "balikpapan-uptd-jalan" });
    expect(pageIn(await browser.get("/lapor/tujuan")).value("agencyId")).toBe("balikpapan-uptd-jalan");
  });

  test("the way in is told to the route of submission alone, and the QR code has the public address alone", async () => {
    const submit = office
      .tables()
      .public.find(({ method, path }) => method === "POST" && path === "/v1/cases");
    const cameFrom: unknown[] = [];
    const codes: string[] = [];
    const browser = pagesWith({
      submit: {
        ...submit!,
        handle: (event, ...more) => {
          cameFrom.push([event.headers["came-from"], JSON.parse(event.body ?? "{}").dari]);
          return submit!.handle(event, ...more);
        },
      },
    });
    await written(browser, { change: { dari: "poster-balikpapan-dinas-pu" } });
    await browser.send("/lapor/periksa");
    expect(cameFrom).toEqual([["poster-balikpapan-dinas-pu", undefined]]);
    const page = pageIn(await browser.get("/lapor/terkirim"));
    codes.push(...page.all("path").map((one) => attributeOf(one, "d") ?? ""));
    expect(codes).toEqual([`M0 0h${"https://lapor.example/laporan/XXXXX-XXXXX".length}`]);
  });
});
