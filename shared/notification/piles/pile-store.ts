import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  paginateQuery,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { itemsOf, transact, type TransactionItem } from "../../platform/dynamo.ts";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import { asItem } from "../../stored.ts";
import { type Gathered, gathered, notificationId } from "../notification.ts";
import { claimSeconds, markKey, rememberedSeconds, untouched } from "../notification-store.ts";

/** A notification on a pile. */
export interface Waiting {
  notification: Gathered;
  /** When it is due to be mailed: an ISO instant. */
  flushAt: string;
}

/** A sort of mails to one person that go out at once, but not soon after each other. */
export interface Turn {
  to: string;
  /** The case that they are about; undefined where they are about new cases. */
  about?: string | undefined;
  /** So many go out at once before the others wait; one where nothing is said. */
  atOnce?: number;
}

/** The piles of notifications, one for each person. The id of the person names the pile. */
export interface PileStore {
  /**
   * Puts a notification on the pile of its recipient. "done": it was there or was sent before, nothing is left to do;
   * "claimed-elsewhere": another worker is sending it, come back later.
   */
  add(waiting: Waiting, at: Date): Promise<"added" | "done" | "claimed-elsewhere">;
  /** All that waits on a pile, also what is not due yet. */
  waiting(to: string): Promise<Waiting[]>;
  /** Takes notifications off their piles, and remembers whether they were mailed or need no mail any more. */
  takeOff(notifications: readonly Gathered[], outcome: "sent" | "dropped", at: Date): Promise<void>;
  /** Makes notifications that are still on their piles wait longer. */
  putOff(notifications: readonly Gathered[], until: Date): Promise<void>;
  /** The piles on which something is due, a portion at a time. A pile may come again in a later portion. */
  due(until: Date): AsyncIterable<string[]>;
  /**
   * Lets a person be mailed at once, and holds further mails of this sort to them back until an instant, once enough went out.
   * False while they are held back.
   */
  takeTurn(turn: Turn, at: Date, heldBackUntil: Date): Promise<boolean>;
  /** Holds back, at least until an instant, what a person would be mailed at once. */
  holdBack(turn: Turn, until: Date): Promise<void>;
  /** Lets one worker at a time mail a pile. False while another one does. */
  claim(to: string, at: Date): Promise<boolean>;
  release(to: string): Promise<void>;
}

const prefix = "PILE#";
const noticePrefix = "NOTICE#";
/** The key of the index of what waits. It is one partition, which takes about a thousand writes a second. */
const flush = "flush";
/** A turn that has come tells nothing any more. */
const turnSeconds = 24 * 60 * 60;
/** How many notifications one transaction takes off: two writes each, and a transaction takes a hundred. */
const perTransaction = 50;

