import type { Browser } from "playwright-core";
import { type EveryPage, everyPage, reach } from "../../pages/every-page.ts";
import { type Sample, samplesOf } from "../../pages/samples.ts";
import type { Site } from "../../pages/site.ts";
import { costOfPage } from "../../pages/transfer.ts";
import { newVisitor } from "../../pages/visitor.ts";
import { table } from "../table.ts";

/** Visits a row with an empty cache. Returns the bytes of the page alone and of all that it needs, and how many requests that is. */
async function weigh(browser: Browser, site: Site, sample: Sample, row: EveryPage): Promise<number[]> {
  const visitor = await newVisitor(browser, site.url, { noCache: true });
  try {
    await reach(row, { visitor, site, sample, language: "id" });
    const { bytes, requests } = await costOfPage(visitor);
    const page = [...visitor.seen.transfers.values()].findLast(({ isPage }) => isPage);
    return [page?.bytes ?? 0, bytes, requests];
  } finally {
    await visitor.close();
  }
}

/** Documents that the API gives to browsers have one address for both languages, and none of the files. */
const isPage = ({ oneAddress }: EveryPage) => !oneAddress;

/** What every page in every state costs over the line on a first visit. */
export async function siteWeight(browser: Browser, site: Site, signal: AbortSignal): Promise<string> {
  const sample = samplesOf(site);
  const rows: string[][] = [];
  for (const row of everyPage.filter(isPage)) {
    signal.throwIfAborted();
    rows.push([
      row.name,
      ...(await weigh(browser, site, sample, row)).map((one) => one.toLocaleString("en")),
    ]);
  }
  return table(["Page", "Page alone, bytes", "With its files, bytes", "Requests"], rows);
}
