import * as z from "zod";
import { runbookUrl } from "../../infra/config.ts";
import { ofType, prod } from "../infra/synthesised.ts";
import { readExpression, type Value } from "./expression.ts";
import { type MetricBook, type MetricName, statisticOf } from "./metric-book.ts";

const dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])));

/** CloudWatch takes 10, 20 and 30 seconds too. Nothing of ours is counted that often. */
const period = z.int().positive().multipleOf(60);

const query = z.union([
  z.strictObject({
    Id: z.string(),
    Label: z.string().optional(),
    ReturnData: z.boolean(),
    MetricStat: z.strictObject({
      Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
      Period: period,
      Stat: z.string(),
    }),
  }),
  z.strictObject({
    Id: z.string(),
    Label: z.string().optional(),
    ReturnData: z.boolean(),
    Expression: z.string().transform(readExpression),
  }),
]);

/** An alarm as the templates say it. A property that is not known here stops the test: it may change when the alarm rings. */
const alarmProperties = z
  .strictObject({
    AlarmDescription: z.string(),
    Tags: z.array(z.unknown()),
    AlarmActions: z.tuple([z.string()]),
    OKActions: z.tuple([z.string()]),
    ComparisonOperator: z.enum([
      "GreaterThanThreshold",
      "GreaterThanOrEqualToThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ]),
    Threshold: z.number(),
    EvaluationPeriods: z.int().positive(),
    DatapointsToAlarm: z.int().positive().optional(),
    TreatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).default("missing"),
    Namespace: z.string().optional(),
    MetricName: z.string().optional(),
    Dimensions: dimensions,
    Statistic: z.string().optional(),
    ExtendedStatistic: z.string().optional(),
    Period: period.optional(),
    Metrics: z.array(query).min(2).optional(),
  })
  .refine(({ DatapointsToAlarm = 1, EvaluationPeriods }) => DatapointsToAlarm <= EvaluationPeriods)
  .refine(({ Metrics, MetricName }) => (Metrics === undefined) !== (MetricName === undefined));

export type Comparison = z.infer<typeof alarmProperties>["ComparisonOperator"];
export type Missing = z.infer<typeof alarmProperties>["TreatMissingData"];
export type Tag = "ALARM" | "OK" | "INSUFFICIENT_DATA";

/** When an alarm rings, apart from what it watches. */
export interface Settings {
  comparison: Comparison;
  threshold: number;
  /** So many data points are looked at, and so many of them have to breach. */
  periods: number;
  toAlarm: number;
  missing: Missing;
}

/** An alarm of the templates. */
export interface Alarm extends Settings {
  /** Where it stands: `jobs/Emails/Function/Failing`. */
  path: string;
  /** What people notice. */
  impact: string;
  /** The anchor of its heading in the runbook. */
  runbook: string;
  /** The topic that hears of it. */
  topic: string;
  minutes: number;
  /** The metrics that it watches. */
  metrics: readonly MetricName[];
  /** Its data point of the minutes from `from` up to `to`. */
  point(book: MetricBook, from: number, to: number): Value;
}

function alarmOf(path: string, properties: unknown): Alarm {
  const read = alarmProperties.parse(properties);
  const [impact = "", runbook = ""] = read.AlarmDescription.split(` ${runbookUrl}#`);
  const [topic] = read.AlarmActions;
  if (topic !== read.OKActions[0])
    throw new Error(`${path} tells one topic that it rings, and another that it is over`);
  const settings = {
    path,
    impact,
    runbook,
    topic,
    comparison: read.ComparisonOperator,
    threshold: read.Threshold,
    periods: read.EvaluationPeriods,
    toAlarm: read.DatapointsToAlarm ?? read.EvaluationPeriods,
    missing: read.TreatMissingData,
  };
  if (!read.Metrics) {
    const metric = { namespace: read.Namespace!, name: read.MetricName!, dimensions: read.Dimensions };
    const statistic = read.ExtendedStatistic ?? read.Statistic!;
    return {
      ...settings,
      // What DynamoDB counts has no zeros, and CloudWatch takes its silence for nothing at all, whatever the alarm says.
      missing: metric.namespace === "AWS/DynamoDB" ? "ignore" : settings.missing,
      minutes: read.Period! / 60,
      metrics: [metric],
      point: (book, from, to) => statisticOf(statistic, book.values(metric, from, to)),
    };
  }
  const sources = read.Metrics.flatMap((one) => ("MetricStat" in one ? [one] : []));
  const returned = read.Metrics.filter(({ ReturnData }) => ReturnData);
  const [answer] = returned;
  if (returned.length !== 1 || !answer || !("Expression" in answer))
    throw new Error(`${path} has to return one expression`);
  const periods = new Set(sources.map(({ MetricStat }) => MetricStat.Period));
  if (periods.size !== 1) throw new Error(`${path} counts over periods of several lengths`);
  const metrics = sources.map(({ Id, MetricStat: { Metric, Stat } }) => ({
    id: Id,
    statistic: Stat,
    metric: { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: Metric.Dimensions },
  }));
  return {
    ...settings,
    minutes: [...periods][0]! / 60,
    metrics: metrics.map(({ metric }) => metric),
    point: (book, from, to) =>
      answer.Expression(
        new Map(
          metrics.map(({ id, statistic, metric }) => [
            id,
            statisticOf(statistic, book.values(metric, from, to)),
          ]),
        ),
      ),
  };
}

/** All alarms of production, as its templates say them. */
export const alarms: readonly Alarm[] = ofType(prod, "AWS::CloudWatch::Alarm").map(({ path, properties }) =>
  alarmOf(path, properties),
);
