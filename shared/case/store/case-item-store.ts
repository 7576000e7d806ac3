import type { TransactionItem } from "../../dynamo.ts";
import { type Case, caseState, type Moved } from "../case.ts";
import { checkEntry, feedEntry, placeEntry, queueEntry } from "../lists/queues.ts";
import { keepEntry } from "../moves/retention.ts";
import { moveEntry } from "./anchor.ts";

export const casePk = (trackingNumber: string) => `CASE#${trackingNumber}`;
export const eventSk = (sequence: number) => `EVENT#${String(sequence).padStart(6, "0")}`;

/** A case as it is stored, with the keys of the indexes that it is in. */
export const caseItem = (found: Case) => ({
  pk: casePk(found.trackingNumber),
  sk: "CASE",
  ...queueEntry(found),
  ...checkEntry(found),
  ...feedEntry(found),
  ...placeEntry(found),
  ...moveEntry(found),
  ...keepEntry(found),
  ...found,
});

export const casePut = (table: string, { version }: Case, after: Case) => ({
  TableName: table,
  Item: caseItem(after),
  ConditionExpression: "version = :version",
  ExpressionAttributeValues: { ":version": version },
});

/** The two writes of a move: the case, on the version that it was decided on, and its event. */
export const moveItems = (table: string, before: Case, { case: after, event }: Moved): TransactionItem[] => [
  { Put: casePut(table, before, after) },
  {
    Put: {
      TableName: table,
      Item: { pk: casePk(after.trackingNumber), sk: eventSk(event.sequence), ...event },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  },
];

/** The case that a joined one follows still has to be one that can be followed when that is stored (joining.ts: `canBeFollowed`). */
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
  return caseState.parse(state);
};
