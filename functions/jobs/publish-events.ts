import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { caseEvent } from "../../shared/case/history.ts";
import { type EventToTell, messagesOf } from "../../shared/notification/mail-message.ts";
import { type Outbox, outbox, sqsClient } from "../../shared/platform/message-queue.ts";
import { countFailedItems, errorForLog, logger } from "../../shared/platform/observability.ts";
import { settings, webAddress } from "../../shared/platform/settings.ts";

const eventOf = (record: DynamoDBRecord) => {
  const {
    pk: _pk,
    sk: _sk,
    ...event
  } = unmarshall((record.dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
  return caseEvent.parse(event);
};

/**
 * Turns case events into messages. The stream is read in order, and a failed record holds up those behind it. The answer
 * names the first record that failed: all before it are on the queue, and the others come again.
 */
export const publishEvents =
  (mails: Outbox) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const messages: { message: EventToTell; record: number }[] = [];
    let firstFailed = Records.length;
    for (const [index, record] of Records.entries()) {
      try {
        const event = eventOf(record);
        messages.push(...messagesOf(event).map((message) => ({ message, record: index })));
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
    countFailedItems(sequenceNumber ? 1 : 0);
    return { batchItemFailures: sequenceNumber ? [{ itemIdentifier: sequenceNumber }] : [] };
  };

/** What the stack tells this function. */
export const variables = {
  EMAILS_QUEUE_URL: webAddress,
};
const env = settings(variables);

export const handler = publishEvents(outbox(sqsClient(), env.EMAILS_QUEUE_URL));
