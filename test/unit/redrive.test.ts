import { SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { redriveByService } from "../../functions/commands/redrive.ts";

/** SQS as far as it moves messages: each answer to a look at the task is the next of these. */
function movingService(looks: object[]) {
  const asked: { command: string; input: Record<string, unknown> }[] = [];
  const sqs = new SQSClient({ region: "ap-southeast-3" });
  sqs.send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    asked.push({ command: command.constructor.name, input: command.input });
    if (command.constructor.name === "GetQueueAttributesCommand")
      return { Attributes: { QueueArn: "arn:dead", ApproximateNumberOfMessages: "3" } };
    if (command.constructor.name === "StartMessageMoveTaskCommand") return { TaskHandle: "task" };
    return { Results: [looks.shift()] };
  };
  return { sqs, asked };
}

test("a deployed queue is redriven by SQS itself, at the pace that was asked for, and the end is waited for", async () => {
  const { sqs, asked } = movingService([
    { Status: "RUNNING", TaskHandle: "task", ApproximateNumberOfMessagesMoved: 1 },
    { Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 3 },
  ]);
  const lines: string[] = [];
  const pace = { perSecond: 7, pause: async () => {} };
  const moved = await redriveByService(sqs, "https://queue.example/dead", pace, (line) => lines.push(line));
  expect([moved, lines]).toEqual([3, ["1 moved so far"]]);
  expect(asked.find(({ command }) => command === "StartMessageMoveTaskCommand")?.input).toEqual({
    SourceArn: "arn:dead",
    MaxNumberOfMessagesPerSecond: 7,
  });
});

test("a redrive that SQS breaks off says how many it moved, and why it stopped", async () => {
  const { sqs } = movingService([
    {
      Status: "FAILED",
      ApproximateNumberOfMessagesMoved: 2,
      FailureReason: "CouldNotDetermineMessageSource",
    },
  ]);
  const redriving = redriveByService(sqs, "https://queue.example/dead", { perSecond: 1 }, () => {});
  await expect(redriving).rejects.toThrow("2 messages and stopped: CouldNotDetermineMessageSource");
});
