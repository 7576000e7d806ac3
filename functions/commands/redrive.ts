/**
 * npm run redrive -- QUEUE [--per-second N (default 10)] [--stage NAME | --local DIR (default .local)]
 *
 * Moves the messages of a dead-letter queue back to the message queue that they come from, so many a second, and says how many.
 * QUEUE is the name of its worker, such as Emails. Without a name it lists the dead-letter queues and what lies in them.
 */
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { Mistake, orUsage, places, refuseTwoPlaces, runCommand } from "../../shared/platform/command.ts";
import { systemOf } from "./running-system.ts";

const usage =
  "Usage: npm run redrive -- QUEUE [--per-second N (default 10)] [--stage NAME | --local DIR (default .local)]";

interface Pace {
  perSecond: number;
  /** Waits for some seconds. */
  pause?: (seconds: number) => Promise<unknown>;
}

const seconds = (count: number) => wait(count * 1000);

async function attributesOf(sqs: SQSClient, QueueUrl: string): Promise<{ arn: string; messages: number }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["QueueArn", "ApproximateNumberOfMessages"],
    }),
  );
  return { arn: Attributes.QueueArn ?? "", messages: Number(Attributes.ApproximateNumberOfMessages ?? 0) };
}

/** Has SQS itself move the messages of a dead-letter queue to where they come from. Tells how many it moved. */
export async function redriveByService(
  sqs: SQSClient,
  deadLetters: string,
  { perSecond, pause = seconds }: Pace,
  tell: (line: string) => void,
): Promise<number> {
  const { arn } = await attributesOf(sqs, deadLetters);
  const { TaskHandle } = await sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn: arn, MaxNumberOfMessagesPerSecond: perSecond }),
  );
  for (;;) {
    const { Results = [] } = await sqs.send(
      new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 10 }),
    );
    // A task that has ended has no handle any more; the newest one is ours.
    const task = Results.find((one) => one.TaskHandle === TaskHandle) ?? Results[0];
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    if (task?.Status === "FAILED" || task?.Status === "CANCELLED")
      throw new Mistake(`SQS moved ${moved} messages and stopped: ${task.FailureReason ?? task.Status}.`);
    if (task?.Status === "COMPLETED") return moved;
    tell(`${moved} moved so far`);
    await pause(2);
  }
}

/** SQS gives out and takes no more messages than this at once. */
const batchSize = 10;

/**
 * Moves the messages that lie in a dead-letter queue now, one portion after another. A message leaves the dead-letter queue after it
 * is in the other queue: whoever dies in between leaves it in both, and it is worked on twice rather than never.
 */
export async function redriveByHand(
  sqs: SQSClient,
  { deadLetters, queue }: { deadLetters: string; queue: string },
  { perSecond, pause = seconds }: Pace,
): Promise<number> {
  // What fails again comes back while this runs: it is not moved a second time.
  const { messages: there } = await attributesOf(sqs, deadLetters);
  let moved = 0;
  while (moved < there) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLetters,
        MaxNumberOfMessages: Math.min(batchSize, perSecond, there - moved),
        VisibilityTimeout: 60,
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) break;
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queue,
        Entries: Messages.map(({ Body }, index) => ({ Id: String(index), MessageBody: Body })),
      }),
    );
    const refused = new Set(Failed.map(({ Id }) => Number(Id)));
    const taken = Messages.filter((_, index) => !refused.has(index));
    if (taken.length > 0)
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: deadLetters,
          Entries: taken.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    moved += taken.length;
    if (refused.size > 0)
      throw new Mistake(`${moved} moved. The queue did not take ${refused.size}, which stay where they are.`);
    if (moved < there) await pause(Messages.length / perSecond);
  }
  return moved;
}

const ofDeadLetters = "/DeadLetterQueue";

async function main(): Promise<void> {
  const { values, name, perSecond } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      options: { ...places, "per-second": { type: "string", default: "10" } },
      allowPositionals: true,
    });
    const [name, ...others] = positionals;
    if (others.length > 0) throw new Mistake("Name one queue at a time.");
    const perSecond = Number(values["per-second"]);
    if (!Number.isInteger(perSecond) || perSecond < 1 || perSecond > 500)
      throw new Mistake("--per-second takes a number from 1 to 500.");
    refuseTwoPlaces(values);
    return { values, name, perSecond };
  });
  const { sqs, queues, deployed } = await systemOf(values);
  const names = [...queues.keys()].filter((path) => path.endsWith(ofDeadLetters));
  if (name === undefined) {
    for (const path of names.toSorted()) {
      const { messages } = await attributesOf(sqs, queues.get(path) ?? "");
      console.log(`${path.slice(0, -ofDeadLetters.length)}: ${messages}`);
    }
    return;
  }
  const deadLetters = queues.get(`${name}${ofDeadLetters}`);
  const queue = queues.get(`${name}/Queue`);
  if (!deadLetters || !queue)
    throw new Mistake(
      `There is no queue ${name}. There are ${names.map((path) => path.slice(0, -ofDeadLetters.length)).join(", ")}.`,
    );
  const moved = deployed
    ? await redriveByService(sqs, deadLetters, { perSecond }, console.log)
    : await redriveByHand(sqs, { deadLetters, queue }, { perSecond });
  console.log(`${name}: ${moved} messages moved back to their queue`);
}

if (import.meta.main) await runCommand(main);
