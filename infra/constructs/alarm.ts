import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { runbookUrl } from "../config.ts";

/** An alarm on anything above zero, which tells what people notice and where to read on. */
export function alarmWhenAny(
  scope: Construct,
  id: string,
  { metric, impact, runbook, topic }: { metric: IMetric; impact: string; runbook: string; topic: ITopic },
): Alarm {
  const alarm = new Alarm(scope, id, {
    metric,
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${impact} ${runbookUrl}#${runbook}`,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  return alarm;
}
