import * as z from "zod";
import type { CaseEvent } from "../case/history.ts";
import { toFollowers, toFormerAddress, toOfficers, toReporter } from "./mails/words/to-reporter.ts";

/** What one reader is told about one event of a case. Names the case, never a person. */
export const notification = z.strictObject({
  kind: z.enum([
    "new-case-alert",
    "submission-confirmation",
    "reporter-notice",
    // To an address that the reporter's data do not have any more.
    "former-address-notice",
    "officer-notice",
    "deadline-alert",
    // To the reporters of all cases that were joined to this one, and then to each of them.
    "followers",
    "follower-notice",
  ]),
  trackingNumber: z.string(),
  /** The event that it tells of. */
  sequence: z.int().positive(),
  /** Of a notice or an alert to officers, once it is known: the id of the recipient. */
  to: z.string().optional(),
  /** Of a notice to the reporter of a joined case: the one that it follows, whose event it tells of. */
  follows: z.string().optional(),
});
export type Notification = z.infer<typeof notification>;

/** That a pile is due: whatever waits for this recipient goes out as one mail. */
export const digestDue = z.strictObject({ kind: z.literal("digest"), to: z.string() });
export type DigestDue = z.infer<typeof digestDue>;

/** What the queue of mails carries. */
export const mailMessage = z.discriminatedUnion("kind", [notification, digestDue]);
export type MailMessage = z.infer<typeof mailMessage>;

/** Which mails an event causes. Who gets an officers' notice or alert is found out when it is worked on. */
export function notificationsOf({ trackingNumber, sequence, type, content }: CaseEvent): Notification[] {
  const about = { trackingNumber, sequence };
  const kinds: Notification["kind"][] = [];
  if (type === "submitted" && content.held) return [];
  if (type === "submitted") {
    kinds.push("new-case-alert");
    if (content.reachableByMail) kinds.push("submission-confirmation");
  }
  if (type === "warned") kinds.push("deadline-alert");
  if (toReporter[type]) kinds.push("reporter-notice");
  if (toFormerAddress[type]) kinds.push("former-address-notice");
  if (toOfficers[type]) kinds.push("officer-notice");
  if (toFollowers[type]) kinds.push("followers");
  return kinds.map((kind) => ({ kind, ...about }));
}

/** The same notification has the same id, however often its message comes. */
export const notificationId = ({ kind, sequence, to, follows }: Notification): string =>
  [String(sequence).padStart(6, "0"), kind, to, follows].filter(Boolean).join("#");
