import { describe, expect, test } from "vitest";
import * as z from "zod";
import { endpoint, get, post } from "../../shared/http/endpoint.ts";
import { openApi } from "../../shared/http/openapi.ts";
import { ok, page } from "../../shared/http/reply.ts";
import { serve } from "../../shared/http/serve.ts";
import { Refusal } from "../../shared/refusal.ts";
import { call } from "../fakes/gateway.ts";

const policy = "default-src 'none'; form-action 'self'";
const order = z.strictObject({
  title: z.string().min(3),
  tags: z.array(z.string()).default([]),
  files: z.array(z.string()).optional(),
});
const summary = { id: "Contoh", en: "Example" };

const routes = [
  get(
    "/v1/contoh",
    endpoint({ summary, input: {}, output: { 200: "page" } }, async () =>
      page({ text: "<!doctype html><title>Contoh</title>", contentSecurityPolicy: policy }),
    ),
  ),
  get(
    "/v1/sederhana",
    endpoint({ summary, input: {}, output: { 404: "page" } }, async () => page({ text: "<p>Kosong" }, 404)),
  ),
  get(
    "/v1/gagal",
    endpoint({ summary, input: {}, output: { 200: "page" } }, async () => {
      throw new Error("rahasia");
    }),
  ),
  get(
    "/v1/tutup",
    endpoint({ summary, input: {}, output: { 200: "page" } }, async () => {
      throw new Refusal(
        "not-signed-in",
        { id: "Masuk dulu.", en: "Sign in." },
        { headers: { "www-authenticate": "Bearer" } },
      );
    }),
  ),
  post(
    "/v1/pesan",
    endpoint(
      { summary, input: { body: order }, output: { 200: order }, takesForms: true },
      async ({ body }) => ok(body),
    ),
  ),
  post(
    "/v1/pesan-json",
    endpoint({ summary, input: { body: order }, output: { 200: order } }, async ({ body }) => ok(body)),
  ),
];
const withPages = serve(routes, undefined, {
  errorPage: ({ title, detail, errors = [] }, language) => ({
    text: `<html lang="${language}">${title}: ${detail} ${errors.map(({ path }) => path).join()}`,
    contentSecurityPolicy: policy,
  }),
});
const withoutPages = serve(routes);

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const sendForm = (body: string, headers: Record<string, string> = form, path = "/v1/pesan") =>
  call(withPages, "POST", path, { body, headers });
const pathsOf = (body: { errors: { path: string }[] }) => body.errors.map(({ path }) => path);

describe("a page", () => {
  test("A page comes as HTML with a policy of its own and the headers of every answer", async () => {
    for (const headers of [browser, {}]) {
      const answer = await call(withPages, "GET", "/v1/contoh", { headers });
      expect([answer.status, answer.body]).toEqual([200, "<!doctype html><title>Contoh</title>"]);
      expect(answer.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "content-language": "id",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
    }
  });

  test("A page without a policy loads and runs nothing", async () => {
    const { status, headers } = await call(withPages, "GET", "/v1/sederhana");
    expect(status).toBe(404);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none';.*form-action 'none';.*sandbox$/);
  });

  test("A browser that may not see a page gets an error page, and a program gets a problem", async () => {
    const seen = await call(withPages, "GET", "/v1/tutup", {
      headers: { ...browser, "accept-language": "en" },
    });
    expect([seen.status, seen.body]).toEqual([401, '<html lang="en">Credentials needed: Sign in. ']);
    expect(seen.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "www-authenticate": "Bearer",
      vary: "Accept, Accept-Language, Authorization",
    });
    for (const accept of ["", "application/json", "*/*", "text/plain"]) {
      const headers: Record<string, string> = accept ? { accept } : {};
      const { body, headers: answered } = await call(withPages, "GET", "/v1/tutup", { headers });
      expect(answered["content-type"]).toBe("application/problem+json");
      expect(body).toMatchObject({ status: 401, detail: "Masuk dulu." });
    }
  });

  test("An error page tells nothing of what broke", async () => {
    const { status, body } = await call(withPages, "GET", "/v1/gagal", { headers: browser });
    expect(status).toBe(500);
    expect(body).toContain("request-1");
    expect(body).not.toContain("rahasia");
  });

  test("A browser at an address without a page gets an error page only from a table that has one", async () => {
    for (const [api, type] of [
      [withPages, "text/html; charset=utf-8"],
      [withoutPages, "application/problem+json"],
    ] as const) {
      const { status, headers } = await call(api, "GET", "/v1/tiada", { headers: browser });
      expect([status, headers["content-type"]]).toEqual([404, type]);
    }
  });
});

