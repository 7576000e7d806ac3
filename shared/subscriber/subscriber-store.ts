import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { itemsOf, transact } from "../platform/dynamo.ts";
import { cipherOf } from "../platform/encryption.ts";
import { readStored } from "../platform/read-stored.ts";
import { sideBySide } from "../platform/side-by-side.ts";
import { asItem } from "../stored.ts";
import {
  askedSeconds,
  lookAfter,
  mostSubscribers,
  type Subscriber,
  subscriber,
  type SubscriberName,
} from "./subscriber.ts";

/** What an address is sealed for. The policy of the key says which function may seal and open it. */
export const subscriberPurpose = "subscriber";

/** Seals and opens addresses. The role of a function decides which of these calls its key allows. */
export interface SubscriberSeal {
  seal(name: SubscriberName, who: Subscriber): Promise<string>;
  open(name: SubscriberName, sealed: string): Promise<Subscriber>;
}

/** A seal with this key. An address is sealed for one case and one id: copied to another place it does not open. */
export function subscriberSeal(key: string): SubscriberSeal {
  const cipher = cipherOf(key);
  const about = ({ trackingNumber, id }: SubscriberName) => ({
    trackingNumber,
    purpose: subscriberPurpose,
    subscriber: id,
  });
  return {
    seal: (name, who) => cipher.seal(JSON.stringify(who), about(name)),
    open: async (name, sealed) => readStored(subscriber, JSON.parse(await cipher.open(sealed, about(name)))),
  };
}

/** What has to be looked at or forgotten: an address that nobody confirmed (`id`), or all that follow a case. */
export interface ToForget {
  trackingNumber: string;
  id?: string;
}

/** Who follows which case. Addresses are sealed, and lie under ids that tell nothing. */
export interface SubscriberStore {
  /** Notes that somebody wants to follow a case, until they confirm it or a day has passed. Asking again begins the day anew. */
  ask(name: SubscriberName, who: Subscriber, at: Date): Promise<void>;
  /** Whoever asked and has neither confirmed nor let the day pass. */
  asking(name: SubscriberName, at: Date): Promise<Subscriber | undefined>;
  /** Has whoever asked follow the case. "unknown": nobody asked lately; "full": as many follow the case as may. */
  confirm(name: SubscriberName, at: Date): Promise<"following" | "unknown" | "full">;
  /** Forgets that somebody asked. Does nothing where nobody did. */
  forgetAsking(name: SubscriberName): Promise<void>;
  /** Whether somebody follows the case. This takes no key. */
  isFollowing(name: SubscriberName): Promise<boolean>;
  /** Whoever follows the case under this id. */
  find(name: SubscriberName): Promise<Subscriber | undefined>;
  /** The ids of all who follow a case. */
  idsOf(trackingNumber: string): Promise<string[]>;
  /** Forgets an address that follows a case or asked to. Does nothing where there is none. */
  forget(name: SubscriberName): Promise<void>;
  /** Forgets all addresses of a case. */
  forgetAll(trackingNumber: string): Promise<void>;
  /** What is due to be looked at or forgotten, a portion at a time. */
  toForget(until: Date): AsyncIterable<ToForget[]>;
  /** Has the addresses of a case looked at again at an instant. */
  lookAgain(trackingNumber: string, at: Date): Promise<void>;
}

/** The front of the keys in the Notifications table. infra/api-stack.ts lets the function of reporters touch no others. */
const prefix = "SUBSCRIBERS#";
const [askingPrefix, followingPrefix, ofCase] = ["ASKING#", "FOLLOWING#", "CASE"];
/** The key of what has to be forgotten in the index `by-flush`, apart from what waits to be mailed. */
const forgetting = "forget";

