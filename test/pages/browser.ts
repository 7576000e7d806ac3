/**
 * How to write a test of a page:
 *
 *     const ground = openBrowser();
 *
 *     test("A citizen without JavaScript sends a report", async () => {
 *       const visitor = await ground.visit({ javaScript: false, width: 320 });
 *       const walking = walk(visitor); // axe, CSP and page errors after every step (axe.ts)
 *       await walking.open("/lapor/cerita");
 *       await visitor.page.getByLabel("Judul").fill("Jalan berlubang");
 *       await walking.click("Lanjut"); // a button or link by its name, or a locator
 *       expect(await reachProblems(visitor)).toEqual([]); // reflow, targets, keyboard, 400 % (wcag.ts)
 *       expect(secretsSeen({ receipt }, visitor.seen)).toEqual([]); // secrets.ts
 *       expect(secretsLogged({ receipt }, ground.site.dataDir)).toEqual([]);
 *     });
 *
 * - A page that only has to be right in itself needs a row and no test: see `EveryPage` in every-page.ts and the files in
 *   rows/. `every-page.test.ts` and `npm run pages:look` visit every row in both languages.
 * - `ground.site` asks the running system: `site.send(report)`, `site.as(officer, "POST", path, body)`, `site.mailsAbout(n, 1)`.
 *   `samplesOf(site)("answered")` is a case in that situation (samples.ts).
 * - All files share one system on a simulated clock that begins on Tuesday, 24 November 2026 at 09.00 WITA and goes on by
 *   itself. A test that moves the clock or floods the system opens its own: `openBrowser(openOffice({ now }))`.
 * - `visitor.offline(true)` cuts the line; `visitor.seen` has addresses, headers, titles, foreign hosts, violations of the
 *   policy and page errors; `await visitor.settle()` before reading it.
 * - Further checks: `coldTransfer`, `largestPaint` (transfer.ts), `invalidHtml` (valid.ts), `longSentences`,
 *   `inOtherLanguage` (reading.ts), `qrIn` (qr.ts), `askedAgain` (wcag.ts), `ask` for raw requests (site.ts). Each lists
 *   what is wrong, so a test expects `[]`.
 * - Without JavaScript playwright's `evaluate` runs what is synchronous only. `visitor.withScripts(...)` lets more run.
 */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, inject } from "vitest";
import type { Office } from "../e2e/office.ts";
import { launchBrowser } from "./launch.ts";
import { type Site, siteOf } from "./site.ts";
import { newVisitor, type Visitor, type Wishes } from "./visitor.ts";

/** Starts a browser for the tests of a file. Whoever visited has gone after each test. */
export function openBrowser(office?: Office): {
  readonly site: Site;
  readonly browser: Browser;
  visit(wishes?: Wishes): Promise<Visitor>;
} {
  let browser: Browser | undefined;
  let site: Site | undefined;
  const visitors: Visitor[] = [];
  const here = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error("The browser is there once the tests of the file run.");
    return thing;
  };
  beforeAll(async () => {
    browser = await launchBrowser();
    site = siteOf(office ?? inject("ground"));
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
  });
  afterAll(() => browser?.close());
  return {
    get site() {
      return here(site);
    },
    get browser() {
      return here(browser);
    },
    async visit(wishes) {
      const visitor = await newVisitor(here(browser), here(site).url, wishes);
      visitors.push(visitor);
      return visitor;
    },
  };
}
