import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { routes as administrationRoutes } from "../../functions/administration/routes.ts";
import { routes as evidenceRoutes } from "../../functions/evidence/routes.ts";
import { routes as identityRoutes } from "../../functions/identity/routes.ts";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { noIssuer } from "../fakes/issuer.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryFiles } from "../fakes/memory/file-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { attachmentLimits, memoryStores } from "../fakes/stores.ts";

const stores = memoryStores();
const desk = {
  ...stores,
  evidence: {
    attachments: stores.attachments,
    files: async () => memoryFiles(),
    limits: attachmentLimits,
  },
  directory: memoryDirectory(),
  issuer: noIssuer,
  threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
  verifyingAgency: "kemenpanrb",
  searchesOfDay: 30,
  searchTakes: 0,
  now: () => new Date("2026-11-23T01:30:00Z"),
};
const nothing = {} as never;
const tables = [
  publicRoutes(desk),
  reporterRoutes(desk),
  officerRoutes(desk),
  administrationRoutes(nothing, nothing),
  identityRoutes(desk),
  evidenceRoutes(desk),
];
const routes = tables.flatMap((table) =>
  table.map((route): [string, Route, Route[]] => [`${route.method} ${route.path}`, route, table]),
);
const publicApi = serve(publicRoutes(desk));

const typed = "<script>alert(1)</script>";

describe("every route", () => {
  test.each(routes)(
    "%s answers with the security headers, whatever it is asked",
    async (_name, { method, path, pageIn }, table) => {
      const api = serve(table, desk.directory, { errorPage: errorPageOf(desk.frame) });
      const address = path.replace("{trackingNumber}", "00000-00000").replace(/\{[^}]+\}/g, "contoh");
      for (const request of [
        {},
        { headers: { authorization: "Receipt x" }, body: "{" },
        { query: { [typed]: typed } },
      ]) {
        const { headers } = await call(api, method, address, request);
        expect(headers).toMatchObject({
          "content-security-policy": expect.stringContaining("default-src 'none'"),
          "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
          "x-content-type-options": "nosniff",
          "x-frame-options": expect.stringMatching(/deny/i),
          "cache-control": expect.stringMatching(/no-store|max-age=60|s-maxage=60/),
          // Forms of pages say where they come from, and other sites learn no address.
          ...(pageIn
            ? { "referrer-policy": "same-origin", vary: "Accept-Encoding" }
            : {
                "referrer-policy": "no-referrer",
                "content-type": expect.stringMatching(
                  /^application\/((problem|feed)\+)?json(;|$)|^application\/atom\+xml/,
                ),
                vary: "Accept-Language, Authorization",
              }),
        });
        for (const telling of ["x-powered-by", "server", "access-control-allow-origin"])
          expect(headers[telling]).toBeUndefined();
      }
    },
  );

  test("An address without a route and a method that is not served are answered with the security headers too", async () => {
    for (const [method, path] of [
      ["GET", `/v1/${typed}`],
      ["DELETE", "/v1/cases"],
    ] as const) {
      const { headers } = await call(publicApi, method, path);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-type"]).toBe("application/problem+json");
    }
  });

  test("An answer that is a caller's own is kept by no cache", async () => {
    const { headers } = await call(publicApi, "GET", "/v1/challenges");
    expect(headers["cache-control"]).toBe("no-store");
  });
});

describe("an error", () => {
  const key = { "idempotency-key": "5f2f6a53-0a0f-4b7e-9a55-0d8f6b1c2d3e" };

  test.each<[string, Parameters<typeof call>[3], string?]>([
    ["a value", { body: { ...roadComplaint, class: typed, location: { regionCode: typed } }, headers: key }],
    [
      "a field",
      { body: { ...roadComplaint, [typed]: 1, location: { regionCode: "64", [typed]: 1 } }, headers: key },
    ],
    ["a question", { query: { [typed]: typed } }],
    ["a header", { body: roadComplaint, headers: { "idempotency-key": typed, "accept-language": typed } }],
    ["broken JSON", { body: `{"a": ${typed}`, headers: key }],
    ["a type of content", { body: "x", headers: { ...key, "content-type": typed } }],
    ["a proof", { body: roadComplaint, headers: { ...key, "proof-of-work": typed.repeat(300) } }],
    ["an address", {}, `/v1/cases/${typed}`],
    ["an address that is not there", {}, `/v1/${typed}/${typed}`],
  ])("An error gives back nothing of what was typed as %s", async (_what, request, path = "/v1/cases") => {
    const answer = await call(publicApi, path === "/v1/cases" ? "POST" : "GET", path, request);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify([answer.body, answer.headers])).not.toMatch(/script>|alert|[<>]/);
    expect(answer.body.instance).toBe("urn:sp4n-lapor:request:request-1");
  });

  test("An error names unknown fields that are spelled like fields, and at most twenty of them", async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`isian${n}`, 1]));
    const { body } = await call(publicApi, "POST", "/v1/cases", {
      body: { ...roadComplaint, ...many },
      headers: key,
    });
    expect(body.errors).toHaveLength(20);
    expect(body.errors[0]).toMatchObject({ in: "body", path: "isian0" });
    const long = await call(publicApi, "POST", "/v1/cases", {
      body: { ...roadComplaint, ["a".repeat(5_000)]: 1, "nama lengkap saya": 1 },
      headers: key,
    });
    expect(long.body.errors.map(({ path }: { path: string }) => path)).toEqual(["?", "?"]);
  });
});

test("A body over 64 KB is refused; in base64 its content counts and not the signs that it is written with", async () => {
  const send = async (bytes: number, encoded: boolean) => {
    const text = JSON.stringify({ ...roadComplaint, filler: "" }).replace(
      '"filler":""',
      `"filler":"${"a".repeat(bytes)}"`,
    );
    const api = serve(publicRoutes(desk));
    const body = encoded ? Buffer.from(text).toString("base64") : text;
    const asSent: Parameters<typeof call>[0] = (event, context) =>
      api({ ...event, body, isBase64Encoded: encoded }, context);
    const { status } = await call(asSent, "POST", "/v1/cases", {
      body: {},
      headers: { "idempotency-key": "5f2f6a53-0a0f-4b7e-9a55-0d8f6b1c2d3e" },
    });
    return status;
  };
  for (const encoded of [false, true]) {
    expect(await send(65 * 1024, encoded)).toBe(413);
    // In base64 this is more than 64 KB of signs; it is refused for its field alone.
    expect(await send(60 * 1024, encoded)).toBe(400);
  }
});

test("The configuration alone says which pages may call the API", () => {
  const sources = globSync("{functions,shared}/**/*.ts").filter((file) =>
    /access-control-|allowOrigins|corsPreflight/i.test(readFileSync(file, "utf8")),
  );
  expect(sources).toEqual([]);
  expect(readFileSync("infra/api-stack.ts", "utf8").match(/allowOrigins: .*/g)).toEqual([
    "allowOrigins: stage.corsOrigins,",
  ]);
});
