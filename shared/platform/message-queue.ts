import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { countFailedItems, errorForLog, logger, publishMetrics } from "./observability.ts";

/**
 * Makes a Lambda that works through a message queue, one message at a time. A message that fails or cannot be read is
 * reported back alone: it comes again, and at last goes to the dead-letter queue. The other messages are done.
 */
export function worker<T extends z.ZodType>(
  message: T,
  handle: (message: z.output<T>, messageId: string) => Promise<void>,
) {
  const processor = new BatchProcessor(EventType.SQS);
  const one = async (record: SQSRecord) => {
    try {
      await handle(message.parse(JSON.parse(record.body)), record.messageId);
    } catch (error) {
      logger.error("message failed", {
        messageId: record.messageId,
        attempt: record.attributes.ApproximateReceiveCount,
        error: errorForLog(error),
      });
      throw error;
    }
  };
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    try {
      const answer = await processPartialResponse(event, one, processor, { throwOnFullBatchFailure: false });
      countFailedItems(answer.batchItemFailures.length);
      return answer;
    } finally {
      publishMetrics();
    }
  };
}

/** Sends messages into a message queue. */
export interface Outbox {
  /** Returns the indexes of the messages that the message queue did not take. */
  send(messages: readonly unknown[], options?: { delaySeconds?: number }): Promise<number[]>;
}

export const sqsClient = (): SQSClient =>
  new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });

/** SQS delays a message for no longer than this. */
export const longestDelaySeconds = 900;

/** SQS takes no more messages than this at once. */
const batchSize = 10;

export const outbox = (sqs: SQSClient, queueUrl: string): Outbox => ({
  async send(messages, { delaySeconds } = {}) {
    const failed: number[] = [];
    for (let from = 0; from < messages.length; from += batchSize) {
      const batch = messages.slice(from, from + batchSize);
      const answer = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: batch.map((message, index) => ({
            Id: String(from + index),
            MessageBody: JSON.stringify(message),
            DelaySeconds: delaySeconds,
          })),
        }),
      );
      failed.push(...(answer.Failed ?? []).map(({ Id }) => Number(Id)));
    }
    return failed;
  },
});
