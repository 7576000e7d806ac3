import { tagsOf } from "../../shared/notification/mail-feedback.ts";
import { ofType, prod } from "../infra/synthesised.ts";
import { matchesPattern, type Pattern, valuesAt } from "./event-pattern.ts";
import type { memoryMailer } from "./mailer.ts";

/** An event of SES as EventBridge gives it to rules. */
export interface SesEvent {
  source: "aws.ses";
  "detail-type": string;
  detail: { mail: { timestamp: string; tags: Record<string, string[]> } } & Record<string, unknown>;
}

/** How a rule writes a text out of an event. */
interface Transformer {
  InputPathsMap: Record<string, string>;
  InputTemplate: string;
}

interface Rule {
  EventPattern: Pattern & { source?: string[] };
  Targets: { InputTransformer: Transformer }[];
}

const rules = ofType(prod, "AWS::Events::Rule")
  .map(({ properties }): Rule => properties)
  .filter(({ EventPattern }) => EventPattern.source?.includes("aws.ses"));

/** What a path of an input transformer finds in an event. */
const found = (event: unknown, path: string): unknown =>
  path
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((value, field) => valuesAt(value, field)[0], event);

/** The text that a target of a rule gets of an event. */
const transformed = (event: SesEvent, { InputPathsMap, InputTemplate }: Transformer): string =>
  Object.entries(InputPathsMap).reduce(
    (text, [name, path]) => text.replace(`<${name}>`, JSON.stringify(found(event, path))),
    InputTemplate,
  );

/** What the rules of the template pass on of an event: the messages as the queue holds them. */
export const passedOn = (event: SesEvent): string[] =>
  rules
    .filter(({ EventPattern }) => matchesPattern(event, EventPattern))
    .flatMap(({ Targets }) => Targets.map(({ InputTransformer }) => transformed(event, InputTransformer)));

/** The last mail that the mail service took for an address. */
export function lastMail({ sent, tagged }: ReturnType<typeof memoryMailer>, address: string) {
  const index = sent.findLastIndex(({ to }) => to === address);
  const [mail, tags] = [sent[index], tagged[index]];
  if (!mail || !tags) throw new Error("No mail went to this address");
  return { mail, tags: tagsOf(tags) };
}

/** The part of every event of SES that tells of the mail. */
const mailOf = ({ mail, tags }: Told, mailedAt: Date) => ({
  timestamp: mailedAt.toISOString(),
  source: "SP4N-LAPOR! <jangan-balas@lapor.example>",
  sourceArn: "arn:aws:ses:ap-southeast-3:123456789012:identity/lapor.example",
  sendingAccountId: "123456789012",
  messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
  destination: [mail.to],
  headersTruncated: false,
  headers: [
    { name: "From", value: "jangan-balas@lapor.example" },
    { name: "To", value: mail.to },
    { name: "Subject", value: mail.subject },
  ],
  commonHeaders: { from: ["jangan-balas@lapor.example"], to: [mail.to], subject: mail.subject },
  tags: {
    "ses:operation": ["SendEmail"],
    "ses:configuration-set": ["jobs/MailSettings"],
    "ses:source-ip": ["192.0.2.0"],
    "ses:from-domain": ["lapor.example"],
    "ses:caller-identity": ["send-email"],
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  },
});

/** A mail that the mail service took, with its tags. */
interface Told {
  mail: { to: string; subject: string };
  tags: Record<string, string>;
}

/** "Email Bounced", as SES tells the event bus. */
export const bounceEvent = (
  told: Told,
  mailedAt: Date,
  {
    type = "Permanent",
    subType = "General",
    status = "5.1.1",
    words = `smtp; 550 5.1.1 <${told.mail.to}>: user unknown`,
  } = {},
): SesEvent => ({
  source: "aws.ses",
  "detail-type": "Email Bounced",
  detail: {
    eventType: "Bounce",
    bounce: {
      feedbackId: "0100018c5f7e0000-00000000-0000-0000-0000-000000000000-000000",
      bounceType: type,
      bounceSubType: subType,
      bouncedRecipients: [{ emailAddress: told.mail.to, action: "failed", status, diagnosticCode: words }],
      timestamp: new Date(mailedAt.getTime() + 4_000).toISOString(),
      reportingMTA: "dsn; a1-23.smtp-out.ap-southeast-3.amazonses.com",
    },
    mail: mailOf(told, mailedAt),
  },
});

/** "Email Complaint Received", as SES tells the event bus. */
export const complaintEvent = (told: Told, mailedAt: Date, feedbackType?: string): SesEvent => ({
  source: "aws.ses",
  "detail-type": "Email Complaint Received",
  detail: {
    eventType: "Complaint",
    complaint: {
      feedbackId: "0100018c5f7e0000-00000000-0000-0000-0000-000000000001-000000",
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: told.mail.to }],
      timestamp: new Date(mailedAt.getTime() + 60_000).toISOString(),
      userAgent: "ExampleCorp Feedback Loop (V0.01)",
      ...(feedbackType && { complaintFeedbackType: feedbackType }),
      arrivalDate: new Date(mailedAt.getTime() + 2_000).toISOString(),
    },
    mail: mailOf(told, mailedAt),
  },
});

/** "Email Rejected" and "Email Rendering Failed", as SES tells the event bus. */
export const rejectEvent = (told: Told, mailedAt: Date): SesEvent => ({
  source: "aws.ses",
  "detail-type": "Email Rejected",
  detail: { eventType: "Reject", reject: { reason: "Bad content" }, mail: mailOf(told, mailedAt) },
});

/** "Email Delivery Delayed", as SES tells the event bus: it tries again. */
export const delayEvent = (told: Told, mailedAt: Date): SesEvent => ({
  source: "aws.ses",
  "detail-type": "Email Delivery Delayed",
  detail: {
    eventType: "DeliveryDelay",
    deliveryDelay: {
      delayType: "TransientCommunicationFailure",
      delayedRecipients: [
        {
          emailAddress: told.mail.to,
          status: "4.4.1",
          diagnosticCode: "smtp; 421 4.4.1 Unable to connect to remote host",
        },
      ],
      expirationTime: new Date(mailedAt.getTime() + 14 * 60 * 60 * 1000).toISOString(),
      timestamp: new Date(mailedAt.getTime() + 60_000).toISOString(),
    },
    mail: mailOf(told, mailedAt),
  },
});
