import { Duration } from "aws-cdk-lib";
import {
  EventBus,
  EventField,
  type EventPattern,
  Match,
  Rule,
  RuleTargetInput,
} from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { type ConfigurationSet, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { alarmWhenAbove } from "./constructs/alarm.ts";
import { ownMetric } from "./constructs/own-metric.ts";
import { QueueWorker } from "./constructs/queue-worker.ts";
import type { DataStack } from "./data-stack.ts";

/**
 * Which events of SES say what of a mail. The words of mail servers are looked at here and go no further, because they may quote the
 * address. An event may match two of them: shared/reporter/undeliverable.ts says which counts.
 */
const feedbackRules: readonly {
  what: "bounced" | "refused-tls" | "complained" | "lost";
  says: string;
  pattern: Pick<EventPattern, "detailType" | "detail">;
}[] = [
  {
    what: "bounced",
    says: "A mail came back for good",
    pattern: { detailType: ["Email Bounced"], detail: { bounce: { bounceType: ["Permanent"] } } },
  },
  {
    what: "refused-tls",
    says: "A mail came back because the other server has no TLS",
    pattern: {
      detailType: ["Email Bounced"],
      detail: {
        bounce: {
          bouncedRecipients: {
            diagnosticCode: Match.anyOf(Match.wildcard("*TLS*"), Match.wildcard("*ncryption*")),
          },
        },
      },
    },
  },
  {
    what: "complained",
    says: "A reader reported a mail as spam",
    pattern: {
      detailType: ["Email Complaint Received"],
      detail: {
        complaint: {
          // Readers also take mails out of their spam folder.
          complaintFeedbackType: Match.anyOf(Match.anythingBut("not-spam"), Match.doesNotExist()),
        },
      },
    },
  },
  {
    what: "lost",
    says: "A mail was given up for a passing reason",
    pattern: {
      detailType: ["Email Bounced"],
      detail: { bounce: { bounceType: ["Transient", "Undetermined"] } },
    },
  },
  {
    what: "lost",
    says: "SES took a mail and did not send it",
    pattern: { detailType: ["Email Rejected", "Email Rendering Failed"] },
  },
];

/** What is counted of mails that did not arrive, from how many in an hour on somebody is told, and what people notice. */
const alarms = [
  {
    id: "RefusedTls",
    metricName: "MailRefusedTls",
    threshold: 0,
    impact: "Readers at a mail server without TLS get no alerts; they and their administrators are told.",
    runbook: "mails-refused-tls",
  },
  {
    id: "Bounced",
    metricName: "MailBounced",
    threshold: 20,
    impact: "Many mails come back: their readers learn nothing by mail, and SES may pause all of ours.",
    runbook: "mails-came-back",
  },
  {
    id: "Complained",
    metricName: "MailComplained",
    threshold: 2,
    impact: "Readers report our mails as spam: SES may pause all of ours, and mailboxes may hide them.",
    runbook: "mails-came-back",
  },
  {
    id: "Lost",
    metricName: "MailLost",
    threshold: 20,
    impact: "Many mails were given up, and nobody sends them again: their readers missed news or an alert.",
    runbook: "mails-lost",
  },
] as const;

/**
 * Has SES tell of mails that did not arrive, and notes it. SES tells the event bus with the address; what our rules pass on has none,
 * so neither the message queue nor its dead letters hold one.
 */
export class MailFeedbackWorker extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { data, configurationSet }: { data: DataStack; configurationSet: ConfigurationSet },
  ) {
    super(scope, id);
    const { alarmTopic } = data;
    const { queue, function: noting } = new QueueWorker(this, "Worker", {
      keyRole: data.roles.feedback,
      entry: "functions/jobs/note-feedback.ts",
      impact:
        "Mails go on to addresses that are dead or complained, and nobody learns that theirs do not arrive.",
      runbook: "note-feedback",
      deadLetterRunbook: "mail-feedback-dead-letters",
      alarmTopic,
      concurrency: 2,
    });
    noting
      .usesUnder("ADDRESS#", data.notifications, "NOTIFICATIONS_TABLE", "UpdateItem")
      .usesUnder("UNDELIVERABLE", data.notifications, "NOTIFICATIONS_TABLE", "UpdateItem")
      // Whoever follows a case by an address that is dead is forgotten.
      .usesUnder("SUBSCRIBERS#", data.notifications, "NOTIFICATIONS_TABLE", "UpdateItem", "DeleteItem")
      .changes(data.reporters, "REPORTERS_TABLE", "undeliverable", "addressFreedAt");

    // SES speaks to the default bus of the account only.
    configurationSet.addEventDestination("Feedback", {
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
    });
    feedbackRules.forEach(({ what, says, pattern: { detailType, detail } }, index) => {
      new Rule(this, `Rule${index}`, {
        description: says,
        eventPattern: {
          source: ["aws.ses"],
          ...(detailType && { detailType }),
          detail: {
            ...detail,
            mail: { tags: { "ses:configuration-set": [configurationSet.configurationSetName] } },
          },
        },
        targets: [
          new SqsQueue(queue, {
            message: RuleTargetInput.fromObject({
              what,
              mailedAt: EventField.fromPath("$.detail.mail.timestamp"),
              tags: EventField.fromPath("$.detail.mail.tags"),
            }),
          }),
        ],
      });
    });

    for (const { id: name, metricName, threshold, impact, runbook } of alarms)
      alarmWhenAbove(this, name, {
        metric: ownMetric(this, metricName, { period: Duration.hours(1) }),
        threshold,
        impact,
        runbook,
        topic: alarmTopic,
      });
  }
}
