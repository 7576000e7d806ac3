import type { Browser } from "playwright-core";
import { newVisitor, type Visitor } from "./visitor.ts";

declare const PerformanceObserver: any;

/** What a first visit costs. */
export interface Cost {
  /** over the line, headers included */
  bytes: number;
  requests: number;
  hosts: string[];
  /** each answer with its bytes, the largest first */
  answers: string[];
}

/** Counts what the page that a visitor sees took over the line. It is cold for a visitor with `noCache`. */
export async function costOfPage({ page, seen, settle }: Visitor): Promise<Cost> {
  await page.waitForLoadState("networkidle");
  await settle();
  const all = [...seen.transfers.values()];
  const transfers = all.slice(
    Math.max(
      all.findLastIndex(({ isPage }) => isPage),
      0,
    ),
  );
  return {
    bytes: transfers.reduce((sum, { bytes }) => sum + bytes, 0),
    requests: transfers.length,
    hosts: [...new Set(transfers.map(({ url }) => new URL(url).host))],
    answers: transfers.sort((a, b) => b.bytes - a.bytes).map(({ url, bytes }) => `${bytes} ${url}`),
  };
}

/** Opens an address with an empty cache and counts what comes over the line. */
export async function coldTransfer(browser: Browser, address: string): Promise<Cost> {
  const visitor = await newVisitor(browser, address, { noCache: true });
  try {
    await visitor.open(address);
    return await costOfPage(visitor);
  } finally {
    await visitor.close();
  }
}

/** Lists in what a page costs more than its budget allows. */
export const overBudget = (
  { bytes, requests, hosts, answers }: Cost,
  budget: { bytes: number; requests: number },
): string[] => [
  ...(bytes > budget.bytes ? [`${bytes} of ${budget.bytes} bytes: ${answers.join(", ")}`] : []),
  ...(requests > budget.requests
    ? [`${requests} of ${budget.requests} requests: ${answers.join(", ")}`]
    : []),
  ...(hosts.length > 1 ? [`several hosts: ${hosts.join(", ")}`] : []),
];

/** A line of 400 kbit/s on which every answer begins 400 ms later. */
const slowLine = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Tells after how many milliseconds the largest thing of a page is painted, on a slow line and with an empty cache. */
export async function largestPaint(browser: Browser, address: string): Promise<number> {
  const visitor = await newVisitor(browser, address);
  try {
    const session = await visitor.context.newCDPSession(visitor.page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", slowLine);
    await visitor.open(address);
    return await visitor.page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          new PerformanceObserver((list: any) => resolve(list.getEntries().at(-1).startTime)).observe({
            type: "largest-contentful-paint",
            buffered: true,
          }),
        ),
    );
  } finally {
    await visitor.close();
  }
}
