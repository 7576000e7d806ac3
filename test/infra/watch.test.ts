import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dev, ofType, only, prod, type Resource, type Watched } from "./synthesised.ts";

const alarms = ofType(prod, "AWS::CloudWatch::Alarm").map(({ path, properties }) => ({
  path,
  ...properties,
}));

/** Whether an alarm watches this metric with a dimension of this value. */
const isWatched = (MetricName: string, value: string): boolean =>
  alarms.some(
    (alarm) =>
      alarm.MetricName === MetricName &&
      (alarm.Dimensions ?? []).some((one: { Value: unknown }) => one.Value === value),
  );

const unwatched = (paths: readonly string[], MetricName: string, of = (path: string) => path) =>
  paths.filter((path) => !isWatched(MetricName, of(path)));

const functions = ofType(prod, "AWS::Lambda::Function").map(({ path }) => path);
const working = ofType(prod, "AWS::SQS::Queue").filter(({ properties }) => properties.RedrivePolicy);
const mappings = ofType(prod, "AWS::Lambda::EventSourceMapping");

/** The function that a schedule runs, by itself or by way of a queue. */
const runBy = ({ properties }: Resource): string => {
  const target = String(properties.Target.Arn).replace(/\.Arn$/, "");
  return functions.includes(target) ? target : target.replace(/\/Queue$/, "/Function");
};

describe("nothing runs unwatched:", () => {
  test("every function has an alarm on its errors, and one on being held back", () => {
    expect(functions.length).toBeGreaterThan(20);
    expect(unwatched(functions, "Errors")).toEqual([]);
    expect(unwatched(functions, "Throttles")).toEqual([]);
  });

  test("every function of the API has an alarm on slow answers", () => {
    const ofApi = functions.filter((path) => path.startsWith("api/"));
    expect(ofApi.length).toBeGreaterThan(5);
    expect(unwatched(ofApi, "Duration")).toEqual([]);
    const slow = alarms.filter(({ MetricName }) => MetricName === "Duration");
    expect(new Set(slow.map(({ ExtendedStatistic }) => ExtendedStatistic))).toEqual(new Set(["p99"]));
  });

  test("every function of the API has an alarm on the errors that it answers itself, which Lambda counts as none", () => {
    for (const path of functions) {
      const found = alarms.filter((one) => one.path === `${path}/RequestsFailed`);
      expect([path, found.length]).toEqual([path, path.startsWith("api/") ? 1 : 0]);
    }
  });

  test("every queue has an alarm on what waits too long, or is a dead-letter queue with an alarm on anything in it", () => {
    const names = (path: string) => `${path}.QueueName`;
    expect(working.length).toBeGreaterThan(5);
    expect(
      unwatched(
        working.map(({ path }) => path),
        "ApproximateAgeOfOldestMessage",
        names,
      ),
    ).toEqual([]);
    const others = ofType(prod, "AWS::SQS::Queue").filter((one) => !working.includes(one));
    expect(
      unwatched(
        others.map(({ path }) => path),
        "ApproximateNumberOfMessagesVisible",
        names,
      ),
    ).toEqual([]);
  });

  test("every worker, of a queue or a stream, has an alarm on items that failed: Lambda counts none of them as an error", () => {
    const workers = mappings.map(({ properties }) => properties.FunctionName as string);
    expect(workers.length).toBe(working.length + 1);
    expect(unwatched(workers, "FailedItem")).toEqual([]);
    const ofStreams = mappings
      .filter(({ properties }) => properties.StartingPosition)
      .map(({ properties }) => properties.FunctionName as string);
    expect(ofStreams).toEqual(["jobs/PublishEvents"]);
    expect(unwatched(ofStreams, "IteratorAge")).toEqual([]);
  });

  test("every schedule has an alarm on its silence, which rings where nothing is counted", () => {
    const schedules = ofType(prod, "AWS::Scheduler::Schedule");
    expect(schedules.length).toBeGreaterThan(5);
    const silence = alarms.filter(({ TreatMissingData }) => TreatMissingData === "breaching");
    for (const { Metrics, ComparisonOperator, Threshold } of silence) {
      // Without the zeros CloudWatch looks back for the last run, and takes three periods for one.
      expect(Metrics.map(({ Expression }: { Expression?: string }) => Expression)).toContain("FILL(runs, 0)");
      expect([ComparisonOperator, Threshold]).toEqual(["LessThanThreshold", 1]);
    }
    const heard = silence.map(({ Metrics }) => {
      const { Metric } = Metrics.find(({ Id }: { Id: string }) => Id === "runs").MetricStat;
      expect(Metric.MetricName).toBe("Invocations");
      return Metric.Dimensions[0].Value;
    });
    expect(heard.sort()).toEqual(schedules.map(runBy).sort());
  });

  test("whoever changes, switches off or removes a schedule is told of", () => {
    const schedules = ofType(prod, "AWS::Scheduler::Schedule");
    const { EventPattern } = only(prod, "AWS::Events::Rule", "jobs/SchedulesChanged/Rule").properties;
    expect(EventPattern.detail).toMatchObject({
      eventSource: ["scheduler.amazonaws.com"],
      eventName: ["UpdateSchedule", "DeleteSchedule"],
    });
    expect(EventPattern.detail.requestParameters.name.toSorted()).toEqual(
      schedules.map(({ path }) => path).sort(),
    );
  });

  test("every table has an alarm on being held back", () => {
    const metrics = JSON.stringify(alarms.map(({ Metrics }) => Metrics ?? []));
    for (const { path } of ofType(prod, "AWS::DynamoDB::GlobalTable")) expect(metrics).toContain(`"${path}"`);
    expect(metrics).toMatch(/ReadThrottleEvents.*WriteThrottleEvents/);
  });

  test("the reputation with which SES lets us send is watched", () => {
    expect(unwatched(["Reputation.BounceRate", "Reputation.ComplaintRate"], "x")).toHaveLength(2);
    for (const name of ["Reputation.BounceRate", "Reputation.ComplaintRate"])
      expect(isWatched(name, "jobs/MailSettings")).toBe(true);
  });
});

