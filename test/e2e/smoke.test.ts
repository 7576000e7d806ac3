import { spawn } from "node:child_process";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checks, lookAt, reportCheck } from "../../infra/operations/smoke/checks.ts";
import { siteAt } from "../../infra/operations/smoke/site.ts";
import { openOffice } from "./office.ts";

const office = openOffice();

interface Copied {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Breaks the answer to a request, as `GET /path?query`. An answer that it leaves alone is undefined. */
type Break = (asked: string, answer: Copied) => Partial<Copied> | undefined;

let breaks: Break = () => undefined;

/** A copy of the site at an address of its own. It is as well as the site, but for what `breaks` does to it. */
const copy = createServer((incoming, outgoing) => {
  const site = new URL(office.addresses.site);
  const own = `127.0.0.1:${(copy.address() as AddressInfo).port}`;
  // The copy takes itself for the site, in links and in addresses within addresses.
  const named = (said: string) =>
    said.replaceAll(site.host, own).replaceAll(encodeURIComponent(site.host), encodeURIComponent(own));
  const { "accept-encoding": _, host: __, ...headers } = incoming.headers;
  const passed = request(
    { host: site.hostname, port: site.port, method: incoming.method, path: incoming.url, headers },
    (answer) =>
      void buffer(answer).then((body) => {
        const { location, "content-length": ___, "transfer-encoding": ____, ...others } = answer.headers;
        const whole: Copied = {
          status: answer.statusCode ?? 0,
          headers: { ...others, ...(location && { location: named(location) }) },
          body: named(body.toString("utf8")),
        };
        const said = { ...whole, ...breaks(`${incoming.method} ${incoming.url}`, whole) };
        outgoing.writeHead(said.status, said.headers).end(said.body);
      }),
  );
  incoming.pipe(passed);
});

let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => copy.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(copy.address() as AddressInfo).port}`;
});
afterAll(() => {
  copy.close();
  copy.closeAllConnections();
});

/** The checks that a copy fails which is broken in this way, with what they found. */
async function redOf(broken: Break) {
  breaks = broken;
  try {
    const looked = await lookAt(siteAt(origin), { withReport: true });
    return looked.filter(({ wrong }) => wrong.length > 0).map(({ name, wrong }) => [name, wrong.join("; ")]);
  } finally {
    breaks = () => undefined;
  }
}

/** Breaks the answers to requests that begin like this. */
const where =
  (begins: string, broken: (answer: Copied) => Partial<Copied>): Break =>
  (asked, answer) =>
    asked.startsWith(begins) ? broken(answer) : undefined;

const without = (headers: IncomingHttpHeaders, name: string): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));

test("nothing is red at a site that is well, nor at a copy of it", async () => {
  const looked = await lookAt(siteAt(office.addresses.site), { withReport: true });
  expect(looked.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(await redOf(() => undefined)).toEqual([]);
});

const ways: [string, string, Break, string][] = [
  [
    "health",
    "the directory does not answer",
    where("GET /v1/health", () => ({ status: 503, body: '{"status":503}' })),
    "answers 503",
  ],
  [
    "front page",
    "the way to report is gone from the front page",
    (asked, { body }) =>
      asked === "GET /" ? { body: body.replaceAll('href="/lapor', 'href="/rusak') } : undefined,
    "no link to report",
  ],
  [
    "front page",
    "the front page, which caches keep, sets a cookie",
    (asked, { headers }) =>
      asked === "GET /" ? { headers: { ...headers, "set-cookie": ["a=b; Path=/"] } } : undefined,
    "sets a cookie",
  ],
  [
    "English pages",
    "English pages are in Indonesian",
    (asked, { body }) => (asked === "GET /en" ? { body: body.replace('lang="en"', 'lang="id"') } : undefined),
    "/en is not in English",
  ],
  [
    "static files",
    "the style sheet was not stored",
    where("GET /aset/style-", () => ({
      status: 403,
      headers: { "content-type": "application/xml" },
      body: "<Error/>",
    })),
    "answers 403",
  ],
  [
    "static files",
    "phones keep an old worker",
    where("GET /sw.js", ({ headers }) => ({ headers: { ...headers, "cache-control": "max-age=86400" } })),
    "old worker",
  ],
  [
    "security headers",
    "a page has no policy",
    where("GET /lacak", ({ headers }) => ({ headers: without(headers, "content-security-policy") })),
    "the policy of /lacak",
  ],
  [
    "report form",
    "caches keep the form of a report",
    where("GET /lapor/cerita", ({ headers }) => ({
      headers: { ...headers, "cache-control": "public, s-maxage=60" },
    })),
    "others may see",
  ],
  [
    "forged forms",
    "forms of other sites are taken",
    where("POST /lapor/cerita", () => ({ status: 303, headers: { location: "/lapor/tempat" }, body: "" })),
    "answered with 303",
  ],
  [
    "unknown number",
    "an unknown number is an error of ours",
    where("GET /v1/cases/00000-00000", ({ headers }) => ({ status: 500, headers, body: "{}" })),
    "answers 500",
  ],
  [
    "contract",
    "the contract does not say how to report",
    where("GET /v1/openapi.json", ({ body }) => ({ body: body.replace('"/v1/cases"', '"/v2/cases"') })),
    "how to report",
  ],
  [
    "directory",
    "no agency was loaded",
    where("GET /v1/agencies", () => ({ body: '{"items":[],"cursor":null}' })),
    "load the directory",
  ],
  [
    "proof of work",
    "the key of challenges is locked",
    where("GET /v1/challenges", () => ({ status: 503, body: "{}" })),
    "answers 503",
  ],
  [
    "calculator",
    "holidays are not counted",
    where("GET /v1/deadlines", ({ body }) => ({ body: body.replaceAll("2026-03-25", "2026-03-18") })),
    "the API says 2026-03-18",
  ],
  [
    "calculator",
    "the page counts otherwise than the API",
    where("GET /hitung", ({ body }) => ({ body: body.replaceAll("25 Maret 2026", "18 Maret 2026") })),
    "25 Maret 2026",
  ],
  [
    "feed",
    "the feed is a page",
    where("GET /laporan.atom", () => ({ headers: { "content-type": "text/html" }, body: "<html></html>" })),
    "is no feed",
  ],
  [
    "deadline checks",
    "nobody looks at deadlines",
    where("GET /en/status", ({ body }) => ({ body: `${body}Officers may be warned late.` })),
    "twenty minutes",
  ],
  [
    "officers' API",
    "cases are given to whoever has no token",
    where("GET /v1/officer/cases", () => ({ status: 200, body: '{"items":[]}' })),
    "answers 200 without a token",
  ],
  [
    "officers' sign-in",
    "the issuer sends officers back to another address",
    where("GET /petugas/masuk/mulai", ({ headers }) => ({
      headers: { ...headers, location: String(headers.location).replace("127.0.0.1%3A", "lama.example%3A") },
    })),
    "siteUrl is not this address",
  ],
  [
    "outage page",
    "there is no page for an outage",
    where("GET /aset/gangguan.html", () => ({ status: 403, body: "" })),
    "answers 403",
  ],
  [
    "report",
    "what a report writes is denied to the function",
    (asked) => (asked === "POST /v1/cases" ? { status: 503, body: '{"detail":"Coba lagi."}' } : undefined),
    "a report is answered with 503 and not 201: Coba lagi.",
  ],
  [
    "report",
    "a receipt opens nothing",
    (asked) => (readsOwn(asked) ? { status: 404, body: "{}" } : undefined),
    "is not read back with its receipt (404)",
  ],
  [
    "report",
    "what a move writes is denied to the function",
    (asked) => (asked.endsWith("/withdrawal") ? { status: 500, body: "{}" } : undefined),
    "is not withdrawn (500)",
  ],
];

/** Whether a request reads a report that there is: the check of unknown numbers asks for one that there cannot be. */
function readsOwn(asked: string): boolean {
  return /^GET \/v1\/cases\/[^/?]+$/.test(asked) && !asked.includes("00000-00000");
}

test.each(ways)("%s is red, and nothing else, where %s", async (check, _what, broken, found) => {
  expect(await redOf(broken)).toEqual([[check, expect.stringContaining(found)]]);
});

test("every check that a copy on one machine can fail has a way in which it does", () => {
  expect(new Set(ways.map(([check]) => check))).toEqual(
    new Set([...checks, reportCheck].map(({ name }) => name).filter((name) => name !== "encryption")),
  );
});

/** Runs `npm run smoke` at an address. */
async function command(...args: string[]) {
  const child = spawn(process.execPath, ["infra/operations/smoke/smoke.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise((resolve) => child.on("close", resolve));
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, complaint };
}

test("the command ends with 0 where all is well, and with 1, what it means and where to read on where something is red", async () => {
  expect(await command(origin)).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${checks.length} of ${checks.length} checks are well`),
  });
  breaks = where("GET /v1/health", () => ({ status: 503 }));
  const { code, out } = await command(`${origin}/hitung`);
  breaks = () => undefined;
  expect(code).toBe(1);
  expect(out).toMatch(
    /^RED {2}health\. This means: the system cannot take reports\. Read docs\/runbook\.md#public-api\n {5}- \/v1\/health answers 503/m,
  );
});

