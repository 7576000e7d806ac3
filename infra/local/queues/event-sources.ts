import { setTimeout as wait } from "node:timers/promises";
import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LocalFunction } from "../functions/functions.ts";
import { StartFailure } from "../start/start-failure.ts";
import type { Checkpoints } from "../tables/checkpoints.ts";
import { followStream } from "../tables/stream-source.ts";
import type { LocalTable } from "../tables/tables.ts";
import { nameOf, type Resource } from "../template/template.ts";
import type { Mapping } from "./mappings.ts";
import { pollQueue } from "./queue-source.ts";
import type { LocalQueue } from "./queues.ts";

type Surroundings = {
  sqs: SQSClient;
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
    const destination = onFailure && around.queueOf(onFailure).url;
    const giveUp = (message: string) =>
      around.sqs.send(new SendMessageCommand({ QueueUrl: destination, MessageBody: message }));
    const source = {
      ...mapping,
      region,
      streamArn,
      function: target,
      onFailure: destination ? giveUp : undefined,
    };
    const checkpoints = around.checkpointsOf(`${nameOf(from)} -> ${nameOf(to)}`);
    return followStream(around.streams, source, checkpoints, stopping.signal, around.log);
  };

  const feeding = Promise.all(mappings.map(feed));
  const stop = async () => {
    stopping.abort();
    const patience = new AbortController();
    await Promise.race([feeding, wait(5000, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
  };
  return { stop };
};
