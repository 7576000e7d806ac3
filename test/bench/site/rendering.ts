import { html } from "../../../shared/page/html.ts";
import { cards } from "../../../shared/page/parts/lists.ts";
import { chip } from "../../../shared/page/parts/turn.ts";
import { quantile, table } from "../table.ts";

const rounds = 300;

/** Rows of the public feed. Some hold what has to be escaped. */
const items = Array.from({ length: 200 }, (_, each) => ({
  trackingNumber: "7K3MQ-P4X9C",
  title: each % 10 ? `Jalan berlubang di depan pasar ${each}` : `Lampu "padam" & jalan <gelap> ${each}`,
  status: "Sedang diproses",
  agency: "Dinas Pekerjaan Umum Kota Balikpapan",
  place: "Kota Balikpapan",
  workingDays: each % 14,
}));

const rendered = (): string =>
  cards(
    items.map(
      ({ trackingNumber, title, status, agency, place, workingDays }) =>
        html`${chip(workingDays > 9 ? "late" : "calm", status)}<h3><a href="/laporan/${trackingNumber}">${title}</a></h3><p class="hint">${agency} · ${place}. ${workingDays} hari kerja.</p>`,
    ),
  ).markup;

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
