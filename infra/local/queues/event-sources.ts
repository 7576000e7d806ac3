import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LocalFunction } from "../functions/functions.ts";
import { StartFailure } from "../start/start-failure.ts";
import type { Checkpoints } from "../tables/checkpoints.ts";
import { followStream, type GivenUp } from "../tables/stream-source.ts";
import type { LocalTable } from "../tables/tables.ts";
import { nameOf, type Resource } from "../template/template.ts";
import { pauseUntil } from "../time/pause.ts";
import type { Mapping } from "./mappings.ts";
import { pollQueue } from "./queue-source.ts";
import { bucketName, type LocalQueue } from "./queues.ts";

type Surroundings = {
  sqs: SQSClient;
  s3: S3Client;
  streams: DynamoDBStreamsClient;
  checkpointsOf(mapping: string): Checkpoints;
  functionOf(resource: Resource): LocalFunction;
  queueOf(resource: Resource): LocalQueue;
  tableOf(resource: Resource): LocalTable;
  log(line: string): void;
};

/** Starts to feed the functions from their queues and streams; stopping lets running batches end. */
export const startEventSources = (mappings: Mapping[], around: Surroundings): { stop(): Promise<void> } => {
  const stopping = new AbortController();

  const feed = ({ from, to, onFailure, ...mapping }: Mapping): Promise<void> => {
    const { region } = from.stack;
    const target = around.functionOf(to);
    if (from.type === "AWS::SQS::Queue") {
      const { url: queueUrl, arn: queueArn } = around.queueOf(from);
      const source = { ...mapping, region, queueUrl, queueArn, function: target };
      return pollQueue(around.sqs, source, stopping.signal, around.log);
    }
    const { streamArn } = around.tableOf(from);
    if (!streamArn) throw new StartFailure(`${nameOf(from)} feeds ${nameOf(to)}, but has no stream.`);
    const source = {
      ...mapping,
      region,
      streamArn,
      function: target,
      onFailure: onFailure && keeping(onFailure, around),
    };
    const checkpoints = around.checkpointsOf(`${nameOf(from)} -> ${nameOf(to)}`);
    return followStream(around.streams, source, checkpoints, stopping.signal, around.log);
  };

  const feeding = Promise.all(mappings.map(feed));
  const stop = async () => {
    stopping.abort();
    const patience = new AbortController();
    await Promise.race([feeding, pauseUntil(patience.signal)(5000)]);
    patience.abort();
  };
  return { stop };
};

/** Keeps what was given up: a queue gets a note of it, and a bucket the records too, as on AWS. */
const keeping =
  (destination: Resource, { sqs, s3, queueOf }: Surroundings) =>
  async ({ note, records }: GivenUp): Promise<void> => {
    if (destination.type === "AWS::SQS::Queue") {
      const { url: QueueUrl } = queueOf(destination);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(note) }));
      return;
    }
    const { shardId } = note.DDBStreamBatchInfo;
    const [day = "", time = ""] = note.timestamp.split(/[T.]/);
    const name = `${day}T${time.replaceAll(":", ".")}-${note.requestContext.requestId}`;
    await s3.send(
      new PutObjectCommand({
        Bucket: bucketName(destination),
        Key: `aws/lambda/local/${shardId}/${day.replaceAll("-", "/")}/${name}`,
        Body: JSON.stringify({ ...note, payload: JSON.stringify({ Records: records }) }),
        ContentType: "application/json",
      }),
    );
  };
