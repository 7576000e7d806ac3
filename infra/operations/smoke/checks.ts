import { randomUUID } from "node:crypto";
import type { Answer, Site } from "./site.ts";

/** Something that a citizen or an officer needs of a site. */
export interface Check {
  name: string;
  /** What people notice while it is red. */
  means: string;
  /** The heading of docs/runbook.md under which it says what to do. */
  runbook: string;
  /** Looks, and lists what is wrong. Nothing that `checks` ask is stored: no report is made, and nobody is mailed. */
  look: (site: Site) => Promise<string[]>;
}

type Wrong = string | false | undefined;

const wrong = (...found: Wrong[]): string[] =>
  found.filter((one): one is string => typeof one === "string" && one !== "");

const header = ({ headers }: Answer, name: string) => headers.get(name) ?? "";

const isKind = (answer: Answer, type: string) => header(answer, "content-type").startsWith(type);

const statusIs = (path: string, { status }: Answer, expected: number): Wrong =>
  status !== expected && `${path} answers ${status} and not ${expected}`;

const kindIs = (path: string, answer: Answer, type: string): Wrong =>
  !isKind(answer, type) && `${path} is "${header(answer, "content-type")}" and not ${type}`;

const cacheIs = (path: string, answer: Answer, expected: RegExp, said: string): Wrong =>
  !expected.test(header(answer, "cache-control")) &&
  `${path} says cache-control "${header(answer, "cache-control")}", and ${said}`;

/** Reads JSON. What is none is undefined, and found by what it lacks. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path of some JSON. */
const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );

/** The files that a page names. */
const filesIn = (page: string): string[] =>
  [...page.matchAll(/(?:href|src)="(\/aset\/[^"]+)"/g)].map(([, address = ""]) => address);

const types: Readonly<Record<string, string>> = {
  css: "text/css",
  js: "text/javascript",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
};

/** No report has this number: its last character does not fit the others. */
const unknownNumber = "00000-00000";

/** A Friday before Nyepi and Lebaran 2026. Three working days later is the 25th: the decree of 2026 skips nine days between. */
const received = "2026-03-13";
const due = { date: "2026-03-25", words: "25 Maret 2026" };

const deployedWrong = "public-api";