describe("what our functions count", () => {
  const sources = globSync(["functions/**/*.ts", "shared/**/*.ts"]).map((file) => readFileSync(file, "utf8"));
  /** Every name in a string of a file that counts. */
  const emitted = new Set(
    sources
      .filter((source) => source.includes("addMetric("))
      .flatMap((source) => [...source.matchAll(/"([A-Z][a-zA-Z]+)"/g)].map(([, name]) => name)),
  );

  test.each([
    ["production", "prod", prod],
    ["dev", "dev", dev],
  ])("is what the alarms of %s watch, of that stage alone", (_, stage, resources) => {
    const own = ofType(resources, "AWS::CloudWatch::Alarm")
      .flatMap(({ path, properties }) => [
        { path, metric: properties },
        ...(properties.Metrics ?? []).map(({ MetricStat }: Watched) => ({
          path,
          metric: MetricStat?.Metric,
        })),
      ])
      .filter(({ metric }) => metric?.Namespace === "Sp4nLapor");
    expect(own.length).toBeGreaterThan(stage === "prod" ? 20 : 10);
    for (const { path, metric } of own) {
      expect([path, emitted.has(metric.MetricName)]).toEqual([path, true]);
      const dimensions = Object.fromEntries(
        metric.Dimensions.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
      );
      const { function: ofFunction, ...others } = dimensions;
      expect([path, others]).toEqual([path, { service: "sp4n-lapor", stage }]);
      expect([path, ofFunction !== undefined]).toEqual([
        path,
        ["FailedItem", "RequestFailed"].includes(metric.MetricName),
      ]);
    }
    for (const { path, properties } of ofType(resources, "AWS::Lambda::Function"))
      expect([path, properties.Environment.Variables.STAGE]).toEqual([path, stage]);
  });

  test("is what the dashboards show", () => {
    const dashboards = ofType(prod, "AWS::CloudWatch::Dashboard");
    expect(dashboards.map(({ properties }) => properties.DashboardName).sort()).toEqual([
      "sp4n-lapor-prod-operators",
      "sp4n-lapor-prod-service",
    ]);
    const shown = [...JSON.stringify(dashboards).matchAll(/Sp4nLapor\W+([A-Za-z]+)/g)].map(
      ([, name]) => name,
    );
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !emitted.has(name))).toEqual([]);
  });
});

test("what cannot wait and what can go to two topics", () => {
  const topics = alarms.map(({ AlarmActions }) => JSON.stringify(AlarmActions));
  for (const topic of ["data/Alarms", "data/Tickets"])
    expect(topics.filter((one) => one.includes(topic)).length).toBeGreaterThan(10);
});
