import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { itemsOf } from "../platform/dynamo.ts";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type CalendarVersion, calendarVersion } from "./calendar/calendar.ts";
import { type PolicyVersion, policyVersion, withKnownLimits } from "./policy.ts";

/** Keeps the versions of calendars and policies that administrators stored. No version is ever changed or removed. */
export interface LimitStore {
  calendars(): Promise<CalendarVersion[]>;
  policies(): Promise<PolicyVersion[]>;
  /** Returns false if somebody else has stored this version of the year in the meantime. */
  addCalendar(version: CalendarVersion): Promise<boolean>;
  addPolicy(version: PolicyVersion): Promise<boolean>;
}

const padded = (version: number): string => String(version).padStart(6, "0");

/** Keeps the versions in the Directory table, beside the agencies that they hold for. */
export function limitStore(dynamo: DynamoDBDocumentClient, table: string): LimitStore {
  const all = async (pk: string): Promise<unknown[]> => {
    const items = await itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
    });
    return items.map(({ entry }) => entry);
  };

  const add = async (pk: string, sk: string, entry: object): Promise<boolean> => {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({ pk, sk, entry }),
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    calendars: async () => (await all("calendar")).map((entry) => readStored(calendarVersion, entry)),
    policies: async () =>
      (await all("policy")).map((entry) => readStored(policyVersion, withKnownLimits(entry))),
    addCalendar: (one) => add("calendar", `${one.year}#${padded(one.version)}`, one),
    addPolicy: (one) => add("policy", padded(one.version), one),
  };
}
