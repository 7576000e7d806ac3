import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import type { Case } from "../case.ts";
import { checkPartition } from "../lists/checks.ts";
import { keepPartitions } from "../moves/retention.ts";
import { type Anchor, anchor, movePartitions } from "./anchor.ts";
import { caseFrom, casePk } from "./case-item-store.ts";

/** The cases that scheduled work goes through. Each sweep reads one index, a portion at a time. */
export interface CaseSweeps {
  /** The cases of a shard that have to be looked at until an instant, a page at a time. */
  toCheck(
    shard: number,
    until: string,
    after?: string,
  ): Promise<{ numbers: string[]; after: string | undefined }>;
  /** The cases of a shard that a clock runs on, whole, a page of at most a hundred at a time. */
  running(shard: number, after?: string): Promise<{ cases: Case[]; after: string | undefined }>;
  /** The newest events of the cases that moved last on this day (UTC), a portion at a time. */
  movedOn(day: string): AsyncIterable<Anchor[]>;
  /** The cases whose retention is over at an instant, a portion at a time. */
  keptUntil(instant: string): AsyncIterable<string[]>;
}

const rowsPerSweep = 500;
/** A batch of reads holds at most so many items. */
const rowsPerBatch = 100;

const numberOf = ({ pk }: Record<string, unknown>): string => String(pk).slice(casePk("").length);

/** The sweeps of the Cases table. Indexes may be a moment behind: whoever acts on a case reads it again. */
export function caseSweeps(dynamo: DynamoDBDocumentClient, table: string): CaseSweeps {
  /** A page of the cases that wait for a look until an instant, from after a position on. */
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
    const last = page.LastEvaluatedKey;
    return {
      numbers: (page.Items ?? []).map(numberOf),
      after: last && `${String(last.nextCheckAt)}#${numberOf(last)}`,
    };
  };

  return {
    toCheck: (shard, until, after) => waiting(shard, { until, after, limit: rowsPerSweep }),

    async running(shard, after) {
      const page = await waiting(shard, { until: "~", after, limit: rowsPerBatch });
      const cases: Case[] = [];
      let keys: Record<string, unknown>[] | undefined = page.numbers.map((number) => ({
        pk: casePk(number),
        sk: "CASE",
      }));
      while (keys && keys.length > 0) {
        const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await dynamo.send(
          new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
        );
        cases.push(...readableOf(Responses?.[table], caseFrom));
        keys = UnprocessedKeys?.[table]?.Keys;
      }
      return { cases, after: page.after };
    },

    async *movedOn(day) {
      for (const partition of movePartitions(day)) {
        const query = {
          TableName: table,
          IndexName: "by-move-day",
          KeyConditionExpression: "movedOn = :day",
          ExpressionAttributeValues: { ":day": partition },
        };
        for await (const page of paginateQuery({ client: dynamo }, query))
          yield (page.Items ?? []).map((item) =>
            readStored(anchor, {
              trackingNumber: item.trackingNumber as unknown,
              sequence: item.version as unknown,
              hash: item.lastHash as unknown,
            }),
          );
      }
    },

    async *keptUntil(instant) {
      for (const partition of keepPartitions) {
        const query = {
          TableName: table,
          IndexName: "by-retention",
          KeyConditionExpression: "#keep = :keep AND keepUntil <= :instant",
          ExpressionAttributeNames: { "#keep": "keep" },
          ExpressionAttributeValues: { ":keep": partition, ":instant": instant },
        };
        for await (const page of paginateQuery({ client: dynamo }, query))
          yield (page.Items ?? []).map(numberOf);
      }
    },
  };
}
