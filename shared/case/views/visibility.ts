import type { Case } from "../case.ts";
import type { CaseEvent, EventContent, EventType } from "../history.ts";

/** "public-of-hidden": the public, of a case whose content is secret, archived or withdrawn. */
export const readers = ["public-of-hidden", "public", "reporter", "officer", "observer", "auditor"] as const;
export type Reader = (typeof readers)[number];

export type Readers = readonly Reader[];
const everybody: Readers = readers;
const theStory: Readers = ["public", "reporter", "officer", "observer"];
const parties: Readers = ["reporter", "officer", "observer"];
const officials: Readers = ["officer", "observer"];
const trail: Readers = ["officer", "observer", "auditor"];
const partiesAndTrail: Readers = ["reporter", ...trail];
const nobody: Readers = [];

/** Who sees which field of a case. A field that is missing here does not compile. */
export const caseFields: Record<keyof Case, Readers> = {
  trackingNumber: everybody,
  version: partiesAndTrail,
  lastHash: nobody, // in the proof
  movedAt: nobody, // in the timeline
  status: everybody,
  submittedAt: everybody,
  class: everybody,
  title: theStory,
  originalTitle: parties,
  publicTitle: nobody, // as the public's title, and to the reporter as what the public sees
  redaction: everybody,
  occurredOn: theStory,
  location: theStory, // the public less of it: publicLocation
  category: theStory,
  agencyId: everybody, // as `agency` until somebody has verified it
  anonymous: everybody,
  secret: everybody,
  receiptHash: nobody,
  held: officials,
  lastMove: nobody,
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
  stars: everybody,
  archiveReason: everybody,
  duplicateOf: everybody,
  joinedTo: nobody, // as `duplicateOf`, and as `follows`
  words: nobody, // named to officers as the reason why two reports are alike
  offeredAt: partiesAndTrail,
  consentedAt: partiesAndTrail,
  identityOnFile: partiesAndTrail,
  filesOnFile: nobody, // as `attachments`
  filesExpiredAt: nobody,
  originalsExpiredAt: nobody,
  identityConsentedAt: partiesAndTrail,
  endedAt: nobody, // in the timeline
  referredAt: everybody,
};

type Hop = "from" | "to" | "heldSeconds";
const hop: Record<Hop, Readers> = { from: everybody, to: everybody, heldSeconds: trail };

/** Who sees that an event happened at all, and which part of what it tells. */
export const eventFields: {
  [T in EventType]: { event: Readers; content: Record<keyof EventContent<T>, Readers> };
} = {
  submitted: {
    event: everybody,
    // Shown with the case, as it stands by now; the text stands here only.
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
  replied: { event: everybody, content: { text: parties } },
  disputed: { event: everybody, content: { text: parties } },
  progressed: { event: everybody, content: { text: theStory } },
  noted: { event: trail, content: { text: officials } },
  answered: { event: everybody, content: { text: theStory, evidence: parties, replyUntil: everybody } },
  confirmed: { event: everybody, content: { stars: everybody, comment: parties } },
  reopened: { event: everybody, content: { stars: everybody, comment: parties } },
  appealed: { event: everybody, content: { ...hop, text: parties } },
  archived: {
    event: everybody,
    content: { reason: everybody, text: partiesAndTrail, duplicateOf: everybody },
  },
  restored: { event: everybody, content: { text: trail } },
  joined: { event: everybody, content: { duplicateOf: everybody, text: partiesAndTrail } },
  separated: { event: everybody, content: { ...hop, text: parties } },
  withdrawn: { event: everybody, content: { text: officials } },
  redacted: { event: everybody, content: { title: parties, text: parties, hide: parties } },
  consented: { event: partiesAndTrail, content: {} },
  "receipt-rotated": { event: partiesAndTrail, content: {} },
  referred: { event: everybody, content: { text: trail } },
  "handed-over": { event: everybody, content: hop },
  extended: { event: everybody, content: { text: parties, days: everybody, due: everybody } },
  warned: { event: trail, content: { alerts: trail } },
  "ombudsman-offered": { event: partiesAndTrail, content: { due: partiesAndTrail } },
  closed: { event: everybody, content: { appealUntil: everybody } },
  lapsed: { event: everybody, content: { due: everybody } },
  "identity-opened": {
    event: partiesAndTrail,
    content: { reason: partiesAndTrail, how: partiesAndTrail },
  },
  "identity-consented": { event: partiesAndTrail, content: { agreed: partiesAndTrail } },
  "contact-corrected": { event: partiesAndTrail, content: {} },
  "identity-deleted": { event: partiesAndTrail, content: {} },
  "data-removed": {
    event: partiesAndTrail,
    content: { what: partiesAndTrail, basis: partiesAndTrail },
  },
  recounted: { event: everybody, content: { cause: everybody, basis: everybody, clocks: everybody } },
  attached: {
    event: partiesAndTrail,
    content: { attachmentId: partiesAndTrail, type: partiesAndTrail, digest: partiesAndTrail },
  },
  "original-opened": {
    event: partiesAndTrail,
    content: { attachmentId: partiesAndTrail, reason: partiesAndTrail },
  },
};

/** Who sees what else an event holds. */
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
