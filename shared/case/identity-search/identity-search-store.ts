import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { itemsOf, transact } from "../../platform/dynamo.ts";
import { readStored } from "../../platform/read-stored.ts";
import { asItem } from "../../stored.ts";
import { moveEntry } from "../store/anchor.ts";
import {
  type IdentitySearchEvent,
  identitySearchEvent,
  type LoggedSearch,
  searchesName,
  type SearchLog,
  searchLog,
} from "./identity-search.ts";

/** The histories of who searched by identity. Nothing in them is ever changed or removed. */
export interface IdentitySearchStore {
  /** Where the history of an officer's searches stands. Undefined for an officer who never searched. */
  log(officerId: string): Promise<SearchLog | undefined>;
  /** Stores an event and where its history stands with it, or neither. False where another event came in between. */
  append(before: SearchLog | undefined, next: LoggedSearch): Promise<boolean>;
  /** Everybody who ever searched. */
  logs(): Promise<SearchLog[]>;
  history(officerId: string): Promise<IdentitySearchEvent[]>;
}

/** The items lie in the table of cases: the functions that search may write there, and what moved there is copied every day. */
const logs = "IDENTITY-SEARCHES";
const historyOf = (officerId: string) => `${logs}#${officerId}`;

export function identitySearchStore(dynamo: DynamoDBDocumentClient, table: string): IdentitySearchStore {
  const under = (pk: string) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
    });

  return {
    async log(officerId) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: { pk: logs, sk: officerId }, ConsistentRead: true }),
      );
      return Item && readStored(searchLog, Item.log);
    },

    async append(before, { event, log }) {
      const trackingNumber = searchesName(event.officerId);
      const refused = await transact(dynamo, [
        {
          Put: {
            TableName: table,
            Item: asItem({
              pk: logs,
              sk: event.officerId,
              log,
              // The index of moves has these of a case. With them the daily copy takes the newest hash of this history too.
              trackingNumber,
              version: log.sequence,
              lastHash: log.hash,
              ...moveEntry({ trackingNumber, movedAt: event.at }),
            }),
            ConditionExpression: before ? "version = :seen" : "attribute_not_exists(pk)",
            ExpressionAttributeValues: before && { ":seen": before.sequence },
          },
        },
        {
          Put: {
            TableName: table,
            Item: asItem({
              pk: historyOf(event.officerId),
              sk: String(event.sequence).padStart(8, "0"),
              event,
            }),
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
      ]);
      return !refused;
    },

    logs: async () => (await under(logs)).map((item) => readStored(searchLog, item.log)),

    history: async (officerId) =>
      (await under(historyOf(officerId))).map((item) => readStored(identitySearchEvent, item.event)),
  };
}
