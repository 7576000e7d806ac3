import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { storedEvent } from "../../shared/case/history.ts";
import { restoredMark } from "../../shared/case/store/case-item-store.ts";
import { type EventToTell, messagesOf, type UnknownEvent } from "../../shared/notification/mail-message.ts";
import { type Outbox, outbox, sqsClient } from "../../shared/platform/message-queue.ts";
import { countOfFunction, errorForLog, logger } from "../../shared/platform/observability.ts";
import { noteUnreadable } from "../../shared/platform/read-stored.ts";
import { settings, webAddress } from "../../shared/platform/settings.ts";
import { UnreadableItem } from "../../shared/stored.ts";

/** The name of an event that this code cannot read, from the keys of its item. */
function unknownEvent({ pk, sk }: Record<string, unknown>): UnknownEvent {
  const [, trackingNumber] = /^CASE#(.+)$/.exec(String(pk)) ?? [];
  const [, sequence] = /^EVENT#(\d+)$/.exec(String(sk)) ?? [];
  if (!trackingNumber || !sequence) throw new Error("A record of the stream is no event");
  return { kind: "unknown-event", trackingNumber, sequence: Number(sequence) };
}

/** The messages about an event. One that newer code wrote waits on the message queue, and holds up nothing behind it. */
function messagesAbout(record: DynamoDBRecord): (EventToTell | UnknownEvent)[] {
  const item = unmarshall((record.dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
  const { pk: _pk, sk: _sk, [restoredMark]: isRestored, ...stored } = item;
  // Whoever was owed a mail about an event that a restore copies back has had it.
  if (isRestored) return [];
  try {
    const event = storedEvent(stored);
    if (event.type !== "other") return messagesOf(event);
    noteUnreadable(new UnreadableItem(["type"]));
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    noteUnreadable(error);
  }
  return [unknownEvent(item)];
}

/**
 * Turns case events into messages. The stream is read in order, and a failed record holds up those behind it. The answer
 * names the first record that failed: all before it are on the queue, and the others come again.
 */
export const publishEvents =
  (mails: Outbox) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const messages: { message: EventToTell | UnknownEvent; record: number }[] = [];
    let firstFailed = Records.length;
    for (const [index, record] of Records.entries()) {
      try {
        messages.push(...messagesAbout(record).map((message) => ({ message, record: index })));
      } catch (error) {
        logger.error("stream record unreadable", {
          sequenceNumber: record.dynamodb?.SequenceNumber,
          error: errorForLog(error),
        });
        firstFailed = index;
        break;
      }
    }
    const notTaken = await mails.send(messages.map(({ message }) => message));
    for (const index of notTaken) firstFailed = Math.min(firstFailed, messages[index]?.record ?? 0);
    if (notTaken.length > 0)
      logger.error("the message queue did not take messages", { count: notTaken.length });
    const sequenceNumber = Records[firstFailed]?.dynamodb?.SequenceNumber;
    countOfFunction("FailedItem", sequenceNumber ? 1 : 0);
    return { batchItemFailures: sequenceNumber ? [{ itemIdentifier: sequenceNumber }] : [] };
  };

/** What the stack tells this function. */
export const variables = {
  EMAILS_QUEUE_URL: webAddress,
};
const env = settings(variables);

export const handler = publishEvents(outbox(sqsClient(), env.EMAILS_QUEUE_URL));
