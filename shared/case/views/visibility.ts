import type { Case, CaseStatus } from "../case.ts";
import type { CaseEvent, EventContent, EventType } from "../history.ts";

/** "public-of-hidden": the public, of a case whose content is secret, archived or withdrawn. */
export const readers = ["public-of-hidden", "public", "reporter", "officer", "observer", "auditor"] as const;
export type Reader = (typeof readers)[number];
/** Who reads a case, before it is known whether the case is hidden. */
export type CaseReader = Exclude<Reader, "public-of-hidden">;

export type Readers = readonly Reader[];
const everybody = readers;
const theStory = ["public", "reporter", "officer", "observer"] as const;
const parties = ["reporter", "officer", "observer"] as const;
const officials = ["officer", "observer"] as const;
const trail = ["officer", "observer", "auditor"] as const;
const partiesAndTrail = ["reporter", ...trail] as const;
const nobody = [] as const;

const fieldsOfCase = {
  trackingNumber: everybody,
  version: partiesAndTrail,
  lastHash: nobody, // in the proof
  movedAt: trail, // the others read it in the timeline
  status: everybody,
  submittedAt: everybody,
  submittedOn: nobody, // in its place where the public is shown dates
  class: everybody,
  title: theStory,
  originalTitle: parties,
  publicTitle: nobody, // as the public's title; the reporter sees it beside their own
  redaction: everybody,
  occurredOn: theStory,
  location: theStory, // the public sees less of it: publicLocation
  category: theStory,
  agencyId: nobody, // `agency` tells who has the case, whomever the reporter named
  anonymous: everybody,
  secret: everybody,
  receiptHash: nobody,
  held: officials,
  lastMove: nobody,
  pace: nobody,
  clocks: everybody,
  policyVersion: everybody, // with each clock
  nextCheckAt: nobody,
  holder: everybody, // as `agency`
  heldSince: trail,
  verifiedAt: everybody,
  supervised: everybody,
  formal: everybody,
  returns: trail,
  awaits: trail,
  resumesAs: nobody,
  answeredBy: everybody,
  replyUntil: everybody,
  closure: everybody,
  closedAt: everybody,
  appealUntil: everybody,
  answerNumber: nobody, // in the timeline
  stars: everybody,
  archiveReason: everybody,
  objectUntil: partiesAndTrail, // a joined case has none, and the public may not know that it is joined
  objection: nobody, // in the timeline
  duplicateOf: everybody, // where the reader may know of that case: joins.ts
  joinedTo: nobody, // as `duplicateOf`, and as `follows`
  words: nobody, // officers read them as the reason why two reports are likely the same
  offeredAt: partiesAndTrail,
  consentedAt: partiesAndTrail,
  identityOnFile: partiesAndTrail,
  filesOnFile: nobody, // as `attachments`
  filesExpiredAt: nobody,
  originalsExpiredAt: nobody,
  filesRemovedAt: nobody,
  withheldInTitle: nobody, // as a mark in the title
  identityConsentedAt: partiesAndTrail,
  endedAt: nobody, // in the timeline
  referredAt: everybody,
} as const satisfies Record<keyof Case, Readers>;

/** Who sees which field of a case. A field that is missing here does not compile. The schemas of views follow from it. */
export const caseFields: Record<keyof Case, Readers> = fieldsOfCase;

type FieldsOfCase = typeof fieldsOfCase;

/** The fields that at least one of these readers sees. */
export type SeenByAny<R extends Reader> = {
  [F in keyof FieldsOfCase]: R & FieldsOfCase[F][number] extends never ? never : F;
}[keyof FieldsOfCase];

/** The fields that each of these readers sees. */
export type SeenByAll<R extends Reader> = {
  [F in keyof FieldsOfCase]: [R] extends [FieldsOfCase[F][number]] ? F : never;
}[keyof FieldsOfCase];

const hop: Record<"from" | "to" | "heldSeconds", Readers> = {
  from: everybody,
  to: everybody,
  heldSeconds: trail,
};

