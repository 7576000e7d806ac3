import * as z from "zod";
import type { SubscriberName } from "../subscriber/subscriber.ts";

/** Names an event: the case and the number of the event in its history. */
export const eventName = z.strictObject({
  trackingNumber: z.string(),
  sequence: z.int().positive(),
});
export type EventName = z.infer<typeof eventName>;

/** News to a reporter. Their pile is that of one case, so it tells nobody which cases have the same reporter. */
const newsToReporters = ["reporter-notice", "follower-notice"] as const;

/** A notification to somebody whose mails are gathered, as it lies on their pile. */
export const gathered = eventName.extend({
  kind: z.enum([
    "new-case-alert",
    "officer-notice",
    "deadline-alert",
    "subscriber-notice",
    ...newsToReporters,
  ]),
  /** The id of the recipient. */
  to: z.string(),
  /** Of a mail to a follower: the case whose event it tells of. `trackingNumber` is the follower's own. */
  follows: z.string().optional(),
});
export type Gathered = z.infer<typeof gathered>;

/** One mail to one recipient about one event, as we remember that it was sent. Names the case, never a person. */
export interface Notification extends EventName {
  kind:
    | Gathered["kind"]
    | "submission-confirmation"
    // To an address that the reporter's data do not have any more.
    | "former-address-notice"
    // Of a request of administrators. The id of the request stands in place of the tracking number.
    | "request-notice"
    // Of an absence. The id of the officer who is away stands in place of the tracking number.
    | "absence-notice"
    // Of an officer's account. The id of the officer stands in place of the tracking number.
    | "account-notice"
    // To whoever wants to follow a case. The number of the wish stands in place of that of an event.
    | "follow-request";
  /** Whose pile it may wait on: the id of the recipient. */
  to?: string | undefined;
  /** Of a mail to a follower: the case whose event it tells of. `trackingNumber` is the follower's own. */
  follows?: string | undefined;
}

/** A case has one reporter, so the id of a mail to them names nobody. */
const isToReporter = (kind: Notification["kind"]): boolean =>
  kind === "submission-confirmation" || newsToReporters.some((one) => one === kind);

/** The same notification always has the same id. */
export const notificationId = ({ kind, sequence, to, follows }: Notification): string =>
  [String(sequence).padStart(6, "0"), kind, isToReporter(kind) ? undefined : to, follows]
    .filter(Boolean)
    .join("#");

/** Stands in for whoever had the address that a request replaces. Nobody has it any more. */
export const formerAddressId = "former-address";
/** Whose address a mail goes to; undefined where it is nobody's any more. */
export const addresseeOf = ({ to }: Notification): string | undefined =>
  to === formerAddressId ? undefined : to;

const ofReporter = "reporter@";

/** The id of a reporter as a recipient: of one case, whoever they are. */
export const reporterId = (trackingNumber: string): string => `${ofReporter}${trackingNumber}`;
/** The case whose reporter an id stands for; undefined where it is an officer's or a mailbox's. */
export const caseOfReporterId = (id: string): string | undefined =>
  id.startsWith(ofReporter) ? id.slice(ofReporter.length) : undefined;

const ofMailbox = "mailbox@";

/** The id of an agency's mailbox as a recipient. It is no officer's. */
export const mailboxId = (agency: string): string => `${ofMailbox}${agency}`;
/** The agency whose mailbox an id stands for; undefined where it is anybody else's. */
export const agencyOfMailbox = (id: string): string | undefined =>
  id.startsWith(ofMailbox) ? id.slice(ofMailbox.length) : undefined;

const ofSubscriber = /^subscriber@([^#]+)#(.+)$/;

/** The id of a subscriber as a recipient. It names a case and a keyed hash. */
export const subscriberRecipient = ({ trackingNumber, id }: SubscriberName): string =>
  `subscriber@${trackingNumber}#${id}`;
/** The subscriber whom an id stands for; undefined where it is anybody else's. */
export const subscriberOfRecipient = (to: string): SubscriberName | undefined => {
  const [, trackingNumber, id] = ofSubscriber.exec(to) ?? [];
  return trackingNumber === undefined || id === undefined ? undefined : { trackingNumber, id };
};
