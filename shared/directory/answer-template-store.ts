import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type AnswerTemplate, answerTemplates } from "./answer-template.ts";

const item = z.object({ version: z.int(), templates: answerTemplates });

/** The examples of answers that an agency keeps, and how often they were changed. */
export interface KeptTemplates {
  version: number;
  templates: readonly AnswerTemplate[];
}

/** Keeps examples of answers for agencies. */
export interface AnswerTemplateStore {
  of(agencyId: string): Promise<KeptTemplates>;
  /** Stores a list in place of the version before. False where somebody stored another one meanwhile. */
  put(agencyId: string, kept: KeptTemplates): Promise<boolean>;
}

/** Keeps the examples in the Directory table, beside their agencies. */
export function answerTemplateStore(dynamo: DynamoDBDocumentClient, table: string): AnswerTemplateStore {
  const keyOf = (agencyId: string) => ({ pk: "answer-templates", sk: agencyId });
  return {
    async of(agencyId) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: keyOf(agencyId), ConsistentRead: true }),
      );
      if (!Item) return { version: 0, templates: [] };
      const { pk: _pk, sk: _sk, ...kept } = Item;
      return readStored(item, kept);
    },
    async put(agencyId, kept) {
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: asItem({ ...kept, ...keyOf(agencyId) }),
            ConditionExpression: "attribute_not_exists(pk) OR version = :before",
            ExpressionAttributeValues: { ":before": kept.version - 1 },
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
