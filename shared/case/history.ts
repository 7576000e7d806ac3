import * as z from "zod";
import { canonicalHash, chainFlaws, type Flaw, type Head, nextAfter } from "../chain.ts";
import { stageNames } from "../deadline/ladder.ts";
import { caseClass, clockNames } from "../deadline/policy.ts";
import { officerRole } from "../directory/directory.ts";
import { onlyKnown, tryStored } from "../stored.ts";
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

// A field that several kinds of event have is one schema: the timeline shows it as one field (views/schemas.ts).
const text = z.string();
const title = z.string();
const basis = z.string();
const due = z.iso.date();
const duplicateOf = z.string();
const attachmentId = z.string();
/** Ids of attachments. */
const evidence = z.array(z.string());
/** The last moment of a local day. */
const until = z.iso.datetime({ offset: true });

/** A case went from one agency to another, and the first one had it for so long. */
const hop = { from: z.string(), to: z.string(), heldSeconds: z.int().nonnegative() };

const objectUntil = z.iso.datetime({ offset: true }).optional();

const rating = {
  stars: z.int().min(1).max(5),
  comment: z.string().optional(),
  /** The event that holds the rated answer, by its number. */
  answer: z.int().positive().optional(),
};

/** What each kind of event tells. Who may read which part of it stands in views/visibility.ts. */
export const eventContents = {
  submitted: z.strictObject({
    class: caseClass,
    title,
    text,
    occurredOn: z.iso.date().optional(),
    location: location.optional(),
    category: z.string().optional(),
    agencyId: z.string().optional(),
    anonymous: z.boolean(),
    secret: z.boolean(),
    reachableByMail: z.boolean(),
    /** Nearly the same came minutes before. Mails about it wait until an officer has looked. */
    held: z.literal(true).optional(),
  }),
  verified: z.strictObject({
    class: caseClass,
    category: z.string().optional(),
    supervised: z.boolean(),
    formal: z.boolean().optional(),
    title,
    /** The reporter's wording of a title that the verifier corrected. */
    originalTitle: z.string().optional(),
    /** The agency that the same move assigned it to. */
    to: hop.to.optional(),
    heldSeconds: hop.heldSeconds,
  }),
  assigned: z.strictObject({ ...hop, note: z.string().optional() }),
  returned: z.strictObject({ ...hop, reason: z.string(), count: z.int().positive() }),
  asked: z.strictObject({ text }),
  replied: z.strictObject({ text }),
  disputed: z.strictObject({ text }),
  progressed: z.strictObject({ text }),
  noted: z.strictObject({ text }),
  /** The question is taken back: the reporter need not reply, and work goes on. */
  "question-withdrawn": z.strictObject({ reason: z.string() }),
  answered: z.strictObject({ text, evidence, replyUntil: until }),
  /** The last answer reads so from now on. The reporter gets the whole reply window again, or of a closed case the time to appeal. */
  "answer-corrected": z.strictObject({
    text,
    evidence,
    reason: z.string(),
    replyUntil: until.optional(),
    appealUntil: until.optional(),
  }),
  /** Neither the public nor the reporter reads these words of an entry any more; without words, nothing that the entry says. */
  withheld: z.strictObject({
    /** The number of the event that holds the words. */
    entry: z.int().positive(),
    words: z.string().optional(),
    reason: z.string(),
  }),
  confirmed: z.strictObject(rating),
  /** A rating of one or two stars reopens a case. */
  reopened: z.strictObject(rating),
  appealed: z.strictObject({ ...hop, text }),
  archived: z.strictObject({
    reason: archiveReason,
    text,
    duplicateOf: duplicateOf.optional(),
    /** Until when the reporter may object. */
    objectUntil,
  }),
  /** The reporter objects to the archival. An agency above whoever archived it decides by a date. */
  objected: z.strictObject({ ...hop, text, due }),
  /** The objection was refused. The case stays archived, and the reporter cannot object again. */
  upheld: z.strictObject({ ...hop, text }),
  /** The objection was granted. The case goes on where it was. */
  "objection-granted": z.strictObject({ ...hop, text }),
  restored: z.strictObject({
    text,
    /** Where the agency that had it was closed meanwhile: the hop to the one that has come in its place. */
    from: hop.from.optional(),
    to: hop.to.optional(),
    heldSeconds: hop.heldSeconds.optional(),
  }),
  /** It tells the same as another report and follows that one from now on. */
  joined: z.strictObject({ duplicateOf, text: text.optional() }),
  /** Its reporter or an officer says that it is not the same. It is verified anew, where it was sent first. */
  separated: z.strictObject({ ...hop, text }),
  withdrawn: z.strictObject({ text: text.optional() }),
  /** The public reads these words in place of the reporter's first ones. Those stay in the first event. */
  redacted: z.strictObject({
    title: title.optional(),
    text: text.optional(),
    hide: z.literal(true).optional(),
  }),
  consented: z.strictObject({}),
  /** The reporter has another receipt now. The one before it stopped working. */
  "receipt-rotated": z.strictObject({}),
  referred: z.strictObject({ text }),
  /** The agency that had it was closed; its successor has it now. */
  "handed-over": z.strictObject(hop),
  /** Nobody at the agency that had it may verify it any more. The nearest agency above with an administrator has it now. */
  "passed-up": z.strictObject(hop),
  /** A formal information request got more working days, once. Its reporter is sent the reason. */
  extended: z.strictObject({ text, days: z.int().positive(), due }),
  /** Clocks came to a stage of the ladder. Whoever has to act is told; those above them are told of a missed date. */
  warned: z.strictObject({
    alerts: z.array(z.strictObject({ clock: z.enum(clockNames), stage: z.enum(stageNames), due })).min(1),
  }),
  /** The completion limit has passed. The reporter may have the case given to the Ombudsman. */
  "ombudsman-offered": z.strictObject({ due }),
  /** It closed by itself, because nobody answered back within the reply window. */
  closed: z.strictObject({ appealUntil: until }),
  /** It counts as withdrawn, because the reporter did not complete the file in time. */
  lapsed: z.strictObject({ due, objectUntil }),
  /** Somebody was shown who reported it, or searched for a person and was shown this case. */
  "identity-opened": z.strictObject({ reason: z.string(), how: z.enum(["shown", "searched"]) }),
  /** The reporter lets their identity and the originals of their files be opened, or no longer. */
  "identity-consented": z.strictObject({ agreed: z.boolean() }),
  /** The reporter corrected their name or addresses. No event says what these were or are. */
  "contact-corrected": z.strictObject({}),
  /** The reporter's identity was deleted at their request. */
  "identity-deleted": z.strictObject({}),
  /** Data were removed at the end of the time for which they may be kept. */
  "data-removed": z.strictObject({ what: z.array(z.enum(["identity", "files"])).min(1), basis }),
  /** Dates moved because a decree changed the holidays, or an administrator applied other limits. */
  recounted: z.strictObject({
    cause: z.enum(["new-calendar", "new-policy"]),
    /** The decree, or the administrator's reason. */
    basis,
    clocks: z.array(z.strictObject({ clock: z.enum(clockNames), from: z.iso.date(), to: z.iso.date() })),
  }),
  /** The reporter had the originals of their files erased. The copies stay. */
  "originals-erased": z.strictObject({}),
  /** A file was inspected and is part of the case. The digest (SHA-256, salted) is of what was uploaded. */
  attached: z.strictObject({ attachmentId, type: z.string(), digest: z.string() }),
  /** Whoever attached a file had it removed. `originalKept`: its case is with the Ombudsman, who alone may open the original. */
  "attachment-removed": z.strictObject({
    attachmentId,
    reason: z.string().optional(),
    originalKept: z.literal(true).optional(),
  }),
  /** Somebody was given the original of a file, with all that it may tell of who took it. */
  "original-opened": z.strictObject({ attachmentId, reason: z.string() }),
};
type Contents = typeof eventContents;
export type EventType = keyof Contents;
export const eventTypes = Object.keys(eventContents) as [EventType, ...EventType[]];
export type EventContent<T extends EventType> = z.infer<Contents[T]>;

