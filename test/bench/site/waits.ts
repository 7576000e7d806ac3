import type { Database } from "../database.ts";
import { median, quantile, table } from "../table.ts";

const rounds = 100;

type Query = Record<string, string>;
type Route = [path: string, query?: Query];

const complaint: Query = { class: "complaint", supervised: "false" };
const calculator: Query = { class: "complaint", from: "2026-11-24", timeZone: "Asia/Makassar" };

/** Pages, each with the JSON routes that it asks. */
const pages: { page: Route; asks: Route[] }[] = [
  {
    page: ["/"],
    asks: [
      ["/v1/deadlines", complaint],
      ["/v1/deadlines", { ...complaint, supervised: "true" }],
      ["/v1/figures"],
    ],
  },
  { page: ["/hitung", calculator], asks: [["/v1/deadlines", calculator]] },
  { page: ["/laporan"], asks: [["/v1/cases", { limit: "20" }]] },
  { page: ["/lapor/cerita"], asks: [["/v1/categories"]] },
  { page: ["/status"], asks: [["/v1/health"], ["/v1/cases", { limit: "1" }]] },
];

/** How long the function takes for a page, compressed as it is sent, beside the JSON routes that the page asks. In turns. */
export async function siteWaits({ fresh }: Database): Promise<string> {
  const { citizen } = fresh();
  const headers = { "accept-encoding": "br" };
  const ask = ([path, query = {}]: Route) => citizen("GET", path, { headers, query });
  const rows: string[][] = [];
  for (const { page, asks } of pages) {
    const taken = { page: [] as number[], json: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      await ask(page);
      const between = performance.now();
      await Promise.all(asks.map(ask));
      // The first rounds fill the memory of the directory.
      if (round < rounds / 10) continue;
      taken.page.push(between - began);
      taken.json.push(performance.now() - between);
    }
    const [whole, json] = [median(taken.page), median(taken.json)];
    rows.push([
      page[0],
      asks.map(([path]) => path).join(", "),
      whole.toFixed(1),
      quantile(taken.page, 0.95).toFixed(1),
      json.toFixed(1),
      (whole / json).toFixed(2),
    ]);
  }
  return table(["Page", "Asks", "Page p50 (ms)", "Page p95 (ms)", "Routes p50 (ms)", "Page/routes"], rows);
}