test("a report is sent only where somebody says so, says that it is a test, and is withdrawn again", async () => {
  const sent: string[] = [];
  breaks = (asked, { body }) => {
    if (asked.startsWith("POST /v1/cases")) sent.push(body);
    return undefined;
  };
  await command(origin);
  expect(sent).toEqual([]);
  const { code, out } = await command(origin, "--with-report");
  breaks = () => undefined;
  expect([code, out]).toEqual([0, expect.stringMatching(/^ok {3}report$/m)]);
  const { trackingNumber, receipt } = JSON.parse(sent[0] ?? "") as Record<string, string>;
  const { body } = await office.api(`/v1/cases/${trackingNumber}`, {
    headers: { authorization: `Receipt ${receipt}` },
  });
  expect(body).toMatchObject({ status: "withdrawn", title: expect.stringContaining("UJI COBA") });
  // The public reads nothing of it.
  const { body: seen } = await office.api(`/v1/cases/${trackingNumber}`);
  expect(JSON.stringify(seen)).not.toContain("UJI COBA");
});

test("production gets no test report, whoever asks for one", async () => {
  expect(await command("https://sp4n-lapor.example/", "--with-report")).toMatchObject({
    code: 1,
    out: "",
    complaint: expect.stringContaining("is production"),
  });
});

test("a site that is not there is told in one sentence, and not once a check", async () => {
  const { code, out, complaint } = await command("http://127.0.0.1:1");
  expect([code, out, complaint.trim().split("\n")]).toEqual([
    1,
    "",
    [expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 does not answer at all /)],
  ]);
});

test("an address that is none is refused with the usage", async () => {
  expect(await command("lapor")).toMatchObject({
    code: 1,
    complaint: expect.stringContaining("Usage: npm run smoke"),
  });
});
