import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { transact, type TransactionItem } from "../dynamo.ts";
import { identityItem } from "../reporter/reporter-store.ts";
import { type Anchor, anchor, moveEntry, movePartitions } from "./anchor.ts";
import { type Case, type CaseFile, caseState, type Moved, type Submitted } from "./case.ts";
import { caseEvent } from "./history.ts";
import {
  feedEntry,
  type Page,
  type QueueName,
  queueEntry,
  queueNames,
  queuePartition,
  type Search,
  feedPartitions,
  merged,
  type Stretch,
} from "./queue.ts";
import { type RetryRecord, retryRecord } from "./retry.ts";

export type SubmissionOutcome =
  | { stored: true }
  /** The same Idempotency-Key has been used before; this is what it was used for. */
  | { stored: false; earlier: RetryRecord }
  /** Somebody else's case has this number already; take another. */
  | { stored: false; earlier?: undefined };

export interface CaseStore {
  /** Opens a case: state, first event, identity and the record for retries, all or nothing, in one request. */
  submit(submitted: Submitted, retry: RetryRecord): Promise<SubmissionOutcome>;
  /** The case alone, as it is now. */
  get(trackingNumber: string): Promise<Case | undefined>;
  /** Stores a move, case and event or neither, in one request. False when the case has changed since `before` was read. */
  append(before: Case, moved: Moved): Promise<boolean>;
  /** What waits in one queue of one or several agencies, the oldest first. */
  queue(name: QueueName, holders: readonly string[], search: Search): Promise<Page>;
  /** How many cases wait with an agency, in all its queues. */
  openCases(holder: string): Promise<number>;
  /** What the public may see, the newest first. */
  feed(search: Search & { status?: string; holder?: string }): Promise<Page>;
  /** The newest events of the cases that moved last on this day (UTC), a portion at a time. */
  movedOn(day: string): AsyncIterable<Anchor[]>;
  /** The case and its whole history, in one request for up to 1 MB. */
  find(trackingNumber: string): Promise<CaseFile | undefined>;
}

/** A case as it is stored, with the keys of the indexes that it is in. */
const caseItem = (found: Case) => ({
  pk: casePk(found.trackingNumber),
  sk: "CASE",
  ...queueEntry(found),
  ...feedEntry(found),
  ...moveEntry(found),
  ...found,
});

const caseFrom = (item: Record<string, unknown>): Case => {
  const {
    pk: _pk,
    sk: _sk,
    queue: _q,
    queueOrder: _qo,
    feed: _f,
    feedOrder: _fo,
    movedOn: _m,
    ...state
  } = item;
  return caseState.parse(state);
};

/** How much one page may read where a filter throws rows away: a short page beats a long search. */
const readsWhenFiltered = 4;
const rowsPerRead = 250;

interface Filter {
  expression: string | undefined;
  names: Record<string, string> | undefined;
  values: Record<string, unknown> | undefined;
}

/** A main category stands for its subcategories too, a province for its kabupaten and kota. */
function filterOf({
  class: kind,
  category,
  region,
  status,
  holder,
}: Search & { status?: string; holder?: string }): Filter {
  const conditions: string[] = [];
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const equals = (name: string, value: string | undefined) => {
    if (value === undefined) return;
    names[`#${name}`] = name;
    values[`:${name}`] = value;
    conditions.push(`#${name} = :${name}`);
  };
  equals("class", kind);
  equals("status", status);
  equals("holder", holder);
  if (category !== undefined) {
    names["#category"] = "category";
    Object.assign(values, { ":category": category, ":within": `${category}/` });
    conditions.push("(#category = :category OR begins_with(#category, :within))");
  }
  if (region !== undefined) {
    Object.assign(names, { "#location": "location", "#code": "regionCode" });
    values[":region"] = region;
    conditions.push("begins_with(#location.#code, :region)");
  }
  return conditions.length > 0
    ? { expression: conditions.join(" AND "), names, values }
    : { expression: undefined, names: undefined, values: undefined };
}

const casePk = (trackingNumber: string) => `CASE#${trackingNumber}`;
export const eventSk = (sequence: number) => `EVENT#${String(sequence).padStart(6, "0")}`;

