import type { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, type ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { NodeFunction } from "./node-function.ts";

/** Calls a function at set times, with the right to call this function and no other. */
export class ScheduledCall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      at,
      calls,
      retries,
      giveUpAfter,
    }: { at: ScheduleExpression; calls: NodeFunction; retries: number; giveUpAfter: Duration },
  ) {
    super(scope, id);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("scheduler.amazonaws.com") });
    role.addToPolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [calls.functionArn] }),
    );
    new CfnSchedule(this, "Schedule", {
      scheduleExpression: at.expressionString,
      ...(at.timeZone && { scheduleExpressionTimezone: at.timeZone.timezoneName }),
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: calls.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: giveUpAfter.toSeconds() },
      },
    });
  }
}
