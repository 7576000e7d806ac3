import { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, type ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { NodeFunction } from "./node-function.ts";
import type { QueueWorker } from "./queue-worker.ts";

interface Times {
  at: ScheduleExpression;
  retries: number;
  giveUpAfter: Duration;
}

/** The time between two runs of an expression: our cron expressions run once a day. */
function timeBetween({ expressionString }: ScheduleExpression): Duration {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expressionString) ?? [];
  if (count === undefined) return Duration.days(1);
  return { minute: Duration.minutes, hour: Duration.hours, day: Duration.days }[unit]!(Number(count));
}

/** Does one thing to one target at set times, and may do nothing else. */
export class Scheduled extends Construct {
  /** The function that runs at these times, and the time between two runs. */
  readonly runs: NodeFunction;
  readonly every: Duration;
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    { at, retries, giveUpAfter }: Times,
    { arn, action, input, runs }: { arn: string; action: string; input?: string; runs: NodeFunction },
  ) {
    super(scope, id);
    this.runs = runs;
    this.every = timeBetween(at);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("scheduler.amazonaws.com") });
    role.addToPolicy(new PolicyStatement({ actions: [action], resources: [arn] }));
    const schedule = new CfnSchedule(this, "Schedule", {
      scheduleExpression: at.expressionString,
      ...(at.timeZone && { scheduleExpressionTimezone: at.timeZone.timezoneName }),
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn,
        roleArn: role.roleArn,
        ...(input !== undefined && { input }),
        retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: giveUpAfter.toSeconds() },
      },
    });
    this.name = schedule.ref;
  }
}

/** Calls a function at set times. */
export class ScheduledCall extends Scheduled {
  constructor(scope: Construct, id: string, { calls, ...times }: Times & { calls: NodeFunction }) {
    super(scope, id, times, { arn: calls.functionArn, action: "lambda:InvokeFunction", runs: calls });
  }
}

/** Puts the same message on a message queue at set times. */
export class ScheduledMessage extends Scheduled {
  constructor(
    scope: Construct,
    id: string,
    { to, message, ...times }: Times & { to: QueueWorker; message: object },
  ) {
    const { queue, function: runs } = to;
    const input = JSON.stringify(message);
    super(scope, id, times, { arn: queue.queueArn, action: "sqs:SendMessage", input, runs });
  }
}
