import * as z from "zod";
import { chainFlaws, digest, type Flaw, type Head, nextAfter } from "../chain.ts";
import { stageNames } from "../deadline/ladder.ts";
import { clockNames } from "../deadline/policy.ts";
import { caseClass } from "../deadline/policy.ts";
import { officerRole } from "../directory/directory.ts";
import { location } from "./submission/submission.ts";

export type { Flaw, Head };

export const archiveReason = z.enum([
  "not-public-service",
  "incomplete",
  "duplicate-of",
  "private-matter",
  "abusive",
  "under-court",
]);
export type ArchiveReason = z.infer<typeof archiveReason>;

/** How a case went from one agency to another, and how long the first one had it. */
const hop = { from: z.string(), to: z.string(), heldSeconds: z.int().nonnegative() };

const rating = { stars: z.int().min(1).max(5), comment: z.string().optional() };

/** What each kind of event tells. Who may read which of it is decided in view.ts. */
export const eventContents = {
  submitted: z.strictObject({
    class: caseClass,
    title: z.string(),
    text: z.string(),
    occurredOn: z.string().optional(),
    location: location.optional(),
    category: z.string().optional(),
    agencyId: z.string().optional(),
    anonymous: z.boolean(),
    secret: z.boolean(),
    reachableByMail: z.boolean(),
    /** Nearly the same came from the same network minutes before: no mail. */
    held: z.literal(true).optional(),
  }),
  verified: z.strictObject({
    class: caseClass,
    category: z.string().optional(),
    supervised: z.boolean(),
    formal: z.boolean().optional(),
    title: z.string(),
    /** Where the verifier corrected it: what the reporter wrote. */
    originalTitle: z.string().optional(),
    /** The agency that it was assigned to by the same move. */
    to: z.string().optional(),
    heldSeconds: z.int().nonnegative(),
  }),
  assigned: z.strictObject({ ...hop, note: z.string().optional() }),
  returned: z.strictObject({ ...hop, reason: z.string(), count: z.int().positive() }),
  asked: z.strictObject({ text: z.string() }),
  replied: z.strictObject({ text: z.string() }),
  disputed: z.strictObject({ text: z.string() }),
  progressed: z.strictObject({ text: z.string() }),
  noted: z.strictObject({ text: z.string() }),
  answered: z.strictObject({
    text: z.string(),
    evidence: z.array(z.string()),
    replyUntil: z.iso.datetime({ offset: true }),
  }),
  confirmed: z.strictObject(rating),
  /** By a rating of one or two stars. */
  reopened: z.strictObject(rating),
  appealed: z.strictObject({ ...hop, text: z.string() }),
  archived: z.strictObject({
    reason: archiveReason,
    text: z.string(),
    duplicateOf: z.string().optional(),
  }),
  restored: z.strictObject({ text: z.string() }),
  /** Tells the same as another report and follows that one from now on. */
  joined: z.strictObject({ duplicateOf: z.string(), text: z.string().optional() }),
  /** Its reporter or an officer says that it is not the same: it is verified anew, where it was sent first. */
  separated: z.strictObject({ ...hop, text: z.string() }),
  withdrawn: z.strictObject({ text: z.string().optional() }),
  /** What the public sees instead of the reporter's own first words; those stay in the first event. */
  redacted: z.strictObject({
    title: z.string().optional(),
    text: z.string().optional(),
    hide: z.literal(true).optional(),
  }),
  consented: z.strictObject({}),
  /** The holder of the receipt has another one now. */
  "receipt-rotated": z.strictObject({}),
  referred: z.strictObject({ text: z.string() }),
  /** The agency that had it was closed; its successor has it now. */
  "handed-over": z.strictObject(hop),
  /** A formal information request was given more working days, once, for a reason that its reporter is sent. */
  extended: z.strictObject({ text: z.string(), days: z.int().positive(), due: z.iso.date() }),
  /** Clocks came to a stage of the ladder: whoever has to act is told, and with a missed date those above them. */
  warned: z.strictObject({
    alerts: z
      .array(z.strictObject({ clock: z.enum(clockNames), stage: z.enum(stageNames), due: z.iso.date() }))
      .min(1),
  }),
  /** The completion limit has passed: the reporter may have the case given to the Ombudsman. */
  "ombudsman-offered": z.strictObject({ due: z.iso.date() }),
  /** By itself, because nobody answered back within the reply window. */
  closed: z.strictObject({ appealUntil: z.iso.datetime({ offset: true }) }),
  /** Counts as withdrawn, because the reporter did not complete the file in time. */
  lapsed: z.strictObject({ due: z.iso.date() }),
  /** Somebody was shown who reported it, or looked for a person and was shown this case. */
  "identity-opened": z.strictObject({ reason: z.string(), how: z.enum(["shown", "searched"]) }),
  /** Of an anonymous case: the reporter lets their identity be opened, or no longer. */
  "identity-consented": z.strictObject({ agreed: z.boolean() }),
  /** The reporter corrected who they are or how to reach them; what it was and is, is told nowhere. */
  "contact-corrected": z.strictObject({}),
  /** The reporter had it forgotten who they are. */
  "identity-deleted": z.strictObject({}),
  /** Past the time for which it may be kept. */
  "data-removed": z.strictObject({ what: z.array(z.enum(["identity", "files"])).min(1), basis: z.string() }),
  /** Dates moved because a decree changed the holidays, or an administrator applied other limits. */
  recounted: z.strictObject({
    cause: z.enum(["new-calendar", "new-policy"]),
    /** The decree, or the administrator's reason. */
    basis: z.string(),
    clocks: z.array(z.strictObject({ clock: z.enum(clockNames), from: z.iso.date(), to: z.iso.date() })),
  }),
  /** A file was inspected and is part of the case; the digest (SHA-256) is of the sealed original. */
  attached: z.strictObject({ attachmentId: z.string(), type: z.string(), digest: z.string() }),
  /** Somebody was let read the original of a file, with all that it may tell of who took it. */
  "original-opened": z.strictObject({ attachmentId: z.string(), reason: z.string() }),
};
type Contents = typeof eventContents;
export type EventType = keyof Contents;
export const eventTypes = Object.keys(eventContents) as [EventType, ...EventType[]];
export type EventContent<T extends EventType> = z.infer<Contents[T]>;

