import type { Browser, BrowserContext, CDPSession, Page, Response } from "playwright-core";
import type { Language } from "../../shared/language.ts";

/** What a visitor's browser is like. */
export interface Wishes {
  /** true unless said otherwise */
  javaScript?: boolean;
  /** In CSS pixels; 360 unless said otherwise. At 320 it is also what 400 % of a screen of 1280 px leaves. */
  width?: 320 | 360 | 1280;
  dark?: boolean;
  /** The language that the browser prefers; Indonesian unless said otherwise. */
  language?: Language;
  /** Everything comes over the line again for each page, as on the first visit. */
  noCache?: boolean;
  /** The line is cut from the beginning. `visitor.offline(true)` cuts it later. */
  offline?: boolean;
}

export interface Transfer {
  url: string;
  /** So many bytes came over the line, headers included. It is 0 until the answer is whole. */
  bytes: number;
  /** It is a page, not something that a page needs. */
  isPage: boolean;
}

/** What a visitor's browser showed, sent and got since it was opened. */
export interface Seen {
  /** every address that was asked for */
  readonly urls: string[];
  readonly referers: string[];
  readonly locations: string[];
  readonly titles: string[];
  /** every header of every request, as "name: value" */
  readonly requestHeaders: string[];
  /** every header of every answer, as "name: value" */
  readonly answerHeaders: string[];
  /** answers that something between may keep, because they do not say no-store */
  readonly cacheable: { url: string; body: string }[];
  readonly transfers: Map<string, Transfer>;
  /** hosts other than the site's */
  readonly foreignHosts: Set<string>;
  readonly cspViolations: string[];
  /** what scripts of the page threw and did not catch */
  readonly pageErrors: string[];
}

/** Somebody with a browser of their own: its cookies, its storage and its cache begin empty. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly seen: Seen;
  /** The address of the pages, without a path. */
  readonly site: string;
  readonly javaScript: boolean;
  readonly width: number;
  /** Opens an address of the site ("/lacak") or a whole one. Fails where nothing answers. */
  open(address: string): Promise<Response>;
  /** Cuts the line, or mends it. */
  offline(cut: boolean): Promise<void>;
  /** Lets scripts run while this is done: checks need them, also on the page of a visitor who has none. */
  withScripts<T>(check: () => Promise<T>): Promise<T>;
  /** Waits until everything that the browser told so far has arrived in `seen`. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const heights: Record<number, number> = { 320: 640, 360: 740, 1280: 1024 };

const nothingSeen = (): Seen => ({
  urls: [],
  referers: [],
  locations: [],
  titles: [],
  requestHeaders: [],
  answerHeaders: [],
  cacheable: [],
  transfers: new Map(),
  foreignHosts: new Set(),
  cspViolations: [],
  pageErrors: [],
});

/** Opens a browser for somebody new. `site` is the address of the pages, without a path. */
export async function newVisitor(browser: Browser, site: string, wishes: Wishes = {}): Promise<Visitor> {
  const {
    javaScript = true,
    width = 360,
    dark = false,
    language = "id",
    offline = false,
    noCache = false,
  } = wishes;
  const context = await browser.newContext({
    viewport: { width, height: heights[width] ?? 740 },
    colorScheme: dark ? "dark" : "light",
    locale: language === "id" ? "id-ID" : "en-GB",
    timezoneId: "Asia/Makassar",
    reducedMotion: "reduce",
    offline,
  });
  const seen = nothingSeen();
  const pending = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>) => {
    // A page that was closed meanwhile tells nothing more.
    const done = work.catch(() => undefined).finally(() => pending.delete(done));
    pending.add(done);
  };
  const sessions = new Map<Page, CDPSession>();
  const attended = new Map<Page, Promise<void>>();
  const scripts = (session: CDPSession, run: boolean) =>
    session.send("Emulation.setScriptExecutionDisabled", { value: !run });
  const attend = (page: Page): Promise<void> => {
    const attending = attended.get(page) ?? begin(page);
    attended.set(page, attending);
    return attending;
  };
  const begin = async (page: Page) => {
    const session = await context.newCDPSession(page);
    sessions.set(page, session);
    // Not playwright's own switch: that one lets no check run in the page either.
    if (!javaScript) await scripts(session, false);
    await listen(session, seen, site, later);
    if (noCache) await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    page.on("pageerror", (error) => seen.pageErrors.push(String(error)));
    page.on("domcontentloaded", () => later(page.title().then((title) => seen.titles.push(title))));
  };
  context.on("page", (page) => later(attend(page)));
  const page = await context.newPage();
  await attend(page);

  return {
    context,
    page,
    seen,
    site,
    javaScript,
    width,
    async open(address) {
      const response = await page.goto(new URL(address, site).href);
      if (!response) throw new Error(`Nothing answers at ${address}.`);
      return response;
    },
    offline: (cut) => context.setOffline(cut),
    async withScripts(check) {
      const session = sessions.get(page);
      if (javaScript || !session) return check();
      await scripts(session, true);
      try {
        return await check();
      } finally {
        await scripts(session, false);
      }
    },
    async settle() {
      // A page that was closed, or is on its way elsewhere, has nothing to wait for.
      await Promise.all([...sessions.keys()].map((each) => each.evaluate("1").catch(() => undefined)));
      while (pending.size > 0) await Promise.all(pending);
    },
    close: () => context.close(),
  };
}

