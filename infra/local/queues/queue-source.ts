import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LocalFunction } from "../functions/functions.ts";
import { type Pause, pauseUntil } from "../time/pause.ts";

export type QueueSource = {
  queueUrl: string;
  queueArn: string;
  region: string;
  batchSize: number;
  concurrency: number;
  reportsItemFailures: boolean;
  function: LocalFunction;
};

/** What a batch handler answered: the items it failed, or undefined when the whole batch failed. */
export const failedItems = (result: unknown, known: string[], reports: boolean): string[] | undefined => {
  if (!reports || typeof result !== "object" || result === null || !("batchItemFailures" in result))
    return [];
  const failures = result.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return undefined;
  const identifiers = failures.map((failure) => failure?.itemIdentifier);
  return identifiers.every((identifier) => known.includes(identifier)) ? identifiers : undefined;
};

/** Feeds the messages of a queue to a function, until `signal`; answers when the last batch has ended. */
export const pollQueue = async (
  sqs: SQSClient,
  source: QueueSource,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> => {
  const pause = pauseUntil(signal);
  const poller = async () => {
    while (!signal.aborted) await pollOnce(sqs, source).catch((error) => troubled(error, pause));
  };
  const troubled = async (error: Error, pause: Pause) => {
    if (signal.aborted) return;
    log(`The queue ${source.queueArn} cannot be polled: ${error.message}`);
    await pause(2000);
  };
  await Promise.all(Array.from({ length: source.concurrency }, poller));
};

/**
 * Receives one batch and has it handled. A poll ends by itself and is never broken off: fauxqs does not notice that, and hands
 * the next message to a poll that nobody reads, which hides it for minutes.
 */
const pollOnce = async (sqs: SQSClient, source: QueueSource): Promise<void> => {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: Math.min(source.batchSize, 10),
      WaitTimeSeconds: 1, // for so long at most a stop waits
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  if (messages.length === 0) return;
  const failed = await failedMessages(source, messages);
  const entries = (selected: Message[]) =>
    selected.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  const handled = messages.filter((message) => !failed.includes(message));
  if (handled.length)
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries: entries(handled) }));
  // On AWS they come back after the visibility timeout. Here a developer waits for the retry, or for the
  // dead-letter queue, so they come back after a second.
  if (failed.length)
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: source.queueUrl,
        Entries: entries(failed).map((entry) => ({ ...entry, VisibilityTimeout: 1 })),
      }),
    );
};

const failedMessages = async (source: QueueSource, messages: Message[]): Promise<Message[]> => {
  const known = messages.map(({ MessageId = "" }) => MessageId);
  try {
    const result = await source.function.invoke({
      Records: messages.map((message) => queueRecord(message, source)),
    });
    const failed = failedItems(result, known, source.reportsItemFailures) ?? known;
    return messages.filter(({ MessageId = "" }) => failed.includes(MessageId));
  } catch {
    return messages; // the function's log says why
  }
};

const base64 = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString("base64");

const queueRecord = (message: Message, source: QueueSource) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      {
        stringValue: value.StringValue,
        binaryValue: base64(value.BinaryValue),
        stringListValues: [],
        binaryListValues: [],
        dataType: value.DataType,
      },
    ]),
  ),
  md5OfBody: message.MD5OfBody,
  md5OfMessageAttributes: message.MD5OfMessageAttributes,
  eventSource: "aws:sqs",
  eventSourceARN: source.queueArn,
  awsRegion: source.region,
});
