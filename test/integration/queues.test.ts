import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { redriveByHand } from "../../functions/commands/redrive.ts";
import { startQueues } from "../../infra/local/queues/fauxqs.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-queues-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = ({ endpoint }: Emulator) => ({
  endpoint,
  region: "ap-southeast-3",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

test("a message that nobody has taken is still in its queue after a restart", async () => {
  const before = await startQueues({ dataDir: folder });
  const sender = new SQSClient(at(before));
  const { QueueUrl = "" } = await sender.send(new CreateQueueCommand({ QueueName: "emails" }));
  await sender.send(new SendMessageCommand({ QueueUrl, MessageBody: "still here" }));
  sender.destroy();
  await before.stop();

  const after = await startQueues({ dataDir: folder });
  const receiver = new SQSClient(at(after));
  const { Messages } = await receiver.send(
    new ReceiveMessageCommand({ QueueUrl: `${after.endpoint}${new URL(QueueUrl).pathname}` }),
  );
  expect(Messages?.map(({ Body }) => Body)).toEqual(["still here"]);
  receiver.destroy();
  await after.stop();
});

test("every object that is new in a bucket is told of", async () => {
  const onObject = vi.fn();
  const queues = await startQueues({ dataDir: folder, onObject });
  const s3 = new S3Client({ ...at(queues), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "photos" }));
  await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "uploads/one", Body: "one" }));
  await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "uploads/two", Body: "two" }));
  await vi.waitFor(() =>
    expect(onObject.mock.calls).toEqual([
      ["photos", "uploads/one"],
      ["photos", "uploads/two"],
    ]),
  );
  s3.destroy();
  await queues.stop();
});

test("a port that another program has is named", async () => {
  const first = await startQueues({ dataDir: join(folder, "first") });
  const port = Number(new URL(first.endpoint).port);
  await expect(startQueues({ dataDir: join(folder, "second"), port })).rejects.toThrow(
    `Port ${port} is taken by another program.`,
  );
  await first.stop();
});

test("a stop that was asked for is no unexpected end", async () => {
  const onUnexpectedEnd = vi.fn();
  const queues = await startQueues({ dataDir: folder, onUnexpectedEnd });
  await queues.stop();
  expect(onUnexpectedEnd).not.toHaveBeenCalled();
});

test("a redrive puts every message of a dead-letter queue back once, at its pace, and leaves none behind", async () => {
  const emulator = await startQueues({ dataDir: folder });
  const sqs = new SQSClient(at(emulator));
  const created = async (QueueName: string) => {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return `${emulator.endpoint}${new URL(QueueUrl).pathname}`;
  };
  const [deadLetters, queue] = [await created("dead"), await created("emails")];
  const messages = Array.from({ length: 23 }, (_, index) => `message ${index}`);
  for (const MessageBody of messages)
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody }));

  const waited: number[] = [];
  const pause = async (seconds: number) => void waited.push(seconds);
  const redriven = () => redriveByHand(sqs, { deadLetters, queue }, { perSecond: 5, pause });
  expect(await redriven()).toBe(23);
  expect(waited.every((seconds) => seconds <= 1)).toBe(true);
  expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual((23 - 5) / 5);
  expect(await redriven()).toBe(0);

  const back: string[] = [];
  while (back.length < messages.length) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.length).toBeGreaterThan(0);
    back.push(...Messages.map(({ Body = "" }) => Body));
  }
  expect(back.sort()).toEqual(messages.sort());
  sqs.destroy();
  await emulator.stop();
});
