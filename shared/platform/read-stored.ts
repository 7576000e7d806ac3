import type * as z from "zod";
import { tryStored, UnreadableItem } from "../stored.ts";
import { logger, metrics } from "./observability.ts";

/** Counts what cannot be read, and says in the log where. The alarm on it is in infra/jobs-stack.ts. */
export function noteUnreadable({ places }: UnreadableItem): void {
  metrics.singleMetric().addMetric("UnreadableItem", "Count", 1);
  logger.error("item unreadable", { places });
}

/** Reads what lay in a table, a bucket or a message queue. Fields that this code does not know stay on the value. */
export function readStored<S extends z.ZodType>(schema: S, stored: unknown): z.output<S> {
  const read = tryStored(schema, stored);
  if ("value" in read) return read.value;
  noteUnreadable(read.unreadable);
  throw read.unreadable;
}

/** Reads the items of a list. It leaves out what this code cannot read, so that this hides nothing else. */
export const readableOf = <I, T>(items: readonly I[] | undefined, read: (item: I) => T): T[] =>
  (items ?? []).flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (error instanceof UnreadableItem) return [];
      throw error;
    }
  });
