import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Counted, counterName, utcDate, windowEnd } from "./load.ts";

/** How much comes from where, for minutes. Once the day's key is gone nobody can tell from it who it was. */
export interface TrafficStore {
  /** The secret of a day (UTC). All functions have the same. */
  keyOf(day: string): Promise<string>;
  /** How often this has been counted in the window of an instant. */
  countOf(counted: Counted, at: Date): Promise<number>;
  /** Adds to a count, in a request of its own. The count stays, whatever becomes of the caller's request. */
  count(counted: Counted, at: Date, more?: number): Promise<Arrivals>;
  /** Replaces the outlines of what a network reported in the window of an instant; see shared/text/outline.ts. */
  keepOutlines(counted: Counted, outlines: readonly string[], at: Date): Promise<void>;
  /** Whether something may be used: nobody has used it, or the same user has. */
  use(what: string, by: string, until: Date): Promise<boolean>;
}

export interface Arrivals {
  count: number;
  /** Under the key of the day. */
  outlines: string[];
}

/** A key outlives its day by this: what was signed shortly before midnight still counts. */
const keptSeconds = 60 * 60;

const counter = z.looseObject({ tries: z.int().optional(), outlines: z.array(z.string()).optional() });

export function trafficStore(dynamo: DynamoDBDocumentClient, table: string): TrafficStore {
  const keys = new Map<string, Promise<string>>();

  const makeOrRead = async (day: string): Promise<string> => {
    const expiresAt = Date.parse(`${day}T00:00:00Z`) / 1000 + 24 * 60 * 60 + keptSeconds;
    const { Attributes } = await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: `KEY#${day}` },
        UpdateExpression: "SET secret = if_not_exists(secret, :fresh), expiresAt = :expiry",
        ExpressionAttributeValues: { ":fresh": randomBytes(32).toString("base64url"), ":expiry": expiresAt },
        ReturnValues: "ALL_NEW",
      }),
    );
    return z.string().min(43).parse(Attributes?.secret);
  };
  const keyOf = (day: string): Promise<string> => {
    const known = keys.get(day);
    if (known) return known;
    const asked = makeOrRead(day);
    keys.set(day, asked);
    asked.catch(() => keys.delete(day)); // a read that failed is not remembered
    return asked;
  };

  const pk = async (counted: Counted, at: Date) => counterName(await keyOf(utcDate(at)), counted, at);

  return {
    keyOf,

    async countOf(counted, at) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: { pk: await pk(counted, at) }, ConsistentRead: true }),
      );
      return counter.parse(Item ?? {}).tries ?? 0;
    },

    async count(counted, at, more = 1) {
      const { Attributes } = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: await pk(counted, at) },
          UpdateExpression: "ADD tries :more SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":more": more, ":expiry": windowEnd(at) },
          ReturnValues: "ALL_NEW",
        }),
      );
      const { tries = more, outlines = [] } = counter.parse(Attributes ?? {});
      return { count: tries, outlines };
    },

    async keepOutlines(counted, outlines, at) {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: await pk(counted, at) },
          UpdateExpression: "SET outlines = :outlines, expiresAt = :expiry",
          ExpressionAttributeValues: { ":outlines": outlines, ":expiry": windowEnd(at) },
        }),
      );
    },

    async use(what, by, until) {
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: { pk: `USED#${what}`, usedBy: by, expiresAt: Math.ceil(until.getTime() / 1000) },
            ConditionExpression: "attribute_not_exists(pk) OR usedBy = :by",
            ExpressionAttributeValues: { ":by": by },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
