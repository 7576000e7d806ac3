import type { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";

/** The context of the app under which the name of its stage lies. */
export const stageContext = "sp4n-lapor:stage";

/** The name of the stage that a construct belongs to. */
export const stageNameOf = (scope: Construct): string => String(scope.node.getContext(stageContext));

/**
 * A metric that our own functions count (shared/platform/observability.ts). It carries the stage, because stages may share an account.
 */
export const ownMetric = (
  scope: Construct,
  metricName: string,
  {
    period,
    statistic = "sum",
    of = {},
  }: { period: Duration; statistic?: string; of?: Record<string, string> },
): Metric =>
  new Metric({
    namespace: "Sp4nLapor",
    metricName,
    dimensionsMap: { service: "sp4n-lapor", stage: stageNameOf(scope), ...of },
    period,
    statistic,
  });