export function caseStore(
  dynamo: DynamoDBDocumentClient,
  tables: { cases: string; reporters?: string },
): CaseStore {
  const submissionItems = (
    { case: opened, event, identity }: Submitted,
    { keyHash, ...retry }: RetryRecord,
    now: number,
  ): TransactionItem[] => {
    const pk = casePk(opened.trackingNumber);
    const items: TransactionItem[] = [
      {
        Put: {
          TableName: tables.cases,
          Item: { pk: `RETRY#${keyHash}`, sk: "RETRY", ...retry },
          // DynamoDB removes expired items days late, so an expired one counts as absent.
          ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
          ExpressionAttributeValues: { ":now": now },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
      {
        Put: {
          TableName: tables.cases,
          Item: caseItem(opened),
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
      {
        Put: {
          TableName: tables.cases,
          Item: { pk, sk: eventSk(event.sequence), ...event },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
    ];
    if (identity) {
      if (!tables.reporters)
        throw new Error("This function holds no Reporters table to write an identity to");
      items.push(identityItem(tables.reporters, identity));
    }
    return items;
  };

  const stretch = async (
    index: { name: string; partition: string; order: string; newestFirst?: boolean },
    partition: string,
    { after, limit, filter }: { after: string | undefined; limit: number; filter: Filter },
  ): Promise<Stretch> => {
    const rows: Stretch["rows"] = [];
    let reached = after;
    for (let read = 0; read < (filter.expression ? readsWhenFiltered : 1); read++) {
      const from: string | undefined = reached;
      const found = await dynamo.send(
        new QueryCommand({
          TableName: tables.cases,
          IndexName: index.name,
          KeyConditionExpression: `#partition = :partition${from === undefined ? "" : ` AND #order ${index.newestFirst ? "<" : ">"} :from`}`,
          FilterExpression: filter.expression,
          ExpressionAttributeNames: {
            "#partition": index.partition,
            ...(from !== undefined && { "#order": index.order }),
            ...filter.names,
          },
          ExpressionAttributeValues: {
            ":partition": partition,
            ...(from !== undefined && { ":from": from }),
            ...filter.values,
          },
          ScanIndexForward: !index.newestFirst,
          Limit: filter.expression ? rowsPerRead : limit,
        }),
      );
      rows.push(
        ...(found.Items ?? []).map((item) => ({ order: String(item[index.order]), case: caseFrom(item) })),
      );
      const last = found.LastEvaluatedKey?.[index.order] as string | undefined;
      reached = last;
      if (last === undefined || rows.length >= limit) break;
    }
    return { rows, reached };
  };

  return {
    async get(trackingNumber) {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: tables.cases,
          Key: { pk: casePk(trackingNumber), sk: "CASE" },
          ConsistentRead: true,
        }),
      );
      return Item && caseFrom(Item);
    },

    async append(before, { case: after, event }) {
      const refused = await transact(dynamo, [
        {
          Put: {
            TableName: tables.cases,
            Item: caseItem(after),
            ConditionExpression: "version = :version",
            ExpressionAttributeValues: { ":version": before.version },
          },
        },
        {
          Put: {
            TableName: tables.cases,
            Item: { pk: casePk(after.trackingNumber), sk: eventSk(event.sequence), ...event },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
      ]);
      return refused === undefined;
    },

    async queue(name, holders, search) {
      const index = { name: "by-queue", partition: "queue", order: "queueOrder" };
      const filter = filterOf(search);
      const stretches = await Promise.all(
        holders.map((holder) => stretch(index, queuePartition(holder, name), { ...search, filter })),
      );
      return merged(stretches, search.limit, (a, b) => (a < b ? -1 : 1));
    },

    async openCases(holder) {
      const counts = queueNames.map(async (name) => {
        let count = 0;
        let from: Record<string, unknown> | undefined;
        do {
          const page = await dynamo.send(
            new QueryCommand({
              TableName: tables.cases,
              IndexName: "by-queue",
              KeyConditionExpression: "queue = :queue",
              ExpressionAttributeValues: { ":queue": queuePartition(holder, name) },
              Select: "COUNT",
              ExclusiveStartKey: from,
            }),
          );
          count += page.Count ?? 0;
          from = page.LastEvaluatedKey;
        } while (from);
        return count;
      });
      return (await Promise.all(counts)).reduce((total, count) => total + count, 0);
    },

    async feed(search) {
      const index = { name: "by-feed", partition: "feed", order: "feedOrder", newestFirst: true };
      const filter = filterOf(search);
      const stretches = await Promise.all(
        feedPartitions.map((partition) => stretch(index, partition, { ...search, filter })),
      );
      return merged(stretches, search.limit, (a, b) => (a > b ? -1 : 1));
    },

    async *movedOn(day) {
      for (const partition of movePartitions(day)) {
        let from: Record<string, unknown> | undefined;
        do {
          const page = await dynamo.send(
            new QueryCommand({
              TableName: tables.cases,
              IndexName: "by-move-day",
              KeyConditionExpression: "movedOn = :day",
              ExpressionAttributeValues: { ":day": partition },
              ExclusiveStartKey: from,
            }),
          );
          yield (page.Items ?? []).map((item) =>
            anchor.parse({
              trackingNumber: item.trackingNumber as unknown,
              sequence: item.version as unknown,
              hash: item.lastHash as unknown,
            }),
          );
          from = page.LastEvaluatedKey;
        } while (from);
      }
    },

    async submit(submitted, retry) {
      const now = Date.parse(submitted.case.submittedAt) / 1000;
      const items = submissionItems(submitted, retry, now);
      const refused = await transact(dynamo, items);
      if (!refused) return { stored: true };
      const [used] = refused;
      if (used?.Code !== "ConditionalCheckFailed" || !used.Item) return { stored: false };
      const { pk, sk: _, ...earlier } = unmarshall(used.Item);
      const keyHash = String(pk).slice("RETRY#".length);
      return { stored: false, earlier: retryRecord.parse({ ...earlier, keyHash }) };
    },

    async find(trackingNumber) {
      const items: Record<string, unknown>[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(
          new QueryCommand({
            TableName: tables.cases,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": casePk(trackingNumber) },
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      const [state, ...events] = items;
      if (!state) return undefined;
      return {
        case: caseFrom(state),
        events: events.map(({ pk: _pk, sk: _sk, ...event }) => caseEvent.parse(event)),
      };
    },
  };
}