export function subscriberStore(
  dynamo: DynamoDBDocumentClient,
  table: string,
  seal?: SubscriberSeal,
): SubscriberStore {
  const pkOf = (trackingNumber: string) => `${prefix}${trackingNumber}`;
  const askingKey = ({ trackingNumber, id }: SubscriberName) => ({
    pk: pkOf(trackingNumber),
    sk: `${askingPrefix}${id}`,
  });
  const followingKey = ({ trackingNumber, id }: SubscriberName) => ({
    pk: pkOf(trackingNumber),
    sk: `${followingPrefix}${id}`,
  });
  const caseKey = (trackingNumber: string) => ({ pk: pkOf(trackingNumber), sk: ofCase });

  const sealing = (): SubscriberSeal => {
    if (!seal) throw new Error("This function holds no key for addresses");
    return seal;
  };
  const itemAt = async (Key: { pk: string; sk: string }): Promise<Record<string, unknown> | undefined> =>
    (await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  /** An expired item counts as absent: DynamoDB removes it days late. */
  const askingItem = async (name: SubscriberName, at: Date) => {
    const item = await itemAt(askingKey(name));
    return item && Number(item.expiresAt) > at.getTime() / 1000 ? item : undefined;
  };
  const updateCase = async (trackingNumber: string, update: string, values: Record<string, unknown>) => {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: caseKey(trackingNumber),
          UpdateExpression: update,
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: values,
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  const store: SubscriberStore = {
    async ask(name, who, at) {
      const expiry = Math.floor(at.getTime() / 1000) + askedSeconds;
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({
            ...askingKey(name),
            sealed: await sealing().seal(name, who),
            expiresAt: expiry,
            flush: forgetting,
            flushAt: new Date(expiry * 1000).toISOString(),
          }),
        }),
      );
    },

    async asking(name, at) {
      const item = await askingItem(name, at);
      return item && sealing().open(name, String(item.sealed));
    },

    async confirm(name, at) {
      const { trackingNumber } = name;
      // In this order: what another click has just confirmed is found by the second look.
      const item = await askingItem(name, at);
      if (await store.isFollowing(name)) return "following";
      if (!item) return "unknown";
      const refused = await transact(dynamo, [
        {
          Update: {
            TableName: table,
            Key: caseKey(trackingNumber),
            UpdateExpression:
              "ADD subscribers :one SET #flush = :forget, flushAt = if_not_exists(flushAt, :look)",
            ConditionExpression: "attribute_not_exists(subscribers) OR subscribers < :most",
            ExpressionAttributeNames: { "#flush": "flush" },
            ExpressionAttributeValues: {
              ":one": 1,
              ":most": mostSubscribers,
              ":forget": forgetting,
              ":look": lookAfter(at).toISOString(),
            },
          },
        },
        {
          Put: {
            TableName: table,
            Item: asItem({ ...followingKey(name), sealed: item.sealed }),
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
        { Delete: { TableName: table, Key: askingKey(name), ConditionExpression: "attribute_exists(pk)" } },
      ]);
      if (!refused || (await store.isFollowing(name))) return "following";
      return refused[0]?.Code === "ConditionalCheckFailed" ? "full" : "unknown";
    },

    async forgetAsking(name) {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: askingKey(name) }));
    },

    async isFollowing(name) {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: table,
          Key: followingKey(name),
          ProjectionExpression: "pk",
          ConsistentRead: true,
        }),
      );
      return Item !== undefined;
    },

    async find(name) {
      const item = await itemAt(followingKey(name));
      return item && sealing().open(name, String(item.sealed));
    },

    async idsOf(trackingNumber) {
      const items = await itemsOf(dynamo, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :following)",
        ProjectionExpression: "sk",
        ExpressionAttributeValues: { ":pk": pkOf(trackingNumber), ":following": followingPrefix },
        ConsistentRead: true,
      });
      return items.map(({ sk }) => String(sk).slice(followingPrefix.length));
    },

    async forget(name) {
      await store.forgetAsking(name);
      const { Attributes } = await dynamo.send(
        new DeleteCommand({ TableName: table, Key: followingKey(name), ReturnValues: "ALL_OLD" }),
      );
      // A crash right here leaves the count too high by one. The address is gone, and that matters.
      if (Attributes) await updateCase(name.trackingNumber, "ADD subscribers :less", { ":less": -1 });
    },

    async forgetAll(trackingNumber) {
      const items = await itemsOf(dynamo, {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ProjectionExpression: "pk, sk",
        ExpressionAttributeValues: { ":pk": pkOf(trackingNumber) },
        ConsistentRead: true,
      });
      const remove = async (sk: unknown) => {
        await dynamo.send(new DeleteCommand({ TableName: table, Key: { pk: pkOf(trackingNumber), sk } }));
      };
      // The item of the case comes last, so that the next run repeats what died here.
      await sideBySide(
        items.filter(({ sk }) => sk !== ofCase),
        ({ sk }) => remove(sk),
      );
      await remove(ofCase);
    },

    async *toForget(until) {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          IndexName: "by-flush",
          KeyConditionExpression: "#flush = :forget AND flushAt <= :until",
          ExpressionAttributeNames: { "#flush": "flush" },
          ExpressionAttributeValues: { ":forget": forgetting, ":until": until.toISOString() },
        },
      );
      for await (const { Items = [] } of pages)
        yield Items.map(({ pk, sk }) => ({
          trackingNumber: String(pk).slice(prefix.length),
          ...(String(sk).startsWith(askingPrefix) && { id: String(sk).slice(askingPrefix.length) }),
        }));
    },

    lookAgain: (trackingNumber, at) =>
      updateCase(trackingNumber, "SET flushAt = :at", { ":at": at.toISOString() }),
  };
  return store;
}
