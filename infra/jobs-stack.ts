import { Duration, Stack, type StackProps, TimeZone } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterCriteria, FilterRule, MetricType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import {
  CloudWatchDimensionSource,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from "aws-cdk-lib/aws-ses";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Stage } from "./config.ts";
import { alarmWhenAbove, alarmWhenAny } from "./constructs/alarm.ts";
import { FailedBatches } from "./constructs/failed-batches.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { ownMetric } from "./constructs/own-metric.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import { ScheduledCall, ScheduledMessage } from "./constructs/scheduled-call.ts";
import type { DataStack } from "./data-stack.ts";
import { MailFeedbackWorker } from "./mail-feedback.ts";

/** The folders in which inspected attachments are kept. */
const filesOfCases = ["sealed", "clean", "thumbnails"] as const;

/** Works on after the caller has an answer. Events become messages, messages become mails, and clocks are looked at. */
export class JobsStack extends Stack {
  /** Takes the ids of closed agencies whose cases are to be handed over. */
  readonly handOvers: IQueue;
  /** Takes the shards of open cases that are to be counted anew. */
  readonly recounts: IQueue;
  /** Takes what people have to be mailed about. */
  readonly emails: IQueue;
  /** The settings with which SES sends, and counts, every mail. */
  readonly configurationSetName: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, data, ...props }: StackProps & { stage: Stage; data: DataStack },
  ) {
    super(scope, id, props);
    const { alarmTopic } = data;

    const emails = new QueueWorker(this, "Emails", {
      keyRole: data.roles.emails,
      entry: "functions/jobs/send-email.ts",
      impact: "Officers and reporters get their mails late.",
      runbook: "send-email",
      deadLetterRunbook: "emails-dead-letters",
      alarmTopic,
      concurrency: stage.mailConcurrency,
      encrypts: true,
      environment: {
        SENDER_ADDRESS: stage.senderAddress,
        VERIFYING_AGENCY: stage.verifyingAgency,
        ALERT_SECONDS: String(stage.gathering.alertSeconds),
        NEW_CASE_SECONDS: String(stage.gathering.newCaseSeconds),
        CASE_SECONDS: String(stage.gathering.caseSeconds),
        DAILY_MAIL_SECONDS: String(stage.gathering.dailySeconds),
        ...(stage.siteUrl && { SITE_URL: stage.siteUrl }),
      },
    });
    this.emails = emails.queue;
    emails.function
      .uses(data.cases, "CASES_TABLE", "GetItem", "Query")
      .queries(data.cases, "by-joined")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-agency")
      .uses(data.reporters, "REPORTERS_TABLE", "GetItem", "UpdateItem")
      .opens(data.identityKey, "IDENTITY_KEY", "identity", "receipt", "former-address", "subscriber")
      // How many mails an address got today.
      .uses(data.traffic, "TRAFFIC_TABLE", "UpdateItem")
      .hashes(data.trafficKey, "TRAFFIC_KEY")
      .hashes(data.unsubscribingKey, "UNSUBSCRIBING_KEY")
      .uses(
        data.notifications,
        "NOTIFICATIONS_TABLE",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "Query",
      )
      // A case that many follow is told in portions.
      .sendsTo(emails.queue, "EMAILS_QUEUE_URL");

    const handOvers = new QueueWorker(this, "HandOverCases", {
      entry: "functions/jobs/hand-over-cases.ts",
      impact: "Cases of agencies that were closed stay there, where nobody works on them.",
      runbook: "hand-over-cases",
      deadLetterRunbook: "hand-over-cases-dead-letters",
      alarmTopic,
      timeout: Duration.minutes(1),
      concurrency: 2,
      batchSize: 1,
      environment: { VERIFYING_AGENCY: stage.verifyingAgency },
    });
    handOvers.function
      .uses(data.cases, "CASES_TABLE", "GetItem", "PutItem")
      .queries(data.cases, "by-queue")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-agency")
      .sendsTo(handOvers.queue, "HAND_OVERS_QUEUE_URL");
    this.handOvers = handOvers.queue;

    const domain = stage.senderAddress.split("@")[1] ?? "";
    const configurationSet = new ConfigurationSet(this, "MailSettings", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // Our own marks stop mails to dead addresses. The account's list would go on stopping them after a mark has ended.
      disableSuppressionList: true,
    });
    // SES mails feedback to a mailbox, with the reporter's address in it, unless it goes somewhere else. CloudWatch counts it
    // and learns no address.
    configurationSet.addEventDestination("FeedbackCounts", {
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
      destination: EventDestination.cloudWatchDimensions([
        {
          source: CloudWatchDimensionSource.MESSAGE_TAG,
          name: "ses:configuration-set",
          defaultValue: "none",
        },
      ]),
    });
    this.configurationSetName = configurationSet.configurationSetName;
    new MailFeedbackWorker(this, "MailFeedback", { data, configurationSet });
    alarmWhenAbove(this, "AddressesRefused", {
      metric: ownMetric(this, "AddressRefused", { period: Duration.minutes(10) }),
      threshold: 20,
      impact:
        "The mail service refuses many addresses for good: perhaps it refuses ours, and nobody is mailed.",
      runbook: "addresses-refused",
      topic: alarmTopic,
    });
    alarmWhenAny(this, "ItemsUnreadable", {
      metric: ownMetric(this, "UnreadableItem", { period: Duration.minutes(10) }),
      impact: "Some cases, officers or messages wait: newer code wrote what the deployed code cannot read.",
      runbook: "items-unreadable",
      topic: alarmTopic,
    });
    const identity = new EmailIdentity(this, "SenderDomain", {
      identity: Identity.domain(domain),
      feedbackForwarding: false,
      configurationSet,
      // Bounces of other mail servers go there, and from there to SES. Until its MX record is set, SES takes them itself.
      mailFromDomain: `bounces.${domain}`,
    });
    emails.function.addEnvironment("CONFIGURATION_SET", configurationSet.configurationSetName);
    emails.function.addToRolePolicy(
      new PolicyStatement({
        actions: ["ses:SendEmail"],
        resources: [
          identity.emailIdentityArn,
          this.formatArn({
            service: "ses",
            resource: "configuration-set",
            resourceName: configurationSet.configurationSetName,
          }),
        ],
        conditions: { StringEquals: { "ses:FromAddress": stage.senderAddress } },
      }),
    );

    const digests = new NodeFunction(this, "FindDueDigests", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/find-due-digests.ts",
      impact: "Officers are not warned of deadlines, and daily mails do not go out, until this works again.",
      runbook: "find-due-digests",
      alarmTopic,
      timeout: Duration.minutes(1),
    })
      .uses(data.notifications, "NOTIFICATIONS_TABLE")
      .queries(data.notifications, "by-flush")
      .sendsTo(emails.queue, "EMAILS_QUEUE_URL");
    new ScheduledCall(this, "FindDueDigestsEveryMinute", {
      at: ScheduleExpression.rate(Duration.minutes(1)),
      calls: digests,
      retries: 0,
      // The next run finds what this one would have found.
      giveUpAfter: Duration.minutes(1),
    });

    const publisher = new NodeFunction(this, "PublishEvents", {
      concurrency: stage.concurrency?.events,
      entry: "functions/jobs/publish-events.ts",
      impact: "Nobody is told of new reports until this works again; nothing is lost.",
      runbook: "publish-events",
      alarmTopic,
      timeout: Duration.seconds(30),
    }).sendsTo(emails.queue, "EMAILS_QUEUE_URL");
    const fromStream = new DynamoEventSource(data.cases, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual("INSERT") as unknown,
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith("EVENT#") as unknown } } },
        }),
      ],
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Until the stream itself forgets a record, which is after 24 hours.
      retryAttempts: -1,
      onFailure: new FailedBatches(data.unpublished),
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    publisher.addEventSource(fromStream);
    const ofStream = (metricName: string) =>
      new Metric({
        namespace: "AWS/Lambda",
        metricName,
        dimensionsMap: { EventSourceMappingUUID: fromStream.eventSourceMappingId },
        period: Duration.minutes(5),
        statistic: "sum",
      });
    alarmWhenAny(publisher, "EventsGivenUp", {
      metric: new MathExpression({
        expression: "FILL(kept, 0) + FILL(dropped, 0)",
        usingMetrics: {
          kept: ofStream("OnFailureDestinationDeliveredEventCount"),
          dropped: ofStream("DroppedEventCount"),
        },
        label: "events that nobody could publish",
        period: Duration.minutes(5),
      }),
      impact: "Mails about some events were never sent.",
      runbook: "unpublished-events",
      topic: alarmTopic,
    });

    const checks = new QueueWorker(this, "DeadlineChecks", {
      entry: "functions/jobs/check-deadline.ts",
      impact: "Officers are not warned before a deadline passes, and answered cases do not close.",
      runbook: "check-deadline",
      deadLetterRunbook: "deadline-checks-dead-letters",
      alarmTopic,
      concurrency: 20,
    });
    checks.function
      .uses(data.cases, "CASES_TABLE", "GetItem", "PutItem", "UpdateItem")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query");

    const sweeps = new QueueWorker(this, "Sweeps", {
      entry: "functions/jobs/find-due-cases.ts",
      impact:
        "Nobody looks for cases that come due: officers are not warned, and answered cases do not close.",
      runbook: "find-due-cases",
      deadLetterRunbook: "sweeps-dead-letters",
      alarmTopic,
      concurrency: 8,
      batchSize: 1,
      timeout: Duration.minutes(1),
    });
    sweeps.function
      .uses(data.cases, "CASES_TABLE")
      .queries(data.cases, "by-check")
      // The moment of its last run, which the page of the system's state tells.
      .usesUnder("SWEEP#", data.directory, "DIRECTORY_TABLE", "PutItem")
      .sendsTo(checks.queue, "CHECKS_QUEUE_URL")
      .sendsTo(sweeps.queue, "SWEEPS_QUEUE_URL");
    new ScheduledMessage(this, "SweepEveryFiveMinutes", {
      at: ScheduleExpression.rate(Duration.minutes(5)),
      to: sweeps,
      message: {},
      retries: 10,
      // The next sweep finds what this one would have found.
      giveUpAfter: Duration.minutes(5),
    });

    const inspections = new QueueWorker(this, "Inspections", {
      keyRole: data.roles.inspections,
      entry: "functions/jobs/inspect-attachment.ts",
      impact: "Attachments stay waiting: neither officers nor reporters can open what is sent.",
      runbook: "inspect-attachment",
      deadLetterRunbook: "inspections-dead-letters",
      alarmTopic,
      concurrency: stage.inspectionConcurrency,
      batchSize: 1,
      // Measured for the largest image that the stage takes (docs/decisions/0015).
      memorySize: 3008,
      timeout: Duration.minutes(2),
      environment: {
        ATTACHMENT_LIMITS: JSON.stringify(stage.attachments),
        MALWARE_SCAN: stage.malwareScan,
      },
      unbundled: ["@img/sharp-wasm32", "@emnapi/runtime", "tslib"],
    });
    const scanned = stage.malwareScan === "guardduty";
    inspections.function
      .files(
        data.attachments,
        "ATTACHMENTS_BUCKET",
        "uploads",
        ["GetObject", "GetObjectVersion"],
        // The function asks for the scanner's verdict too. This rule holds whatever mistake the code makes.
        scanned
          ? { StringEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" } }
          : undefined,
      )
      // An upload goes once it is settled, and so does what was stored of a file that its case does not take any more.
      .files(data.attachments, "ATTACHMENTS_BUCKET", "uploads", ["DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "sealed", ["PutObject", "DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "clean", ["PutObject", "DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "thumbnails", ["PutObject", "DeleteObject"])
      .lists(data.attachments, ...filesOfCases)
      .uses(data.cases, "CASES_TABLE", "GetItem", "PutItem", "UpdateItem")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .sendsTo(inspections.queue, "ATTACHMENTS_QUEUE_URL");
    if (scanned)
      inspections.function.files(data.attachments, "ATTACHMENTS_BUCKET", "uploads", [
        "GetObjectTagging",
        "GetObjectVersionTagging",
      ]);
    const toInspections = new SqsQueue(inspections.queue);
    new Rule(this, "Uploads", {
      description: "What was uploaded has to be inspected",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [data.attachments.bucketName] },
          object: { key: [{ prefix: "uploads/" }] },
        },
      },
      targets: [toInspections],
    });
    if (scanned)
      new Rule(this, "Scans", {
        description: "What GuardDuty has looked at can be inspected",
        eventPattern: {
          source: ["aws.guardduty"],
          detailType: ["GuardDuty Malware Protection Object Scan Result"],
          detail: { s3ObjectDetails: { bucketName: [data.attachments.bucketName] } },
        },
        targets: [toInspections],
      });

    if (scanned)
      alarmWhenAbove(this, "ScansMissing", {
        metric: ownMetric(this, "VerdictMissing", { period: Duration.minutes(10) }),
        // A scan takes seconds. One that takes five minutes is an accident.
        threshold: 1,
        impact:
          "Files wait for the scan for malware: nobody can open what is sent, and after an hour it is refused.",
        runbook: "scans-missing",
        topic: alarmTopic,
      });

    const recounts = new QueueWorker(this, "Recounts", {
      entry: "functions/jobs/recount-clocks.ts",
      impact: "Open cases keep dates that a decree or an administrator has changed.",
      runbook: "recount-clocks",
      deadLetterRunbook: "recounts-dead-letters",
      alarmTopic,
      concurrency: 8,
      batchSize: 1,
      timeout: Duration.minutes(2),
      memorySize: 1024,
    });
    recounts.function
      .uses(data.cases, "CASES_TABLE", "GetItem", "BatchGetItem", "PutItem")
      .queries(data.cases, "by-check")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .sendsTo(recounts.queue, "RECOUNTS_QUEUE_URL");
    this.recounts = recounts.queue;

    const calendars = new NodeFunction(this, "CheckCalendars", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/check-calendars.ts",
      impact: "Nobody notices when next year's decree on holidays has not been stored.",
      runbook: "check-calendars",
      alarmTopic,
    })
      .uses(data.directory, "DIRECTORY_TABLE", "Query")
      // The copy of the rules that practice counts by.
      .usesUnder("RULES", data.practice, "PRACTICE_TABLE", "PutItem");
    new ScheduledCall(this, "CheckCalendarsDaily", {
      at: ScheduleExpression.cron({ minute: "0", hour: "8", timeZone: TimeZone.ASIA_JAKARTA }),
      calls: calendars,
      retries: 10,
      giveUpAfter: Duration.hours(20),
    });
    alarmWhenAny(this, "DecreeMissing", {
      metric: ownMetric(this, "DecreeMissing", { period: Duration.days(1), statistic: "max" }),
      impact: "Dates in a year whose decree on holidays is missing are provisional and may move.",
      runbook: "decree-missing",
      topic: alarmTopic,
    });
    alarmWhenAny(this, "PracticeNotCopied", {
      metric: ownMetric(this, "PracticeNotCopied", { period: Duration.days(1), statistic: "max" }),
      impact: "Officers practise with dates and limits that no longer hold. Real cases are counted right.",
      runbook: "practice-not-copied",
      topic: alarmTopic,
    });

    const anchoring = new NodeFunction(this, "AnchorHistories", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/anchor-histories.ts",
      impact: "Histories of cases, agencies and officers are not copied to where nobody can change them.",
      runbook: "anchor-histories",
      alarmTopic,
      timeout: Duration.minutes(15),
      memorySize: 512,
    })
      .uses(data.cases, "CASES_TABLE")
      .queries(data.cases, "by-move-day")
      .uses(data.directory, "DIRECTORY_TABLE", "Query")
      .files(data.anchors, "ANCHORS_BUCKET", "anchors", ["PutObject", "GetObject"]);
    // Without this power S3 answers 403 instead of 404 for a copy that is not there.
    anchoring.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [data.anchors.bucketArn] }),
    );
    // Copies go by days in UTC. At half past midnight UTC the day that is copied is over.
    new ScheduledCall(this, "AnchorHistoriesDaily", {
      at: ScheduleExpression.cron({ minute: "30", hour: "0", timeZone: TimeZone.ETC_UTC }),
      calls: anchoring,
      retries: 10,
      giveUpAfter: Duration.hours(20),
    });

    const removing = new NodeFunction(this, "RemoveExpired", {
      concurrency: stage.concurrency?.jobs,
      keyRole: data.roles.removeExpired,
      entry: "functions/jobs/remove-expired.ts",
      impact: "Personal data are kept for longer than they may be.",
      runbook: "remove-expired",
      alarmTopic,
      timeout: Duration.minutes(15),
    })
      .uses(data.cases, "CASES_TABLE", "GetItem", "Query", "PutItem")
      .queries(data.cases, "by-retention")
      .uses(data.reporters, "REPORTERS_TABLE", "DeleteItem")
      // Addresses that nobody confirmed, and those that follow cases which ended.
      .usesUnder(
        "SUBSCRIBERS#",
        data.notifications,
        "NOTIFICATIONS_TABLE",
        "Query",
        "UpdateItem",
        "DeleteItem",
      )
      .queries(data.notifications, "by-flush")
      .lists(data.attachments, ...filesOfCases);
    for (const folder of filesOfCases)
      removing.files(data.attachments, "ATTACHMENTS_BUCKET", folder, ["DeleteObject"]);
    new ScheduledCall(this, "RemoveExpiredDaily", {
      at: ScheduleExpression.cron({ minute: "15", hour: "2", timeZone: TimeZone.ASIA_JAKARTA }),
      calls: removing,
      retries: 10,
      giveUpAfter: Duration.hours(20),
    });

    const searching = new NodeFunction(this, "BuildSearchIndex", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/build-search-index.ts",
      impact: "The search finds new words of older reports late, and reports of the last hours slowly.",
      runbook: "build-search-index",
      alarmTopic,
      timeout: Duration.minutes(15),
      // A whole processor: taking texts apart is all that it does.
      memorySize: 1769,
    })
      .uses(data.cases, "CASES_TABLE", "BatchGetItem", "Query")
      .queries(data.cases, "by-feed")
      .files(data.derived, "SEARCH_BUCKET", "indexes", ["PutObject"])
      // It reads which index is the newest, and no index.
      .files(data.derived, "SEARCH_BUCKET", "newest", ["PutObject", "GetObject"]);
    // Without this power S3 answers 403 instead of 404 before the first index.
    searching.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [data.derived.bucketArn] }),
    );
    new ScheduledCall(this, "BuildSearchIndexHourly", {
      at: ScheduleExpression.rate(Duration.hours(1)),
      calls: searching,
      retries: 2,
      // The next run builds what this one would have built.
      giveUpAfter: Duration.minutes(30),
    });

    const forgetting = new NodeFunction(this, "ForgetTraffic", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/forget-traffic.ts",
      impact: "Counts of what networks sent are kept for longer than the minutes for which they are needed.",
      runbook: "forget-traffic",
      alarmTopic,
      timeout: Duration.minutes(5),
    }).uses(data.traffic, "TRAFFIC_TABLE", "Scan", "DeleteItem");
    // Time to live alone may take days. A window of counts takes as long as the time between two runs.
    new ScheduledCall(this, "ForgetTrafficEveryTenMinutes", {
      at: ScheduleExpression.rate(Duration.minutes(10)),
      calls: forgetting,
      retries: 2,
      // The next run finds what this one would have found.
      giveUpAfter: Duration.minutes(10),
    });
  }
}
