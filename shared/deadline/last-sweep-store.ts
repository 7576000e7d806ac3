import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";

/** Keeps the moment up to which deadlines were last looked at, so that anybody can be told that this still happens. */
export interface LastSweepStore {
  /** Notes a sweep. One that ends late does not take the place of a newer one. */
  note(at: string): Promise<void>;
  /** Returns undefined before the first sweep. */
  last(): Promise<string | undefined>;
}

const key = { pk: "SWEEP#deadlines", sk: "last" };
const stored = z.object({ at: z.iso.datetime() });

/** Keeps it in the Directory table, which the pages of everybody can read. The function that sweeps can touch nothing else there. */
export const lastSweepStore = (dynamo: DynamoDBDocumentClient, table: string): LastSweepStore => ({
  async note(at) {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({ ...key, at }),
          ConditionExpression: "attribute_not_exists(pk) OR #at < :at",
          ExpressionAttributeNames: { "#at": "at" },
          ExpressionAttributeValues: { ":at": at },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },

  async last() {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key }));
    return Item && readStored(stored, Item).at;
  },
});
