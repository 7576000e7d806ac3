import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { runbookUrl } from "../config.ts";

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
