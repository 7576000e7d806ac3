import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { pagesOf } from "../../dynamo.ts";
import { type Case, caseState } from "../case.ts";
import type { Likened } from "../lists/duplicates.ts";
import {
  checkPartition,
  feedPartitions,
  merged,
  type Page,
  placeEntry,
  type QueueName,
  queuesIn,
  type Search,
  type Stretch,
  type WatchName,
} from "../lists/queues.ts";
import { keepPartitions } from "../moves/retention.ts";
import { type Anchor, anchor, movePartitions } from "./anchor.ts";
import { caseFrom, casePk } from "./case-item-store.ts";

/** Which cases there are: each list reads one index, as much of it as is asked for. */
export interface CaseLists {
  /** What waits in one queue of one or several agencies, by due date; the watching queues take a window of dates. */
  queue(name: QueueName | WatchName, holders: readonly string[], search: Search): Promise<Page>;
  /** How many cases wait with an agency, in all its queues. */
  openCases(holder: string): Promise<number>;
  /** The places of all cases that wait with an agency, for counting; `complete` is false where there are too many to read. */
  places(holder: string): Promise<{ places: string[]; complete: boolean }>;
  /** The cases of a shard that have to be looked at until an instant, a page at a time. */
  toCheck(
    shard: number,
    until: string,
    after?: string,
  ): Promise<{ numbers: string[]; after: string | undefined }>;
  /** The cases of a shard that a clock runs on, whole, a page of at most a hundred at a time. */
  running(shard: number, after?: string): Promise<{ cases: Case[]; after: string | undefined }>;
  /** What the public may see, the newest first. */
  feed(search: Search & { status?: string; holder?: string }): Promise<Page>;
  /** The cases that were joined to this one, a page of them. */
  followersOf(
    trackingNumber: string,
    after?: string,
  ): Promise<{ numbers: string[]; after: string | undefined }>;
  /** What was submitted about a region in a span of time, the newest first and as much as is compared of it. */
  around(
    region: string,
    span: { from: string; to: string; after: string | undefined; limit: number },
  ): Promise<{ items: Likened[]; after: string | undefined }>;
  /** The newest events of the cases that moved last on this day (UTC), a portion at a time. */
  movedOn(day: string): AsyncIterable<Anchor[]>;
  /** The cases whose time to be kept with who reported them is over at an instant, a portion at a time. */
  keptUntil(instant: string): AsyncIterable<string[]>;
}

/** How much one page may read where a filter throws rows away: a short page beats a long search. */
const readsWhenFiltered = 4;
const rowsPerRead = 250;
/** Megabytes that are read to count what waits with one agency: some thousands of cases. */
const readsWhenCounting = 10;
const rowsPerSweep = 500;
const followersAtOnce = 25;

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

/** The greatest string that sorts before a place: its last character one less, and then as far as it goes. */
const before = (place: string) =>
  `${place.slice(0, -1)}${String.fromCharCode((place.at(-1) ?? "").charCodeAt(0) - 1)}~`;

const likened = caseState.pick({
  trackingNumber: true,
  submittedAt: true,
  category: true,
  location: true,
  words: true,
});

