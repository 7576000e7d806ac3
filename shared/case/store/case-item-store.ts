import type { TransactionItem } from "../../platform/dynamo.ts";
import { noteUnreadable, readStored } from "../../platform/read-stored.ts";
import { asItem, UnreadableItem } from "../../stored.ts";
import { type Case, caseState, type Moved, withoutRemains } from "../case.ts";
import { type CaseEvent, eventAsStored, storedEvent } from "../history.ts";
import { checkEntry } from "../lists/checks.ts";
import { feedEntry } from "../lists/feed.ts";
import { queueEntry } from "../lists/queues.ts";
import { regionEntry } from "../lists/regions.ts";
import { keepEntry } from "../moves/retention.ts";
import { moveEntry } from "./anchor.ts";

export const casePk = (trackingNumber: string) => `CASE#${trackingNumber}`;
/**
 * An event that was copied back from a restored table has this attribute. The stream does not tell of it again: marks of mails are
 * forgotten one day.
 */
export const restoredMark = "restored";
export const eventSk = (sequence: number) => `EVENT#${String(sequence).padStart(6, "0")}`;

/** A case as it is stored, with its keys in the indexes. */
export const caseItem = (found: Case) =>
  asItem({
    pk: casePk(found.trackingNumber),
    sk: "CASE",
    ...queueEntry(found),
    ...checkEntry(found),
    ...feedEntry(found),
    ...regionEntry(found),
    ...moveEntry(found),
    ...keepEntry(found),
    ...found,
  });

/** An event as it is stored. Its format is no part of what its hashes are of. */
export const eventItem = (event: CaseEvent) => ({
  pk: casePk(event.trackingNumber),
  sk: eventSk(event.sequence),
  ...asItem(eventAsStored(event)),
});

/** An event from the item in which it is stored. */
export function eventFrom({
  pk: _pk,
  sk: _sk,
  [restoredMark]: _mark,
  ...stored
}: Record<string, unknown>): CaseEvent {
  try {
    return storedEvent(stored);
  } catch (error) {
    if (error instanceof UnreadableItem) noteUnreadable(error);
    throw error;
  }
}

/** The write of a case, on the version that was read. */
export const casePut = (table: string, { version }: Case, after: Case) => ({
  TableName: table,
  Item: caseItem(after),
  ConditionExpression: "version = :version",
  ExpressionAttributeValues: { ":version": version },
});

/** The two writes of a move: its event, and the case on the version that the move was decided on. */
export const moveItems = (table: string, before: Case, { case: after, event }: Moved): TransactionItem[] => [
  { Put: casePut(table, before, after) },
  {
    Put: {
      TableName: table,
      Item: eventItem(event),
      ConditionExpression: "attribute_not_exists(pk)",
    },
  },
];

/** The condition of a joining: the case that is followed can still be followed (joining.ts: `canBeFollowed`). */
export const followableItems = (table: string, { event }: Moved): TransactionItem[] =>
  event.type === "joined"
    ? [
        {
          ConditionCheck: {
            TableName: table,
            Key: { pk: casePk(event.content.duplicateOf), sk: "CASE" },
            ConditionExpression:
              "attribute_exists(pk) AND attribute_not_exists(joinedTo) AND NOT #status IN (:archived, :withdrawn)",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: { ":archived": "archived", ":withdrawn": "withdrawn" },
          },
        },
      ]
    : [];

/** A case as it was stored, without the keys of the indexes. */
export const caseFrom = (item: Record<string, unknown>): Case => {
  const {
    pk: _pk,
    sk: _sk,
    queue: _q,
    queueOrder: _qo,
    check: _c,
    feed: _f,
    feedOrder: _fo,
    movedOn: _m,
    keep: _k,
    keepUntil: _ku,
    place: _p,
    placeOrder: _po,
    ...state
  } = item;
  return withoutRemains(readStored(caseState, state));
};
