import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { type LocalFunction, NoneFree, startFunction } from "../../infra/local/functions/functions.ts";
import { startHttpApi } from "../../infra/local/gateway/http-api.ts";
import { staticRoutes } from "../../infra/local/gateway/static-files.ts";
import { corsHeaders, readBucketCors } from "../../infra/local/queues/bucket-cors.ts";
import type { Resource, Stack } from "../../infra/local/template/template.ts";

const ending: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** Asks with headers that `fetch` would not let us send, and leaves what comes as it is. */
async function ask(address: string, { method = "GET", headers = {}, body = "" } = {}) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(address, { method, headers }, resolve).on("error", reject).end(body);
  });
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

describe("the gateway of the local run", () => {
  /** A gateway in front of one function, which answers this. Returns what the function was told, too. */
  async function gatewayOf(answer: object) {
    const events: any[] = [];
    const page = {} as Resource;
    const invoke = async (event: unknown) => {
      events.push(event);
      return answer;
    };
    const { endpoint, stop } = await startHttpApi(
      { routes: new Map(["GET /{proxy+}", "POST /{proxy+}"].map((key) => [key, { function: page }])) },
      () => ({ invoke }) as unknown as LocalFunction,
      {},
    );
    ending.push(stop);
    return { endpoint, events };
  }

  test("hands every cookie to the function by itself, and no header of them", async () => {
    const { endpoint, events } = await gatewayOf({ statusCode: 204 });
    await ask(`${endpoint}/lacak`, { headers: { cookie: "__Host-sesi=a,b; __Host-draf=c=d" } });
    await ask(`${endpoint}/lacak`);
    expect(events[0].cookies).toEqual(["__Host-sesi=a,b", "__Host-draf=c=d"]);
    expect(events[0].headers).not.toHaveProperty("cookie");
    expect(events[1].cookies).toBeUndefined();
  });

  test("sets every cookie of an answer by a header of its own", async () => {
    const cookies = ["__Host-sesi=a; Path=/; Secure; HttpOnly", "__Host-draf=; Path=/; Secure; Max-Age=0"];
    const { endpoint } = await gatewayOf({ statusCode: 303, headers: { location: "/saya/LAP-1" }, cookies });
    const { status, headers } = await ask(`${endpoint}/lacak`, { method: "POST", body: "nomor=LAP-1" });
    expect([status, headers.location, headers["set-cookie"]]).toEqual([303, "/saya/LAP-1", cookies]);
  });

  test("takes no larger head of a request than API Gateway", async () => {
    const { endpoint } = await gatewayOf({ statusCode: 204 });
    const withCookie = (size: number) =>
      ask(`${endpoint}/lacak`, { headers: { cookie: `a=${"b".repeat(size)}` } });
    expect((await withCookie(9_000)).status).toBe(204);
    const refused = await withCookie(10_240);
    expect([refused.status, refused.headers["content-type"], JSON.parse(String(refused.body))]).toEqual([
      431,
      "application/json",
      { message: "Request Header Fields Too Large" },
    ]);
  });

  test("refuses a request for which no environment was free in time, and says when to come again", async () => {
    const page = {} as Resource;
    const { endpoint, stop } = await startHttpApi(
      { routes: new Map([["GET /{proxy+}", { function: page }]]) },
      () => ({ invoke: () => Promise.reject(new NoneFree()) }) as unknown as LocalFunction,
      {},
    );
    ending.push(stop);
    const { status, headers, body } = await ask(`${endpoint}/lacak`);
    expect([status, headers["retry-after"], JSON.parse(String(body))]).toEqual([
      503,
      "5",
      { message: "Service Unavailable" },
    ]);
  });

  test("hands a form to the function as API Gateway does, and gives out bytes as they are", async () => {
    const page = gzipSync("<!doctype html><title>Laporan</title>");
    const { endpoint, events } = await gatewayOf({
      statusCode: 200,
      headers: { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" },
      body: page.toString("base64"),
      isBase64Encoded: true,
    });
    const { headers, body } = await ask(`${endpoint}/lapor/cerita`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "text=Jalan%20rusak",
    });
    expect(Buffer.from(events[0].body, "base64").toString()).toBe("text=Jalan%20rusak");
    expect(events[0].isBase64Encoded).toBe(true);
    expect([headers["content-encoding"], headers["content-length"]]).toEqual(["gzip", String(page.length)]);
    expect(body.equals(page)).toBe(true);
  });
});

describe("the buckets of the local run", () => {
  const bucket = (CorsRules?: object[]) =>
    ({
      stack: { name: "data" },
      path: "Attachments",
      properties: CorsRules ? { CorsConfiguration: { CorsRules } } : {},
    }) as unknown as Resource;
  const site = "http://127.0.0.1:3000";
  const cors = readBucketCors(
    [
      bucket([
        {
          AllowedMethods: ["POST"],
          AllowedOrigins: ["https://lapor.example"],
          AllowedHeaders: ["*"],
          MaxAge: 60,
        },
        { AllowedMethods: ["GET"], AllowedOrigins: ["*"] },
      ]),
    ],
    site,
  );
  const asked = (origin: string | undefined, method: string, preflightOf?: string) =>
    corsHeaders(cors, {
      method,
      path: "/data-attachments/uploads/x?a=b",
      origin,
      ...(preflightOf && { preflightOf }),
    });

  test("take a file that a script of the site or of a configured page sends, and show it how far it is", () => {
    for (const origin of [site, "https://lapor.example"]) {
      expect(asked(origin, "POST")?.["access-control-allow-origin"]).toBe(origin);
      expect(asked(origin, "OPTIONS", "POST")).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "*",
      });
    }
  });

  test("take none from pages elsewhere, and let every page read what it has the address of", () => {
    expect(asked("https://lain.example", "POST")).toBeUndefined();
    expect(asked("https://lain.example", "OPTIONS", "POST")).toBeUndefined();
    expect(asked("null", "GET")?.["access-control-allow-origin"]).toBe("*");
    expect(asked(undefined, "GET")).toBeUndefined();
    expect(
      corsHeaders(readBucketCors([bucket()], site), {
        method: "GET",
        path: "/data-attachments",
        origin: site,
      }),
    ).toBe(undefined);
  });
});