/** What a deployed stage is asked, in the order in which it is told. */
export const checks: readonly Check[] = [
  {
    name: "health",
    means: "the system cannot take reports",
    runbook: "public-api",
    async look(site) {
      const answer = await site.ask("/v1/health");
      return wrong(
        statusIs("/v1/health", answer, 200),
        at(read(answer.text), "status") !== "ok" && "/v1/health does not say that it is ok",
      );
    },
  },
  {
    name: "front page",
    means: "citizens do not get in, or find no way to report or track",
    runbook: "public-api",
    async look(site) {
      const answer = await site.ask("/");
      return wrong(
        statusIs("/", answer, 200),
        kindIs("/", answer, "text/html"),
        !answer.text.includes('lang="id"') && "/ is not in Indonesian",
        !/href="\/lapor["/]/.test(answer.text) && "/ has no link to report",
        !answer.text.includes('action="/lacak"') && "/ has no form to track a report",
        cacheIs(
          "/",
          answer,
          /s-maxage=/,
          "CloudFront keeps nothing of it, so every visit waits for a function",
        ),
        header(answer, "set-cookie") !== "" && "/ is the same for everybody and sets a cookie",
      );
    },
  },
  {
    name: "English pages",
    means: "whoever reads no Indonesian gets no page, or one in Indonesian",
    runbook: deployedWrong,
    async look(site) {
      const answer = await site.ask("/en");
      return wrong(
        statusIs("/en", answer, 200),
        !answer.text.includes('<html lang="en"') && "/en is not in English",
      );
    },
  },
  {
    name: "static files",
    means: "pages have no look and no scripts, or phones keep old ones",
    runbook: "store-static-files",
    async look(site) {
      const pages = await Promise.all(["/", "/lacak", "/lapor/cerita"].map((path) => site.ask(path)));
      const files = [...new Set(pages.flatMap(({ text }) => filesIn(text)))];
      const found = await Promise.all(
        files.map(async (path) => {
          const answer = await site.ask(path);
          const type = types[path.split(".").at(-1) ?? ""];
          return wrong(
            statusIs(path, answer, 200),
            type !== undefined && kindIs(path, answer, type),
            answer.text === "" && `${path} is empty`,
            cacheIs(path, answer, /immutable/, "browsers ask for it with every page"),
          );
        }),
      );
      const worker = await site.ask("/sw.js");
      return wrong(
        !files.some((path) => path.endsWith(".css")) && "the pages name no style sheet",
        ...found.flat(),
        statusIs("/sw.js", worker, 200),
        cacheIs("/sw.js", worker, /no-cache/, "phones keep an old worker"),
      );
    },
  },
  {
    name: "security headers",
    means: "a browser would let other sites frame our pages, or run what somebody smuggled into one",
    runbook: deployedWrong,
    async look(site) {
      const found = await Promise.all(
        ["/", "/lacak"].map(async (path) => {
          const answer = await site.ask(path);
          const policy = header(answer, "content-security-policy");
          const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
          return wrong(
            !policy.includes("default-src 'none'") &&
              `the policy of ${path} does not begin with nothing ("${policy}")`,
            !policy.includes("frame-ancestors 'none'") && `the policy of ${path} lets others frame it`,
            /unsafe|\*|https?:/.test(scripts) && `the policy of ${path} runs scripts of others (${scripts})`,
            header(answer, "x-content-type-options") !== "nosniff" &&
              `${path} lets browsers guess what it is`,
            !/^(same-origin|no-referrer)$/.test(header(answer, "referrer-policy")) &&
              `${path} tells its address to other sites`,
          );
        }),
      );
      return found.flat();
    },
  },
  {
    name: "report form",
    means: "citizens cannot begin a report",
    runbook: "public-api",
    async look(site) {
      const answer = await site.ask("/lapor/cerita");
      return wrong(
        statusIs("/lapor/cerita", answer, 200),
        !/<form method="post" action="\/lapor\/cerita"/.test(answer.text) && "/lapor/cerita has no form",
        ...["class", "title", "text"].map(
          (name) => !answer.text.includes(` name="${name}"`) && `the form asks for no ${name}`,
        ),
        cacheIs("/lapor/cerita", answer, /no-store/, "others may see what somebody writes"),
      );
    },
  },
  {
    name: "forged forms",
    means: "another site could send forms in the name of whoever looks at it",
    runbook: deployedWrong,
    async look(site) {
      // Were it taken, it would be a draft without an owner, which is gone after a day.
      const answer = await site.ask("/lapor/cerita", {
        method: "POST",
        headers: { origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" },
        body: "title=",
      });
      return wrong(
        answer.status !== 403 && `a form of another site is answered with ${answer.status} and not 403`,
      );
    },
  },
  {
    name: "unknown number",
    means: "whoever mistypes a number is told nothing, or learns which numbers there are",
    runbook: "server-errors",
    async look(site) {
      const [page, api] = await Promise.all([
        site.ask(`/laporan/${unknownNumber}`),
        site.ask(`/v1/cases/${unknownNumber}`),
      ]);
      const problem = read(api.text);
      return wrong(
        statusIs("the page of an unknown number", page, 404),
        kindIs("the page of an unknown number", page, "text/html"),
        !/<h1>/.test(page.text) && "the page of an unknown number says nothing",
        cacheIs("the page of an unknown number", page, /no-store/, "it stays when the report comes"),
        statusIs("the API for an unknown number", api, 404),
        kindIs("the API for an unknown number", api, "application/problem+json"),
        typeof at(problem, "detail") !== "string" &&
          "the API does not say what to do about an unknown number",
        typeof at(problem, "instance") !== "string" && "the API does not name the request in our log",
      );
    },
  },
  {
    name: "contract",
    means: "programs of others do not find what the API takes",
    runbook: deployedWrong,
    async look(site) {
      const answer = await site.ask("/v1/openapi.json");
      const contract = read(answer.text);
      return wrong(
        statusIs("/v1/openapi.json", answer, 200),
        !String(at(contract, "openapi")).startsWith("3.") && "/v1/openapi.json is no OpenAPI document",
        at(contract, "paths", "/v1/cases", "post") === undefined && "the contract does not say how to report",
      );
    },
  },
  {
    name: "directory",
    means: "a report finds no agency, no category or no region",
    runbook: "public-api",
    async look(site) {
      const found = await Promise.all(
        ["/v1/agencies", "/v1/categories", "/v1/regions"].map(async (path) => {
          const answer = await site.ask(path);
          const items = at(read(answer.text), "items");
          return wrong(
            statusIs(path, answer, 200),
            !(Array.isArray(items) && items.length > 0) && `${path} lists nothing: load the directory`,
          );
        }),
      );
      return found.flat();
    },
  },
  {
    name: "proof of work",
    means: "reports are refused whenever many come, because nobody gets a challenge to solve",
    runbook: "forget-traffic",
    async look(site) {
      const answer = await site.ask("/v1/challenges");
      return wrong(
        statusIs("/v1/challenges", answer, 200),
        typeof at(read(answer.text), "signature") !== "string" && "/v1/challenges gives none that is signed",
      );
    },
  },
  {
    name: "calculator",
    means: "citizens and officers are told wrong dates",
    runbook: "check-calendars",
    async look(site) {
      const query = `class=complaint&from=${received}&timeZone=Asia%2FMakassar`;
      const [api, page] = await Promise.all([
        site.ask(`/v1/deadlines?${query}`),
        site.ask(`/hitung?${query}`),
      ]);
      const clocks = at(read(api.text), "clocks");
      const verification: unknown = Array.isArray(clocks)
        ? clocks.find((one) => at(one, "clock") === "verification")
        : undefined;
      return wrong(
        statusIs("/v1/deadlines", api, 200),
        at(verification, "dueDate") !== due.date &&
          `a report of ${received} has to be verified by ${due.date}, and the API says ${String(at(verification, "dueDate"))}`,
        statusIs("/hitung", page, 200),
        !page.text.includes(due.words) && `/hitung does not say ${due.words} for a report of ${received}`,
      );
    },
  },
  {
    name: "feed",
    means: "readers of the feed get nothing new",
    runbook: "public-api",
    async look(site) {
      const [atom, feed] = await Promise.all([site.ask("/laporan.atom"), site.ask("/laporan.json")]);
      return wrong(
        statusIs("/laporan.atom", atom, 200),
        kindIs("/laporan.atom", atom, "application/atom+xml"),
        !/<feed\b[^]*<\/feed>/.test(atom.text) && "/laporan.atom is no feed",
        statusIs("/laporan.json", feed, 200),
        !Array.isArray(at(read(feed.text), "items")) && "/laporan.json has no list",
      );
    },
  },
  {
    name: "deadline checks",
    means: "officers are warned late, or not at all",
    runbook: "find-due-cases",
    async look(site) {
      const answer = await site.ask("/en/status");
      return wrong(
        statusIs("/en/status", answer, 200),
        answer.text.includes("Officers may be warned late") &&
          "/status says that nobody looked at deadlines for twenty minutes",
      );
    },
  },
  {
    name: "officers' API",
    means: "whoever has no token gets at cases, or officers get no answer",
    runbook: "officer-api",
    async look(site) {
      const found = await Promise.all(
        ["/v1/officer/cases", "/v1/admin/agencies"].map(async (path) => {
          const answer = await site.ask(path);
          return wrong(
            answer.status !== 401 && `${path} answers ${answer.status} without a token, and not 401`,
          );
        }),
      );
      return found.flat();
    },
  },
  {
    name: "officers' sign-in",
    means: "officers do not get to their desk",
    runbook: "officer-api",
    async look(site) {
      const [desk, start] = await Promise.all([
        site.ask("/petugas"),
        site.ask("/petugas/masuk/mulai?ke=%2Fpetugas"),
      ]);
      const location = header(start, "location");
      const issuer = URL.canParse(location) ? new URL(location) : undefined;
      const asked = (name: string) => issuer?.searchParams.get(name);
      const back = `${site.origin}/petugas/masuk/kembali`;
      return wrong(
        !(desk.status === 303 && header(desk, "location").startsWith("/petugas/masuk")) &&
          `/petugas does not lead whoever has not signed in to sign-in (${desk.status})`,
        statusIs("/petugas/masuk/mulai", start, 302),
        (issuer === undefined || issuer.origin === site.origin) && "sign-in does not lead to the issuer",
        asked("code_challenge_method") !== "S256" && "sign-in asks for a code that anybody could use",
        asked("redirect_uri") !== back &&
          `the issuer sends officers back to ${String(asked("redirect_uri"))} and not to ${back}: siteUrl is not this address`,
        !/HttpOnly/i.test(header(start, "set-cookie")) &&
          "the browser keeps nothing to hold the issuer's answer against",
      );
    },
  },
  {
    name: "outage page",
    means: "when nothing behind CloudFront answers, people get CloudFront's own English error",
    runbook: "server-errors",
    async look(site) {
      const path = "/aset/gangguan.html";
      const answer = await site.ask(path);
      return wrong(
        statusIs(path, answer, 200),
        kindIs(path, answer, "text/html"),
        !answer.text.includes("Kami sedang tidak dapat menjawab") &&
          `${path} does not say what is the matter`,
        /<script\b/.test(answer.text) && `${path} needs a script`,
        cacheIs(path, answer, /no-cache/, "it stays in caches"),
      );
    },
  },
  {
    name: "encryption",
    means: "what people send can be read on its way",
    runbook: deployedWrong,
    async look({ origin, ask, askElsewhere }) {
      const { protocol, hostname } = new URL(origin);
      if (protocol !== "https:")
        return wrong(
          !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) && `${origin} is not encrypted`,
        );
      const [front, plain] = await Promise.all([
        ask("/"),
        askElsewhere(`http://${hostname}/`).catch(() => undefined),
      ]);
      return wrong(
        !/max-age=[1-9]\d{6,}/.test(header(front, "strict-transport-security")) &&
          "browsers are not told to come back with https only",
        // A redirect would come too late: what was sent has been read. No answer at all is well.
        plain !== undefined &&
          plain.status < 400 &&
          `http://${hostname}/ is answered with ${plain.status} and not refused`,
      );
    },
  },
];

