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
    // `enforceSSL` replaces the default policy, which lets the account publish. Without this statement no alarm is mailed.
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

/** Makes an alarm on anything above zero. It tells what people notice and links to the runbook. */
export const alarmWhenAny = (scope: Construct, id: string, told: Told): Alarm =>
  alarmWhenAbove(scope, id, { ...told, threshold: 0 });

/** Makes an alarm on anything above a threshold. */
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
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
