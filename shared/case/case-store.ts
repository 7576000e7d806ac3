import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { itemsOf, pagesOf, transact, type TransactionItem } from "../dynamo.ts";
import {
  correctionItem,
  formerAddressItem,
  identityItem,
  removalItem,
  type ReporterSeal,
} from "../reporter/reporter-store.ts";
import { type Anchor, anchor, moveEntry, movePartitions } from "./anchor.ts";
import { type Case, type CaseFile, caseState, type Moved, type Submitted } from "./case.ts";
import { caseEvent } from "./history.ts";
import type { Likened } from "./likeness.ts";
import {
  feedEntry,
  type Page,
  type QueueName,
  checkEntry,
  checkPartition,
  placeEntry,
  queueEntry,
  queuesIn,
  type WatchName,
  type Search,
  feedPartitions,
  merged,
  type Stretch,
} from "./queue.ts";
import { keepEntry, keepPartitions } from "./retention.ts";
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
  /**
   * Stores a move, case and event or neither, in one request. False when the case has changed since `before` was read, or
   * when the one that it is joined to cannot be followed any more.
   */
  append(before: Case, moved: Moved): Promise<boolean>;
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
  /** Sets when a case is looked at next, and nothing else. False when it has changed since it was read. */
  postpone(found: Case, nextCheckAt: string | undefined): Promise<boolean>;
  /** Stores what is no part of a case's history. False when the case has changed since it was read. */
  restate(found: Case): Promise<boolean>;
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
  /** The case and its whole history, in one request for up to 1 MB. */
  find(trackingNumber: string): Promise<CaseFile | undefined>;
}

/** A case as it is stored, with the keys of the indexes that it is in. */
const caseItem = (found: Case) => ({
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

const casePut = (table: string, { version }: Case, after: Case) => ({
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
const followableItems = (table: string, { event }: Moved): TransactionItem[] =>
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

const caseFrom = (item: Record<string, unknown>): Case => {
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

const casePk = (trackingNumber: string) => `CASE#${trackingNumber}`;
export const eventSk = (sequence: number) => `EVENT#${String(sequence).padStart(6, "0")}`;

/** Where identities go, and what seals them; who only removes them needs no seal. */
export interface Reporters {
  table: string;
  seal?: ReporterSeal;
}

export function caseStore(
  dynamo: DynamoDBDocumentClient,
  tables: { cases: string; reporters?: Reporters },
): CaseStore {
  const reporters = (): Reporters => {
    if (!tables.reporters) throw new Error("This function holds no Reporters table to write an identity to");
    return tables.reporters;
  };
  const seal = (): ReporterSeal => {
    const { seal } = reporters();
    if (!seal) throw new Error("This function holds no key to seal an identity with");
    return seal;
  };

  const submissionItems = async (
    { case: opened, event, identity }: Submitted,
    { keyHash, ...retry }: RetryRecord,
    now: number,
  ): Promise<TransactionItem[]> => {
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
    if (identity) items.push(identityItem(reporters().table, await seal().seal(identity)));
    return items;
  };

  /** What a move does to who reported the case, in the same transaction. */
  const identityItems = async ({ event, identity, former }: Moved): Promise<TransactionItem[]> => {
    if (identity === undefined) return [];
    const { table } = reporters();
    const { trackingNumber } = event;
    return [
      identity === "removed"
        ? removalItem(table, trackingNumber)
        : correctionItem(table, await seal().seal(identity)),
      ...(former ? [formerAddressItem(table, event, await seal().sealFormer(trackingNumber, former))] : []),
    ];
  };

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
          TableName: tables.cases,
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
        TableName: tables.cases,
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

    async append(before, moved) {
      const items = [
        ...moveItems(tables.cases, before, moved),
        ...followableItems(tables.cases, moved),
        ...(await identityItems(moved)),
      ];
      return (await transact(dynamo, items)) === undefined;
    },

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
        TableName: tables.cases,
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
        TableName: tables.cases,
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
          new BatchGetCommand({ RequestItems: { [tables.cases]: { Keys: keys, ConsistentRead: true } } }),
        );
        cases.push(...(Responses?.[tables.cases] ?? []).map(caseFrom));
        keys = UnprocessedKeys?.[tables.cases]?.Keys;
      }
      return { cases, after: page.after };
    },

    async postpone(found, nextCheckAt) {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: tables.cases,
            Key: { pk: casePk(found.trackingNumber), sk: "CASE" },
            UpdateExpression: nextCheckAt ? "SET nextCheckAt = :next" : "REMOVE nextCheckAt, #check",
            ConditionExpression: "version = :version",
            ExpressionAttributeNames: nextCheckAt ? undefined : { "#check": "check" },
            ExpressionAttributeValues: {
              ":version": found.version,
              ...(nextCheckAt && { ":next": nextCheckAt }),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async restate(found) {
      return (await transact(dynamo, [{ Put: casePut(tables.cases, found, found) }])) === undefined;
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
          TableName: tables.cases,
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
          TableName: tables.cases,
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
          TableName: tables.cases,
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
          TableName: tables.cases,
          IndexName: "by-retention",
          KeyConditionExpression: "#keep = :keep AND keepUntil <= :instant",
          ExpressionAttributeNames: { "#keep": "keep" },
          ExpressionAttributeValues: { ":keep": partition, ":instant": instant },
        });
        for await (const page of pages)
          yield (page.Items ?? []).map(({ pk }) => String(pk).slice(casePk("").length));
      }
    },

    async submit(submitted, retry) {
      const now = Date.parse(submitted.case.submittedAt) / 1000;
      const items = await submissionItems(submitted, retry, now);
      const refused = await transact(dynamo, items);
      if (!refused) return { stored: true };
      const [used] = refused;
      if (used?.Code !== "ConditionalCheckFailed" || !used.Item) return { stored: false };
      const { pk, sk: _, ...earlier } = unmarshall(used.Item);
      const keyHash = String(pk).slice("RETRY#".length);
      return { stored: false, earlier: retryRecord.parse({ ...earlier, keyHash }) };
    },

    async find(trackingNumber) {
      const items = await itemsOf(dynamo, {
        TableName: tables.cases,
        // What else lies in the partition of a case sorts before or behind it.
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :case AND :last",
        ExpressionAttributeValues: { ":pk": casePk(trackingNumber), ":case": "CASE", ":last": "EVENT#~" },
        ConsistentRead: true,
      });
      const [state, ...events] = items;
      if (!state) return undefined;
      return {
        case: caseFrom(state),
        events: events.map(({ pk: _pk, sk: _sk, ...event }) => caseEvent.parse(event)),
      };
    },
  };
}
