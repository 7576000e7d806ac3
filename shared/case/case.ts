import * as z from "zod";
import { clock } from "../deadline/clock.ts";
import { caseClass } from "../deadline/policy.ts";
import type { Language, Text } from "../language.ts";
import { type FormerAddress, type ReporterIdentity, reporterIdentity } from "../reporter/reporter.ts";
import { tolerant } from "../stored.ts";
import { tellingWords } from "../text/stems.ts";
import {
  type ActorRole,
  actorRole,
  archiveReason,
  type CaseEvent,
  chained,
  type EventContent,
  type EventType,
} from "./history.ts";
import { receiptHash } from "./receipt/receipt.ts";
import { location, type Submission } from "./submission/submission.ts";

export const caseStatus = z.enum([
  "submitted",
  "awaiting-reporter",
  "assigned",
  "in-progress",
  "answered",
  "closed",
  "archived",
  "withdrawn",
]);
export type CaseStatus = z.infer<typeof caseStatus>;

/** What each status is called where people read it. */
export const statusText: Record<CaseStatus, Text> = {
  submitted: { id: "Menunggu verifikasi", en: "Waiting for verification" },
  "awaiting-reporter": { id: "Menunggu kelengkapan dari pelapor", en: "Waiting for the reporter" },
  assigned: { id: "Diteruskan ke instansi", en: "Assigned" },
  "in-progress": { id: "Sedang diproses", en: "In progress" },
  answered: { id: "Ditindaklanjuti, menunggu tanggapan pelapor", en: "Answered, waiting for the reporter" },
  closed: { id: "Selesai", en: "Closed" },
  archived: { id: "Diarsipkan", en: "Archived" },
  withdrawn: { id: "Dicabut pelapor", en: "Withdrawn by the reporter" },
};

const endedStatuses: readonly CaseStatus[] = ["closed", "archived", "withdrawn"];

/** Whether nobody has to act on a case any more. */
export const hasEnded = ({ status, objection }: Pick<Case, "status" | "objection">): boolean =>
  endedStatuses.includes(status) && objection === undefined;

/** How often something came since an instant. */
const paced = z.strictObject({ since: z.iso.datetime(), count: z.int().positive() });

