import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { alarmWhenAny } from "./alarm.ts";

/** What EventBridge compares a value with: the value itself, or a comparison. */
type Comparison = string | boolean | { prefix: string } | { wildcard: string };

/** Calls to one service. */
export interface Calls {
  /** The service, as EventBridge writes it: `aws.kms`. */
  source: string;
  calls: readonly Comparison[];
  /** What of `detail` has to be ours. */
  onlyOn: Readonly<Record<string, unknown>>;
}

const detailOf = ({ source, calls, onlyOn }: Calls) => ({
  eventSource: [`${source.replace(/^aws\./, "")}.amazonaws.com`],
  eventName: [...calls],
  ...onlyOn,
});

/** Somebody who calls with keys of their own, as the root user or as another role has no session of these roles. */
const notBy = (roles: readonly string[]) => ({
  userIdentity: {
    sessionContext: { sessionIssuer: { arn: [{ exists: false }, { "anything-but": [...roles] }] } },
  },
});

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
      watched,
      except = [],
      also,
      ...told
    }: {
      description: string;
      watched: readonly [Calls, ...Calls[]];
      /** What these roles call is not told, by their ARNs: a deployment, or a function of ours whose work it is. */
      except?: readonly string[];
      impact: string;
      runbook: string;
      topic: ITopic;
      /** Hears of the call too. */
      also?: ITopic;
    },
  ) {
    super(scope, id);
    const [only, ...others] = watched;
    const rule = new Rule(this, "Rule", {
      description,
      eventPattern: {
        source: [...new Set(watched.map(({ source }) => source))],
        detailType: ["AWS API Call via CloudTrail"],
        detail: {
          // One rule for all: each one's metric is paid for.
          ...(others.length > 0 ? { $or: watched.map(detailOf) } : detailOf(only)),
          ...(except.length > 0 && notBy(except)),
        },
      },
      targets: [told.topic, ...(also ? [also] : [])].map((topic) => new SnsTopic(topic)),
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
