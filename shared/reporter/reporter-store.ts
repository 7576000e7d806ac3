import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { TransactionItem } from "../dynamo.ts";
import { type ReporterIdentity, reporterIdentity } from "./reporter.ts";

/** The identity as one item of the transaction that opens its case. */
export const identityItem = (table: string, identity: ReporterIdentity): TransactionItem => ({
  Put: {
    TableName: table,
    Item: { pk: identity.trackingNumber, ...identity },
    ConditionExpression: "attribute_not_exists(pk)",
  },
});

export interface ReporterStore {
  find(trackingNumber: string): Promise<ReporterIdentity | undefined>;
  /** Removes the receipt in clear, once it has been mailed; does nothing where there is none. */
  forgetReceipt(trackingNumber: string): Promise<void>;
  /** Stops mails about a case, or lets them go out again; does nothing where nobody left an address. */
  stopMails(trackingNumber: string, stopped: boolean): Promise<void>;
}

/** Who reported what. Only functions that write to reporters hold permissions on this table. */
export const reporterStore = (dynamo: DynamoDBDocumentClient, table: string): ReporterStore => ({
  async find(trackingNumber) {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk: trackingNumber }, ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { pk: _, ...identity } = Item;
    return reporterIdentity.parse(identity);
  },

  async forgetReceipt(trackingNumber) {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: trackingNumber },
          UpdateExpression: "REMOVE receiptToMail",
          ConditionExpression: "attribute_exists(receiptToMail)",
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },

  async stopMails(trackingNumber, stopped) {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: trackingNumber },
          UpdateExpression: "SET mailsStopped = :stopped",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":stopped": stopped },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
