import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import {
  type Locate,
  physicalName,
  resolved,
  type Resource,
  resourcesOf,
  type Stack,
} from "../template/template.ts";

export type LocalQueue = { url: string; arn: string; name: string };

/** What fauxqs imitates; encryption, tags and permissions have no local meaning. */
const attributeNames = [
  "VisibilityTimeout",
  "MessageRetentionPeriod",
  "DelaySeconds",
  "MaximumMessageSize",
  "ReceiveMessageWaitTimeSeconds",
  "ContentBasedDeduplication",
  "RedrivePolicy",
];

/** Where a queue of the templates is on this machine. */
export const localQueue = (queue: Resource, endpoint: string): LocalQueue => {
  const name = physicalName(queue, queue.properties.QueueName);
  return {
    name,
    url: `${endpoint}/000000000000/${name}`,
    arn: `arn:aws:sqs:${queue.stack.region}:000000000000:${name}`,
  };
};

/** Creates the queues of the templates that do not exist yet, and gives all of them the declared attributes. */
export const createQueues = async (
  sqs: SQSClient,
  stacks: Stack[],
  locate: Locate,
  queueOf: (queue: Resource) => LocalQueue,
): Promise<void> => {
  const queues = resourcesOf(stacks, "AWS::SQS::Queue");
  const create = async (queue: Resource) => {
    const fifo = queue.properties.FifoQueue === true ? { Attributes: { FifoQueue: "true" } } : {};
    await sqs.send(new CreateQueueCommand({ QueueName: queueOf(queue).name, ...fifo }));
  };
  const describe = async (queue: Resource) => {
    const attributes = Object.entries(resolved(stacks, queue, locate))
      .filter(([name]) => attributeNames.includes(name))
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]);
    if (attributes.length)
      await sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl: queueOf(queue).url,
          Attributes: Object.fromEntries(attributes),
        }),
      );
  };
  await Promise.all(queues.map(create));
  // A queue names the one that takes over its failed messages: that one has to be there.
  await Promise.all(queues.map(describe));
};

export const bucketName = (bucket: Resource): string =>
  physicalName(bucket, bucket.properties.BucketName).toLowerCase();

/** Creates the buckets of the templates. */
export const createBuckets = async (s3: S3Client, stacks: Stack[]): Promise<void> => {
  for (const bucket of resourcesOf(stacks, "AWS::S3::Bucket"))
    try {
      await s3.send(new CreateBucketCommand({ Bucket: bucketName(bucket) }));
    } catch (error) {
      if ((error as Error).name !== "BucketAlreadyOwnedByYou") throw error;
    }
};
