import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { runbookUrl } from "../config.ts";

/** Mails the alarms of its region to whoever is on call. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, address: string) {
    super(scope, id, { enforceSSL: true });
    this.addSubscription(new EmailSubscription(address));
    // A policy of its own takes the place of the one that lets the account in: without this no alarm is mailed.
    this.addToResourcePolicy(
      new PolicyStatement({
        actions: ["sns:Publish"],
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        resources: [this.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
  }
}

interface Told {
  metric: IMetric;
  /** What people notice. */
  impact: string;
  runbook: string;
  topic: ITopic;
}

/** An alarm on anything above zero, which tells what people notice and where to read on. */
export const alarmWhenAny = (scope: Construct, id: string, told: Told): Alarm =>
  alarmWhenAbove(scope, id, { ...told, threshold: 0 });

/** The same where a little is no reason to be woken. */
export function alarmWhenAbove(
  scope: Construct,
  id: string,
  { metric, threshold, impact, runbook, topic }: Told & { threshold: number },
): Alarm {
  const alarm = new Alarm(scope, id, {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${impact} ${runbookUrl}#${runbook}`,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  return alarm;
}
