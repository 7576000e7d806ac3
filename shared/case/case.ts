import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { type ReporterIdentity, reporterIdentity } from "../reporter/reporter.ts";
import { type CaseEvent, chained } from "./history.ts";
import { receiptHash } from "./receipt.ts";
import { caseClass, location, type Submission } from "./submission.ts";

export const caseStatus = z.enum(["submitted"]);
export type CaseStatus = z.infer<typeof caseStatus>;

/** What each status is called where people read it. */
export const statusText: Record<CaseStatus, Text> = {
  submitted: { id: "Menunggu verifikasi", en: "Waiting for verification" },
};

/** The current state of a case. Who reported it is kept apart from it. */
export const caseState = z.strictObject({
  trackingNumber: z.string(),
  /** Grows by one with every move; a move is written only on the version that it was decided on. */
  version: z.int().positive(),
  status: caseStatus,
  submittedAt: z.iso.datetime(),
  class: caseClass,
  title: z.string(),
  text: z.string(),
  occurredOn: z.string().optional(),
  location: location.optional(),
  category: z.string().optional(),
  /** The agency that the reporter named. */
  agencyId: z.string().optional(),
  anonymous: z.boolean(),
  secret: z.boolean(),
  receiptHash: z.string(),
});
export type Case = z.infer<typeof caseState>;

/** A case with all that happened to it, in order. */
export interface CaseFile {
  case: Case;
  events: CaseEvent[];
}

export interface Submitted {
  case: Case;
  event: CaseEvent;
  identity: ReporterIdentity | undefined;
}

/** Opens a case. `salt` is random and keeps the event's hash from betraying its content. */
export function submit(
  { reporter, ...report }: Submission,
  {
    trackingNumber,
    receipt,
    salt,
    language,
    at,
  }: { trackingNumber: string; receipt: string; salt: string; language: Language; at: Date },
): Submitted {
  const submittedAt = at.toISOString();
  const identity =
    reporter && Object.values(reporter).some((value) => typeof value === "string")
      ? reporterIdentity.parse({
          trackingNumber,
          name: reporter.name,
          email: reporter.email,
          phone: reporter.phone,
          nik: reporter.nik,
          language,
          receiptToMail: reporter.mailReceipt ? receipt : undefined,
        })
      : undefined;
  return {
    case: {
      ...report,
      trackingNumber,
      version: 1,
      status: "submitted",
      submittedAt,
      receiptHash: receiptHash(receipt),
    },
    event: chained(
      {
        trackingNumber,
        type: "submitted",
        at: submittedAt,
        by: { role: "reporter" },
        content: z.record(z.string(), z.json()).parse({
          ...JSON.parse(JSON.stringify(report)),
          reachableByMail: identity?.email !== undefined,
        }),
        salt,
      },
      undefined,
    ),
    identity,
  };
}
