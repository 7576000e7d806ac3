import * as z from "zod";

/**
 * "found": a source says it of this region, or of all. "stand-in": a source says it of another region. "memory": nobody looked it up,
 * and it has to be checked before anybody relies on it.
 */
const status = z.enum(["found", "stand-in", "memory"]);

const price = z.strictObject({
  what: z.string(),
  usd: z.number().positive(),
  /** The price is for so many. */
  per: z.int().positive(),
  unit: z.string(),
  region: z.string(),
  status,
  source: z.string(),
  readOn: z.iso.date(),
  /** So many a month cost nothing, also after the first year. */
  freeAMonth: z.number().nonnegative(),
});

export const priceList = z.strictObject({
  rupiahOfDollar: z.strictObject({
    rate: z.number().positive(),
    of: z.iso.date(),
    source: z.string(),
    status: z.string(),
  }),
  prices: z.record(z.string(), price),
});
export type PriceList = z.infer<typeof priceList>;

/** How much of what is used in a month. */
export type Quantities = Readonly<Record<string, number>>;

/** Adds quantities up. */
export function added(...all: readonly Quantities[]): Quantities {
  const total: Record<string, number> = {};
  for (const one of all) for (const [id, count] of Object.entries(one)) total[id] = (total[id] ?? 0) + count;
  return total;
}

/** So many times as much. */
export const times = (factor: number, quantities: Quantities): Quantities =>
  Object.fromEntries(Object.entries(quantities).map(([id, count]) => [id, count * factor]));

export interface Bill {
  /** In dollars, the dearest first. */
  lines: { id: string; what: string; count: number; usd: number }[];
  /** By the price list. */
  usd: number;
  /** After what costs nothing every month. */
  usdAfterFree: number;
}

/** What quantities cost by the price list. Refuses what has no price. */
export function billOf({ prices }: PriceList, quantities: Quantities): Bill {
  const lines = Object.entries(quantities)
    .filter(([, count]) => count > 0)
    .map(([id, count]) => {
      const found = prices[id];
      if (!found) throw new Error(`Nobody knows what ${id} costs`);
      const cost = (many: number) => (many * found.usd) / found.per;
      const paid = cost(Math.max(0, count - found.freeAMonth));
      return { id, what: found.what, count, usd: cost(count), paid };
    })
    .sort((a, b) => b.usd - a.usd);
  return {
    lines: lines.map(({ paid: _paid, ...line }) => line),
    usd: lines.reduce((sum, { usd }) => sum + usd, 0),
    usdAfterFree: lines.reduce((sum, { paid }) => sum + paid, 0),
  };
}