describe("a form", () => {
  test("A form is read like the JSON of the same route", async () => {
    const asJson = await call(withPages, "POST", "/v1/pesan", {
      body: { title: "Jalan & lubang é", tags: ["a", "b"] },
    });
    expect(asJson.status).toBe(200);
    for (const type of [form["content-type"], "Application/X-WWW-Form-Urlencoded; charset=utf-8"]) {
      const body = "title=Jalan+%26+lubang+%C3%A9&tags=a&tags=b";
      expect((await sendForm(body, { "content-type": type })).body).toEqual(asJson.body);
    }
  });

  test("A form has a list where the route declares one, of none, of one or of several", async () => {
    expect((await sendForm("title=abc")).body).toEqual({ title: "abc", tags: [] });
    expect((await sendForm("title=abc&tags=x&files=1")).body).toEqual({
      title: "abc",
      tags: ["x"],
      files: ["1"],
    });
    expect((await sendForm("title=abc&files=1&tags=x&files=2")).body.files).toEqual(["1", "2"]);
  });

  test("A form that has the same field twice is refused by the name of the field", async () => {
    const { status, body } = await sendForm("title=abc&tags=x&title=abd&%3Cb%3E=1&%3Cb%3E=2");
    expect([status, pathsOf(body)]).toEqual([400, ["title", "?"]]);
    expect(body.errors[0].message).toBe("Isian ini dikirim lebih dari sekali. Kirim satu kali saja.");
  });

  test("A form with a field that is wrong, missing or unknown is refused like JSON", async () => {
    expect(pathsOf((await sendForm("title=a&warna=merah&__proto__=1&constructor=2")).body)).toEqual([
      "title",
      "warna",
      "?",
      "constructor",
    ]);
    expect(pathsOf((await sendForm("")).body)).toEqual(["title"]);
    expect((await sendForm("title=a", { ...form, ...browser })).body).toMatch(/ title$/);
  });

  test("A form over 64 KB is refused, and a form of many fields is read in a moment", async () => {
    expect((await sendForm(`title=${"a".repeat(64 * 1024)}`)).status).toBe(413);
    const started = performance.now();
    expect((await sendForm(Array.from({ length: 9_000 }, (_, n) => `f${n}=`).join("&"))).status).toBe(400);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("A form is taken only where the route says so", async () => {
    for (const api of [withPages, withoutPages]) {
      const request = { body: "title=abc", headers: form };
      expect((await call(api, "POST", "/v1/pesan-json", request)).status).toBe(415);
    }
    expect((await sendForm("title=abc", { "content-type": "multipart/form-data" })).status).toBe(415);
    expect((await sendForm("title=abc", { "content-type": "text/plain" })).status).toBe(415);
  });
});

test("A request that has nothing to say may come without a body, and one that has to say something may not", async () => {
  const nothing = serve([
    post(
      "/v1/tarik",
      endpoint(
        {
          summary,
          input: { body: z.strictObject({ text: z.string().optional() }) },
          output: { 200: z.object({}) },
        },
        async ({ body }) => ok(body),
      ),
    ),
  ]);
  expect(await call(nothing, "POST", "/v1/tarik", {})).toMatchObject({ status: 200, body: {} });
  expect((await call(withPages, "POST", "/v1/pesan-json", {})).status).toBeGreaterThanOrEqual(400);
});

test("The contract says which routes answer pages and which take forms", () => {
  const { paths } = openApi(routes) as any;
  expect(Object.keys(paths["/v1/contoh"].get.responses["200"].content)).toEqual(["text/html"]);
  expect(Object.keys(paths["/v1/pesan"].post.requestBody.content)).toEqual([
    "application/json",
    "application/x-www-form-urlencoded",
  ]);
  expect(Object.keys(paths["/v1/pesan-json"].post.requestBody.content)).toEqual(["application/json"]);
});
