import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { describeApi } from "../../functions/public/describe-api.ts";
import { routes } from "../../functions/public/routes.ts";
import { get } from "../../shared/http/endpoint.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryFiles } from "../fakes/memory/file-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
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

  test.each(["en", "en-US,en;q=0.9,id;q=0.8", "en,jv;q=0.9", "zh-CN,en;q=0.5"])(
    '"%s" reads English',
    async (asked) => {
      const { headers } = await ask("GET", "/v1/cases/00000-00000", {
        headers: { "accept-language": asked },
      });
      expect(headers["content-language"]).toBe("en");
    },
  );
});
