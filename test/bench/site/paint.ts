import type { Browser } from "playwright-core";
import { largestPaint } from "../../pages/transfer.ts";
import { median, table } from "../table.ts";

const times = 3;

/** When the largest thing of a page is painted on a slow line, the first time that somebody comes. */
export async function slowPaints(browser: Browser, url: string, signal: AbortSignal): Promise<string> {
  const rows: string[][] = [];
  for (const address of ["/", "/lapor/cerita", "/lacak"]) {
    const paints: number[] = [];
    for (let time = 0; time < times; time++) {
      signal.throwIfAborted();
      paints.push(await largestPaint(browser, new URL(address, url).href));
    }
    rows.push([
      address,
      (median(paints) / 1000).toFixed(2),
      (Math.min(...paints) / 1000).toFixed(2),
      (Math.max(...paints) / 1000).toFixed(2),
    ]);
  }
  return table(["Page", "Median (s)", "Least (s)", "Most (s)"], rows);
}
