import { type App, Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type ITableV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { runbookUrl } from "./config.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { ownMetric, stageNameOf } from "./constructs/own-metric.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { Scheduled } from "./constructs/scheduled-call.ts";
import type { DataStack } from "./data-stack.ts";

interface Watched {
  metric: IMetric;
  threshold: number;
  impact: string;
  runbook: string;
  /** Where it is told: to whoever is on call at once, or to whoever reads the tickets by day. */
  topic: ITopic;
  /** So many periods in a row. */
  periods?: number;
  /** Whether silence is the trouble: then the alarm rings below the threshold, and where nothing is counted. */
  silence?: boolean;
}

function watch(scope: Construct, id: string, watched: Watched): void {
  const { metric, threshold, impact, runbook, topic, periods = 1, silence = false } = watched;
  const alarm = new Alarm(scope, id, {
    metric,
    threshold,
    comparisonOperator: silence
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${impact} ${runbookUrl}#${runbook}`,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
}

/** A function that is held back, and one of the API that is slow. */
function watchFunction(one: NodeFunction, { tickets, isOfApi }: { tickets: ITopic; isOfApi: boolean }): void {
  const { impact, runbook } = one;
  const period = Duration.minutes(5);
  watch(one, "Throttled", {
    metric: one.metricThrottles({ period, statistic: "sum" }),
    threshold: 0,
    impact,
    runbook,
    topic: tickets,
    periods: 3,
  });
  if (isOfApi)
    watch(one, "Slow", {
      metric: one.metricDuration({ period, statistic: "p99" }),
      threshold: (one.timeout ?? Duration.seconds(10)).toMilliseconds() / 2,
      impact: "People wait long for answers, and some of them give up.",
      runbook: "slow-answers",
      topic: tickets,
      periods: 3,
    });
}

/** Workers answer which messages failed, so their `Errors` stay at 0: their own count, and the age of what waits, tell instead. */
function watchWorker(
  { function: one, queue }: QueueWorker,
  { topic, tickets }: { topic: ITopic; tickets: ITopic },
): void {
  const { impact, runbook } = one;
  watch(one, "Failing", {
    metric: failedItems(one),
    threshold: 4,
    impact,
    runbook,
    topic: tickets,
  });
  watch(queue, "Old", {
    metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "max" }),
    // A message that fails waits for its five tries: anything older is a queue that nobody works through.
    threshold: Duration.minutes(60).toSeconds(),
    impact,
    runbook,
    topic,
  });
}

/** The messages or records that a worker could not work on. */
const failedItems = (one: NodeFunction) =>
  ownMetric(one, "FailedItem", { period: Duration.minutes(15), of: { function: one.functionName } });

function watchStream(reader: NodeFunction, { topic, tickets }: { topic: ITopic; tickets: ITopic }): void {
  const { impact, runbook } = reader;
  watch(reader, "Behind", {
    metric: reader.metric("IteratorAge", { period: Duration.minutes(5), statistic: "max" }),
    // A function that gives records back has no errors, so only their age tells that one of them holds up the others.
    threshold: Duration.minutes(15).toMilliseconds(),
    impact: "Mails about new events are late: an event that cannot be published holds up those behind it.",
    runbook: "events-wait",
    topic,
  });
  watch(reader, "Failing", { metric: failedItems(reader), threshold: 4, impact, runbook, topic: tickets });
}

/** What a schedule calls has to run. A schedule that was switched off, or that may not call any more, is found by the silence. */
function watchSchedule({ runs, every, node }: Scheduled, topic: ITopic): void {
  const { impact, runbook } = runs;
  const seconds = every.toSeconds();
  // Two runs may fall into one period and none into the next. A minute's silence is no trouble.
  const period = Duration.seconds(Math.min(86_400, Math.max(300, seconds)));
  watch(runs, `NotRun${node.id}`, {
    metric: runs.metricInvocations({ period, statistic: "sum" }),
    threshold: 1,
    impact,
    runbook,
    topic,
    periods: seconds >= 86_400 ? 2 : 3,
    silence: true,
  });
}

function watchTable(scope: TableV2, table: ITableV2, tickets: ITopic): void {
  const period = Duration.minutes(5);
  const throttled = (metricName: string) => table.metric(metricName, { period, statistic: "sum" });
  watch(scope, "Throttled", {
    metric: new MathExpression({
      expression: "FILL(reads, 0) + FILL(writes, 0)",
      usingMetrics: { reads: throttled("ReadThrottleEvents"), writes: throttled("WriteThrottleEvents") },
      period,
    }),
    threshold: 0,
    impact: "Some requests and jobs take longer, or fail and are tried again.",
    runbook: "table-throttled",
    topic: tickets,
    periods: 3,
  });
}

/** SES looks into an account above these rates, and pauses it above twice and five times of them. */
function watchReputation(scope: Stack, configurationSet: string, topic: ITopic): void {
  for (const [id, metricName, threshold] of [
    ["BounceRate", "Reputation.BounceRate", 0.05],
    ["ComplaintRate", "Reputation.ComplaintRate", 0.001],
  ] as const)
    watch(scope, id, {
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
  { data, api, jobs }: { data: DataStack; api: Stack; jobs: Stack & { configurationSetName: string } },
): void {
  const { alarmTopic: topic, ticketTopic: tickets } = data;
  for (const one of app.node.findAll()) {
    if (one instanceof NodeFunction) watchFunction(one, { tickets, isOfApi: Stack.of(one) === api });
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
  watchReputation(jobs, jobs.configurationSetName, topic);
  addDashboards(api);
}
