import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { itemsOf } from "../../platform/dynamo.ts";
import { sideBySide } from "../../platform/side-by-side.ts";
import { type Case, type CaseFile, caseState } from "../case.ts";
import type { CaseEvent } from "../history.ts";
import type { Likened } from "../lists/duplicates.ts";
import { feedPartitions } from "../lists/feed.ts";
import { everyQueue, nearest } from "../lists/nearest.ts";
import { merged, type Page } from "../lists/page.ts";
import { type QueueName, queuesIn, type WatchName } from "../lists/queues.ts";
import { regionPartition } from "../lists/regions.ts";
import type { Search } from "../lists/search.ts";
import { caseFrom, casePk, eventFrom, eventSk } from "./case-item-store.ts";
import { filterOf } from "./filter.ts";
import { before, readStretch } from "./stretch-store.ts";

/** The lists of cases that people ask for. Each list reads one index, and as much of it as is asked for. */
export interface CaseLists {
  /** What waits in one queue of one or several agencies, by due date. The watching queues take a window of dates. */
  queue(name: QueueName | WatchName, holders: readonly string[], search: Search): Promise<Page>;
  /** How many cases wait with an agency, in all its queues. */
  openCases(holder: string): Promise<number>;
  /** The positions of all cases that wait with an agency, for counting. `complete` is false where there are too many to read. */
  positions(holder: string): Promise<{ positions: string[]; complete: boolean }>;
  /** What the public may see, the newest first. */
  feed(search: Search & { status?: string; holder?: string }): Promise<Page>;
  /** All that the public may see, a portion at a time. */
  wholeFeed(): AsyncIterable<Case[]>;
  /** Cases with the part of their history that tells what the public reads as their text, in any order. */
  reports(cases: readonly Case[]): Promise<CaseFile[]>;
  /**
   * The newest of what the public may see since a date, and of a region if it is given. It asks each part of the feed once, for at
   * most so many rows and a megabyte. `after` is where it ended, if there are older ones.
   */
  newestPublic(query: { since: string; region?: string; rowsOfPart: number }): Promise<Page>;
  /** The cases that were joined to this one, a page of them. */
  followersOf(
    trackingNumber: string,
    after?: string,
  ): Promise<{ numbers: string[]; after: string | undefined }>;
  /** What was submitted about the kabupaten or kota of a region in a span of time, the newest first and as much of each case as is compared. */
  around(
    region: string,
    span: { from: string; to: string; after: string | undefined; limit: number },
  ): Promise<{ items: Likened[]; after: string | undefined }>;
}

/** Counting what waits with one agency reads at most so many megabytes: some thousands of cases. */
const readsWhenCounting = 10;
const followersAtOnce = 25;
/** A batch of reads holds at most so many items. */
const eventsAtOnce = 100;
/** The queues of so many holders are read side by side. Of more holders, the positions say first which ones a page needs. */
const holdersAtOnce = 60;

const feedIndex = { name: "by-feed", partition: "feed", order: "feedOrder", newestFirst: true };

const likened = caseState.pick({
  trackingNumber: true,
  submittedAt: true,
  category: true,
  location: true,
  words: true,
});