/** The current state of a case. The identity of its reporter is kept elsewhere. The reporter's text stands in its first event. */
export const caseState = z.strictObject({
  trackingNumber: z.string(),
  /** The sequence of its last event. A move is stored only on the version that it was decided on. */
  version: z.int().positive(),
  /** The hash of its last event. */
  lastHash: z.string(),
  /** The time of its last event. */
  movedAt: z.iso.datetime(),
  status: caseStatus,
  submittedAt: z.iso.datetime(),
  /** The date of it where it was sent to. Lists for the public are sorted by it where the time is not public. */
  submittedOn: z.iso.date().optional(),
  class: caseClass,
  title: z.string(),
  /** The title that the reporter wrote, where the verifier corrected it. */
  originalTitle: z.string().optional(),
  /** The reporter's own wording of the title for the public, where they redacted it. */
  publicTitle: z.string().optional(),
  /** "reworded": the public reads other words of the reporter. "hidden": it reads nothing of the report. */
  redaction: z.enum(["reworded", "hidden"]).optional(),
  occurredOn: z.iso.date().optional(),
  location: location.optional(),
  category: z.string().optional(),
  /** The agency that the reporter named. */
  agencyId: z.string().optional(),
  anonymous: z.boolean(),
  secret: z.boolean(),
  receiptHash: z.string(),
  /** Nearly the same report came minutes before. Mails about it wait until an officer has looked (submission/held.ts). */
  held: z.literal(true).optional(),
  /** The limits that run on it, and those that have ended. */
  clocks: z.array(clock),
  /** The policy that it began with. Later clocks take their limits from it too. */
  policyVersion: z.int().positive().optional(),
  /** When its clocks have to be looked at next. */
  nextCheckAt: z.iso.datetime().optional(),
  /** The digest of the last request for a move. The same request soon after is a second click and no second move. */
  lastMove: z.strictObject({ digest: z.string(), at: z.iso.datetime() }).optional(),
  /** How much came with its receipt lately (moves/pace.ts). */
  pace: z.strictObject({ messages: paced, rotations: paced, corrections: paced }).partial().optional(),
  /** The agency that has to act, or acted last. */
  holder: z.string(),
  heldSince: z.iso.datetime(),
  verifiedAt: z.iso.datetime().optional(),
  /** Berkadar pengawasan: needs an examination, so it has the long limit. */
  supervised: z.boolean().optional(),
  /** A formal request under UU 14/2008, with the limits of that act. */
  formal: z.boolean().optional(),
  /** How often an agency said that the case is not its to handle. */
  returns: z.int().nonnegative(),
  /** The only role that may go on with it. */
  awaits: z.enum(["national-admin", "agency-head"]).optional(),
  /** The status that it goes back to once the reporter replies or somebody restores it. */
  resumesAs: caseStatus.optional(),
  /** The agency that gave the last answer. */
  answeredBy: z.string().optional(),
  /** Until when the reporter may answer back: the end of a local day. */
  replyUntil: z.iso.datetime({ offset: true }).optional(),
  closure: z.enum(["confirmed", "automatic"]).optional(),
  closedAt: z.iso.datetime().optional(),
  /** Until when the reporter may appeal after the case was closed: the end of a local day. */
  appealUntil: z.iso.datetime({ offset: true }).optional(),
  /** The event that holds the present answer, by its number. */
  answerNumber: z.int().positive().optional(),
  /** How the reporter rated the present answer. Only a case that they closed with a rating has one. */
  stars: z.int().min(1).max(5).optional(),
  archiveReason: archiveReason.optional(),
  duplicateOf: z.string().optional(),
  /** Until when the reporter may object to the archival: the end of a local day. */
  objectUntil: z.iso.datetime({ offset: true }).optional(),
  /** The open objection to an archival. */
  objection: z
    .strictObject({
      /** Who archived the case. They do not decide. */
      against: z.strictObject({
        role: actorRole,
        agencyId: z.string().optional(),
        officerId: z.string().optional(),
      }),
      /** The agency that had the case. It gets it back. */
      from: z.string(),
      /** Nobody stands above whoever archived it. */
      atTop: z.literal(true).optional(),
    })
    .optional(),
  /** The case that it was joined to and whose status it follows. */
  joinedTo: z.string().optional(),
  /** The stems of the report's words. They find other reports of the same. */
  words: z.array(z.string()).optional(),
  /** When the reporter was told that they may have the case given to the Ombudsman. */
  offeredAt: z.iso.datetime().optional(),
  /** When the reporter agreed that the Ombudsman may be given the case. */
  consentedAt: z.iso.datetime().optional(),
  /** Whether an identity of its reporter is kept. */
  identityOnFile: z.boolean().optional(),
  /** Whether any file is part of it. */
  filesOnFile: z.literal(true).optional(),
  /** While expired files are being removed: files that came until this time are removed. */
  filesExpiredAt: z.iso.datetime().optional(),
  /** While originals are being removed at the reporter's request: their files until this time lose theirs. */
  originalsExpiredAt: z.iso.datetime().optional(),
  /** Since when files that their senders had removed may still lie in the bucket. */
  filesRemovedAt: z.iso.datetime().optional(),
  /** Words of the officers' title that only officers and the Ombudsman read. */
  withheldInTitle: z.array(z.string()).optional(),
  /** When the reporter agreed that their identity and the originals of their files may be opened. */
  identityConsentedAt: z.iso.datetime().optional(),
  /** Since when nobody has to act any more. Absent while the case is open, and again once it is reopened or restored. */
  endedAt: z.iso.datetime().optional(),
  referredAt: z.iso.datetime().optional(),
});
export type Case = z.infer<typeof caseState>;

/** A case with all that happened to it, in order. */
export interface CaseFile {
  case: Case;
  events: CaseEvent[];
}

/**
 * A case without what outlived its ground: a rating belongs to the answer that it was given to, and a time to object to the
 * archival that it was told with.
 */
export function withoutRemains(found: Case): Case {
  const { stars, objectUntil, ...rest } = found;
  const isRated = found.status === "closed" && found.closure === "confirmed";
  return {
    ...rest,
    ...(isRated && stars !== undefined && { stars }),
    ...(hasEnded(found) && objectUntil !== undefined && { objectUntil }),
  };
}

