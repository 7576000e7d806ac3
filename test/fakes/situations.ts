import type { Case } from "../../shared/case/case.ts";
import type { Move, Situation } from "../../shared/case/moves/table.ts";
import type { Clock } from "../../shared/deadline/clock.ts";

const later = "2999-12-31T23:59:59.999+08:00";
const verified = { verifiedAt: "2026-11-23T02:00:00.000Z", supervised: false };

const archived: Partial<Case> = {
  ...verified,
  status: "archived",
  archiveReason: "private-matter",
  resumesAs: "in-progress",
};
const objectionAt = (holder: string) => ({ against: { role: "agency-admin" }, from: holder }) as const;

/** A case with these marks stands in the situation, at an agency. */
const marks: Record<Situation, (holder: string) => Partial<Case>> = {
  submitted: () => ({}),
  verified: () => verified,
  undecided: () => ({ ...verified, awaits: "national-admin", returns: 3 }),
  "awaiting-reporter": () => ({ ...verified, status: "awaiting-reporter", resumesAs: "in-progress" }),
  assigned: () => ({ ...verified, status: "assigned" }),
  "in-progress": () => ({ ...verified, status: "in-progress" }),
  reopened: () => ({ ...verified, status: "in-progress", awaits: "agency-head" }),
  answered: (answeredBy) => ({ ...verified, status: "answered", replyUntil: later, answeredBy }),
  closed: (answeredBy) => ({
    ...verified,
    status: "closed",
    closure: "confirmed",
    appealUntil: later,
    answeredBy,
  }),
  archived: () => archived,
  joined: () => ({
    ...verified,
    status: "archived",
    archiveReason: "duplicate-of",
    duplicateOf: "00000-00000",
    joinedTo: "00000-00000",
  }),
  objected: (holder) => ({ ...archived, objection: objectionAt(holder) }),
  "objected-at-top": (holder) => ({ ...archived, objection: { ...objectionAt(holder), atTop: true } }),
  lapsed: () => ({ status: "withdrawn", objectUntil: later }),
  withdrawn: () => ({ status: "withdrawn" }),
};

export const marksOf = (situation: Situation, holder: string): Partial<Case> => marks[situation](holder);

const completion: Clock = {
  name: "completion",
  startedAt: "2026-09-01T02:00:00.000Z",
  limit: { days: 14, unit: "working-days", legalBasis: "Contoh", certainty: "own-choice" },
  policyVersion: 1,
  pauses: [],
  due: "2026-09-21",
  moves: [],
};

/** A move depends on these marks besides the situation. With them only the table of moves decides. */
export const preparedFor: Partial<Record<Move, Partial<Case>>> = {
  object: { objectUntil: later },
  refer: { consentedAt: "2026-11-23T03:00:00.000Z", clocks: [completion] },
  "open-identity": { identityOnFile: true },
  "consent-identity": { anonymous: true },
  "delete-identity": { identityOnFile: true, anonymous: true },
  extend: {
    class: "information-request",
    formal: true,
    clocks: [
      { ...completion, limit: { ...completion.limit, days: 366, extendableBy: 7 }, due: "2028-03-01" },
    ],
  },
};
