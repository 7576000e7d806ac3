import * as z from "zod";

/** Names an event: the case and the number of the event in its history. */
export const eventName = z.strictObject({
  trackingNumber: z.string(),
  sequence: z.int().positive(),
});
export type EventName = z.infer<typeof eventName>;

/** A notification to somebody whose mails are gathered, as it lies on their pile. */
export const gathered = eventName.extend({
  kind: z.enum(["new-case-alert", "officer-notice", "deadline-alert"]),
  /** The id of the recipient. */
  to: z.string(),
});
export type Gathered = z.infer<typeof gathered>;

/** One mail to one recipient about one event, as we remember that it was sent. Names the case, never a person. */
export interface Notification extends EventName {
  kind:
    | Gathered["kind"]
    | "submission-confirmation"
    | "reporter-notice"
    // To an address that the reporter's data do not have any more.
    | "former-address-notice"
    // To the reporter of a case that was joined to another.
    | "follower-notice"
    // Of a request of administrators. The id of the request stands in place of the tracking number.
    | "request-notice"
    // Of an absence. The id of the officer who is away stands in place of the tracking number.
    | "absence-notice"
    // Of an officer's account. The id of the officer stands in place of the tracking number.
    | "account-notice";
  /** Of a mail to an officer or a mailbox: the id of the recipient. */
  to?: string | undefined;
  /** Of a mail to a follower: the case whose event it tells of. `trackingNumber` is the follower's own. */
  follows?: string | undefined;
}

/** The same notification always has the same id. */
export const notificationId = ({ kind, sequence, to, follows }: Notification): string =>
  [String(sequence).padStart(6, "0"), kind, to, follows].filter(Boolean).join("#");
