import { localDate } from "../deadline/calendar/local-date.ts";
import { agencyId } from "../text/id.ts";

/** The header in which a page tells how its reader came in. */
export const arrivalHeader = "came-from";

/** The agency whose poster brought somebody, from a word such as "poster-dinas-contoh". Any other word tells nothing. */
export function posterOf(cameFrom: string | undefined): string | undefined {
  const [, id] = /^poster-(.+)$/.exec(cameFrom ?? "") ?? [];
  return agencyId.safeParse(id).data;
}

/** The month in which a report is counted, such as "2026-11". */
export const monthOf = (at: Date): string => localDate(at, "Asia/Jakarta").slice(0, 7);

const keptDays = 800;
/** A month is forgotten after a little more than two years, in seconds. */
export const arrivalExpiry = (at: Date): number => Math.floor(at.getTime() / 1000) + keptDays * 24 * 60 * 60;

/** A number below this one is not told: it could be one person. */
export const leastTold = 5;

/** Months as officers read them. */
export const arrivalsTold = (months: readonly { month: string; reports: number }[]) =>
  months.map(({ month, reports }) => ({ month, reports: reports < leastTold ? null : reports }));