/** Who sees that an event happened at all, and which part of what it tells. */
export const eventFields: {
  [T in EventType]: { event: Readers; content: Record<keyof EventContent<T>, Readers> };
} & { other: { event: Readers; content: Record<never, Readers> } } = {
  // Nobody knows here who may see an event that newer code wrote.
  other: { event: nobody, content: {} },
  submitted: {
    event: everybody,
    // The case shows these fields, as they stand by now. Only the text stands nowhere else.
    content: {
      text: theStory,
      class: nobody,
      title: nobody,
      occurredOn: nobody,
      location: nobody,
      category: nobody,
      agencyId: nobody,
      anonymous: nobody,
      secret: nobody,
      reachableByMail: nobody,
      held: nobody,
    },
  },
  verified: {
    event: everybody,
    content: {
      class: everybody,
      category: theStory,
      supervised: everybody,
      formal: everybody,
      title: theStory,
      originalTitle: parties,
      to: everybody,
      heldSeconds: trail,
    },
  },
  assigned: { event: everybody, content: { ...hop, note: officials } },
  returned: { event: everybody, content: { ...hop, reason: partiesAndTrail, count: everybody } },
  asked: { event: everybody, content: { text: parties } },
  "question-withdrawn": { event: everybody, content: { reason: partiesAndTrail } },
  replied: { event: everybody, content: { text: parties } },
  disputed: { event: everybody, content: { text: parties } },
  progressed: { event: everybody, content: { text: theStory } },
  noted: { event: trail, content: { text: officials } },
  answered: { event: everybody, content: { text: theStory, evidence: parties, replyUntil: everybody } },
  "answer-corrected": {
    event: everybody,
    // The entry of the answer shows the new words to everybody, unless they were corrected again.
    content: {
      text: officials,
      evidence: officials,
      reason: partiesAndTrail,
      replyUntil: everybody,
      appealUntil: everybody,
    },
  },
  withheld: {
    event: everybody,
    content: {
      entry: partiesAndTrail, // the public's entries have other numbers
      words: officials,
      reason: partiesAndTrail, // it may not hold the words
    },
  },
  confirmed: { event: everybody, content: { stars: everybody, comment: parties, answer: partiesAndTrail } },
  reopened: { event: everybody, content: { stars: everybody, comment: parties, answer: partiesAndTrail } },
  appealed: { event: everybody, content: { ...hop, text: parties } },
  archived: {
    event: everybody,
    content: {
      reason: everybody,
      text: partiesAndTrail,
      duplicateOf: everybody,
      objectUntil: partiesAndTrail,
    },
  },
  objected: { event: everybody, content: { ...hop, text: parties, due: everybody } },
  upheld: { event: everybody, content: { ...hop, text: partiesAndTrail } },
  "objection-granted": { event: everybody, content: { ...hop, text: partiesAndTrail } },
  restored: { event: everybody, content: { ...hop, text: trail } },
  joined: { event: everybody, content: { duplicateOf: everybody, text: partiesAndTrail } },
  separated: { event: everybody, content: { ...hop, text: parties } },
  withdrawn: { event: everybody, content: { text: officials } },
  redacted: { event: everybody, content: { title: parties, text: parties, hide: parties } },
  consented: { event: partiesAndTrail, content: {} },
  "receipt-rotated": { event: partiesAndTrail, content: {} },
  referred: { event: everybody, content: { text: trail } },
  "handed-over": { event: everybody, content: hop },
  "passed-up": { event: everybody, content: hop },
  extended: { event: everybody, content: { text: parties, days: everybody, due: everybody } },
  warned: { event: trail, content: { alerts: trail } },
  "ombudsman-offered": { event: partiesAndTrail, content: { due: partiesAndTrail } },
  closed: { event: everybody, content: { appealUntil: everybody } },
  lapsed: { event: everybody, content: { due: everybody, objectUntil: partiesAndTrail } },
  "identity-opened": {
    event: partiesAndTrail,
    content: { reason: partiesAndTrail, how: partiesAndTrail },
  },
  "identity-consented": { event: partiesAndTrail, content: { agreed: partiesAndTrail } },
  "contact-corrected": { event: partiesAndTrail, content: {} },
  "identity-deleted": { event: partiesAndTrail, content: {} },
  "originals-erased": { event: partiesAndTrail, content: {} },
  "data-removed": {
    event: partiesAndTrail,
    content: { what: partiesAndTrail, basis: partiesAndTrail },
  },
  recounted: { event: everybody, content: { cause: everybody, basis: everybody, clocks: everybody } },
  attached: {
    event: partiesAndTrail,
    content: { attachmentId: partiesAndTrail, type: partiesAndTrail, digest: partiesAndTrail },
  },
  "attachment-removed": {
    event: partiesAndTrail,
    content: { attachmentId: partiesAndTrail, reason: partiesAndTrail, originalKept: partiesAndTrail },
  },
  "original-opened": {
    event: partiesAndTrail,
    content: { attachmentId: partiesAndTrail, reason: partiesAndTrail },
  },
};

/** Who sees the other fields of an event. */
export const headingFields: Record<keyof CaseEvent, Readers> = {
  trackingNumber: nobody, // the case says it
  sequence: everybody,
  type: everybody,
  at: everybody,
  by: everybody, // role and agency, never a person
  officerId: trail,
  content: everybody, // part by part: eventFields
  salt: nobody,
  previousHash: nobody, // in the proof
  hash: nobody, // in the proof
};

/** What one kind of reader sees of a case or an event; fields without a value are left out. */
export const seenBy = <T extends object>(
  reader: Reader,
  fields: Record<string, Readers>,
  of: T,
): Partial<T> =>
  Object.fromEntries(
    Object.entries(of).filter(([field, value]) => value !== undefined && fields[field]?.includes(reader)),
  ) as Partial<T>;

const hiding: readonly CaseStatus[] = ["archived", "withdrawn"];

/** Whether the public sees nothing of what a case is about. */
export const isHidden = ({
  secret,
  status,
  redaction,
}: Pick<Case, "secret" | "status" | "redaction">): boolean =>
  secret || redaction === "hidden" || hiding.includes(status);

/** A reader of any case. The public becomes the public of a hidden case where the case is hidden. */
export const seenAs = (found: Case, reader: CaseReader): Reader =>
  reader === "public" && isHidden(found) ? "public-of-hidden" : reader;