/** The report that a check sends says what it is to whoever meets it, and the public reads nothing of it. */
const testReport = {
  class: "complaint",
  title: "UJI COBA SISTEM, bukan laporan warga",
  text: "Ini laporan uji yang dikirim pemeriksaan sesudah penyebaran, lalu dicabut lagi. Tidak ada yang perlu ditindaklanjuti.",
  anonymous: true,
  secret: true,
};

/** Sends a report, reads it back and withdraws it. A site of production is not asked so: its numbers are of real reports. */
export const reportCheck: Check = {
  name: "report",
  means: "citizens cannot report, or not follow or withdraw what they reported",
  runbook: "public-api",
  async look(site) {
    const asJson = { "content-type": "application/json" };
    const sent = await site.ask("/v1/cases", {
      method: "POST",
      headers: { ...asJson, "idempotency-key": randomUUID() },
      body: JSON.stringify(testReport),
    });
    const { trackingNumber: number, receipt } = (read(sent.text) ?? {}) as Record<string, unknown>;
    if (sent.status !== 201 || typeof number !== "string" || typeof receipt !== "string")
      return wrong(`a report is answered with ${sent.status} and not 201${detailOf(sent)}`);
    const headers = { authorization: `Receipt ${receipt}` };
    const shown = () => site.ask(`/v1/cases/${number}`, { headers });
    const before = await shown();
    const withdrawn = await site.ask(`/v1/cases/${number}/withdrawal`, {
      method: "POST",
      headers: { ...headers, ...asJson },
      body: "{}",
    });
    const after = await shown();
    return wrong(
      (before.status !== 200 || at(read(before.text), "title") !== testReport.title) &&
        `the report ${number} is not read back with its receipt (${before.status})${detailOf(before)}`,
      (withdrawn.status !== 200 || at(read(after.text), "status") !== "withdrawn") &&
        `the report ${number} is not withdrawn (${withdrawn.status})${detailOf(withdrawn)}: an officer has to archive it`,
    );
  },
};

