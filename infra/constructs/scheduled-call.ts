import type { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, type ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { NodeFunction } from "./node-function.ts";

interface Times {
  at: ScheduleExpression;
  retries: number;
  giveUpAfter: Duration;
}

/** Does one thing to one target at set times, and may do nothing else. */
class Scheduled extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { at, retries, giveUpAfter }: Times,
    { arn, action, input }: { arn: string; action: string; input?: string },
  ) {
    super(scope, id);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("scheduler.amazonaws.com") });
    role.addToPolicy(new PolicyStatement({ actions: [action], resources: [arn] }));
    new CfnSchedule(this, "Schedule", {
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
  }
}

/** Calls a function at set times. */
export class ScheduledCall extends Scheduled {
  constructor(scope: Construct, id: string, { calls, ...times }: Times & { calls: NodeFunction }) {
    super(scope, id, times, { arn: calls.functionArn, action: "lambda:InvokeFunction" });
  }
}

/** Puts the same message on a message queue at set times. */
export class ScheduledMessage extends Scheduled {
  constructor(
    scope: Construct,
    id: string,
    { to, message, ...times }: Times & { to: Queue; message: object },
  ) {
    super(scope, id, times, { arn: to.queueArn, action: "sqs:SendMessage", input: JSON.stringify(message) });
  }
}
