import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { endpoint, post } from "../../shared/http/endpoint.ts";
import { repeatedKeys } from "../../shared/http/json.ts";
import { ok } from "../../shared/http/reply.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryFiles } from "../fakes/memory/file-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { memoryStores } from "../fakes/stores.ts";

const stores = memoryStores();
const publicApi = serve(
  publicRoutes({
    ...stores,
    evidence: { attachments: stores.attachments, files: async () => memoryFiles() },
    directory: memoryDirectory(),
    threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    verifyingAgency: "kemenpanrb",
    now: () => new Date("2026-11-23T01:30:00Z"),
  }),
);
const report = JSON.stringify(roadComplaint);
const submit = (body: string, language = "id") =>
  call(publicApi, "POST", "/v1/cases", {
    body,
    headers: { "idempotency-key": "5f2f6a53-0a0f-4b7e-9a55-0d8f6b1c2d3e", "accept-language": language },
  });

/** Gives back whatever JSON it gets. */
const echo = serve([
  post(
    "/v1/echo",
    endpoint(
      { summary: { id: "Gema", en: "Echo" }, input: { body: z.unknown() }, output: { 200: z.unknown() } },
      async ({ body }) => ok({ body }),
    ),
  ),
]);
const send = (body: string) => call(echo, "POST", "/v1/echo", { body });

describe("a field that comes twice", () => {
  test("A report that says twice whether it is anonymous is refused by the name of that field and is not stored", async () => {
    const { status, body } = await submit(report.replace(/^\{/, '{"anonymous":true,"anonymous":false,'));
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        in: "body",
        path: "anonymous",
        message: "Isian ini dikirim lebih dari sekali. Kirim satu kali saja.",
      },
    ]);
    expect((await submit(report)).status).toBe(201);
  });

  test("Whoever asks for English reads in English which field came twice", async () => {
    const { body } = await submit('{"title":"a","title":"a"}', "en");
    expect(body.errors[0].message).toBe("This field was sent more than once. Send it once.");
  });

  test.each([
    ["inside a field", '{"location":{"regionCode":"64","regionCode":"65"}}', ["location.regionCode"]],
    ["inside a list", '{"a":[{},{"b":1},{"b":[[0],{"c":1,"c":2}]}]}', ["a.2.b.1.c"]],
    ["written in another way", String.raw`{"a":1,"\u0061":2}`, ["a"]],
    ["three times", '{"a":1,"a":2,"a":3}', ["a"]],
    ["at several places", '{"a":1,"b":{"c":1,"c":1},"a":2}', ["b.c", "a"]],
    ["with the same value", '{"a":1,"a":1}', ["a"]],
    ["with other fields in between", '{"a":{"x":1,"y":{"x":2}},"b":{"x":3},"a":1}', ["a"]],
  ])("A field that comes twice %s is refused by its path", async (_where, body, paths) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  test("A name that looks like no field is not repeated to whoever sent it twice", async () => {
    for (const typed of ["<script>alert(1)</script>", "nama lengkap saya", "a".repeat(5_000)]) {
      const key = JSON.stringify(typed);
      const { status, body } = await send(`{"a":{${key}:{"b":1,"b":2},${key}:2}}`);
      expect(status).toBe(400);
      expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(["a.?.b", "a.?"]);
    }
  });

  test("A refusal lists twenty repeated fields at most", async () => {
    const many = Array.from({ length: 200 }, (_, n) => `"isian${n}":1,"isian${n}":2`);
    expect((await send(`{${many.join()}}`)).body.errors).toHaveLength(20);
  });
});

