import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Counted, counterName, dayOf, windowEnd } from "./load.ts";

/** How much comes from where, for minutes; nobody can read from it who it was once the day's key is gone. */
export interface TrafficStore {
  /** The secret of a day (UTC), the same for every function. */
  keyOf(day: string): Promise<string>;
  /** How often this has been counted in the window of an instant. */
  countOf(counted: Counted, at: Date): Promise<number>;
  /** Counts once more, in a request of its own: whatever becomes of the caller's request, this stays. */
  count(counted: Counted, at: Date): Promise<Arrivals>;
  /** Keeps outlines of the reports that a network sent in the window of an instant; see likeness.ts. */
  keepOutlines(counted: Counted, outlines: readonly string[], at: Date): Promise<void>;
  /** Whether something may be used: it has not been, or by the same user. */
  use(what: string, by: string, until: Date): Promise<boolean>;
}

export interface Arrivals {
  count: number;
  outlines: string[];
}

/** Keys outlive their day by this, for what was signed shortly before midnight. */
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

  const pk = async (counted: Counted, at: Date) => counterName(await keyOf(dayOf(at)), counted, at);

  return {
    keyOf,

    async countOf(counted, at) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: { pk: await pk(counted, at) }, ConsistentRead: true }),
      );
      return counter.parse(Item ?? {}).tries ?? 0;
    },

    async count(counted, at) {
      const { Attributes } = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: await pk(counted, at) },
          UpdateExpression: "ADD tries :one SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":one": 1, ":expiry": windowEnd(at) },
          ReturnValues: "ALL_NEW",
        }),
      );
      const { tries = 1, outlines = [] } = counter.parse(Attributes ?? {});
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
