/**
 * The service worker of the report pages, served at `/sw.js`. It keeps the form for being offline, in both languages, with the
 * static files that this form names, and nothing else: no case, no list, no answer of the API, no other page.
 *
 * - It answers only the form's addresses, and its files: from the network first, and from the phone without a line. A page of a
 *   report (`/lapor/…`) that cannot be reached shows the form in its place, so that a reload there brings the page back later.
 * - The form and its files are stored together or not at all, and are read again once a day (message "renew"), and whenever a
 *   static file has changed, because then this worker has.
 * - A new worker takes over at once (`skipWaiting`): pages that are open need nothing of the old one, as they have loaded.
 * - Where there is Background Sync, it sends what waits on the phone.
 */
import { tellOthers } from "./parts/other-tabs.ts";
import { shelfOf } from "./parts/phone-store.ts";
import { sendWaiting } from "./parts/send-report.ts";

const worker = self as unknown as ServiceWorkerGlobalScope & {
  addEventListener(type: "sync", listener: (event: ExtendableEvent & { tag: string }) => void): void;
};

/** It changes with any static file. infra/bundling/static-files.ts puts it here. */
declare const STATIC_FILE_VERSION: string;

const shelf = `form-${STATIC_FILE_VERSION}`;
const forms = ["/lapor/tanpa-sinyal", "/en/lapor/tanpa-sinyal"];
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The static files that a page names. */
const filesIn = (markup: string): string[] =>
  Array.from(
    new Set(
      Array.from(
        markup.matchAll(/"(\/(?:aset\/[^"?#]+|site\.webmanifest|icon\.svg))"/g),
        ([, path = ""]) => path,
      ),
    ),
  );

/** A page of ours as it may be stored: an answer from elsewhere, or after a redirect, is none. */
const isSound = (answer: Response): boolean => answer.ok && !answer.redirected && answer.type === "basic";

/**
 * Reads what may be stored, to its end: a body that nobody reads keeps its connection, and a browser has six. Nothing of the
 * visitor goes along: no cookies.
 */
async function fetched(path: string): Promise<Response> {
  const answer = await fetch(path, { credentials: "omit", cache: "no-cache" });
  if (!isSound(answer)) throw new Error(`${path} answers ${answer.status}`);
  const headers = new Headers(answer.headers);
  // The body is unpacked by now.
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(await answer.blob(), { headers });
}

/** Stores both forms with their files, and removes what they no longer name. One after another, for a bad line. */
async function renew(): Promise<void> {
  const kept = await caches.open(shelf);
  const pages = new Map<string, Response>();
  const files = new Set<string>();
  for (const path of forms) {
    const page = await fetched(path);
    pages.set(path, page);
    for (const file of filesIn(await page.clone().text())) files.add(file);
  }
  // The name of a file holds the hash of its content, so one that is here is the right one.
  for (const file of files) if (!(await kept.match(file))) await kept.put(file, await fetched(file));
  // Files first: a form that is stored has all its files.
  for (const [path, page] of pages) await kept.put(path, page);
  for (const { url } of await kept.keys()) {
    const { pathname } = new URL(url);
    if (!pages.has(pathname) && !files.has(pathname)) await kept.delete(pathname);
  }
}

async function isOld(): Promise<boolean> {
  const answer = await (await caches.open(shelf)).match(forms[0] ?? "");
  const storedAt = Date.parse(answer?.headers.get("date") ?? "");
  return !(Date.now() - storedAt < dayMilliseconds);
}

async function renewIfOld(): Promise<void> {
  if (!(await isOld())) return;
  try {
    await renew();
  } catch {
    // The line is bad, or the site is. The stored form stays as it is, and the next page asks again.
  }
}

const formFor = (pathname: string): string => (pathname.startsWith("/en/") ? forms[1] : forms[0]) ?? "";

/** The network first. Without a line: what is stored, or the failure as it is. */
async function answer(request: Request, stored: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(shelf)).match(stored);
    if (kept) return kept;
    throw failure;
  }
}

worker.addEventListener("install", (event) => {
  event.waitUntil(renew().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name))),
      ),
  );
});

worker.addEventListener("message", (event) => {
  if (event.data !== "renew") return;
  event.waitUntil(renewIfOld());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && /^\/(?:en\/)?lapor(?:\/|$)/.test(pathname))
    event.respondWith(answer(request, formFor(pathname)));
  else if (filesIn(`"${pathname}"`).length > 0) event.respondWith(answer(request, pathname));
});

async function sendAll(): Promise<void> {
  const reports = await shelfOf("reports");
  for (const { id } of await reports.all()) await sendWaiting(reports, id);
  const waits = (await reports.all()).filter(({ state, challenges }) => state === "waiting" && !challenges);
  tellOthers();
  // The browser asks again later, with pauses of its own.
  if (waits.length > 0) throw new Error("Reports are still waiting");
}

worker.addEventListener("sync", (event) => {
  if (event.tag === "reports") event.waitUntil(sendAll());
});
