import type { Case } from "../case.ts";

/** The position of a case in a list by age. The number makes each position the only one of its kind. */
export const byAge = ({ submittedAt, trackingNumber }: Case): string => `${submittedAt}#${trackingNumber}`;

/** A page; `after` is absent at the end, and present on a short page that has not seen all yet. */
export interface Page {
  items: Case[];
  after: string | undefined;
}

/** The rows that were read of one partition of an index, in order. `reached` says how far, where the partition goes on. */
export interface Stretch {
  rows: { order: string; case: Case }[];
  reached: string | undefined;
}

/** One page from several partitions. It holds nothing beyond the point up to which all of them have been read. */
export function merged(
  stretches: readonly Stretch[],
  limit: number,
  compare: (a: string, b: string) => number,
): Page {
  const [horizon] = stretches.flatMap(({ reached }) => reached ?? []).sort(compare);
  const rows = stretches
    .flatMap((stretch) => stretch.rows)
    .filter((row) => horizon === undefined || row.order === horizon || compare(row.order, horizon) < 0)
    .sort((a, b) => compare(a.order, b.order));
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => row.case),
    after: page.length < rows.length ? page.at(-1)?.order : horizon,
  };
}
