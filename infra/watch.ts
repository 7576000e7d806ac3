import { type App, Duration, Stack } from "aws-cdk-lib";
import { Dashboard, GraphWidget, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type ITableV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { ApiStack } from "./api-stack.ts";
import { alarmWhenAbove, alarmWhenAny, alarmWhenNone } from "./constructs/alarm.ts";
import { CallWatch } from "./constructs/call-watch.ts";
import type { Canary } from "./constructs/canary.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { ownMetric, stageNameOf } from "./constructs/own-metric.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { Scheduled } from "./constructs/scheduled-call.ts";
import type { DataStack } from "./data-stack.ts";

/** A trouble is told when it shows in three of ten minutes: not by one bad moment, and not after a quarter of an hour. */
const lasting = { periods: 10, ofThem: 3 };
const minute = Duration.minutes(1);

/** A function that is held back. */
function watchFunction(one: NodeFunction, tickets: ITopic): void {
  const { impact, runbook } = one;
  alarmWhenAny(one, "Throttled", {
    metric: one.metricThrottles({ period: minute, statistic: "sum" }),
    impact,
    runbook,
    topic: tickets,
    ...lasting,
  });
}

function watchSlow(one: NodeFunction, topic: ITopic): void {
  alarmWhenAbove(one, "Slow", {
    metric: one.metricDuration({ period: minute, statistic: "p99" }),
    threshold: (one.timeout ?? Duration.seconds(10)).toMilliseconds() / 2,
    impact: "People wait long for answers, and some of them give up.",
    runbook: "slow-answers",
    topic,
    ...lasting,
  });
}

/** The errors that a function of the API answers itself, which Lambda counts as none. They move a new version of it back. */
function watchAnswers(one: NodeFunction, { canary, topic }: { canary: Canary; topic: ITopic }): void {
  const period = Duration.minutes(5);
  const failing = alarmWhenAbove(one, "RequestsFailed", {
    metric: new MathExpression({
      // A version that is new has a tenth of the requests, and one of its pages a part of that. Three are no accident where few ask.
      expression: "IF(FILL(failed, 0) > 2, 100 * failed / requests, 0)",
      usingMetrics: {
        failed: ownMetric(one, "RequestFailed", { period, of: { function: one.functionName } }),
        requests: one.metricInvocations({ period, statistic: "sum" }),
      },
      label: "requests of a hundred that failed",
      period,
    }),
    threshold: 0.2,
    impact: "Some people get errors from one function of the API; the others answer.",
    runbook: "server-errors",
    topic,
  });
  canary.endsWith(failing, one);
}

/**
 * Workers answer which messages failed, so their `Errors` stay at 0: their own count, and the age of what waits, tell instead. One
 * message that fails comes again after `retry`. What it does alone is not enough to be told: either others fail too, or it fails again.
 */
function watchWorker(
  { function: one, queue, retry }: QueueWorker,
  { topic, tickets }: { topic: ITopic; tickets: ITopic },
): void {
  const { impact, runbook } = one;
  const minutes = retry.toMinutes();
  const isSoon = minutes * 2 < 10;
  watchFailing(one, tickets, {
    periods: Math.max(10, minutes + 3),
    ofThem: isSoon ? 3 : 2,
  });
  const age = queue.metricApproximateAgeOfOldestMessage({ period: minute, statistic: "max" });
  // SQS leaves a message that was given out three times out of the age. Until then one bad message makes its queue look old.
  alarmWhenAbove(queue, "Waits", {
    metric: age,
    threshold: Duration.minutes(Math.max(8, 2 * minutes + 2)).toSeconds(),
    impact,
    runbook,
    topic: tickets,
  });
  alarmWhenAbove(queue, "Old", {
    metric: age,
    // Longer than any one message can make it: nobody works through the queue.
    threshold: Duration.minutes(30).toSeconds(),
    impact,
    runbook,
    topic,
  });
}

/** The messages or records that a worker could not work on, in so many of so many minutes. */
const watchFailing = (
  one: NodeFunction,
  topic: ITopic,
  share: { periods: number; ofThem: number },
): unknown =>
  alarmWhenAny(one, "Failing", {
    metric: ownMetric(one, "FailedItem", { period: minute, of: { function: one.functionName } }),
    impact: one.impact,
    runbook: one.runbook,
    topic,
    ...share,
  });

function watchStream(reader: NodeFunction, { topic, tickets }: { topic: ITopic; tickets: ITopic }): void {
  alarmWhenAbove(reader, "Behind", {
    metric: reader.metric("IteratorAge", { period: Duration.minutes(5), statistic: "max" }),
    // A function that gives records back has no errors, so only their age tells that one of them holds up the others.
    threshold: Duration.minutes(5).toMilliseconds(),
    impact: "Mails about new events are late: an event that cannot be published holds up those behind it.",
    runbook: "events-wait",
    topic,
  });
  watchFailing(reader, tickets, lasting);
}

/**
 * What a schedule calls has to run. A schedule that was switched off, or that may not call any more, is found by the silence. The gaps are
 * filled with zeros: CloudWatch would look back for older runs before it took a gap for silence.
 */
function watchSchedule({ runs, every, node }: Scheduled, topic: ITopic): void {
  const { impact, runbook } = runs;
  const isDaily = every.toMinutes() >= 24 * 60;
  // Two runs may fall into one period and none into the next, so a period is nearly as long as two.
  const period = isDaily ? Duration.hours(1) : Duration.minutes(Math.max(5, 2 * every.toMinutes() - 1));
  alarmWhenNone(runs, `NotRun${node.id}`, {
    metric: new MathExpression({
      expression: "FILL(runs, 0)",
      usingMetrics: { runs: runs.metricInvocations({ period, statistic: "sum" }) },
      label: "runs",
      period,
    }),
    impact,
    runbook,
    topic,
    periods: isDaily ? 26 : 1,
  });
}

/** The silence of a schedule that runs once a day shows a day late. So whoever changes one is told of at once. */
const watchSchedules = (scope: Stack, all: readonly Scheduled[], topic: ITopic): unknown =>
  new CallWatch(scope, "SchedulesChanged", {
    description: "Somebody changed, switched off or removed a schedule",
    watched: [
      {
        source: "aws.scheduler",
        calls: ["UpdateSchedule", "DeleteSchedule"],
        onlyOn: { requestParameters: { name: all.map(({ name }) => name) } },
      },
    ],
    impact:
      "Something that runs by the clock was changed: warnings, mails or removals may stop without a word.",
    runbook: "schedules-changed",
    topic,
  });

function watchTable(scope: TableV2, table: ITableV2, tickets: ITopic): void {
  const throttled = (metricName: string) => table.metric(metricName, { period: minute, statistic: "sum" });
  alarmWhenAny(scope, "Throttled", {
    metric: new MathExpression({
      expression: "FILL(reads, 0) + FILL(writes, 0)",
      usingMetrics: { reads: throttled("ReadThrottleEvents"), writes: throttled("WriteThrottleEvents") },
      period: minute,
    }),
    impact: "Some requests and jobs take longer, or fail and are tried again.",
    runbook: "table-throttled",
    topic: tickets,
    ...lasting,
  });
}

/** SES looks into an account above these rates, and pauses it above twice and five times of them. */
function watchReputation(scope: Stack, configurationSet: string, topic: ITopic): void {
  for (const [id, metricName, threshold] of [
    ["BounceRate", "Reputation.BounceRate", 0.05],
    ["ComplaintRate", "Reputation.ComplaintRate", 0.001],
  ] as const)
    alarmWhenAbove(scope, id, {
      metric: new Metric({
        namespace: "AWS/SES",
        metricName,
        dimensionsMap: { "ses:configuration-set": configurationSet },
        period: Duration.hours(1),
        statistic: "avg",
      }),
      threshold,
      impact: "SES may pause all of our mails: nobody would be told of reports, answers and deadlines.",
      runbook: "mails-came-back",
      topic,
    });
}

/** One graph of a metric of every function, queue or table of the stage. A search finds what a later deployment adds. */
const everyOne = (scope: Stack, title: string, [namespace, dimension, metricName, statistic]: string[]) =>
  new GraphWidget({
    title,
    width: 12,
    left: [
      new MathExpression({
        expression: `SEARCH('{${namespace},${dimension}} MetricName="${metricName}" ${dimension}=sp4n-lapor-${stageNameOf(scope)}', '${statistic}', 300)`,
        usingMetrics: {},
        label: "",
        period: Duration.minutes(5),
      }),
    ],
  });

/** What the functions counted, of a day each. */
const counted = (scope: Stack, title: string, ...names: string[]) =>
  new GraphWidget({
    title,
    width: 12,
    left: names.map((name) => ownMetric(scope, name, { period: Duration.days(1) })),
  });

/** One dashboard for whoever is on call, and one for whoever answers for the service. */
function addDashboards(scope: Stack): void {
  const name = `sp4n-lapor-${stageNameOf(scope)}`;
  new Dashboard(scope, "Operators", {
    dashboardName: `${name}-operators`,
    widgets: [
      [
        everyOne(scope, "Errors of functions", ["AWS/Lambda", "FunctionName", "Errors", "Sum"]),
        everyOne(scope, "Functions held back", ["AWS/Lambda", "FunctionName", "Throttles", "Sum"]),
      ],
      [
        everyOne(scope, "Oldest message (s)", [
          "AWS/SQS",
          "QueueName",
          "ApproximateAgeOfOldestMessage",
          "Maximum",
        ]),
        everyOne(scope, "Messages that wait", [
          "AWS/SQS",
          "QueueName",
          "ApproximateNumberOfMessagesVisible",
          "Maximum",
        ]),
      ],
      [
        everyOne(scope, "Duration, p99 (ms)", ["AWS/Lambda", "FunctionName", "Duration", "p99"]),
        everyOne(scope, "Stream behind (ms)", ["AWS/Lambda", "FunctionName", "IteratorAge", "Maximum"]),
      ],
      [
        everyOne(scope, "Tables held back: reads", [
          "AWS/DynamoDB",
          "TableName",
          "ReadThrottleEvents",
          "Sum",
        ]),
        everyOne(scope, "Tables held back: writes", [
          "AWS/DynamoDB",
          "TableName",
          "WriteThrottleEvents",
          "Sum",
        ]),
      ],
    ],
  });
  new Dashboard(scope, "Service", {
    dashboardName: `${name}-service`,
    widgets: [
      [
        counted(scope, "Reports of a day", "CaseSubmitted", "CaseHeld"),
        counted(scope, "Deadlines acted on", "DeadlineActedOn"),
      ],
      [
        counted(scope, "Mails sent", "MailSent"),
        counted(
          scope,
          "Mails that did not arrive",
          ...[
            "MailBounced",
            "MailComplained",
            "MailRefusedTls",
            "MailLost",
            "MailWithheld",
            "AddressRefused",
          ],
        ),
      ],
      [
        counted(scope, "Files of cases", "AttachmentClean", "AttachmentRefused"),
        counted(scope, "Personal data removed", "DataRemoved", "SubscribersForgotten"),
      ],
    ],
  });
}

/** Watches over everything that the stacks of a stage run, whoever added it. test/infra/watch.test.ts holds that nothing is left out. */
export function watchOver(
  app: App,
  { data, api, jobs }: { data: DataStack; api: ApiStack; jobs: Stack & { configurationSetName: string } },
): void {
  const { alarmTopic: topic, ticketTopic: tickets } = data;
  for (const one of app.node.findAll()) {
    if (one instanceof NodeFunction) {
      watchFunction(one, tickets);
      if (Stack.of(one) === api) {
        watchSlow(one, tickets);
        if (api.canary) watchAnswers(one, { canary: api.canary, topic: tickets });
      }
    }
    if (one instanceof QueueWorker) watchWorker(one, { topic, tickets });
    if (one instanceof Scheduled) watchSchedule(one, topic);
    if (one instanceof TableV2) watchTable(one, data.inUse(one), tickets);
    // A queue's worker is watched above. What else has an event source reads a stream.
    if (
      one instanceof EventSourceMapping &&
      one.node.scope instanceof NodeFunction &&
      !(one.node.scope.node.scope instanceof QueueWorker)
    )
      watchStream(one.node.scope, { topic, tickets });
  }
  const schedules = app.node.findAll().filter((one) => one instanceof Scheduled);
  watchSchedules(jobs, schedules, topic);
  watchReputation(jobs, jobs.configurationSetName, topic);
  addDashboards(api);
}
