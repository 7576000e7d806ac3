import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { faultsOf, startBrowser } from "./browsing.ts";
import { type Site, startSite } from "./site.ts";

/** What a test of a script has at hand: a site that knows nothing of the tests before, and a browser that is new to it. */
export let site: Site;
export let context: BrowserContext;
export let page: Page;

/** Opens them for the tests of a file. Whatever goes wrong in a page fails its test. */
export function openSite(): void {
  let browser: Browser;
  let faults: string[];
  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    site.forget();
    context = await browser.newContext();
    faults = faultsOf(context);
    page = await context.newPage();
  });
  afterEach(async () => {
    expect(faults).toEqual([]);
    await context.close();
  });
}
