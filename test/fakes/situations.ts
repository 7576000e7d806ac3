import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { type Case, submit } from "../../shared/case/case.ts";
import { type Move, type Situation, situationOf } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
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

const marksOf = (situation: Situation, holder: string): Partial<Case> => marks[situation](holder);

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
const preparedFor: Partial<Record<Move, Partial<Case>>> = {
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

/** The receipt of whoever sent what `storeIn` stores. */
export const receiptOfStored = "0000-0000-0000-0000-0000";

/** Stores a report at an agency that stands in a situation, ready for a move. */
export async function storeIn(
  cases: Pick<CaseStore, "submit">,
  { situation, agencyId, move }: { situation: Situation; agencyId: string; move?: Move | undefined },
): Promise<Case> {
  const number = newTrackingNumber(randomBytes(trackingNumberEntropy));
  const at = new Date("2026-11-23T01:00:00Z");
  const { case: opened, event } = submit(
    {
      class: "complaint",
      title: "Jalan berlubang di depan pasar",
      text: "Sudah dua bulan jalan di depan pasar berlubang besar.",
      agencyId,
      anonymous: false,
      secret: false,
    },
    {
      trackingNumber: number,
      receipt: receiptOfStored,
      salt: "salt",
      language: "id",
      verifyingAgency: "kemenpanrb",
      at,
    },
  );
  const standing: Case = {
    ...opened,
    ...marksOf(situation, opened.holder),
    ...(move && preparedFor[move]),
  };
  expect(situationOf(standing)).toBe(situation);
  const stored = await cases.submit(
    { case: standing, event, identity: undefined },
    sealForRetry(number, {}, {}, { at, nonce: new Uint8Array(12) }),
  );
  expect(stored).toEqual({ stored: true });
  return standing;
}
