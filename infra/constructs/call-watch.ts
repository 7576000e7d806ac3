import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { alarmWhenAny } from "./alarm.ts";

/**
 * Tells whoever is on call of calls to AWS that change what our alarms cannot see by themselves, with who made them. CloudTrail reports
 * these calls, so the account needs a trail.
 */
export class CallWatch extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      description,
      source,
      calls,
      onlyOn,
      ...told
    }: {
      description: string;
      /** The service, as EventBridge writes it: `aws.kms`. */
      source: string;
      calls: readonly string[];
      /** What of `detail` has to be ours. */
      onlyOn: Record<string, unknown>;
      impact: string;
      runbook: string;
      topic: ITopic;
    },
  ) {
    super(scope, id);
    const rule = new Rule(this, "Rule", {
      description,
      eventPattern: {
        source: [source],
        detailType: ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: [`${source.replace(/^aws\./, "")}.amazonaws.com`],
          eventName: [...calls],
          ...onlyOn,
        },
      },
      targets: [new SnsTopic(told.topic)],
    });
    alarmWhenAny(this, "Told", {
      ...told,
      metric: new Metric({
        namespace: "AWS/Events",
        metricName: "TriggeredRules",
        dimensionsMap: { RuleName: rule.ruleName },
        period: Duration.minutes(5),
        statistic: "sum",
      }),
    });
  }
}