export function pileStore(dynamo: DynamoDBDocumentClient, table: string): PileStore {
  const pk = (to: string) => `${prefix}${to}`;
  const key = (one: Gathered) => ({
    pk: pk(one.to),
    sk: `${noticePrefix}${one.trackingNumber}#${notificationId(one)}`,
  });
  const turnKey = ({ to, about }: Turn) => ({ pk: pk(to), sk: ["TURN", about].filter(Boolean).join("#") });
  const claimKey = (to: string) => ({ pk: pk(to), sk: "CLAIM" });

  /** Writes. False where the condition of the write refused it. */
  const unlessRefused = async (update: UpdateCommand): Promise<boolean> => {
    try {
      await dynamo.send(update);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  /** Moves a person's next turn to an instant, unless it comes later than `over` already. */
  const holdingBack = (turn: Turn, until: Date, over: Date, more = "") =>
    new UpdateCommand({
      TableName: table,
      Key: turnKey(turn),
      UpdateExpression: `SET nextTurn = :until, expiresAt = :expiry${more}`,
      ConditionExpression: "attribute_not_exists(nextTurn) OR nextTurn <= :over",
      ExpressionAttributeValues: {
        ":until": until.toISOString(),
        ":over": over.toISOString(),
        ":expiry": Math.floor(until.getTime() / 1000) + turnSeconds,
      },
    });

  return {
    async add({ notification: one, flushAt }, at) {
      const seconds = Math.floor(at.getTime() / 1000);
      const expiresAt = seconds + rememberedSeconds;
      const refused = await transact(dynamo, [
        {
          Update: {
            TableName: table,
            Key: markKey(one),
            UpdateExpression: "SET piledAt = :at, expiresAt = :expiry REMOVE claimedUntil",
            ConditionExpression: untouched,
            ExpressionAttributeValues: { ":at": at.toISOString(), ":now": seconds, ":expiry": expiresAt },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          },
        },
        {
          Put: {
            TableName: table,
            Item: asItem({ ...key(one), flush, flushAt, notification: one, expiresAt }),
          },
        },
      ]);
      if (!refused) return "added";
      const mark = refused[0]?.Item;
      return mark?.sentAt || mark?.piledAt ? "done" : "claimed-elsewhere";
    },

    async waiting(to) {
      const items = await itemsOf(dynamo, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :notices)",
        ExpressionAttributeValues: { ":pk": pk(to), ":notices": noticePrefix },
        ConsistentRead: true,
      });
      return readableOf(items, (item) => ({
        notification: readStored(gathered, item.notification),
        flushAt: String(item.flushAt),
      }));
    },

    async takeOff(notifications, outcome, at) {
      const items = (one: Gathered): TransactionItem[] => [
        { Delete: { TableName: table, Key: key(one) } },
        {
          Update: {
            TableName: table,
            Key: markKey(one),
            UpdateExpression: "SET #outcome = :at, expiresAt = :expiry",
            ExpressionAttributeNames: { "#outcome": outcome === "sent" ? "sentAt" : "droppedAt" },
            ExpressionAttributeValues: {
              ":at": at.toISOString(),
              ":expiry": Math.floor(at.getTime() / 1000) + rememberedSeconds,
            },
          },
        },
      ];
      for (let from = 0; from < notifications.length; from += perTransaction)
        await transact(dynamo, notifications.slice(from, from + perTransaction).flatMap(items));
    },

    async putOff(notifications, until) {
      for (const one of notifications)
        await unlessRefused(
          new UpdateCommand({
            TableName: table,
            Key: key(one),
            UpdateExpression: "SET flushAt = :until",
            ConditionExpression: "attribute_exists(pk)",
            ExpressionAttributeValues: { ":until": until.toISOString() },
          }),
        );
    },

    async *due(until) {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          IndexName: "by-flush",
          KeyConditionExpression: "#flush = :flush AND flushAt <= :until",
          ExpressionAttributeNames: { "#flush": "flush" },
          ExpressionAttributeValues: { ":flush": flush, ":until": until.toISOString() },
        },
      );
      for await (const page of pages)
        yield [...new Set((page.Items ?? []).map((item) => String(item.pk).slice(prefix.length)))];
    },

    async takeTurn(turn, at, heldBackUntil) {
      const { atOnce = 1 } = turn;
      if (atOnce === 1) return unlessRefused(holdingBack(turn, heldBackUntil, at));
      const isOneMore = () =>
        unlessRefused(
          new UpdateCommand({
            TableName: table,
            Key: turnKey(turn),
            UpdateExpression: "ADD repeats :one",
            ConditionExpression: "nextTurn > :at AND (attribute_not_exists(repeats) OR repeats < :most)",
            ExpressionAttributeValues: { ":one": 1, ":at": at.toISOString(), ":most": atOnce - 1 },
          }),
        );
      const isFirst = () => unlessRefused(holdingBack(turn, heldBackUntil, at, " REMOVE repeats"));
      // Another worker may have been the first in between.
      return (await isOneMore()) || (await isFirst()) || isOneMore();
    },

    async holdBack(turn, until) {
      await unlessRefused(holdingBack(turn, until, until));
    },

    async claim(to, at) {
      const seconds = Math.floor(at.getTime() / 1000);
      return unlessRefused(
        new UpdateCommand({
          TableName: table,
          Key: claimKey(to),
          UpdateExpression: "SET claimedUntil = :until, expiresAt = :expiry",
          ConditionExpression: "attribute_not_exists(claimedUntil) OR claimedUntil <= :now",
          ExpressionAttributeValues: {
            ":now": seconds,
            ":until": seconds + claimSeconds,
            ":expiry": seconds + rememberedSeconds,
          },
        }),
      );
    },

    async release(to) {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: claimKey(to) }));
    },
  };
}
