import * as z from "zod";
import { type Stage, stageNamed } from "../../../infra/config.ts";

/** A resource of a template, with the path of its construct. */
export interface Declared {
  path: string;
  type: string;
  properties: unknown;
}

const lambda = z.object({
  MemorySize: z.int().default(128),
  Environment: z.object({ Variables: z.object({ STAGE: z.unknown().optional() }) }).optional(),
});
const mapping = z.object({
  BatchSize: z.int(),
  ScalingConfig: z.object({ MaximumConcurrency: z.int() }).optional(),
});
const schedule = z.object({ ScheduleExpression: z.string() });
const alarm = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });
const firewall = z.object({ Rules: z.array(z.unknown()).default([]) });

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
  const each = <T>(type: string, schema: z.ZodType<T>) =>
    of(type).map(({ path, properties }) => ({ path: inStack(path), ...schema.parse(properties) }));
  // CDK brings functions of its own, which know no stage.
  const own = each("AWS::Lambda::Function", lambda).filter(
    ({ Environment }) => Environment?.Variables.STAGE !== undefined,
  );
  const metricsOf = ({ Metrics }: z.infer<typeof alarm>): number =>
    Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
  const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);
  return {
    stage: stageNamed(stageName),
    memory: Object.fromEntries(own.map(({ path, MemorySize }) => [path, MemorySize])),
    workers: Object.fromEntries(
      // What reads a stream has no such bound.
      each("AWS::Lambda::EventSourceMapping", mapping).flatMap(({ path, ScalingConfig, BatchSize }) =>
        ScalingConfig
          ? [
              [
                path.split("/").slice(0, 2).join("/"),
                { concurrency: ScalingConfig.MaximumConcurrency, batch: BatchSize },
              ],
            ]
          : [],
      ),
    ),
    schedules: Object.fromEntries(
      each("AWS::Scheduler::Schedule", schedule).map(({ path, ScheduleExpression }) => [
        path.replace(/\/Schedule$/, ""),
        callsOfMonth(ScheduleExpression),
      ]),
    ),
    functions: own.length,
    tables: of("AWS::DynamoDB::GlobalTable").length,
    queues: of("AWS::SQS::Queue").length,
    keys: of("AWS::KMS::Key").length,
    secrets: of("AWS::SecretsManager::Secret").length,
    alarms: of("AWS::CloudWatch::Alarm").length,
    watchedMetrics: total(each("AWS::CloudWatch::Alarm", alarm).map(metricsOf)),
    dashboards: of("AWS::CloudWatch::Dashboard").length,
    firewallRules: total(each("AWS::WAFv2::WebACL", firewall).map(({ Rules }) => Rules.length)),
  };
}