describe("the static files of the local run", () => {
  const style = `body{color:#123}${".a{margin:0}".repeat(200)}`;
  const pixel = Buffer.from([137, 80, 78, 71, 0, 255]);

  async function siteOf() {
    const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-static-"));
    ending.push(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "static/aset"), { recursive: true });
    const write = (address: string, content: string | Buffer) =>
      writeFileSync(join(folder, "static", address), content);
    write("/aset/style-1.css", style);
    write("/aset/ikon-1.png", pixel);
    write("/sw.js", "self");
    const kept = { "cache-control": "public, max-age=31536000, immutable" };
    write(
      "list.json",
      JSON.stringify([
        { address: "/aset/style-1.css", headers: { ...kept, "content-type": "text/css; charset=utf-8" } },
        { address: "/aset/ikon-1.png", headers: { ...kept, "content-type": "image/png" } },
        { address: "/sw.js", headers: { "cache-control": "no-cache", "content-type": "text/javascript" } },
      ]),
    );
    const stack: Stack = {
      name: "static",
      region: "ap-southeast-3",
      resources: new Map(),
      exports: new Map(),
      assets: new Map([["code", folder]]),
    };
    const add = (logicalId: string, type: string, properties: Record<string, unknown>) =>
      stack.resources.set(logicalId, { stack, logicalId, path: logicalId, type, properties });
    add("StoreFiles", "AWS::Lambda::Function", { Code: { S3Key: "code.zip" } });
    add("Stored", "Custom::StaticFiles", { ServiceToken: { "Fn::GetAtt": ["StoreFiles", "Arn"] } });
    const { endpoint, stop } = await startHttpApi(
      { routes: new Map() },
      () => expect.unreachable("a function was asked for a file"),
      staticRoutes([stack]),
    );
    ending.push(stop);
    return (path: string, headers: IncomingHttpHeaders = {}, method = "GET") =>
      ask(`${endpoint}${path}`, { method, headers: headers });
  }

  test("are compressed as the browser asks, and come as they are to one that does not ask", async () => {
    const get = await siteOf();
    const plain = await get("/aset/style-1.css");
    expect([plain.status, plain.headers["content-encoding"], plain.body.toString()]).toEqual([
      200,
      undefined,
      style,
    ]);
    const gzip = await get("/aset/style-1.css", { "accept-encoding": "gzip, deflate" });
    expect([gzip.headers["content-encoding"], gunzipSync(gzip.body).toString()]).toEqual(["gzip", style]);
    const br = await get("/aset/style-1.css", { "accept-encoding": "gzip, deflate, br" });
    expect([br.headers["content-encoding"], brotliDecompressSync(br.body).toString()]).toEqual(["br", style]);
    for (const { headers } of [plain, gzip, br]) expect(headers.vary).toBe("accept-encoding");
    const picture = await get("/aset/ikon-1.png", { "accept-encoding": "gzip, br" });
    expect([picture.headers["content-encoding"], picture.body.equals(pixel)]).toEqual([undefined, true]);
  });

  test("have the headers that they have when deployed", async () => {
    const get = await siteOf();
    expect((await get("/aset/style-1.css")).headers).toMatchObject({
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    });
    expect((await get("/sw.js")).headers["cache-control"]).toBe("no-cache");
  });

  test("are not sent again to a browser that has them, and take nothing", async () => {
    const get = await siteOf();
    const { headers } = await get("/sw.js");
    const again = await get("/sw.js", { "if-none-match": headers.etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get("/sw.js", {}, "POST")).status).toBe(403);
    const head = await get("/aset/style-1.css", {}, "HEAD");
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });
});

describe("a function of the local run", () => {
  test("does not begin what waited too long for an environment, and goes on with what waits in patience", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-function-"));
    ending.push(() => rmSync(folder, { recursive: true }));
    const begun = join(folder, "begun");
    const module = join(folder, "index.mjs");
    // It answers once a file says so, and notes what it was asked.
    writeFileSync(
      module,
      `import { appendFileSync, existsSync } from "node:fs";
       import { setTimeout as wait } from "node:timers/promises";
       export const handler = async (event) => {
         appendFileSync(${JSON.stringify(begun)}, event + " ");
         while (!existsSync(${JSON.stringify(join(folder, "go"))})) await wait(5);
         return event;
       };`,
    );
    const one = startFunction({
      name: "one",
      arn: "arn",
      module,
      handler: "handler",
      memoryMegabytes: 128,
      timeoutSeconds: 20,
      environment: {},
      logFile: join(folder, "log"),
    });
    ending.unshift(() => one.stop());
    const first = ["a", "b", "c", "d"].map((event) => one.invoke(event));
    const patient = one.invoke("e");
    await expect(one.invoke("f", { patience: 1 })).rejects.toBeInstanceOf(NoneFree);
    writeFileSync(join(folder, "go"), "");
    expect(await Promise.all([...first, patient])).toEqual(["a", "b", "c", "d", "e"]);
    expect(readFileSync(begun, "utf8")).not.toContain("f");
  });
});
