import { randomBytes } from "node:crypto";
import { type Case, moved } from "../case/case.ts";
import { clocked } from "../case/clocks/case-clocks.ts";
import { countingOf } from "../case/clocks/counting-flow.ts";
import { inChargeOf } from "../case/moves/handing/holder-flow.ts";
import { permittedMoves, situationOf } from "../case/moves/table.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import type { FileType, RefusalReason } from "../case/views/attachment-view.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import { successorOf } from "../directory/succession-flow.ts";
import type { Outbox } from "../platform/message-queue.ts";
import { logger, metrics } from "../platform/observability.ts";
import {
  accepted,
  type Attachment,
  type AttachmentLimits,
  type Copy,
  isOfficeFile,
  isOfReporter,
  isTooLate,
  mayStillCome,
  refused,
  saltedDigest,
} from "./attachment.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { FileStore, Upload } from "./file-store.ts";
import { folders, uploadOf } from "./folders.ts";
import { inspect, inspectPacked, isPacked, isTestVirus } from "./inspection/inspection.ts";
import { isWithoutOriginal, withoutOriginal } from "./retention.ts";

/** An upload to inspect, and how often the inspection has waited for the scanner. */
export interface Arrival extends Upload {
  /** When it was uploaded, where the message says so. */
  at?: string;
  waits: number;
}

export interface Inspecting {
  cases: Pick<CaseStore, "get">;
  attachments: Pick<AttachmentStore, "find" | "arrived" | "begin" | "refuse" | "accept">;
  files: Pick<FileStore, "read" | "verdict" | "keep" | "erase" | "drop">;
  directory: DirectoryStore;
  /** Whose word counts on malware: the tag of GuardDuty, or, where there is no scanner, a test string. */
  malwareScan: "guardduty" | "eicar";
  limits: AttachmentLimits;
  /** The inspection's own queue. */
  later: Outbox;
}

/** What the content of a file is, and its copy where it can have one. */
type Outcome = { refused: RefusalReason } | { digest: string; originalType: FileType; copy?: Copy };

/** So many inspections may end without an answer. After them the file counts as one that brings the inspection down. */
const inspections = 3;
/** Each wait takes five minutes. Within an hour there is a verdict, or there will be none. */
const waitsForVerdict = 12;
const secondsBetween = 300;
/** The case may change so often while its file is being accepted. */
const attempts = 12;

/** Asks the message queue to bring the upload again. */
async function waitForVerdict({ later }: Inspecting, { key, etag, versionId, waits }: Arrival) {
  // The scanner tells within a minute. Whatever waits for a second time has been passed over.
  if (waits > 0) metrics.addMetric("VerdictMissing", "Count", 1);
  const message = { key, etag, versionId, waits: waits + 1 };
  const notTaken = await later.send([message], { delaySeconds: secondsBetween });
  if (notTaken.length > 0) throw new Error("The message queue did not take the reminder");
}

/** What the scanner's verdict means for the upload. Without a scanner every upload may be opened. */
async function scannedBy({ malwareScan, files }: Inspecting, upload: Arrival) {
  if (malwareScan !== "guardduty") return "may-be-opened";
  const verdict = await files.verdict(upload);
  if (verdict === "clean") return "may-be-opened";
  if (verdict === "malware") return { refused: "malware" as const };
  return verdict === "none" && upload.waits < waitsForVerdict ? "wait" : { refused: "not-scanned" as const };
}

/** Why a file may not become part of its case, whatever is in it. Its sender has to be able to attach to the case as it stands now. */
async function objectionTo(
  room: Inspecting,
  one: Attachment,
  found: Case,
  { came, at }: { came: Date; at: Date },
): Promise<RefusalReason | undefined> {
  if (!mayStillCome(one, at) || isTooLate(one, came)) return "too-late";
  return (await mayAttach(room, one, found)) ? undefined : "case-ended";
}

