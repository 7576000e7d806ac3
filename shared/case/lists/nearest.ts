import { positionIn, type QueueName } from "./queues.ts";
import type { Search } from "./search.ts";

/** The positions of the cases that wait with a holder. `complete` is false where there were too many to read. */
interface WaitingWith {
  holder: string;
  positions: readonly string[];
  complete: boolean;
}

/** A queue of one holder. */
interface HolderQueue {
  holder: string;
  queue: QueueName;
}

export const everyQueue = (holders: readonly string[], queues: readonly QueueName[]): HolderQueue[] =>
  holders.flatMap((holder) => queues.map((queue) => ({ holder, queue })));

/** Where a filter throws rows away, a page looks at so many of them. */
const lookedAt = 250;

/**
 * Finds the queues that a page of many holders has to be read from, among the positions of all that waits with them. The page
 * ends at `until`, where more follows. A queue of which not all positions are known is always read.
 */
export function nearest(
  waiting: readonly WaitingWith[],
  queues: readonly QueueName[],
  { after, limit, window, class: kind, category, region, movedSince }: Search,
): { read: HolderQueue[]; until: string | undefined } {
  const { from = "", to = "~" } = window ?? {};
  const isFiltered = (kind ?? category ?? region ?? movedSince) !== undefined;
  const found = waiting
    .flatMap(({ holder, positions }) => positions.map((one) => ({ holder, ...positionIn(one) })))
    .filter(
      ({ queue, due, order }) =>
        queues.includes(queue) && due >= from && due <= to && !(after && order <= after),
    )
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const near = found.slice(0, isFiltered ? Math.max(lookedAt, limit) : limit);
  const partlyKnown = waiting.filter(({ complete }) => !complete).map(({ holder }) => holder);
  const read = new Map(
    [...near, ...everyQueue(partlyKnown, queues)].map(({ holder, queue }) => [
      `${holder}#${queue}`,
      { holder, queue },
    ]),
  );
  return { read: [...read.values()], until: found.length > near.length ? near.at(-1)?.order : undefined };
}