/** What an event of a kind tells, without what newer code added to it. */
export const withKnownFields = (type: CaseEvent["type"], content: object): object =>
  type === "other" ? {} : (onlyKnown(eventContents[type], content) as object);

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
    /** Which officer did it. The public knows role and agency only, so this is hashed with the content. */
    officerId: z.string().optional(),
    content: eventContents[type],
    /** Goes into the content's hash. Without it nobody can test a guess of the content against the hash. */
    salt: z.string(),
    previousHash: z.string().nullable(),
    hash: z.string(),
  });
type EventSchema = { [T in EventType]: ReturnType<typeof eventOf<T>> }[EventType];

/** What happened to a case. Each event carries the hash of the one before: a change, a gap or another order shows. */
const knownEvent = z.discriminatedUnion(
  "type",
  eventTypes.map((type) => eventOf(type)) as unknown as [EventSchema, ...EventSchema[]],
);
type KnownEvent = { [T in EventType]: z.infer<ReturnType<typeof eventOf<T>>> }[EventType];

/** What takes an event's place in a history, its hashes included. Everything else of it may be unknown. */
const place = z.looseObject({
  trackingNumber: z.string(),
  sequence: z.int().positive(),
  type: z.string(),
  at: z.iso.datetime(),
  salt: z.string(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});

/** An event that newer code wrote, of a kind or with content that this code does not know. Nobody is told of it here. */
export interface OtherEvent extends Pick<KnownEvent, "trackingNumber" | "sequence" | "at" | "by"> {
  type: "other";
  officerId?: undefined;
  content: Record<never, never>;
  salt: string;
  previousHash: string | null;
  hash: string;
  /** The event as it is stored. Its hashes are of this. */
  raw: Readonly<Record<string, unknown>>;
}
export type CaseEvent = KnownEvent | OtherEvent;

/** Without the first event there is no report, and the other two take words out of sight: nothing is shown without them. */
const indispensable: readonly string[] = ["submitted", "redacted", "withheld"] satisfies EventType[];

/** Reads an event that was stored. Throws where nothing of its case can be shown without knowing what it says. */
export function storedEvent(stored: Record<string, unknown>): CaseEvent {
  const read = tryStored(knownEvent, stored);
  if ("value" in read) return read.value;
  const { itemFormat: _, ...raw } = stored;
  const { data: found } = place.safeParse(raw);
  if (!found || indispensable.includes(found.type)) throw read.unreadable;
  const { trackingNumber, sequence, at, salt, previousHash, hash } = found;
  return {
    ...{ trackingNumber, sequence, type: "other", at, by: { role: "system" }, content: {} },
    ...{ salt, previousHash, hash, raw },
  };
}

/** An event as it is stored. */
export const eventAsStored = (event: CaseEvent): Record<string, unknown> =>
  event.type === "other" ? event.raw : event;

/** The salted hash that stands for what an event tells and which officer did it. */
export const contentHash = ({
  content,
  officerId,
  salt,
}: Pick<CaseEvent, "content" | "officerId" | "salt">): string => canonicalHash({ salt, content, officerId });

/** An event as whoever may know of it sees it in a proof. It is enough to check the chain and holds nothing that anybody told. */
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

export const proofOf = (event: CaseEvent): EventProof => {
  const { content, officerId, salt, ...heading } = eventAsStored(event) as KnownEvent;
  return { ...heading, contentHash: contentHash({ content, officerId, salt }) };
};

const headingOfProof = Object.keys(eventProof.shape);

/** Whether a proof shows all that the hash of an event is of: newer code may have added fields to events. */
export const isWhollyProven = (event: CaseEvent): boolean =>
  Object.keys(proofOf(event)).every((field) => headingOfProof.includes(field));

/** An event of which a reader may know nothing: its place in the chain, which it takes to check the others. */
export const eventLink = z.strictObject({
  sequence: z.int().positive(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});
export type EventLink = z.infer<typeof eventLink>;

/** The event's own hash. It covers the heading, the salted hash of the content and the hash of the event before. */
const proofHash = ({ hash: _, ...heading }: EventProof): string => canonicalHash(heading);

export const eventHash = (event: CaseEvent): string => proofHash(proofOf(event));

/**
 * An event that shows nothing but its place. The hash is of what is stored now, so a change shows: the next event follows from
 * another hash. The content's hash stays out, because with it anybody could try all types and times against the event's hash.
 */
export const linkOf = (event: CaseEvent): EventLink => ({
  sequence: event.sequence,
  previousHash: event.previousHash,
  hash: eventHash(event),
});

const isWhole = (shown: EventProof | EventLink): shown is EventProof => "contentHash" in shown;

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
 * Everything wrong with a history as its proof shows it, each with the number of the event. It is empty when nobody
 * touched the history. `heads` are events as they are known from elsewhere: from the case itself, and from the daily
 * copies that nobody can overwrite.
 */
export const flaws = (
  trackingNumber: string,
  proofs: readonly (EventProof | EventLink)[],
  heads: readonly Head[] = [],
): Flaw[] =>
  chainFlaws(proofs, heads, {
    name: "case",
    has: (proof) => !isWhole(proof) || proof.trackingNumber === trackingNumber,
    hash: (proof) => (isWhole(proof) ? proofHash(proof) : proof.hash),
  });
