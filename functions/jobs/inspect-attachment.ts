import * as z from "zod";
import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { fileStore } from "../../shared/attachment/file-store.ts";
import { inspectAttachment } from "../../shared/attachment/inspection-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { patience } from "../../shared/platform/patience.ts";
import { json, oneOf, settings, text, webAddress } from "../../shared/platform/settings.ts";
import { storageClient } from "../../shared/platform/storage.ts";

/** S3 tells of an upload. The message comes by way of EventBridge. */
const uploaded = z
  .object({
    "detail-type": z.literal("Object Created"),
    time: z.iso.datetime(),
    detail: z.object({
      object: z.object({ key: z.string(), etag: z.string(), "version-id": z.string().optional() }),
    }),
  })
  .transform(({ time, detail: { object } }) => ({
    key: object.key,
    etag: object.etag,
    versionId: object["version-id"],
    at: time,
    waits: 0,
  }));

/** GuardDuty has looked. Its verdict is read from the tag, which belongs to that one version of the object. */
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

/** Our own message. It comes again because there was no verdict yet. */
const again = z.strictObject({
  key: z.string(),
  etag: z.string(),
  versionId: z.string().optional(),
  waits: z.int().positive(),
});

/** What the message queue of uploads brings. */
export const uploadMessage = z.union([uploaded, scanned, again]);

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
    files: fileStore(storageClient(patience.wholeFiles), env.ATTACHMENTS_BUCKET),
    directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
    malwareScan: env.MALWARE_SCAN,
    limits: env.ATTACHMENT_LIMITS,
    later: outbox(sqsClient(), env.ATTACHMENTS_QUEUE_URL),
  }),
);
