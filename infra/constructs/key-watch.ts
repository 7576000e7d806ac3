import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { alarmWhenAny } from "./alarm.ts";

/** Each of these gives somebody the use of a key, or ends the use of what it sealed. */
const telling = ["PutKeyPolicy", "CreateGrant", "ScheduleKeyDeletion", "DisableKey"];

/**
 * Tells whoever is on call that the use of a key was given away or that a key was locked, with who did it. A deployment that changes
 * a key's policy is told too. CloudTrail reports these calls, so the account needs a trail.
 */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, { keys, topic }: { keys: readonly IKey[]; topic: ITopic }) {
    super(scope, id);
    const rule = new Rule(this, "Rule", {
      description: "Somebody changed who may use a key, or locked one",
      eventPattern: {
        source: ["aws.kms"],
        detailType: ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["kms.amazonaws.com"],
          eventName: telling,
          resources: { ARN: keys.map(({ keyArn }) => keyArn) },
        },
      },
      targets: [new SnsTopic(topic)],
    });
    alarmWhenAny(this, "Told", {
      metric: new Metric({
        namespace: "AWS/Events",
        metricName: "TriggeredRules",
        dimensionsMap: { RuleName: rule.ruleName },
        period: Duration.minutes(5),
        statistic: "sum",
      }),
      impact: "Somebody changed who may use a key, or locked one: identities may be opened, or none can be.",
      runbook: "keys-changed",
      topic,
    });
  }
}