/** The lists of the Cases table. Indexes may be a moment behind: whoever acts on a case reads it again. */
export function caseLists(dynamo: DynamoDBDocumentClient, table: string): CaseLists {
  const source = { dynamo, table };

  /** The rows of the queues of one holder. */
  const waitingWith = (holder: string) => ({
    TableName: table,
    IndexName: "by-queue",
    KeyConditionExpression: "queue = :queue",
    ExpressionAttributeValues: { ":queue": holder },
  });

  const positions: CaseLists["positions"] = async (holder) => {
    const found: string[] = [];
    let reads = 0;
    const query = { ...waitingWith(holder), ProjectionExpression: "queueOrder" };
    for await (const page of paginateQuery({ client: dynamo }, query)) {
      found.push(...(page.Items ?? []).map(({ queueOrder }) => String(queueOrder)));
      if (++reads === readsWhenCounting && page.LastEvaluatedKey)
        return { positions: found, complete: false };
    }
    return { positions: found, complete: true };
  };

  /** The submissions of at most a hundred cases. */
  const firstEvents = async (cases: readonly Case[]): Promise<CaseEvent[]> => {
    const events: CaseEvent[] = [];
    let keys: Record<string, unknown>[] | undefined = cases.map(({ trackingNumber }) => ({
      pk: casePk(trackingNumber),
      sk: eventSk(1),
    }));
    while (keys && keys.length > 0) {
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await dynamo.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
      );
      events.push(...(Responses?.[table] ?? []).map(eventFrom));
      keys = UnprocessedKeys?.[table]?.Keys;
    }
    return events;
  };

  const allEvents = async ({ trackingNumber }: Case): Promise<CaseEvent[]> =>
    (
      await itemsOf(dynamo, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :event)",
        ExpressionAttributeValues: { ":pk": casePk(trackingNumber), ":event": "EVENT#" },
      })
    ).map(eventFrom);

  return {
    async queue(name, holders, search) {
      const asked = { ...search, filter: filterOf({ ...search, reader: "officer" }) };
      const { from: first = "", to: last = "" } = search.window ?? {};
      const { read, until } =
        holders.length > holdersAtOnce
          ? nearest(
              await sideBySide(holders, async (holder) => ({ holder, ...(await positions(holder)) })),
              queuesIn(name),
              search,
            )
          : { read: everyQueue(holders, queuesIn(name)), until: undefined };
      const stretches = await sideBySide(read, ({ holder, queue }) => {
        const prefix = `${queue}#`;
        return readStretch(
          source,
          { name: "by-queue", partition: "queue", order: "queueOrder", prefix },
          holder,
          // A space sorts behind the position itself and before every other one.
          (after) => [`${prefix}${after === undefined ? first : `${after} `}`, `${prefix}${last}~`],
          asked,
        );
      });
      const whole = until === undefined ? stretches : [...stretches, { rows: [], reached: until }];
      return merged(whole, search.limit, (a, b) => (a < b ? -1 : 1));
    },

    async openCases(holder) {
      let count = 0;
      const query = { ...waitingWith(holder), Select: "COUNT" as const };
      for await (const page of paginateQuery({ client: dynamo }, query)) count += page.Count ?? 0;
      return count;
    },

    positions,

    async feed(search) {
      const asked = { ...search, filter: filterOf({ ...search, reader: "public" }) };
      const stretches = await Promise.all(
        feedPartitions.map((partition) =>
          readStretch(
            source,
            feedIndex,
            partition,
            (after) => [search.since ?? "0", after === undefined ? "~" : before(after)],
            asked,
          ),
        ),
      );
      return merged(stretches, search.limit, (a, b) => (a > b ? -1 : 1));
    },

    async *wholeFeed() {
      for (const partition of feedPartitions) {
        const query = {
          TableName: table,
          IndexName: feedIndex.name,
          KeyConditionExpression: "feed = :feed",
          ExpressionAttributeValues: { ":feed": partition },
        };
        for await (const page of paginateQuery({ client: dynamo }, query))
          yield (page.Items ?? []).map(caseFrom);
      }
    },

    async reports(cases) {
      const firsts = new Map<string, CaseEvent>();
      for (let from = 0; from < cases.length; from += eventsAtOnce)
        for (const first of await firstEvents(cases.slice(from, from + eventsAtOnce)))
          firsts.set(first.trackingNumber, first);
      return sideBySide(
        cases.filter(({ trackingNumber }) => firsts.has(trackingNumber)),
        async (found) => {
          const first = firsts.get(found.trackingNumber);
          // Where the reporter reworded it, a later event holds the text.
          const events = found.redaction ? await allEvents(found) : first ? [first] : [];
          return { case: found, events };
        },
      );
    },

    async newestPublic({ since, region, rowsOfPart }) {
      const stretches = await Promise.all(
        feedPartitions.map((partition) =>
          readStretch(source, feedIndex, partition, () => [since, "~"], {
            after: undefined,
            limit: rowsOfPart,
            filter: filterOf({
              after: undefined,
              limit: rowsOfPart,
              reader: "public",
              ...(region && { region }),
            }),
            once: true,
          }),
        ),
      );
      return merged(stretches, Infinity, (a, b) => (a > b ? -1 : 1));
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
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: "by-place",
          KeyConditionExpression: "#place = :place AND placeOrder BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#place": "place" },
          ExpressionAttributeValues: {
            ":place": regionPartition(region),
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
  };
}
