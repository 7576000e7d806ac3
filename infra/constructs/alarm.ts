import { Stack } from "aws-cdk-lib";
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
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
  /** Where it is told: to whoever is on call at once, or to whoever reads the tickets by day. */
  topic: ITopic;
  /** Of so many periods, one after the other, so many are above the threshold. One of one, if nothing is said. */
  periods?: number;
  ofThem?: number;
}

/** Makes an alarm on anything above zero. It tells what people notice and links to the runbook. */
export const alarmWhenAny = (scope: Construct, id: string, told: Told): Alarm =>
  alarmWhenAbove(scope, id, { ...told, threshold: 0 });

/** Makes an alarm on anything above a threshold. */
export const alarmWhenAbove = (scope: Construct, id: string, told: Told & { threshold: number }): Alarm =>
  alarmThat(scope, id, told, {
    threshold: told.threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });

/** Makes an alarm on silence: where nothing is counted at all. */
export const alarmWhenNone = (scope: Construct, id: string, told: Told): Alarm =>
  alarmThat(scope, id, told, {
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });

function alarmThat(
  scope: Construct,
  id: string,
  { metric, impact, runbook, topic, periods = 1, ofThem = periods }: Told,
  rings: Pick<AlarmProps, "threshold" | "comparisonOperator" | "treatMissingData">,
): Alarm {
  const alarm = new Alarm(scope, id, {
    ...rings,
    metric,
    evaluationPeriods: periods,
    ...(ofThem !== periods && { datapointsToAlarm: ofThem }),
    alarmDescription: `${impact} ${runbookUrl}#${runbook}`,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
