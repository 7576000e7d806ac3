import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { describeApi } from "../../functions/public/describe-api.ts";
import { routes } from "../../functions/public/routes.ts";
import { get } from "../../shared/http/endpoint.ts";
import { isPage } from "../../shared/http/page/address.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryFiles } from "../fakes/memory/file-store.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";
import { memoryStores } from "../fakes/stores.ts";

const stores = memoryStores();
const api = serve([
  ...routes({
    ...stores,
    evidence: { attachments: stores.attachments, files: async () => memoryFiles() },
    directory: memoryDirectory(),
    threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    verifyingAgency: "kemenpanrb",
    now: () => new Date("2026-11-23T01:30:00Z"),
  }),
  get("/v1/openapi.json", describeApi),
]);
const ask = (method: string, path: string, request: Parameters<typeof call>[3] = {}) =>
  call(api, method, path, request);
const aCase = async (): Promise<string> => {
  const { body } = await ask("POST", "/v1/cases", {
    headers: { "idempotency-key": randomUUID() },
    body: roadComplaint,
  });
  return String(body.trackingNumber);
};

describe("an address that people share", () => {
  test.each([
    ["fbclid", "IwAR0contoh"],
    ["gclid", "contoh"],
    ["igsh", "contoh"],
    ["utm_source", "whatsapp"],
    ["utm_campaign", "lapor"],
    ["UTM_SOURCE", "brosur"],
    ["mibextid", "contoh"],
    ["gad_source", "1"],
    ["_gl", "contoh"],
  ])("The case is shown where an app has hung %s onto its address", async (name, value) => {
    const number = await aCase();
    expect((await ask("GET", `/v1/cases/${number}`, { query: { [name]: value } })).status).toBe(200);
    expect((await ask("GET", "/v1/cases", { query: { [name]: value, region: "64.71" } })).status).toBe(200);
  });

  test("Anything else that is hung onto an address is still refused by name, and so is a marker on what is sent", async () => {
    const number = await aCase();
    const { status, body } = await ask("GET", `/v1/cases/${number}`, { query: { statu: "x", fbclid: "x" } });
    expect([status, body.errors.map(({ path }: any) => path)]).toEqual([400, ["statu"]]);
    const sent = await ask("POST", "/v1/cases", {
      query: { utm_source: "x" },
      headers: { "idempotency-key": randomUUID() },
      body: {},
    });
    expect(sent.body.errors.map(({ path }: any) => path)).toContain("utm_source");
  });

  test("A trailing slash leads to the same case", async () => {
    const number = await aCase();
    expect((await ask("GET", `/v1/cases/${number}/`)).body.trackingNumber).toBe(number);
    expect((await ask("GET", "/v1/cases/")).status).toBe(200);
  });

  test("HEAD answers as GET, without a body, where there is a case and where there is none", async () => {
    const number = await aCase();
    for (const path of [`/v1/cases/${number}`, "/v1/cases/00000-00000", "/v1/nowhere", "/v1/openapi.json"]) {
      const [head, got] = [await ask("HEAD", path), await ask("GET", path)];
      expect([head.status, head.headers["content-type"], head.body]).toEqual([
        got.status,
        got.headers["content-type"],
        null,
      ]);
    }
  });

  test("OPTIONS says what an address may be asked, and nothing where there is no address", async () => {
    const number = await aCase();
    const { status, headers, body } = await ask("OPTIONS", `/v1/cases/${number}`);
    expect([status, headers.allow, body]).toEqual([204, "GET, HEAD, OPTIONS", null]);
    expect((await ask("OPTIONS", "/v1/cases/")).headers.allow?.split(", ").sort()).toEqual([
      "GET",
      "HEAD",
      "OPTIONS",
      "POST",
    ]);
    expect((await ask("OPTIONS", "/v1/nowhere")).status).toBe(404);
  });

  test("Whatever is read is found with markers of apps, with a slash behind it and by HEAD, on every address of the contract", async () => {
    const office = anOffice();
    const people = await office.submit();
    const subject = staff.national.subject;
    const named: Record<string, string> = {
      trackingNumber: people.number,
      agencyId: "pemkot-balikpapan",
      officerId: "x",
      year: "2026",
    };
    const hung = { utm_source: "whatsapp", utm_medium: "x", fbclid: "IwAR0", gclid: "x" };
    for (const table of Object.values(office.tables()))
      for (const { method, path } of table.filter((route) => route.method === "GET")) {
        const address = path.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? "x");
        const served = serve(table, office.directory);
        const request = { subject, headers: path.startsWith("/v1/cases/{") ? people.receipt : {} };
        const plain = await call(served, method, address, request);
        for (const [asked, as, query] of [
          ["GET", address, hung],
          ["GET", `${address}/`, undefined],
          ["GET", `${address}/`, hung],
          ["HEAD", address, undefined],
          ["HEAD", `${address}/`, hung],
        ] as const) {
          const { status } = await call(served, asked, as, { ...request, query });
          // A page has one address. Another spelling of it leads there.
          const leadsOn = as !== address && isPage(as);
          expect([path, asked, as, status]).toEqual([path, asked, as, leadsOn ? 308 : plain.status]);
        }
      }
  });

  test("An address that the gateway knows by its whole path leads on where it is typed with a slash, and nowhere else", async () => {
    const { status, headers } = await ask("GET", "/v1/cases/00000-00000/personal-data/", {
      query: { fbclid: "x" },
    });
    expect([status, headers.location]).toEqual([308, "/v1/cases/00000-00000/personal-data?fbclid=x"]);
    expect((await ask("GET", "//contoh.example/")).headers.location).toBe("/contoh.example");
    for (const path of ["/v1//contoh.example/", "/v1/\\contoh.example/", "/v1/"])
      expect([path, (await ask("GET", path)).headers.location]).toEqual([path, undefined]);
    const [split] = [(await ask("GET", "/v1/a\r\nset-cookie: b/")).headers.location];
    expect(split).toBe("/v1/a%0D%0Aset-cookie%3A%20b");
  });

  test("HEAD is not answered where there is no GET", async () => {
    const number = await aCase();
    const { status, headers } = await ask("HEAD", `/v1/cases/${number}/replies`);
    expect([status, headers.allow]).toEqual([404, undefined]);
  });
});

