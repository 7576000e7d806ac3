import { assumptions } from "./assumptions.ts";
import type { Inventory } from "./inventory.ts";
import { type Need, needsOf, type Partition, partitionsOf, type Rush } from "./limits.ts";
import type { Measurement } from "./measurement.ts";
import { added, type Bill, billOf, type PriceList, type Quantities, times } from "./prices.ts";
import { keptInVaults, keptOf, usageOfIdle, usageOfPages, usageOfReport } from "./usage.ts";

export interface Scenario {
  name: string;
  /** What it counts: a report, or a public page. */
  of?: { what: string; count: number };
  /** A month, or one day. */
  lasts: "month" | "day";
  bill: Bill;
}

export const disaster = { reports: 1_000_000, perSecond: 60 } as const;
const lapor = { reportsOfYear: 700_000 } as const;
const kaltim = { reportsOfYear: 1_000 } as const;
const readers = { pagesOfDay: 1_000_000 } as const;

const secondsOfDay = 86_400;
const secondsOfYear = 365 * secondsOfDay;

/** How much busier the busiest second of the disaster is than its average one. */
export const peakFactor = disaster.perSecond / (disaster.reports / secondsOfDay);

/** A month of so many reports a year, with who reads them and what is kept. */
function monthOf(
  measured: Measurement,
  inventory: Inventory,
  { reportsOfYear, day, officers }: { reportsOfYear: number; day: "alone" | "busy"; officers: number },
): Quantities {
  const reports = reportsOfYear / 12;
  const used = added(
    usageOfIdle(measured, inventory),
    times(reports, usageOfReport(measured, day, inventory)),
    usageOfPages(measured, inventory, {
      pages: reports * assumptions.pagesOfReport,
      fromEdge: assumptions.fromEdge.quiet,
    }),
    { officerMonth: officers },
  );
  return added(used, keptOf(measured, reports, used));
}

/** What each situation costs. */
export function scenariosOf(
  measured: Measurement,
  { dev, prod }: { dev: Inventory; prod: Inventory },
  prices: PriceList,
): Scenario[] {
  const pages = readers.pagesOfDay * assumptions.daysOfMonth;
  const bill = (quantities: Quantities) => billOf(prices, quantities);
  const ofCountry = monthOf(measured, prod, {
    ...lapor,
    day: "busy",
    officers: assumptions.officers.country,
  });
  return [
    { name: "Idle, `dev`", lasts: "month", bill: bill(usageOfIdle(measured, dev)) },
    { name: "Idle, `prod`", lasts: "month", bill: bill(usageOfIdle(measured, prod)) },
    {
      name: "Kalimantan Timur, 1,000 reports a year",
      of: { what: "report", count: kaltim.reportsOfYear / 12 },
      lasts: "month",
      bill: bill(monthOf(measured, prod, { ...kaltim, day: "alone", officers: assumptions.officers.kaltim })),
    },
    {
      name: "LAPOR!, 700,000 reports a year",
      of: { what: "report", count: lapor.reportsOfYear / 12 },
      lasts: "month",
      bill: bill(ofCountry),
    },
    {
      name: "LAPOR!, its copies of every night in two vaults besides (`copiesTo`)",
      lasts: "month",
      bill: bill(keptInVaults(ofCountry)),
    },
    {
      name: "A disaster, 1,000,000 reports in a day, over their whole lives",
      of: { what: "report", count: disaster.reports },
      lasts: "day",
      bill: bill(
        added(
          times(disaster.reports, usageOfReport(measured, "busy", prod)),
          usageOfPages(measured, prod, {
            pages: readers.pagesOfDay,
            fromEdge: assumptions.fromEdge.crowd,
          }),
        ),
      ),
    },
    ...(["quiet", "crowd"] as const).map((share): Scenario => {
      const fromEdge = assumptions.fromEdge[share];
      return {
        name: `Readers, 1,000,000 pages a day, ${fromEdge * 100} % of them from the edge`,
        of: { what: "page", count: pages },
        lasts: "month",
        bill: bill(usageOfPages(measured, prod, { pages, fromEdge })),
      };
    }),
  ];
}

/** What each rush needs of what has a bound. */
export function rushesOf(
  measured: Measurement,
  inventory: Inventory,
): { name: string; needs: Need[]; partitions: Partition[] }[] {
  const { busiestHour, fromEdge, pagesOfReport } = assumptions;
  const ordinary = (lapor.reportsOfYear / secondsOfYear) * busiestHour;
  const peakOfPages = (readers.pagesOfDay / secondsOfDay) * peakFactor;
  const found = (name: string, rush: Rush) => ({
    name,
    needs: needsOf(measured, inventory, rush),
    partitions: partitionsOf(measured, rush),
  });
  return [
    found(
      `The disaster's peak: ${disaster.perSecond} reports a second about one city, and ${Math.round(peakOfPages)} public pages a second`,
      { perSecond: disaster.perSecond, pagesPerSecond: peakOfPages * (1 - fromEdge.crowd) },
    ),
    found(`The busiest hour of LAPOR!: ${ordinary.toFixed(2)} reports a second`, {
      perSecond: ordinary,
      pagesPerSecond: ordinary * pagesOfReport,
    }),
    found(
      `Readers at their peak: ${Math.round(peakOfPages)} public pages a second, none of them from the edge`,
      { perSecond: 0, pagesPerSecond: peakOfPages },
    ),
  ];
}