export const actorRole = z.enum([...officerRole.options, "reporter", "system"]);
export type ActorRole = z.infer<typeof actorRole>;

const eventOf = <T extends EventType>(type: T) =>
  z.strictObject({
    trackingNumber: z.string(),
    /** 1, 2, 3 ... without gaps. */
    sequence: z.int().positive(),
    type: z.literal(type),
    at: z.iso.datetime(),
    by: z.strictObject({ role: actorRole, agencyId: z.string().optional() }),
    /** Which officer it was. Sealed with the content: the public knows role and agency only. */
    officerId: z.string().optional(),
    content: eventContents[type],
    /** Mixed into the content's hash, so that the hash alone does not let anybody test a guess of the content. */
    salt: z.string(),
    previousHash: z.string().nullable(),
    hash: z.string(),
  });
type EventSchema = { [T in EventType]: ReturnType<typeof eventOf<T>> }[EventType];

/** What happened to a case. Each event carries the hash of the one before, so that none can be changed, removed or reordered unseen. */
export const caseEvent = z.discriminatedUnion(
  "type",
  eventTypes.map((type) => eventOf(type)) as unknown as [EventSchema, ...EventSchema[]],
);
export type CaseEvent = { [T in EventType]: z.infer<ReturnType<typeof eventOf<T>>> }[EventType];

/** The salted hash that stands for what an event tells and which officer did it. */
export const contentHash = ({
  content,
  officerId,
  salt,
}: Pick<CaseEvent, "content" | "officerId" | "salt">): string => digest({ salt, content, officerId });

/** What everybody may know of an event: enough to check the chain, nothing that anybody told. */
export const eventProof = z.strictObject({
  trackingNumber: z.string(),
  sequence: z.int().positive(),
  type: z.string(),
  at: z.string(),
  by: z.strictObject({ role: z.string(), agencyId: z.string().optional() }),
  contentHash: z.string(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});
export type EventProof = z.infer<typeof eventProof>;

export const proofOf = ({ content, officerId, salt, ...heading }: CaseEvent): EventProof => ({
  ...heading,
  contentHash: contentHash({ content, officerId, salt }),
});

/** The event's own hash: over its heading, the salted hash of its content and the hash of the event before it. */
export const proofHash = ({ hash: _, ...heading }: EventProof): string => digest(heading);

export const eventHash = (event: CaseEvent): string => proofHash(proofOf(event));

/** The next link of a case's history. */
export function chained<T extends EventType>(
  event: Omit<Extract<CaseEvent, { type: T }>, "sequence" | "previousHash" | "hash">,
  previous: Head | undefined,
): CaseEvent {
  const unsigned = {
    ...event,
    ...nextAfter(previous),
    hash: "",
  } as unknown as CaseEvent;
  return { ...unsigned, hash: eventHash(unsigned) };
}

/**
 * Everything wrong with a history as its proof shows it, each with the number of the event; empty when nobody touched
 * it. `heads` are events as known from elsewhere: from the case itself, and from the daily copies that nobody can
 * overwrite.
 */
export const flaws = (
  trackingNumber: string,
  proofs: readonly EventProof[],
  heads: readonly Head[] = [],
): Flaw[] =>
  chainFlaws(proofs, heads, {
    name: "case",
    has: (proof) => proof.trackingNumber === trackingNumber,
    hash: proofHash,
  });