/** A message that does not say when its upload came may have waited for the scanner. */
const came = ({ at }: Arrival, now: Date): Date =>
  at === undefined ? new Date(now.getTime() - waitsForVerdict * secondsBetween * 1000) : new Date(at);

async function mayAttach({ directory }: Inspecting, { by }: Attachment, found: Case): Promise<boolean> {
  const { role, agencyId = "" } = by;
  // The system sends no files.
  if (role === "system") return false;
  if (role === "reporter") return permittedMoves(situationOf(found), { role, own: true }).includes("attach");
  const [inCharge, heir] = await Promise.all([
    inChargeOf(directory, found),
    // The sender's agency may have been closed since, and its cases handed over.
    successorOf(directory, agencyId),
  ]);
  const own = [agencyId, heir?.id].some((id) => id !== undefined && inCharge.includes(id));
  return permittedMoves(situationOf(found), { role, own }).includes("attach");
}

/** The case of a file. A file cannot be asked for without its case. */
async function caseOf({ cases }: Inspecting, { trackingNumber }: Attachment): Promise<Case> {
  const found = await cases.get(trackingNumber);
  if (!found) throw new Error("The case of this attachment is not there");
  return found;
}

/** Opens the upload and looks at its content; undefined where there is nothing to settle. */
async function opened(
  { attachments, files, malwareScan, limits }: Inspecting,
  one: Attachment,
  upload: Arrival,
  look: typeof inspect,
): Promise<{ outcome: Outcome; bytes: Uint8Array } | undefined> {
  const nothing = new Uint8Array();
  const inspection = await attachments.begin(one);
  if (inspection === undefined) return undefined;
  if (inspection > inspections) return { outcome: { refused: "unreadable" }, bytes: nothing };
  const bytes = await files.read(upload);
  if (!bytes) {
    const { trackingNumber, attachmentId } = one;
    logger.info("another upload came in place of this one", { trackingNumber, attachmentId });
    return undefined;
  }
  if (bytes.length > one.size) return { outcome: { refused: "too-large" }, bytes };
  if (malwareScan === "eicar" && isTestVirus(bytes)) return { outcome: { refused: "malware" }, bytes };
  const outcome: Outcome = isPacked(bytes) ? await inspectPacked(bytes) : await look(bytes, limits);
  if (!("refused" in outcome) && isOfficeFile({ type: outcome.originalType }) && !isOfReporter(one))
    return { outcome: { refused: "not-public" }, bytes };
  return { outcome, bytes };
}

/** The move that makes a clean file part of its case. It is the move of whoever sent the file. */
async function attached(found: Case, one: Attachment, directory: DirectoryStore, at: Date) {
  const { attachmentId, originalType, type, digest = "", by, officerId } = one;
  const act = {
    by: { ...by, ...(officerId && { officerId }) },
    at,
    salt: randomBytes(16).toString("base64url"),
  };
  const content = { attachmentId, type: originalType ?? type, digest };
  const event = moved(found, act, "attached", content, { filesOnFile: true });
  return clocked(found, event, await countingOf(directory, found.holder));
}

/** Settles the file as refused. Nothing of it is kept, and its case does not change. */
async function refuse({ attachments }: Inspecting, one: Attachment, reason: RefusalReason, at: Date) {
  if (!(await attachments.refuse(refused(one, reason, at)))) return;
  const { trackingNumber, attachmentId } = one;
  logger.info("attachment refused", { trackingNumber, attachmentId, reason });
  metrics.addMetric("AttachmentRefused", "Count", 1);
}

/** Stores the original, and its copy where there is one. The original of a file whose sender has had it erased meanwhile is not stored. */
async function keep({ files }: Inspecting, clean: Attachment, copy: Copy | undefined, original: Uint8Array) {
  if (!clean.originalRemoved) await files.keep("sealed", clean, original);
  if (copy) await files.keep("clean", clean, copy.bytes);
  if (copy?.thumbnail) await files.keep("thumbnails", clean, copy.thumbnail);
}