type Headers = Record<string, string>;
const lowerCased = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const asLines = (headers: Headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** Writes down what the browser tells of one page. */
async function listen(
  session: CDPSession,
  seen: Seen,
  site: string,
  later: (work: Promise<unknown>) => void,
): Promise<void> {
  const mayBeKept = new Set<string>();
  session.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse, type }) => {
    const { url } = request;
    if (url.startsWith("data:") || url.startsWith("blob:")) return;
    seen.urls.push(url);
    if (new URL(url).origin !== new URL(site).origin) seen.foreignHosts.add(new URL(url).host);
    // A redirected request keeps its id. Its first answer counts as a request of its own.
    if (redirectResponse)
      seen.transfers.set(`${requestId} ${redirectResponse.url}`, {
        url: redirectResponse.url,
        bytes: redirectResponse.encodedDataLength,
        isPage: false,
      });
    seen.transfers.set(requestId, { url, bytes: 0, isPage: type === "Document" });
  });
  session.on("Network.requestWillBeSentExtraInfo", ({ headers }) => {
    const sent = lowerCased(headers);
    seen.requestHeaders.push(...asLines(sent));
    if (sent.referer) seen.referers.push(sent.referer);
  });
  session.on("Network.responseReceivedExtraInfo", ({ headers }) => {
    const answered = lowerCased(headers);
    seen.answerHeaders.push(...asLines(answered));
    if (answered.location) seen.locations.push(answered.location);
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (!lowerCased(response.headers)["cache-control"]?.includes("no-store")) mayBeKept.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const transfer = seen.transfers.get(requestId);
    if (!transfer) return;
    transfer.bytes = encodedDataLength;
    if (!mayBeKept.has(requestId)) return;
    const body = session.send("Network.getResponseBody", { requestId });
    later(body.then((answer) => seen.cacheable.push({ url: transfer.url, body: answer.body })));
  });
  session.on("Audits.issueAdded", ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (!details) return;
    const { violatedDirective, blockedURL, contentSecurityPolicyViolationType: kind } = details;
    const where = details.sourceCodeLocation;
    const violation = `${violatedDirective}: ${kind}${blockedURL ? ` ${blockedURL}` : ""}${where ? ` at ${where.url}:${where.lineNumber}` : ""}`;
    // The browser tells of some twice.
    if (!seen.cspViolations.includes(violation)) seen.cspViolations.push(violation);
  });
  await Promise.all([session.send("Network.enable"), session.send("Audits.enable")]);
}