/** What the API says of a refusal. It holds nothing that was sent. */
function detailOf({ text }: Answer): string {
  const detail = at(read(text), "detail");
  return typeof detail === "string" ? `: ${detail}` : "";
}

/** What a check found. */
export interface Looked extends Omit<Check, "look"> {
  wrong: string[];
}

/** What the network says of an answer that did not come. Where each of several addresses refused, only their code is told. */
function causeOf(error: unknown): string {
  const { message, code, cause } = error as Error & { code?: string };
  if (cause instanceof Error) return causeOf(cause);
  return message || code || String(error);
}

/** Why a site does not answer at all. Undefined for one that answers anything. */
export const silence = (site: Site): Promise<string | undefined> =>
  site.ask("/v1/health").then(() => undefined, causeOf);

/**
 * Looks at everything, one check after another, so that a site under load is not asked all at once. A report is sent where somebody
 * says so.
 */
export async function lookAt(site: Site, { withReport = false } = {}): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const { look, ...check } of withReport ? [...checks, reportCheck] : checks) {
    const found = await look(site).catch((error: unknown) => [`there is no answer: ${causeOf(error)}`]);
    looked.push({ ...check, wrong: found });
  }
  return looked;
}

/** A line for a check that passes. One that does not says what it found, what that means, and where to read on. */
export const linesOf = ({ name, means, runbook, wrong: found }: Looked): string =>
  found.length === 0
    ? `ok   ${name}`
    : [
        `RED  ${name}. This means: ${means}. Read docs/runbook.md#${runbook}`,
        ...found.map((one) => `     - ${one}`),
      ].join("\n");
