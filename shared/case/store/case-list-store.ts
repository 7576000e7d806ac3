import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { sideBySide } from "../../platform/side-by-side.ts";
import { caseState } from "../case.ts";
import type { Likened } from "../lists/duplicates.ts";
import { feedPartitions } from "../lists/feed.ts";
import { everyQueue, nearest } from "../lists/nearest.ts";
import { merged, type Page } from "../lists/page.ts";
import { type QueueName, queuesIn, type WatchName } from "../lists/queues.ts";
import { regionPartition } from "../lists/regions.ts";
import type { Search } from "../lists/search.ts";
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
  /** What was submitted about a region in a span of time, the newest first and as much of each case as is compared. */
  around(
    region: string,
    span: { from: string; to: string; after: string | undefined; limit: number },
  ): Promise<{ items: Likened[]; after: string | undefined }>;
}

/** Counting what waits with one agency reads at most so many megabytes: some thousands of cases. */
const readsWhenCounting = 10;
const followersAtOnce = 25;
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

  return {
    async queue(name, holders, search) {
      const asked = { ...search, filter: filterOf(search) };
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
      const asked = { ...search, filter: filterOf(search) };
      const stretches = await Promise.all(
        feedPartitions.map((partition) =>
          readStretch(
            source,
            feedIndex,
            partition,
            (after) => ["0", after === undefined ? "~" : before(after)],
            asked,
          ),
        ),
      );
      return merged(stretches, search.limit, (a, b) => (a > b ? -1 : 1));
    },

    async newestPublic({ since, region, rowsOfPart }) {
      const stretches = await Promise.all(
        feedPartitions.map((partition) =>
          readStretch(source, feedIndex, partition, () => [since, "~"], {
            after: undefined,
            limit: rowsOfPart,
            filter: filterOf({ after: undefined, limit: rowsOfPart, ...(region && { region }) }),
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
