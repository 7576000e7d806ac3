import { publicEntry } from "../../../shared/page/case/public-entry.ts";
import { cards } from "../../../shared/page/parts/lists.ts";
import { quantile, table } from "../table.ts";

const rounds = 300;

/** Rows of the public feed. Some hold what has to be escaped. */
const items = Array.from({ length: 200 }, (_, each) => ({
  trackingNumber: "7K3MQ-P4X9C",
  title: each % 10 ? `Jalan berlubang di depan pasar ${each}` : `Lampu "padam" & jalan <gelap> ${each}`,
  statusText: "Sedang diproses",
  agency: { id: "balikpapan-dinas-pu", name: "Dinas Pekerjaan Umum Kota Balikpapan" },
  location: { regionCode: "64.71", regionName: "Kota Balikpapan" },
  submittedAt: "2026-11-24T01:00:00.000Z",
  supports: { count: each % 3 },
  timing: {
    answeredAfter: null,
    waitsFor: {
      clock: "completion" as const,
      name: "Penyelesaian",
      state: "running" as const,
      workingDays: 14,
      dueDate: "2026-12-14",
      daysLeft: (each % 14) - 2,
    },
  },
}));

const rendered = (): string => cards(items.map((one) => publicEntry(one, "id"))).markup;

const ways: [string, () => string][] = [
  ["Markup, every hole escaped", rendered],
  ["JSON.stringify of the same", () => JSON.stringify({ items })],
];

/** Milliseconds in which 200 rows of the feed become text: as a page has them, and as the API does. In turns. */
export function rowsRendered(): string {
  const taken = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [at, [, way]] of ways.entries()) {
      const began = performance.now();
      way();
      // The first rounds run before the code is compiled.
      if (round >= rounds / 10) taken[at]?.push(performance.now() - began);
    }
  const rows = ways.map(([what, way], at) => {
    const times = taken[at] ?? [];
    return [
      what,
      quantile(times, 0.5).toFixed(3),
      quantile(times, 0.95).toFixed(3),
      way().length.toLocaleString("en"),
    ];
  });
  return table(["200 rows", "p50 (ms)", "p95 (ms)", "Characters"], rows);
}