/** What the reporter told us, as they wrote it. */
export function reportOf({ events }: CaseFile): EventContent<"submitted"> {
  const [first] = events;
  if (first?.type !== "submitted") throw new Error("This history does not begin with a submission");
  return first.content;
}

/** A value as it is read back from the store: fields that are undefined are gone. */
const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export interface Submitted {
  case: Case;
  event: CaseEvent;
  identity: ReporterIdentity | undefined;
}

/**
 * Opens a case at the agency that verifies it: the one that the reporter named, or whoever verifies for that one. `salt` is random and keeps the
 * event's hash from betraying its content.
 */
export function submit(
  { reporter, ...report }: Submission,
  {
    trackingNumber,
    receipt,
    salt,
    language,
    verifyingAgency,
    verifier = report.agencyId ?? verifyingAgency,
    held = false,
    at,
  }: {
    trackingNumber: string;
    receipt: string;
    salt: string;
    language: Language;
    verifyingAgency: string;
    /** Who verifies it in place of the agency that the reporter named. */
    verifier?: string;
    held?: boolean;
    at: Date;
  },
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
  const reachableByMail = identity?.email !== undefined;
  const told = asStored(report);
  const event = chained(
    {
      trackingNumber,
      type: "submitted",
      at: submittedAt,
      by: { role: "reporter" },
      content: { ...told, reachableByMail, ...(held && { held }) },
      salt,
    },
    undefined,
  );
  const { text: _, ...summary } = told;
  return {
    case: {
      ...summary,
      words: tellingWords(report.title, report.text),
      trackingNumber,
      version: 1,
      lastHash: event.hash,
      movedAt: submittedAt,
      status: "submitted",
      submittedAt,
      receiptHash: receiptHash(receipt, trackingNumber),
      ...(held && { held }),
      holder: verifier,
      heldSince: submittedAt,
      returns: 0,
      clocks: [],
      ...(identity && { identityOnFile: true }),
    },
    event,
    identity,
  };
}

/** Who acts on a case: their role, and of an officer also the agency and the officer's id. */
export interface Actor {
  role: ActorRole;
  agencyId?: string;
  officerId?: string;
}

/** Who makes a move, when, and the random salt of its event. */
export interface Act {
  by: Actor;
  at: Date;
  salt: string;
}

/** A case after a move, and the event that tells of it. */
export interface Moved {
  case: Case;
  event: CaseEvent;
  /** The reporter's identity from now on, where the move changes or removes it. */
  identity?: ReporterIdentity | "removed";
  /** The address that was there, where the move replaces or removes it. */
  former?: FormerAddress;
}

/** Writes the next event of a case and changes the case with it. A field set to undefined is removed. */
export function moved<T extends EventType>(
  found: Case,
  { by: { officerId, ...by }, at, salt }: Act,
  type: T,
  content: EventContent<T>,
  change: Partial<Case> = {},
): Moved {
  const event = chained(
    {
      trackingNumber: found.trackingNumber,
      type,
      at: at.toISOString(),
      by,
      ...(officerId && { officerId }),
      content: asStored(content),
      salt,
    },
    { sequence: found.version, hash: found.lastHash },
  );
  const after = withoutRemains({ ...found, ...change });
  return {
    // What newer code stored beside it stays.
    case: tolerant(caseState).parse(
      asStored({
        ...after,
        version: event.sequence,
        lastHash: event.hash,
        movedAt: event.at,
        endedAt: hasEnded(after) ? (found.endedAt ?? event.at) : undefined,
      }),
    ),
    event,
  };
}

/** What changes when an agency hands a case to another. The hop says how long the first one had it. */
export const handedTo = (found: Case, to: string, at: Date) => ({
  hop: {
    from: found.holder,
    to,
    heldSeconds: Math.max(0, Math.floor((at.getTime() - Date.parse(found.heldSince)) / 1000)),
  },
  holder: { holder: to, heldSince: at.toISOString() },
});

/** What changes where another agency may have come in the place of the one that had a case. Nothing where it has not. */
export const handedOn = (found: Case, to: string, at: Date): Partial<ReturnType<typeof handedTo>> =>
  to === found.holder ? {} : handedTo(found, to, at);
