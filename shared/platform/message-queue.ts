import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { UnreadableItem } from "../stored.ts";
import { countOfFunction, errorForLog, logger, publishMetrics } from "./observability.ts";
import { patience, patientClient } from "./patience.ts";
import { noteUnreadable, readStored } from "./read-stored.ts";

/** A message as its schema reads it. One that names a kind which the schema does not know asks for something else, and waits. */
function messageIn<T extends z.ZodType>(schema: T, body: string): z.output<T> {
  const sent: unknown = JSON.parse(body);
  const isOfKind = typeof sent === "object" && sent !== null && "kind" in sent;
  if (isOfKind && schema instanceof z.ZodObject && !("kind" in schema.shape)) {
    const unknown = new UnreadableItem(["kind"]);
    noteUnreadable(unknown);
    throw unknown;
  }
  return readStored(schema, sent);
}

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
      await handle(messageIn(message, record.body), record.messageId);
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
      countOfFunction("FailedItem", answer.batchItemFailures.length);
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

export const sqsClient = (): SQSClient => new SQSClient(patientClient(patience.queues));

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
