import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { serve } from "../../shared/http/serve.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { answersBeforeEnd, inTime, withTimeLeft } from "../../shared/platform/patience.ts";
import { type Call, type Strain, strainMeter } from "../../shared/platform/strain.ts";
import { call, type Handler } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryStores } from "../fakes/stores.ts";

const quick: Call = { milliseconds: 8, throttled: false };
const slow: Call = { milliseconds: 1_800, throttled: false };
const throttled: Call = { milliseconds: 8, throttled: true };

/** A meter with a clock that tests move on. */
function aMeter(always = false) {
  let at = 0;
  const meter = strainMeter({ always, now: () => at });
  return {
    meter,
    after: (milliseconds: number) => (at += milliseconds),
    sees: (...calls: Call[]) => calls.forEach((one) => meter.note(one)),
  };
}

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe("the system is strained", () => {
  test("when the tables refuse three calls within a minute", () => {
    const { meter, sees } = aMeter();
    sees(throttled, throttled, ...times(50, quick));
    expect(meter.isStrained()).toBe(false);
    sees(throttled);
    expect(meter.isStrained()).toBe(true);
  });

  test("when most calls are slow, and not when one or two of many are", () => {
    const { meter, sees } = aMeter();
    sees(...times(6, quick), ...times(5, slow));
    expect(meter.isStrained()).toBe(false);
    sees(...times(3, slow));
    expect(meter.isStrained()).toBe(true);
  });

  test("and no longer a minute after the last of it", () => {
    const { meter, sees, after } = aMeter();
    sees(...times(3, throttled));
    after(59_000);
    expect(meter.isStrained()).toBe(true);
    after(2_000);
    expect(meter.isStrained()).toBe(false);
  });

  test("for as long as the stage says so", () => {
    const { meter, after } = aMeter(true);
    after(3_600_000);
    expect(meter.isStrained()).toBe(true);
  });
});

/** The public function on stores in memory, with a meter. */
function site(strain: Strain): Handler {
  const now = () => new Date("2026-11-24T01:00:00Z");
  const stores = memoryStores();
  const frame = { ...stores.frame, siteUrl: "https://lapor.example" };
  const table = publicRoutes({
    ...stores,
    frame,
    directory: memoryDirectory(),
    evidence: { attachments: stores.attachments, files: () => Promise.reject(new Error("no files here")) },
    threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    verifyingAgency: "kemenpanrb",
    strain,
    now,
  });
  return serve(table, undefined, { errorPage: errorPageOf(frame) });
}

describe("while the system is strained", () => {
  const strained = site(strainMeter({ always: true }));

  test.each([
    ["a search over the API", "/v1/cases", { q: "jalan" }],
    ["a search on the page", "/laporan", { q: "jalan" }],
    ["a feed", "/laporan.atom", {}],
  ])("%s waits, and its sender is told for how long", async (_, path, query) => {
    const { status, headers } = await call(strained, "GET", path, { query });
    expect([status, headers["retry-after"]]).toEqual([503, "60"]);
  });

  test("a page says so in words, and that reports go on", async () => {
    const { body } = await call(strained, "GET", "/laporan", {
      query: { q: "jalan" },
      headers: { accept: "text/html" },
    });
    expect(String(body)).toContain("Laporan tetap dapat dikirim dan dilacak");
  });

  test.each(["/", "/lacak", "/laporan", "/lapor", "/cara", "/v1/cases", "/v1/health"])(
    "%s answers as always",
    async (path) => {
      const [before, now] = await Promise.all(
        [site(strainMeter()), strained].map((one) => call(one, "GET", path)),
      );
      expect(now?.status).toBe(before?.status);
      expect(now?.headers["retry-after"]).toBeUndefined();
    },
  );

  test("searches go on afterwards", async () => {
    expect((await call(site(strainMeter()), "GET", "/v1/cases", { query: { q: "jalan" } })).status).toBe(200);
  });
});

describe("the client of DynamoDB", () => {
  let answers: { status: number; body: object }[] = [];
  const server = createServer((_, answer) => {
    const { status, body } = answers.shift() ?? { status: 200, body: {} };
    answer.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  });
  const before = { ...process.env };
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
      AWS_REGION: "ap-southeast-3",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });
  afterAll(() => {
    process.env = before;
    server.close();
  });

  test("tells the meter of each attempt, also of those that it repeats by itself", async () => {
    const seen: boolean[] = [];
    const dynamo = dynamoClient({ note: ({ throttled }) => seen.push(throttled) });
    const refused = { __type: "com.amazonaws.dynamodb.v20120810#ThrottlingException", message: "slow down" };
    answers = [
      { status: 400, body: refused },
      { status: 200, body: {} },
    ];
    await dynamo.send(new GetCommand({ TableName: "Cases", Key: { pk: "1" } }));
    expect(seen).toEqual([true, false]);
    dynamo.destroy();
  });
});

describe("a function whose time runs out", () => {
  const never = new Promise<never>(() => {});
  const at = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;
  const timed =
    (handler: Handler, milliseconds: number): Handler =>
    (event) =>
      handler(event, at(milliseconds));

  test("answers its caller before it is ended: that the system is busy, and when to come again", async () => {
    const stuck = serve([
      {
        method: "GET",
        path: "/v1/health",
        summary: { id: "", en: "" },
        input: {},
        output: {},
        callers: "anyone",
        handle: () => never,
      },
    ]);
    const { status, body, headers } = await call(timed(stuck, answersBeforeEnd + 50), "GET", "/v1/health");
    expect([status, body.type]).toEqual([503, "urn:sp4n-lapor:problem:unavailable"]);
    expect(headers["retry-after"]).toBe("5");
  });

  test("stops waiting for a route early enough to show the page with what was typed", async () => {
    const began = performance.now();
    await expect(withTimeLeft(1_600, () => inTime(never))).rejects.toMatchObject({ kind: "unavailable" });
    expect(performance.now() - began).toBeLessThan(1_600);
  });

  test("does not hold up what is done in time, nor keep a timer behind it", async () => {
    expect(await withTimeLeft(10_000, () => inTime(pause(1, "done")))).toBe("done");
    expect(await inTime(Promise.resolve("outside of a function"))).toBe("outside of a function");
  });

  test("shows a page where the page itself takes too long", async () => {
    const stores = memoryStores();
    const slowSite = serve(
      [
        {
          method: "GET",
          path: "/cara",
          pageIn: "id",
          summary: { id: "", en: "" },
          input: {},
          output: {},
          callers: "anyone",
          handle: () => never,
        },
      ],
      undefined,
      { errorPage: errorPageOf(stores.frame) },
    );
    const { status, body } = await call(timed(slowSite, answersBeforeEnd + 50), "GET", "/cara", {
      headers: { accept: "text/html" },
    });
    expect([status, String(body)]).toEqual([503, expect.stringContaining("Sistem sedang sangat sibuk")]);
  });
});
