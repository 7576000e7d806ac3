import type { Case } from "../case.ts";
import { isHidden } from "../views/visibility.ts";
import { byAge } from "./page.ts";
import { partOf } from "./spread.ts";

/** Everybody writes to the feed at once, so it is spread over partitions. A page of it is read from all of them. */
export const feedPartitions = ["public#0", "public#1", "public#2", "public#3"] as const;

/** Where a case stands in the public feed; nothing while its content is hidden. */
export function feedEntry(found: Case): { feed?: string; feedOrder?: string } {
  if (isHidden(found)) return {};
  const part = partOf(found.trackingNumber, feedPartitions.length);
  return { feed: feedPartitions[part] ?? feedPartitions[0], feedOrder: byAge(found) };
}
