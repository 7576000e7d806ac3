import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Notification, notificationId } from "./notification.ts";

/** The marks that say which notifications were sent. */
export interface NotificationStore {
  /**
   * Claims a notification for this worker, so that copies of its message do not send it again. "done": it was sent or
   * is on a pile, nothing is left to do; "claimed-elsewhere": another worker is sending it, come back later.
   */
  claim(notification: Notification, at: Date): Promise<"claimed" | "done" | "claimed-elsewhere">;
  markSent(notification: Notification, at: Date): Promise<void>;
  /** Gives a claim back after a failed sending. The retry then need not wait for it to lapse. */
  release(notification: Notification): Promise<void>;
}

/** How long a claim holds: longer than a worker may run, so an older claim is that of a worker that died. */
export const claimSeconds = 60;
/** How long we remember what was sent: longer than any message stays in a message queue (14 days). */
export const rememberedSeconds = 90 * 24 * 60 * 60;

/** The key of the mark of a notification. */
export const markKey = (notification: Notification) => ({
  pk: notification.trackingNumber,
  sk: notificationId(notification),
});
/** The condition that nobody has sent a notification, put it on a pile or claimed it (`:now` in seconds). */
export const untouched =
  "attribute_not_exists(sentAt) AND attribute_not_exists(piledAt) AND (attribute_not_exists(claimedUntil) OR claimedUntil <= :now)";

export function notificationStore(dynamo: DynamoDBDocumentClient, table: string): NotificationStore {
  return {
    async claim(notification, at) {
      const seconds = Math.floor(at.getTime() / 1000);
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: markKey(notification),
            UpdateExpression: "SET claimedUntil = :until, expiresAt = :expiry",
            ConditionExpression: untouched,
            ExpressionAttributeValues: {
              ":now": seconds,
              ":until": seconds + claimSeconds,
              ":expiry": seconds + rememberedSeconds,
            },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return "claimed";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item?.sentAt || error.Item?.piledAt ? "done" : "claimed-elsewhere";
      }
    },

    async markSent(notification, at) {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: markKey(notification),
          UpdateExpression: "SET sentAt = :at REMOVE claimedUntil",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":at": at.toISOString() },
        }),
      );
    },

    async release(notification) {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: markKey(notification),
          UpdateExpression: "REMOVE claimedUntil",
          ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(sentAt)",
        }),
      );
    },
  };
}
