import { randomBytes } from "node:crypto";
import * as z from "zod";
import {
  accepted,
  type Attachment,
  type AttachmentLimits,
  attachmentLimits,
  type RefusalReason,
  refused,
  uploadOf,
} from "../../shared/attachment/attachment.ts";
import { type AttachmentStore, attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { type FileStore, fileStore } from "../../shared/attachment/file-store.ts";
import { inspect, isTestVirus } from "../../shared/attachment/inspection.ts";
import { type Case, moved } from "../../shared/case/case.ts";
import { clocked } from "../../shared/case/clocks/case-clocks.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { storageClient } from "../../shared/case/store/anchor-store.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/message-queue.ts";
import { logger, metrics } from "../../shared/observability.ts";
import { json, oneOf, settings, text, webAddress } from "../../shared/settings.ts";

/** S3 tells of an upload, by way of EventBridge. */
const uploaded = z
  .object({
    "detail-type": z.literal("Object Created"),
    detail: z.object({
      object: z.object({ key: z.string(), etag: z.string(), "version-id": z.string().optional() }),
    }),
  })
  .transform(({ detail: { object } }) => ({
    key: object.key,
    etag: object.etag,
    versionId: object["version-id"],
    waits: 0,
  }));

/** GuardDuty tells that it has looked. What it found is read from the tag, which belongs to that one version. */
const scanned = z
  .object({
    "detail-type": z.literal("GuardDuty Malware Protection Object Scan Result"),
    detail: z.object({
      s3ObjectDetails: z.object({
        objectKey: z.string(),
        eTag: z.string(),
        versionId: z.string().optional(),
      }),
    }),
  })
  .transform(({ detail: { s3ObjectDetails } }) => ({
    key: s3ObjectDetails.objectKey,
    etag: s3ObjectDetails.eTag,
    versionId: s3ObjectDetails.versionId,
    waits: 0,
  }));

/** Our own message: look again, because there was no verdict yet. */
const again = z.strictObject({
  key: z.string(),
  etag: z.string(),
  versionId: z.string().optional(),
  waits: z.int().positive(),
});

export const uploadMessage = z.union([uploaded, scanned, again]);
type UploadMessage = z.output<typeof uploadMessage>;

/** Looks that end without an answer: the file brings the inspection down. */
const inspections = 3;
/** Five minutes each: within an hour there is a verdict, or there will be none. */
const waitsForVerdict = 12;
const secondsBetween = 300;
/** Writers that keep coming in between. */
const attempts = 12;

export interface Inspecting {
  cases: Pick<CaseStore, "get">;
  attachments: Pick<AttachmentStore, "find" | "begin" | "refuse" | "accept">;
  files: Pick<FileStore, "read" | "verdict" | "keep">;
  directory: DirectoryStore;
  /** Whose word counts on malware: the tag of GuardDuty, or, where there is none, a test string. */
  malwareScan: "guardduty" | "eicar";
  limits: AttachmentLimits;
  /** Its own queue. */
  later: Outbox;
}

/**
 * Inspects one upload. Settles a file once: copies of the message, and uploads that came behind the one that was
 * inspected, find it settled. Nothing of a refused file is kept, and its case does not change.
 */
export const inspectAttachment =
  (
    { cases, attachments, files, directory, malwareScan, limits, later }: Inspecting,
    { now = () => new Date(), look = inspect } = {},
  ) =>
  async (upload: UploadMessage): Promise<void> => {
    const name = uploadOf(upload.key);
    if (!name) {
      logger.warn("an upload that is none of ours");
      return;
    }
    const one = await attachments.find(name.trackingNumber, name.attachmentId);
    if (one?.state !== "waiting") return;

    const refuse = async (reason: RefusalReason) => {
      if (await attachments.refuse(refused(one, reason, now()))) {
        logger.info("attachment refused", { ...name, reason });
        metrics.addMetric("AttachmentRefused", "Count", 1);
      }
    };

    if (malwareScan === "guardduty") {
      const verdict = await files.verdict(upload);
      if (verdict === "malware") return refuse("malware");
      if (verdict === "unknown" || (verdict === "none" && upload.waits >= waitsForVerdict))
        return refuse("not-scanned");
      if (verdict === "none") {
        const { key, etag, versionId, waits } = upload;
        const message = { key, etag, versionId, waits: waits + 1 };
        const notTaken = await later.send([message], { delaySeconds: secondsBetween });
        if (notTaken.length > 0) throw new Error("The queue did not take the reminder");
        return;
      }
    }

    const inspection = await attachments.begin(one);
    if (inspection === undefined) return;
    if (inspection > inspections) return refuse("unreadable");
    const bytes = await files.read(upload);
    if (!bytes) {
      logger.info("another upload took the place of this one", { ...name });
      return;
    }
    if (bytes.length > one.size) return refuse("too-large");
    if (malwareScan === "eicar" && isTestVirus(bytes)) return refuse("malware");
    const outcome = await look(bytes, limits);
    if ("refused" in outcome) return refuse(outcome.refused);

    const { copy, digest, originalType } = outcome;
    const settled = () => accepted(one, { digest, originalType, copy, at: now() });
    await files.keep("sealed", settled(), bytes);
    await files.keep("clean", settled(), copy.bytes);
    if (copy.thumbnail) await files.keep("thumbnails", settled(), copy.thumbnail);

    for (let attempt = 0; attempt < attempts; attempt++) {
      const found = await cases.get(name.trackingNumber);
      if (!found) throw new Error("The case of this attachment is not there");
      // At the time of this attempt: a removal that came in between must not take it for one of those before.
      const clean = settled();
      const outcome = await attachments.accept(clean, found, await attached(found, clean, directory, now()));
      if (outcome === "case-changed") continue;
      if (outcome === "accepted") {
        logger.info("attachment clean", { ...name, type: copy.type });
        metrics.addMetric("AttachmentClean", "Count", 1);
      }
      return;
    }
    throw new Error(`The case kept changing for ${attempts} attempts`);
  };

/** The move that makes a file part of its case: of whoever sent it, when it was found clean. */
async function attached(found: Case, one: Attachment, directory: DirectoryStore, at: Date) {
  const { attachmentId, originalType, type, digest = "", by, officerId } = one;
  const act = {
    by: { ...by, ...(officerId && { officerId }) },
    at,
    salt: randomBytes(16).toString("base64url"),
  };
  const event = moved(
    found,
    act,
    "attached",
    { attachmentId, type: originalType ?? type, digest },
    { filesOnFile: true },
  );
  return clocked(found, event, await countingOf(directory, found.holder));
}

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  DIRECTORY_TABLE: text,
  MALWARE_SCAN: oneOf("guardduty", "eicar"),
  ATTACHMENT_LIMITS: json(attachmentLimits),
  ATTACHMENTS_QUEUE_URL: webAddress,
};
const env = settings(variables);

const dynamo = dynamoClient();
const cases = env.CASES_TABLE;
export const handler = worker(
  uploadMessage,
  inspectAttachment({
    cases: caseStore(dynamo, { cases }),
    attachments: attachmentStore(dynamo, cases),
    files: fileStore(storageClient(), env.ATTACHMENTS_BUCKET),
    directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
    malwareScan: env.MALWARE_SCAN,
    limits: env.ATTACHMENT_LIMITS,
    later: outbox(sqsClient(), env.ATTACHMENTS_QUEUE_URL),
  }),
);
