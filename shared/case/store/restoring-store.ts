import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, paginateScan, PutCommand } from "@aws-sdk/lib-dynamodb";
import { itemsOf } from "../../platform/dynamo.ts";
import { flaws, proofOf } from "../history.ts";
import { caseFrom, casePk, eventFrom, restoredMark } from "./case-item-store.ts";

/** What became of a case that was asked for. */
export type Restored =
  /** It is as it was in the restored table. */
  | "restored"
  /** The table has it as new or newer. It was left as it is. */
  | "kept"
  /** The restored table does not have it. */
  | "absent"
  /** The history in the restored table is not whole, so nothing of it was taken. */
  | "broken"
  /** The table has another event where the restored table has one. Somebody has to look, so nothing was changed. */
  | "contradicted";

/** Copies back what was lost, from a table that was restored beside the one in use. */
export interface RestoringStore {
  /** The numbers of all cases of the restored table, a portion at a time. */
  numbers(): AsyncIterable<string[]>;
  /** Copies a case with its history and its files' entries, unless the table has it as new or newer. May be done again at any time. */
  restoreCase(trackingNumber: string): Promise<Restored>;
  /** Copies the items of the restored table that the table does not have, and counts them. `keeps` says which are worth it. */
  restoreMissing(
    keeps: (item: Record<string, unknown>) => boolean,
  ): Promise<{ copied: number; kept: number }>;
}

type Item = Record<string, unknown>;

export function restoringStore(
  dynamo: DynamoDBDocumentClient,
  { from, to }: { from: string; to: string },
  now = () => new Date(),
): RestoringStore {
  const isOver = ({ expiresAt }: Item) =>
    typeof expiresAt === "number" && expiresAt <= now().getTime() / 1000;

  /** Puts an item. False where the condition refused it. */
  const put = async (Item: Item, condition: string, values?: Record<string, unknown>): Promise<boolean> => {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: to,
          Item,
          ConditionExpression: condition,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const partition = (table: string, trackingNumber: string) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": casePk(trackingNumber) },
      ConsistentRead: true,
    });
  const stateIn = (items: readonly Item[]) => items.find(({ sk }) => sk === "CASE");
  const isEvent = ({ sk }: Item) => String(sk).startsWith("EVENT#");

  return {
    async *numbers() {
      const scan = {
        TableName: from,
        FilterExpression: "sk = :case",
        ExpressionAttributeValues: { ":case": "CASE" },
        ConsistentRead: true,
      };
      for await (const page of paginateScan({ client: dynamo }, scan))
        yield (page.Items ?? []).map(({ trackingNumber }) => String(trackingNumber));
    },

    async restoreCase(trackingNumber) {
      const [kept, present] = await Promise.all([
        partition(from, trackingNumber),
        partition(to, trackingNumber),
      ]);
      const state = stateIn(kept);
      if (!state) return "absent";
      const found = caseFrom(state);
      const live = stateIn(present);
      if (live && caseFrom(live).version >= found.version) return "kept";
      const events = kept.filter(isEvent).map(eventFrom);
      const head = { sequence: found.version, hash: found.lastHash };
      if (flaws(trackingNumber, events.map(proofOf), [head]).length > 0) return "broken";
      const hashes = new Map(events.map(({ sequence, hash }) => [sequence, hash]));
      const isForeign = ({ sequence, hash }: { sequence: number; hash: string }) =>
        hashes.get(sequence) !== hash;
      if (present.filter(isEvent).map(eventFrom).some(isForeign)) return "contradicted";

      // The state comes last: until then nobody sees a half-copied case, and the same copying goes on where it stopped.
      for (const item of kept)
        if (item !== state && !isOver(item))
          await put(isEvent(item) ? { ...item, [restoredMark]: true } : item, "attribute_not_exists(pk)");
      const stored = await put(state, "attribute_not_exists(pk) OR version < :version", {
        ":version": found.version,
      });
      return stored ? "restored" : "kept";
    },

    async restoreMissing(keeps) {
      const done = { copied: 0, kept: 0 };
      for await (const page of paginateScan({ client: dynamo }, { TableName: from, ConsistentRead: true }))
        for (const item of page.Items ?? []) {
          if (isOver(item) || !keeps(item)) continue;
          if (await put(item, "attribute_not_exists(pk)")) done.copied++;
          else done.kept++;
        }
      return done;
    },
  };
}
