import { localDate } from "../../deadline/calendar/local-date.ts";
import type { Case } from "../case.ts";
import { isByDay } from "../views/by-day.ts";
import { isHidden } from "../views/visibility.ts";
import { byAge } from "./page.ts";
import { partOf } from "./spread.ts";

/** Everybody writes to the feed at once, so it is spread over partitions. A page of it is read from all of them. */
export const feedPartitions = ["public#0", "public#1", "public#2", "public#3"] as const;

/**
 * The position of a case in the public feed. Where the public is shown its date only, the position is that date: a place among
 * the times of others would tell the time, and so would a cursor.
 */
const publicOrder = (found: Case): string =>
  isByDay(found, "public")
    ? `${found.submittedOn ?? localDate(new Date(found.submittedAt), "Asia/Jakarta")}#${found.trackingNumber}`
    : byAge(found);

/** Where a case stands in the public feed; nothing while its content is hidden. */
export function feedEntry(found: Case): { feed?: string; feedOrder?: string } {
  if (isHidden(found)) return {};
  const part = partOf(found.trackingNumber, feedPartitions.length);
  return { feed: feedPartitions[part] ?? feedPartitions[0], feedOrder: publicOrder(found) };
}