describe("a body", () => {
  test.each([
    '{"a":"{\\"b\\":1,\\"b\\":2}"}',
    '{"a":1,"b":"a","c":["a","a","a"]}',
    '[{"a":1},{"a":2}]',
    String.raw`{"a\"":1,"a":2,"a\\":3}`,
    '{"":1,"a":{"":2}}',
    '"a"',
    " [ ] ",
  ])("A body that only looks as if it repeats a field (%s) is read as it is", async (body) => {
    expect((await send(body)).body).toEqual({ body: JSON.parse(body) });
  });

  test("Every body without repeated fields is read as JSON.parse reads it, however it is spaced", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom("", " ", "\n\t"), async (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        fc.pre(!text.includes("__proto__"));
        const { status, body } = await send(text);
        expect([status, body]).toEqual([200, { body: JSON.parse(text) }]);
      }),
    );
  });

  test("A repeated field is found wherever it stands, and none is found where there is none", () => {
    type Tree = { pairs: [string, Tree][] } | { list: Tree[] } | { leaf: string };
    const key = fc.constantFrom(
      '"a"',
      String.raw`"\u0061"`,
      '"b"',
      String.raw`"\""`,
      '"{"',
      '":"',
      '"__proto__"',
    );
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.record({ leaf: fc.constantFrom("1", "null", '"a"', String.raw`"\"a\":"`, '"[{"', "-1.5e3") }),
        fc.record({ list: fc.array(tie("tree"), { maxLength: 4 }) }),
        fc.record({ pairs: fc.array(fc.tuple(key, tie("tree")), { maxLength: 4 }) }),
      ),
    }));
    const written = (one: Tree): string =>
      "leaf" in one
        ? one.leaf
        : "list" in one
          ? `[ ${one.list.map(written).join(" , ")} ]`
          : `{${one.pairs.map(([name, value]) => `${name} :${written(value)}`).join(",\n")}}`;
    const repeats = (one: Tree): boolean => {
      if ("leaf" in one) return false;
      if ("list" in one) return one.list.some(repeats);
      const names = one.pairs.map(([name]) => JSON.parse(name) as string);
      return new Set(names).size < names.length || one.pairs.some(([, value]) => repeats(value));
    };
    fc.assert(
      fc.property(tree, (one) => {
        const found = repeatedKeys(written(one));
        fc.pre(found !== "too-deep");
        expect(found.length > 0).toBe(repeats(one));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(["[", '{"a":'])(
    "A body that nests without end (%s) is refused and brings nothing down",
    async (opens) => {
      const closes = opens === "[" ? "]" : "}";
      for (const depth of [33, 1_000, 10_000]) {
        const body = opens.repeat(depth) + "1" + closes.repeat(depth);
        const { status, body: problem } = await send(body.length < 65_536 ? body : opens.repeat(depth));
        expect(status).toBe(400);
        expect(problem.errors).toEqual([
          { in: "body", path: "", message: expect.stringMatching(/^Isi ini bukan JSON yang benar/) },
        ]);
      }
      expect((await send(opens.repeat(32) + "1" + closes.repeat(32))).status).toBe(200);
    },
  );

  test("A body of the greatest size is looked through in a moment, whatever it is made of", () => {
    const size = 64 * 1024;
    const numbered = (one: (n: number) => string) =>
      Array.from({ length: size / 10 }, (_, n) => one(n)).join();
    for (const text of [
      `{${numbered((n) => `"${n}":1`)}}`,
      `{${numbered(() => '"a":1')}}`,
      `[${numbered((n) => `{"a":${n}}`)}]`,
      `["${"a".repeat(size)}"]`,
      `["${String.raw`\"`.repeat(size / 2)}"]`,
      `[${'"",'.repeat(size / 3)}1]`,
    ]) {
      JSON.parse(text);
      const started = performance.now();
      repeatedKeys(text);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  test("No body changes what all objects are", async () => {
    for (const body of [
      '{"__proto__":{"admin":true}}',
      '{"__proto__":1,"__proto__":2}',
      '{"a":{"constructor":{"prototype":{"admin":true}}}}',
    ])
      expect((await send(body)).status).toBe(400);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect((await send('{"constructor":1,"toString":2,"hasOwnProperty":3}')).status).toBe(200);
  });
});
