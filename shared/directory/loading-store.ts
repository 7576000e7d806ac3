import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { itemsOf, transact, type TransactionItem } from "../platform/dynamo.ts";
import { readStored } from "../platform/read-stored.ts";
import { type Agency, type Officer, type Region, region } from "./directory.ts";
import { type Entry, idOf, type Kind, loadedChange, plainPut } from "./directory-store.ts";
import type { EntryKind } from "./entry-history.ts";
import { entryStore, recordedFrom, recordingItems } from "./entry-store.ts";
import { wordItems } from "./regions/region-store.ts";

/** Counts what became of the entries of a file, and the entries of the table that are not in the file. */
export type Loaded = Record<"added" | "changed" | "unchanged" | "kept" | "left", number>;

export interface LoadingStore {
  /**
   * Stores all entries of a kind from a file. It fails if somebody changes one at the same moment. An agency or officer
   * that administrators have changed since is kept, unless `overwrite` is set.
   */
  load<K extends Kind>(
    kind: K,
    entries: readonly Entry<K>[],
    options?: { overwrite?: boolean },
  ): Promise<Loaded>;
}

/** A transaction takes at most so many items. */
const itemsInTransaction = 100;
const transactionsAtOnce = 4;

/** Lists the writes that store an entry, or tells why none are needed. */
type Step = "unchanged" | "kept" | Write;
interface Write {
  outcome: "added" | "changed";
  id: string;
  items: TransactionItem[];
}

/** Parts the writes into transactions. What one entry takes stays together. */
function inTransactions(writes: readonly Write[]): Write[][] {
  const batches: Write[][] = [];
  let room = 0;
  for (const one of writes) {
    const last = batches.at(-1);
    if (last && one.items.length <= room) last.push(one);
    else {
      batches.push([one]);
      room = itemsInTransaction;
    }
    room -= one.items.length;
  }
  return batches;
}

/**
 * Loads whole files. It reads the present entries in a few queries, and writes the differing ones in a few transactions.
 */
export function loadingStore(
  dynamo: DynamoDBDocumentClient,
  table: string,
  now: () => Date = () => new Date(),
): LoadingStore {
  const entryHistories = entryStore(dynamo, table);

  const stored = async (kind: Kind) => {
    const items = await itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": kind },
      ConsistentRead: true,
    });
    return new Map(items.map((item) => [String(item.sk), item]));
  };

  const recordedStep = async <K extends EntryKind>(
    kind: K,
    item: Record<string, unknown> | undefined,
    entry: Agency & Officer,
    overwrite: boolean,
  ): Promise<Step> => {
    const before = item && recordedFrom(kind, item);
    const change = await loadedChange(entryHistories, kind, before, entry, { overwrite, at: now() });
    if (typeof change === "string") return change;
    return {
      outcome: before ? "changed" : "added",
      id: entry.id,
      items: recordingItems(table, before, change),
    };
  };

  const step = async <K extends Kind>(
    kind: K,
    item: Record<string, unknown> | undefined,
    entry: Entry<K>,
    overwrite: boolean,
  ): Promise<Step> => {
    if (kind === "agency" || kind === "officer")
      return recordedStep(kind, item, entry as Agency & Officer, overwrite);
    const Put = plainPut(table, kind, item, entry);
    if (!Put) return "unchanged";
    const words =
      kind === "district" || kind === "village"
        ? wordItems(table, item && readStored(region, item.entry), entry as Region)
        : [];
    return { outcome: item ? "changed" : "added", id: idOf(entry), items: [{ Put }, ...words] };
  };

  return {
    async load(kind, entries, { overwrite = false } = {}) {
      const before = await stored(kind);
      const count = { added: 0, changed: 0, unchanged: 0, kept: 0 };
      const steps = await Promise.all(
        entries.map((entry) => step(kind, before.get(idOf(entry)), entry, overwrite)),
      );
      const writes = steps.filter((one) => typeof one !== "string");
      for (const one of steps) if (typeof one === "string") count[one]++;

      const batches = inTransactions(writes);
      const write = async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift()) {
          const owners = batch.flatMap(({ id, items }) => items.map(() => id));
          const refused = await transact(
            dynamo,
            batch.flatMap(({ items }) => items),
          );
          if (refused)
            throw new Error(
              `${kind} ${owners[refused.findIndex(({ Code }) => Code === "ConditionalCheckFailed")]} was not stored: it has changed in the meantime, or its account is another officer's`,
            );
          for (const { outcome } of batch) count[outcome]++;
        }
      };
      await Promise.all(Array.from({ length: transactionsAtOnce }, write));

      const given = new Set(entries.map(idOf));
      return { ...count, left: [...before.keys()].filter((id) => !given.has(id)).length };
    },
  };
}
