import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type ToldCalendar, toldCalendar } from "./told-calendar.ts";

/** Remembers what each officer's calendar told last, so that it can say what is gone. */
export interface ToldCalendarStore {
  last(subject: string): Promise<ToldCalendar | undefined>;
  /** Stores what is told now, in place of the version before. False where another call did so in between. */
  keep(subject: string, next: ToldCalendar, at: Date): Promise<boolean>;
}

/** A calendar that nobody asked for during so long has nothing to cancel any more. */
const rememberedSeconds = 40 * 24 * 60 * 60;

/** What is stored besides, the key and the day on which it is forgotten, is not read. */
const told = z.object(toldCalendar.shape);

/** The items lie in the table of cases: the function that serves calendars may write there and not to the directory. */
const keyOf = (subject: string) => ({ pk: `CALENDAR#${subject}`, sk: "TOLD" });

export const toldCalendarStore = (dynamo: DynamoDBDocumentClient, table: string): ToldCalendarStore => ({
  async last(subject) {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: keyOf(subject), ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { pk: _pk, sk: _sk, expiresAt: _expiry, ...kept } = Item;
    return readStored(told, kept);
  },

  async keep(subject, next, at) {
    const isFirst = next.version === 1;
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({
            ...next,
            ...keyOf(subject),
            expiresAt: Math.ceil(at.getTime() / 1000) + rememberedSeconds,
          }),
          ConditionExpression: isFirst ? "attribute_not_exists(pk)" : "version = :seen",
          ...(!isFirst && { ExpressionAttributeValues: { ":seen": next.version - 1 } }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
