import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";

const item = z.object({ sealed: z.string(), version: z.int(), expiresAt: z.int() });

/** Keeps drafts that only their visitors can open. */
export interface DraftStore {
  /** The seal of a draft that has not expired. */
  get(id: string, at: Date): Promise<string | undefined>;
  /** Stores a seal in place of the version before. False where somebody stored another one meanwhile. */
  put(id: string, stored: { sealed: string; version: number; expiresAt: number }): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Keeps drafts under partition keys that begin so. */
export const draftStore = (dynamo: DynamoDBDocumentClient, table: string, front = "DRAFT"): DraftStore => {
  const keyOf = (id: string) => ({ pk: `${front}#${id}` });
  return {
    async get(id, at) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }),
      );
      const found = Item && readStored(item, Item);
      return found && found.expiresAt > at.getTime() / 1000 ? found.sealed : undefined;
    },
    async put(id, stored) {
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: asItem({ ...keyOf(id), ...stored }),
            ConditionExpression: "attribute_not_exists(pk) OR version = :before",
            ExpressionAttributeValues: { ":before": stored.version - 1 },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async remove(id) {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: keyOf(id) }));
    },
  };
};
