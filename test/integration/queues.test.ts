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
