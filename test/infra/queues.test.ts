import { expect, test } from "vitest";
import { ofType, only, prod } from "./synthesised.ts";

test("every queue is encrypted, is spoken to over TLS only, and has a dead-letter queue or is one", () => {
  const queues = ofType(prod, "AWS::SQS::Queue");
  const targets = JSON.stringify([
    ...queues.map(({ properties }) => properties.RedrivePolicy),
    ...ofType(prod, "AWS::Lambda::EventSourceMapping").map(({ properties }) => properties.DestinationConfig),
  ]);
  const policies = JSON.stringify(ofType(prod, "AWS::SQS::QueuePolicy"));
  for (const { path, properties } of queues) {
    expect([path, properties.SqsManagedSseEnabled]).toEqual([path, true]);
    expect([path, !!properties.RedrivePolicy || targets.includes(`"${path}.Arn"`)]).toEqual([path, true]);
    expect(policies).toContain(`"${path}.Arn"`);
  }
});

test("every event source gives back single failures and ends in a dead-letter queue", () => {
  for (const { path, properties } of ofType(prod, "AWS::Lambda::EventSourceMapping"))
    expect([path, properties.FunctionResponseTypes]).toEqual([path, ["ReportBatchItemFailures"]]);
});

test("the stream of cases is tried for as long as it holds a record, and then the record is kept whole", () => {
  const [stream] = ofType(prod, "AWS::Lambda::EventSourceMapping").filter(({ properties }) =>
    JSON.stringify(properties.EventSourceArn).includes("data/Cases"),
  );
  expect(stream?.properties).toMatchObject({
    MaximumRetryAttempts: -1,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: "data/UnpublishedEvents.Arn" } },
  });
  expect(stream?.properties.MaximumRecordAgeInSeconds).toBeUndefined();
  const told = only(prod, "AWS::CloudWatch::Alarm", "jobs/PublishEvents/EventsGivenUp").properties;
  const metrics = JSON.stringify(told.Metrics);
  for (const name of ["OnFailureDestinationDeliveredEventCount", "DroppedEventCount"])
    expect(metrics).toContain(name);
  expect(stream?.properties.MetricsConfig).toEqual({ Metrics: ["EventCount"] });
});

test("digests are looked for every minute", () => {
  const { properties } = only(prod, "AWS::Scheduler::Schedule", "jobs/FindDueDigestsEveryMinute/Schedule");
  expect([properties.ScheduleExpression, properties.Target.Arn]).toEqual([
    "rate(1 minute)",
    "jobs/FindDueDigests.Arn",
  ]);
});

test("the newest hashes are copied every day", () => {
  const { properties } = only(prod, "AWS::Scheduler::Schedule", "jobs/AnchorHistoriesDaily/Schedule");
  expect([properties.ScheduleExpression, properties.Target.Arn]).toEqual([
    "cron(30 0 * * ? *)",
    "jobs/AnchorHistories.Arn",
  ]);
});

test("the bucket tells of uploads, and the scanner of verdicts, to the queue of inspections", () => {
  const rules = ofType(prod, "AWS::Events::Rule")
    .filter(({ path }) => path === "jobs/Uploads" || path === "jobs/Scans")
    .map(({ properties }) => properties);
  expect(rules.map(({ EventPattern }) => EventPattern["detail-type"])).toEqual([
    ["Object Created"],
    ["GuardDuty Malware Protection Object Scan Result"],
  ]);
  for (const { Targets } of rules)
    expect(Targets.map(({ Arn }: { Arn: string }) => Arn)).toEqual(["jobs/Inspections/Queue.Arn"]);
});
