import { type Stage, stageNamed } from "../../../infra/config.ts";

/** A resource of a template, with the path of its construct. */
export interface Declared {
  path: string;
  type: string;
  properties: any;
}

/** What a stage has that costs something, or bounds something, whatever happens. */
export interface Inventory {
  stage: Stage;
  /** Megabytes, by the path of the function without its stack. */
  memory: Readonly<Record<string, number>>;
  /** Queues that a function works through: so many batches at a time, of so many messages. */
  workers: Readonly<Record<string, { concurrency: number; batch: number }>>;
  /** Calls a month of each schedule, by the path of its construct. */
  schedules: Readonly<Record<string, number>>;
  functions: number;
  tables: number;
  queues: number;
  keys: number;
  secrets: number;
  alarms: number;
  /** Metrics that alarms watch: an alarm on an expression pays for each of them. */
  watchedMetrics: number;
  dashboards: number;
  firewallRules: number;
}

const minutesOfMonth = 43_800;

/** How often a schedule calls in a month. */
export function callsOfMonth(expression: string): number {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined) return Math.round(minutesOfMonth / 1_440);
  return minutesOfMonth / (Number(count) * ({ minute: 1, hour: 60, day: 1_440 }[unit] ?? 1));
}

/** Reads what a stage declares. */
export function inventoryOf(stageName: string, resources: readonly Declared[]): Inventory {
  const of = (type: string) => resources.filter((one) => one.type === type);
  const inStack = (path: string) => path.replace(/^[^/]+\//, "");
  const own = of("AWS::Lambda::Function").filter(
    ({ properties }) => properties.Environment?.Variables?.STAGE,
  );
  const metricsOf = ({ properties }: Declared): number =>
    properties.Metrics
      ? properties.Metrics.filter((one: { MetricStat?: unknown }) => one.MetricStat).length
      : 1;
  return {
    stage: stageNamed(stageName),
    memory: Object.fromEntries(own.map(({ path, properties }) => [inStack(path), properties.MemorySize])),
    workers: Object.fromEntries(
      of("AWS::Lambda::EventSourceMapping")
        .filter(({ properties }) => properties.ScalingConfig)
        .map(({ path, properties }) => [
          inStack(path).split("/").slice(0, 2).join("/"),
          { concurrency: properties.ScalingConfig.MaximumConcurrency, batch: properties.BatchSize },
        ]),
    ),
    schedules: Object.fromEntries(
      of("AWS::Scheduler::Schedule").map(({ path, properties }) => [
        inStack(path).replace(/\/Schedule$/, ""),
        callsOfMonth(properties.ScheduleExpression),
      ]),
    ),
    functions: own.length,
    tables: of("AWS::DynamoDB::GlobalTable").length,
    queues: of("AWS::SQS::Queue").length,
    keys: of("AWS::KMS::Key").length,
    secrets: of("AWS::SecretsManager::Secret").length,
    alarms: of("AWS::CloudWatch::Alarm").length,
    watchedMetrics: of("AWS::CloudWatch::Alarm")
      .map(metricsOf)
      .reduce((sum, one) => sum + one, 0),
    dashboards: of("AWS::CloudWatch::Dashboard").length,
    firewallRules: of("AWS::WAFv2::WebACL")
      .map(({ properties }) => properties.Rules?.length ?? 0)
      .reduce((sum, one) => sum + one, 0),
  };
}