describe("the language of an answer", () => {
  const english = "There is no report";
  test.each([
    ["in-ID", "old Android"],
    ["in_ID,en_US;q=0.9", "an app that writes languages as Java does"],
    ["ind,eng;q=0.5", "Indonesian in three letters"],
    ["jav,en", "Javanese in three letters"],
    ["jv-ID,en;q=0.9", "Javanese before English"],
    ["su,en-US;q=0.8", "Sundanese"],
    ["bjn, en", "Banjar"],
    ["ms-MY,ms;q=0.9,en;q=0.8", "Malay"],
    ["vkt,en;q=0.5", "Kutai"],
    ["bug-Latn-ID,en", "Bugis"],
    ["zh-CN", "a language that we do not write"],
    ["", "no language"],
  ])('"%s" reads Indonesian (%s)', async (asked) => {
    const { body, headers } = await ask("GET", "/v1/cases/00000-00000", {
      headers: { "accept-language": asked },
    });
    expect([headers["content-language"], body.detail.includes(english)]).toEqual(["id", false]);
  });

  test.each(["en", "en_GB", "en-US,en;q=0.9,id;q=0.8", "en,jv;q=0.9", "zh-CN,en;q=0.5"])(
    '"%s" reads English',
    async (asked) => {
      const { headers } = await ask("GET", "/v1/cases/00000-00000", {
        headers: { "accept-language": asked },
      });
      expect(headers["content-language"]).toBe("en");
    },
  );
});