/** The lists of the Cases table. Those of indexes may be a moment behind: whoever acts on a case reads it again. */
export function caseLists(dynamo: DynamoDBDocumentClient, table: string): CaseLists {
  /** Reads on in one partition of an index. `span` gives the sort keys that may follow the place `after`, both ends with it. */
  const stretch = async (
    index: { name: string; partition: string; order: string; newestFirst?: boolean; prefix?: string },
    partition: string,
    span: (after: string | undefined) => [low: string, high: string],
    { after, limit, filter }: { after: string | undefined; limit: number; filter: Filter },
  ): Promise<Stretch> => {
    const placeOf = (item: Record<string, unknown>) =>
      String(item[index.order]).slice(index.prefix?.length ?? 0);
    const rows: Stretch["rows"] = [];
    let reached = after;
    for (let read = 0; read < (filter.expression ? readsWhenFiltered : 1); read++) {
      const [low, high] = span(reached);
      if (low > high) return { rows, reached: undefined };
      const found = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: "#partition = :partition AND #order BETWEEN :low AND :high",
          FilterExpression: filter.expression,
          ExpressionAttributeNames: {
            "#partition": index.partition,
            "#order": index.order,
            ...filter.names,
          },
          ExpressionAttributeValues: {
            ":partition": partition,
            ":low": low,
            ":high": high,
            ...filter.values,
          },
          ScanIndexForward: !index.newestFirst,
          Limit: filter.expression ? rowsPerRead : limit,
        }),
      );
      rows.push(...(found.Items ?? []).map((item) => ({ order: placeOf(item), case: caseFrom(item) })));
      reached = found.LastEvaluatedKey && placeOf(found.LastEvaluatedKey);
      if (reached === undefined || rows.length >= limit) break;
    }
    return { rows, reached };
  };

  /** A page of the cases that wait for a look until an instant, from after a place on. */
  const waiting = async (
    shard: number,
    { until, after, limit }: { until: string; after: string | undefined; limit: number },
  ) => {
    const check = checkPartition(shard);
    const [nextCheckAt, number] = after?.split("#") ?? [];
    const page = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: "by-check",
        KeyConditionExpression: "#check = :check AND nextCheckAt <= :until",
        ExpressionAttributeNames: { "#check": "check" }, // a reserved word
        ExpressionAttributeValues: { ":check": check, ":until": until },
        Limit: limit,
        ...(number && { ExclusiveStartKey: { pk: casePk(number), sk: "CASE", check, nextCheckAt } }),
      }),
    );
    const numberOf = (item: Record<string, unknown>) => String(item.pk).slice(casePk("").length);
    const last = page.LastEvaluatedKey;
    return {
      numbers: (page.Items ?? []).map(numberOf),
      after: last && `${String(last.nextCheckAt)}#${numberOf(last)}`,
    };
  };

  return {
    async queue(name, holders, search) {
      const filter = filterOf(search);
      const { from = "", to = "" } = search.window ?? {};
      const stretches = await Promise.all(
        holders.flatMap((holder) =>
          queuesIn(name).map((queue) => {
            const prefix = `${queue}#`;
            return stretch(
              { name: "by-queue", partition: "queue", order: "queueOrder", prefix },
              holder,
              // A space sorts behind the place itself and before every other one.
              (after) => [`${prefix}${after === undefined ? from : `${after} `}`, `${prefix}${to}~`],
              { ...search, filter },
            );
          }),
        ),
      );
      return merged(stretches, search.limit, (a, b) => (a < b ? -1 : 1));
    },

    async openCases(holder) {
      let count = 0;
      const pages = pagesOf(dynamo, {
        TableName: table,
        IndexName: "by-queue",
        KeyConditionExpression: "queue = :queue",
        ExpressionAttributeValues: { ":queue": holder },
        Select: "COUNT",
      });
      for await (const page of pages) count += page.Count ?? 0;
      return count;
    },

    async places(holder) {
      const places: string[] = [];
      let reads = 0;
      const pages = pagesOf(dynamo, {
        TableName: table,
        IndexName: "by-queue",
        KeyConditionExpression: "queue = :queue",
        ExpressionAttributeValues: { ":queue": holder },
        ProjectionExpression: "queueOrder",
      });
      for await (const page of pages) {
        places.push(...(page.Items ?? []).map(({ queueOrder }) => String(queueOrder)));
        if (++reads === readsWhenCounting && page.LastEvaluatedKey) return { places, complete: false };
      }
      return { places, complete: true };
    },

    toCheck: (shard, until, after) => waiting(shard, { until, after, limit: rowsPerSweep }),

    async running(shard, after) {
      const page = await waiting(shard, { until: "~", after, limit: 100 });
      const cases: Case[] = [];
      let keys: Record<string, unknown>[] | undefined = page.numbers.map((number) => ({
        pk: casePk(number),
        sk: "CASE",
      }));
      while (keys && keys.length > 0) {
        const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await dynamo.send(
          new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
        );
        cases.push(...(Responses?.[table] ?? []).map(caseFrom));
        keys = UnprocessedKeys?.[table]?.Keys;
      }
      return { cases, after: page.after };
    },

    async feed(search) {
      const index = { name: "by-feed", partition: "feed", order: "feedOrder", newestFirst: true };
      const filter = filterOf(search);
      const stretches = await Promise.all(
        feedPartitions.map((partition) =>
          stretch(index, partition, (after) => ["0", after === undefined ? "~" : before(after)], {
            ...search,
            filter,
          }),
        ),
      );
      return merged(stretches, search.limit, (a, b) => (a > b ? -1 : 1));
    },

    async followersOf(joinedTo, after) {
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: "by-joined",
          KeyConditionExpression: "joinedTo = :first AND trackingNumber > :after",
          ExpressionAttributeValues: { ":first": joinedTo, ":after": after ?? "#" },
          Limit: followersAtOnce,
        }),
      );
      const numbers = (page.Items ?? []).map(({ trackingNumber }) => String(trackingNumber));
      return { numbers, after: page.LastEvaluatedKey && numbers.at(-1) };
    },

    async around(region, { from, to, after, limit }) {
      const { place } = placeEntry({ location: { regionCode: region } } as Case);
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: "by-place",
          KeyConditionExpression: "#place = :place AND placeOrder BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#place": "place" },
          ExpressionAttributeValues: {
            ":place": place,
            ":from": from,
            ":to": after === undefined ? `${to}~` : before(after),
          },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      const reached = page.LastEvaluatedKey?.placeOrder as string | undefined;
      return {
        items: (page.Items ?? []).map(({ pk: _pk, sk: _sk, place: _p, placeOrder, ...told }) => {
          const [submittedAt, trackingNumber] = String(placeOrder).split("#");
          return likened.parse({ ...told, trackingNumber, submittedAt });
        }),
        after: reached,
      };
    },

    async *movedOn(day) {
      for (const partition of movePartitions(day)) {
        const pages = pagesOf(dynamo, {
          TableName: table,
          IndexName: "by-move-day",
          KeyConditionExpression: "movedOn = :day",
          ExpressionAttributeValues: { ":day": partition },
        });
        for await (const page of pages)
          yield (page.Items ?? []).map((item) =>
            anchor.parse({
              trackingNumber: item.trackingNumber as unknown,
              sequence: item.version as unknown,
              hash: item.lastHash as unknown,
            }),
          );
      }
    },

    async *keptUntil(instant) {
      for (const partition of keepPartitions) {
        const pages = pagesOf(dynamo, {
          TableName: table,
          IndexName: "by-retention",
          KeyConditionExpression: "#keep = :keep AND keepUntil <= :instant",
          ExpressionAttributeNames: { "#keep": "keep" },
          ExpressionAttributeValues: { ":keep": partition, ":instant": instant },
        });
        for await (const page of pages)
          yield (page.Items ?? []).map(({ pk }) => String(pk).slice(casePk("").length));
      }
    },
  };
}
