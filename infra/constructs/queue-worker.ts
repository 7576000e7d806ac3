import { Duration, Validations } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { alarmWhenAny } from "./alarm.ts";
import { NodeFunction, type NodeFunctionProps } from "./node-function.ts";

export interface QueueWorkerProps extends Omit<NodeFunctionProps, "concurrency"> {
  /** Batches worked on at a time (AWS takes 2 to 1000). The message queue keeps to it, so none is reserved. */
  concurrency: number;
  batchSize?: number;
  /** The runbook's heading for messages that ended in the dead-letter queue, as its anchor. */
  deadLetterRunbook: string;
}

/** Keeps messages that nobody could work on, for as long as SQS lets us, and sets off an alarm. */
class DeadLetterQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    { impact, runbook, alarmTopic }: Pick<NodeFunctionProps, "impact" | "runbook" | "alarmTopic">,
  ) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "It is the dead-letter queue of an event source, which the rule does not see; of queues it does.",
    });
    alarmWhenAny(this, "NotEmpty", {
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      impact,
      runbook,
      topic: alarmTopic,
    });
  }
}

/** A message queue and the Lambda that works through it. A bad message ends in the dead-letter queue and costs the others nothing. */
export class QueueWorker extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly function: NodeFunction;
  /** After so long a message that failed comes again. */
  readonly retry: Duration;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const timeout = props.timeout ?? Duration.seconds(30);
    this.deadLetterQueue = new DeadLetterQueue(this, "DeadLetterQueue", {
      ...props,
      runbook: props.deadLetterRunbook,
    });
    // AWS asks for six times the function's timeout, so that a slow batch is not given out twice.
    this.retry = Duration.seconds(timeout.toSeconds() * 6);
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: this.retry,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });
    this.function = new NodeFunction(this, "Function", { ...props, timeout, concurrency: undefined });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize ?? 10,
        reportBatchItemFailures: true,
        maxConcurrency: props.concurrency,
      }),
    );
  }
}
