import { randomBytes } from "node:crypto";
import { type Case, moved } from "../case/case.ts";
import { clocked } from "../case/clocks/case-clocks.ts";
import { countingOf } from "../case/clocks/counting-flow.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import type { RefusalReason } from "../case/views/attachment-view.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import type { Outbox } from "../platform/message-queue.ts";
import { logger, metrics } from "../platform/observability.ts";
import { accepted, type Attachment, type AttachmentLimits, refused } from "./attachment.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { FileStore, Upload } from "./file-store.ts";
import { uploadOf } from "./folders.ts";
import { inspect, type Inspection, isTestVirus } from "./inspection/inspection.ts";

/** An upload to inspect, and how often the inspection has waited for the scanner. */
export interface Arrival extends Upload {
  waits: number;
}

export interface Inspecting {
  cases: Pick<CaseStore, "get">;
  attachments: Pick<AttachmentStore, "find" | "begin" | "refuse" | "accept">;
  files: Pick<FileStore, "read" | "verdict" | "keep">;
  directory: DirectoryStore;
  /** Whose word counts on malware: the tag of GuardDuty, or, where there is no scanner, a test string. */
  malwareScan: "guardduty" | "eicar";
  limits: AttachmentLimits;
  /** The inspection's own queue. */
  later: Outbox;
}

/** So many inspections may end without an answer. After them the file counts as one that brings the inspection down. */
const inspections = 3;
/** Each wait takes five minutes. Within an hour there is a verdict, or there will be none. */
const waitsForVerdict = 12;
const secondsBetween = 300;
/** The case may change so often while its file is being accepted. */
const attempts = 12;

/** Asks the message queue to bring the upload again. */
async function waitForVerdict({ later }: Inspecting, { key, etag, versionId, waits }: Arrival) {
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

/** Opens the upload and looks at its content; undefined where there is nothing to settle. */
async function opened(
  { attachments, files, malwareScan, limits }: Inspecting,
  one: Attachment,
  upload: Arrival,
  look: typeof inspect,
): Promise<{ outcome: Inspection; bytes: Uint8Array } | undefined> {
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
  return { outcome: await look(bytes, limits), bytes };
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

/** Stores original and copy, then settles the file together with the move of its case. */
async function accept(
  { cases, attachments, files, directory }: Inspecting,
  one: Attachment,
  { digest, originalType, copy }: Exclude<Inspection, { refused: unknown }>,
  bytes: Uint8Array,
  now: () => Date,
) {
  const { trackingNumber, attachmentId } = one;
  const settled = () => accepted(one, { digest, originalType, copy, at: now() });
  await files.keep("sealed", settled(), bytes);
  await files.keep("clean", settled(), copy.bytes);
  if (copy.thumbnail) await files.keep("thumbnails", settled(), copy.thumbnail);

  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await cases.get(trackingNumber);
    if (!found) throw new Error("The case of this attachment is not there");
    // Each attempt has its own time. A removal in between removes what was settled before it, and not this file.
    const clean = settled();
    const outcome = await attachments.accept(clean, found, await attached(found, clean, directory, now()));
    if (outcome === "case-changed") continue;
    if (outcome === "accepted") {
      logger.info("attachment clean", { trackingNumber, attachmentId, type: copy.type });
      metrics.addMetric("AttachmentClean", "Count", 1);
    }
    return;
  }
  throw new Error(`The case kept changing for ${attempts} attempts`);
}

/**
 * Inspects one upload. A file is settled once: copies of the message, and uploads that came after the one that was
 * inspected, find it settled.
 */
export const inspectAttachment =
  (room: Inspecting, { now = () => new Date(), look = inspect } = {}) =>
  async (upload: Arrival): Promise<void> => {
    const name = uploadOf(upload.key);
    if (!name) {
      logger.warn("an upload that is none of ours");
      return;
    }
    const one = await room.attachments.find(name.trackingNumber, name.attachmentId);
    if (one?.state !== "waiting") return;

    const scan = await scannedBy(room, upload);
    if (scan === "wait") return waitForVerdict(room, upload);
    if (scan !== "may-be-opened") return refuse(room, one, scan.refused, now());

    const { outcome, bytes } = (await opened(room, one, upload, look)) ?? {};
    if (!outcome || !bytes) return;
    if ("refused" in outcome) return refuse(room, one, outcome.refused, now());
    await accept(room, one, outcome, bytes, now);
  };