/** Settles the file together with the move of its case, or refuses it where its case does not take it any more. */
async function accept(
  room: Inspecting,
  one: Attachment,
  { digest: plain, originalType, copy }: Exclude<Outcome, { refused: unknown }>,
  bytes: Uint8Array,
  now: () => Date,
) {
  const digest = saltedDigest(one, plain);
  let isErased = false;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await caseOf(room, one);
    // Each attempt has its own time. A removal in between removes what was settled before it, and not this file.
    const at = now();
    const objection = await objectionTo(room, one, found, { came: at, at });
    if (objection) return refuse(room, one, objection, at);
    // Once an original was not stored it stays so, also where the case has forgotten the request.
    isErased ||= isWithoutOriginal(one, found);
    const settled = accepted(one, { digest, originalType, size: bytes.length, copy, at });
    const clean = isErased ? withoutOriginal(settled) : settled;
    if (attempt === 0) await keep(room, clean, copy, bytes);
    const outcome = await room.attachments.accept(
      clean,
      found,
      await attached(found, clean, room.directory, at),
    );
    if (outcome === "case-changed") continue;
    if (outcome === "accepted") {
      const { trackingNumber, attachmentId } = one;
      logger.info("attachment clean", { trackingNumber, attachmentId, type: clean.type });
      metrics.addMetric("AttachmentClean", "Count", 1);
    }
    return;
  }
  throw new Error(`The case kept changing for ${attempts} attempts`);
}

/** Inspects an upload of a file that waits, and settles the file. It goes on waiting where there is no verdict yet. */
async function settle(
  room: Inspecting,
  one: Attachment,
  upload: Arrival,
  { now, look }: { now: () => Date; look: typeof inspect },
): Promise<void> {
  const at = now();
  const objection = await objectionTo(room, one, await caseOf(room, one), { came: came(upload, at), at });
  if (objection) return refuse(room, one, objection, at);
  if (one.unusedAt !== undefined) await room.attachments.arrived(one);
  const { unusedAt: _, ...awaited } = one;

  const scan = await scannedBy(room, upload);
  if (scan === "wait") return waitForVerdict(room, upload);
  if (scan !== "may-be-opened") return refuse(room, awaited, scan.refused, now());

  const { outcome, bytes } = (await opened(room, awaited, upload, look)) ?? {};
  if (!outcome || !bytes) return;
  if ("refused" in outcome) return refuse(room, awaited, outcome.refused, now());
  await accept(room, awaited, outcome, bytes, now);
}

/**
 * Erases the upload of a file that is settled, and whatever must not be kept of it. An inspection that died, or that was
 * overtaken, may have stored it.
 */
async function tidy({ files }: Inspecting, { key }: Upload, settled: Attachment): Promise<void> {
  const { trackingNumber, attachmentId, state, originalRemoved } = settled;
  if (state !== "clean") await files.erase(trackingNumber, folders, (id) => id === attachmentId);
  else if (originalRemoved) await files.erase(trackingNumber, ["sealed"], (id) => id === attachmentId);
  await files.drop({ key });
}

/**
 * Inspects one upload. A file is settled once: copies of the message, and uploads that came after the one that was
 * inspected, find it settled. Nothing of them is kept.
 */
export const inspectAttachment =
  (room: Inspecting, { now = () => new Date(), look = inspect } = {}) =>
  async (upload: Arrival): Promise<void> => {
    const name = uploadOf(upload.key);
    if (!name) {
      logger.warn("an upload that is none of ours");
      return;
    }
    const find = () => room.attachments.find(name.trackingNumber, name.attachmentId);
    const one = await find();
    // A form that nobody gave, or that was forgotten since.
    if (!one) return room.files.drop(upload);
    if (one.state === "waiting") await settle(room, one, upload, { now, look });
    const after = await find();
    if (after && after.state !== "waiting") await tidy(room, upload, after);
  };
