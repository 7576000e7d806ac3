import * as z from "zod";
import type { CaseEvent } from "../case/history.ts";
import { eventName } from "./notification.ts";
import { audienceOf } from "./recipients/audience.ts";

/** An event of which some people have to be told. `kind` says who they are. */
const eventToTell = eventName.extend({
  kind: z.enum([
    "new-case-alert",
    "submission-confirmation",
    "reporter-notice",
    "former-address-notice",
    "officer-notice",
    "deadline-alert",
    "followers",
    // Whoever follows the public case by e-mail.
    "subscribers",
    // Nobody is told of the event itself. It may end the waiting of a report that is held.
    "held-report",
  ]),
});
export type EventToTell = z.infer<typeof eventToTell>;

/** A pile whose time has come. Whatever lies there for this recipient goes out as one mail. */
const digestDue = z.strictObject({ kind: z.literal("digest"), to: z.string() });
export type DigestDue = z.infer<typeof digestDue>;

/** A request of administrators of which some people have to be told. It names the request, never a person. */
const requestNotice = z.strictObject({
  kind: z.literal("request-notice"),
  request: z.string(),
  what: z.enum(["asked", "confirmed", "refused", "withdrawn"]),
});
export type RequestNotice = z.infer<typeof requestNotice>;

/** An absence of which an officer has to be told: the deputy, or who is away. `sequence` is the version of the entry. */
const absenceNotice = z.strictObject({
  kind: z.literal("absence-notice"),
  what: z.enum(["named", "ended"]),
  as: z.enum(["deputy", "absent"]),
  absent: z.string(),
  deputy: z.string(),
  sequence: z.int().positive(),
  from: z.iso.date(),
  until: z.iso.date(),
});
export type AbsenceNotice = z.infer<typeof absenceNotice>;
/** Something became of an officer's account, of which they are told. It names the officer's entry and its version. */
const accountNotice = z.strictObject({
  kind: z.literal("account-notice"),
  officer: z.string(),
  version: z.int().positive(),
  what: z.enum(["authenticator-reset", "further-post"]),
});
export type AccountNotice = z.infer<typeof accountNotice>;

/** Some of those who follow a case, of whom each is told of an event. */
const someSubscribers = eventName.extend({ kind: z.literal("some-subscribers"), ids: z.array(z.string()) });
export type SomeSubscribers = z.infer<typeof someSubscribers>;

/**
 * Somebody typed an address with which they want to follow a case. `askedAt` is the second in which they did. `wish` is drawn: it tells
 * two wishes of one second apart.
 */
const followRequest = z.strictObject({
  kind: z.literal("follow-request"),
  trackingNumber: z.string(),
  id: z.string(),
  askedAt: z.int().positive(),
  wish: z.int().positive(),
});
export type FollowRequest = z.infer<typeof followRequest>;

/** An event of which the code that published it did not know whom to tell. It waits until there is code that knows. */
const unknownEvent = eventName.extend({ kind: z.literal("unknown-event") });
export type UnknownEvent = z.infer<typeof unknownEvent>;

/** What the message queue of mails carries. */
export const mailMessage = z.discriminatedUnion("kind", [
  eventToTell,
  unknownEvent,
  digestDue,
  requestNotice,
  absenceNotice,
  accountNotice,
  someSubscribers,
  followRequest,
]);
export type MailMessage = z.infer<typeof mailMessage>;

const isOfOfficer = ({ role }: CaseEvent["by"]): boolean => role !== "reporter" && role !== "system";

/** The messages that an event puts on the message queue of mails. Which officers it is told to is decided when the mail is written. */
export function messagesOf({ trackingNumber, sequence, type, content, by }: CaseEvent): EventToTell[] {
  const kinds: EventToTell["kind"][] = [];
  if (type === "submitted" && content.held) return [];
  if (type === "submitted") {
    kinds.push("new-case-alert");
    if (content.reachableByMail) kinds.push("submission-confirmation");
  }
  if (type === "warned") kinds.push("deadline-alert");
  const { reporter, formerAddress, officers, followers, subscribers } = audienceOf(type);
  if (reporter) kinds.push("reporter-notice");
  if (formerAddress) kinds.push("former-address-notice");
  if (officers) kinds.push("officer-notice");
  if (followers) kinds.push("followers");
  if (subscribers) kinds.push("subscribers");
  if (kinds.length === 0 && isOfOfficer(by)) kinds.push("held-report");
  return kinds.map((kind) => ({ kind, trackingNumber, sequence }));
}
