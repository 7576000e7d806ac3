import { randomUUID } from "node:crypto";
import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { StartFailure } from "../start/start-failure.ts";
import { patternFilter } from "../tables/stream-record.ts";
import {
  type Locate,
  nameOf,
  type Properties,
  resolve,
  type Resource,
  resourceAt,
  resourcesOf,
  type Stack,
} from "../template/template.ts";
import type { Clock } from "../time/clock.ts";
import { bucketName, type LocalQueue } from "./queues.ts";

/** A rule of the event bus that passes what it matches on to queues. */
type EventRule = { matches(event: unknown): boolean; to: Resource[] };

/**
 * Nobody calls AWS on one machine, and the mailbox takes every mail, so rules about those have nothing to match.
 * test/unit/mail-feedback.test.ts passes real events of SES through their rules, and test/infra/changes.test.ts calls that CloudTrail
 * tells of.
 */
const hasNoEvents = ({ properties }: Resource): boolean => {
  const { source = [], "detail-type": types = [] } = (properties.EventPattern ?? {}) as Record<
    string,
    string[] | undefined
  >;
  return source.includes("aws.ses") || types.includes("AWS API Call via CloudTrail");
};

/** Reads the rules that are switched on. */
const readRules = (stacks: Stack[], locate: Locate): EventRule[] =>
  resourcesOf(stacks, "AWS::Events::Rule")
    .filter((rule) => rule.properties.State !== "DISABLED" && !hasNoEvents(rule))
    .map((rule) => {
      const {
        EventPattern,
        Targets = [],
        ScheduleExpression,
      } = rule.properties as {
        EventPattern?: Properties;
        Targets?: { Arn: unknown; Input?: unknown; InputPath?: unknown; InputTransformer?: unknown }[];
        ScheduleExpression?: string;
      };
      if (!EventPattern || ScheduleExpression)
        throw new StartFailure(`${nameOf(rule)}: infra/local knows rules with an event pattern only.`);
      if (Targets.some((target) => target.Input ?? target.InputPath ?? target.InputTransformer))
        throw new StartFailure(`${nameOf(rule)}: infra/local passes events on as they are only.`);
      return {
        matches: patternFilter(resolve(stacks, rule.stack, EventPattern, locate)),
        to: Targets.map(({ Arn }) => resourceAt(stacks, rule, "Arn", Arn, "AWS::SQS::Queue")),
      };
    });

/** The buckets of the templates that tell the event bus what happens in them. */
const tellingBuckets = (stacks: Stack[]): Resource[] =>
  resourcesOf(stacks, "AWS::S3::Bucket").filter(
    ({ properties }) =>
      (
        properties.NotificationConfiguration as
          { EventBridgeConfiguration?: { EventBridgeEnabled?: boolean } } | undefined
      )?.EventBridgeConfiguration?.EventBridgeEnabled === true,
  );

/** What S3 tells the event bus of an object that is new in a bucket. */
export const objectCreated = async (
  s3: S3Client,
  { region, bucket, key, at }: { region: string; bucket: string; key: string; at: Date },
) => {
  const { ContentLength: size, ETag: etag = "" } = await s3.send(
    new HeadObjectCommand({ Bucket: bucket, Key: key }),
  );
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "000000000000",
    time: at.toISOString(),
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size, etag: etag.replaceAll('"', ""), sequencer: Date.now().toString(16).toUpperCase() },
      "request-id": randomUUID(),
      requester: "000000000000",
      "source-ip-address": "127.0.0.1",
      reason: "PutObject",
    },
  };
};

export type TellOfObject = (bucket: string, key: string) => void;

/** Tells the queues that the rules choose of every object that is new in a bucket. */
export const bucketTeller = (around: {
  stacks: Stack[];
  s3: S3Client;
  sqs: SQSClient;
  region: string;
  locate: Locate;
  clock: Pick<Clock, "now">;
  queueOf(queue: Resource): LocalQueue;
  log(line: string): void;
}): TellOfObject => {
  const rules = readRules(around.stacks, around.locate);
  const telling = tellingBuckets(around.stacks).map(bucketName);
  const tell = async (bucket: string, key: string) => {
    const { s3, region, clock } = around;
    const event = await objectCreated(s3, { region, bucket, key, at: clock.now() });
    const MessageBody = JSON.stringify(event);
    for (const queue of rules.filter(({ matches }) => matches(event)).flatMap(({ to }) => to))
      await around.sqs.send(new SendMessageCommand({ QueueUrl: around.queueOf(queue).url, MessageBody }));
  };
  return (bucket, key) => {
    if (!telling.includes(bucket)) return;
    tell(bucket, key).catch((error: Error) =>
      around.log(`Nobody was told of an object in ${bucket}: ${error.message}`),
    );
  };
};
