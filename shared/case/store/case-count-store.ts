import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../../platform/read-stored.ts";
import { casePk } from "./case-item-store.ts";

/** Counts beside the cases. No move writes them, and none of them is part of a history. */
export interface CaseCounts {
  /** Adds a support to a case, and gives back how many it has. */
  addSupport(trackingNumber: string): Promise<number>;
  /** How many supports a case has, the last one included. */
  supportsOf(trackingNumber: string): Promise<number>;
  /** The same of up to a hundred cases. The newest supports may be missing. */
  supportsOfAll(trackingNumbers: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Counts a report whose sender came in by a poster of an agency, in a month such as "2026-11". */
  addArrival(agencyId: string, month: string, expiresAt: number): Promise<void>;
  /** How many reports came in by the posters of an agency, the newest month first, for up to 24 months before `before`. */
  arrivalsOf(agencyId: string, before: string): Promise<{ month: string; reports: number }[]>;
}

/** Behind the events of the case in its partition, where no reader of the history comes by. */
const supportKey = (trackingNumber: string) => ({ pk: casePk(trackingNumber), sk: "SUPPORTS" });

const arrivalPk = (agencyId: string) => `ARRIVALS#${agencyId}`;
const monthsShown = 24;

const supportItem = z.looseObject({ supports: z.int().nonnegative() });
const arrivalItem = z.looseObject({ sk: z.string(), reports: z.int().positive() });

const countIn = (item: unknown): number => (item === undefined ? 0 : readStored(supportItem, item).supports);

export function caseCounts(dynamo: DynamoDBDocumentClient, table: string): CaseCounts {
  return {
    async addSupport(trackingNumber) {
      const { Attributes } = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: supportKey(trackingNumber),
          UpdateExpression: "ADD supports :one",
          ExpressionAttributeValues: { ":one": 1 },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      return countIn(Attributes);
    },

    async supportsOf(trackingNumber) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: supportKey(trackingNumber), ConsistentRead: true }),
      );
      return countIn(Item);
    },

    async supportsOfAll(trackingNumbers) {
      const found = new Map(trackingNumbers.map((number) => [number, 0]));
      let keys: Record<string, unknown>[] | undefined = [...found.keys()].map(supportKey);
      while (keys && keys.length > 0) {
        const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await dynamo.send(
          new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
        );
        for (const item of Responses?.[table] ?? [])
          found.set(String(item.pk).slice(casePk("").length), countIn(item));
        keys = UnprocessedKeys?.[table]?.Keys;
      }
      return found;
    },

    async addArrival(agencyId, month, expiresAt) {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: arrivalPk(agencyId), sk: month },
          UpdateExpression: "ADD reports :one SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":one": 1, ":expiry": expiresAt },
        }),
      );
    },

    async arrivalsOf(agencyId, before) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk AND sk < :before",
          ExpressionAttributeValues: { ":pk": arrivalPk(agencyId), ":before": before },
          ScanIndexForward: false,
          Limit: monthsShown,
        }),
      );
      return Items.map((item) => {
        const { sk: month, reports } = readStored(arrivalItem, item);
        return { month, reports };
      });
    },
  };
}
