import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorForLog, logger } from "../platform/observability.ts";
import { openIndex, type SearchIndex } from "./index-file-store.ts";
import type { IndexPlace } from "./index-place-store.ts";

/** The indexes that one instance of a function has at hand. */
export interface SearchIndexes {
  /** The newest index; undefined where there is none yet. */
  newest(): Promise<SearchIndex | undefined>;
  /** The index that a search began with; undefined where it is gone. */
  named(name: string): Promise<SearchIndex | undefined>;
}

/** Stands in where nothing is indexed. */
export const noIndexes: SearchIndexes = { newest: async () => undefined, named: async () => undefined };

/** The place of indexes in a bucket, loaded once and only when somebody searches. */
export const lazyIndexPlace = (bucket: string): (() => Promise<IndexPlace>) => {
  let place: Promise<IndexPlace> | undefined;
  return () =>
    (place ??= Promise.all([import("./index-place-store.ts"), import("../platform/storage.ts")]).then(
      ([{ indexPlace }, { storageClient }]) => indexPlace(storageClient(), bucket),
    ));
};

const lookEveryMs = 60_000;

/**
 * Keeps the newest index at hand, and one other with which a search began. It looks for a newer one at most once a minute. Where
 * that fails the search goes on with what is there.
 */
export function indexesAtHand(
  placeOf: () => Promise<IndexPlace>,
  { now = () => Date.now(), folder = tmpdir() } = {},
): SearchIndexes {
  let newest: SearchIndex | undefined;
  let other: SearchIndex | undefined;
  let lookedAt = -Infinity;
  /** One thing after the other: two fetches at once would need the disk twice. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    // Whoever asked is told of it. The next in line begins all the same.
    last = next.catch(() => {});
    return next;
  };

  const fetched = async (name: string): Promise<SearchIndex | undefined> => {
    const file = join(folder, `${randomUUID()}.sqlite`);
    try {
      return (await (await placeOf()).fetch(name, file)) ? openIndex(file) : undefined;
    } finally {
      rmSync(file, { force: true });
    }
  };

  const look = async (): Promise<void> => {
    if (now() - lookedAt < lookEveryMs) return;
    lookedAt = now();
    try {
      const pointer = await (await placeOf()).newest();
      if (!pointer || pointer.name === newest?.name) return;
      const found = await fetched(pointer.name);
      if (!found) return;
      other?.close();
      other = newest;
      newest = found;
    } catch (error) {
      logger.warn("the newest index cannot be fetched", { error: errorForLog(error) });
    }
  };

  return {
    newest: () => inTurn(async () => (await look(), newest)),
    named: (name) =>
      inTurn(async () => {
        await look();
        const known = [newest, other].find((one) => one?.name === name);
        if (known) return known;
        const found = await fetched(name);
        if (found) {
          other?.close();
          other = found;
        }
        return found;
      }),
  };
}
