import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { FileType } from "../case/views/attachment-view.ts";
import { type Attachment, downloadSeconds, originalSeconds, uploadSeconds } from "./attachment.ts";
import { fileKey, type Folder, savedAs, uploadKey } from "./folders.ts";

/** What was put into the bucket at one moment. A second upload under the same key is another upload. */
export interface Upload {
  key: string;
  etag: string;
  versionId?: string | undefined;
}

/** "none": the scanner has said nothing yet. "unknown": it could not look. */
export type Verdict = "clean" | "malware" | "unknown" | "none";

/** Whether a stored file is to be removed, by the id of its attachment and by when it was stored. */
export type Goes = (attachmentId: string, stored: Date) => boolean;

export interface FileStore {
  /** A form that takes one file of at most the announced size and of the announced type, for a quarter of an hour. */
  uploadForm(
    one: Attachment,
    /** Where the bucket leads the browser that has sent the form of a page. It adds bucket, key and ETag to the address. */
    leadsTo?: string,
  ): Promise<{ url: string; fields: Record<string, string> }>;
  /** The origin to which forms are sent, and from which files come. */
  origin(): Promise<string>;
  /** An address that gives out one file for a minute, as a download with a name and a type of ours. That of an original works for seconds. */
  download(folder: Folder, one: Attachment): Promise<string>;
  /** The bytes of an upload; undefined where another one came in its stead. */
  read(upload: Upload): Promise<Uint8Array | undefined>;
  /** Removes an upload that nothing more is to come of. */
  drop(upload: Pick<Upload, "key">): Promise<void>;
  /** What the scanner wrote on an upload. */
  verdict(upload: Upload): Promise<Verdict>;
  /** Removes what lies in these folders of a case, as far as `goes` says. */
  erase(trackingNumber: string, folders: readonly Folder[], goes: Goes): Promise<void>;
  /** Stores a file once. Whatever lies under its key already is the same file. */
  keep(folder: Folder, one: Attachment, bytes: Uint8Array): Promise<void>;
}

const endingType = (folder: Folder, { type, originalType }: Attachment): FileType => {
  if (folder === "thumbnails") return "image/jpeg";
  return folder === "sealed" ? (originalType ?? type) : type;
};

const named = (error: unknown, ...names: string[]) => names.includes((error as { name?: string }).name ?? "");

/** The words of GuardDuty's tag. */
const verdicts: Readonly<Record<string, Verdict>> = {
  NO_THREATS_FOUND: "clean",
  THREATS_FOUND: "malware",
};

/** The files of attachments. People reach the bucket only by addresses that we sign. */
export const fileStore = (s3: S3Client, bucket: string): FileStore => ({
  async uploadForm(one, leadsTo) {
    return createPresignedPost(s3, {
      Bucket: bucket,
      Key: uploadKey(one),
      // A field that is given is a condition too: nobody changes where the browser is led.
      Fields: {
        "Content-Type": one.type,
        ...(leadsTo !== undefined && { success_action_redirect: leadsTo }),
      },
      Conditions: [["content-length-range", 1, one.size]],
      Expires: uploadSeconds,
    });
  },

  async origin() {
    // Signing asks nobody, and it knows the bucket's host.
    return new URL(await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: "-" }))).origin;
  },

  async download(folder, one) {
    return getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket: bucket,
        Key: fileKey(folder, one),
        ResponseContentType: endingType(folder, one),
        ResponseContentDisposition: `attachment; filename="${savedAs(folder, one)}"`,
        ResponseCacheControl: "private, no-store",
      }),
      { expiresIn: folder === "sealed" ? originalSeconds : downloadSeconds },
    );
  },

  async read({ key, etag, versionId }) {
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${etag}"`, VersionId: versionId }),
      );
      return await Body?.transformToByteArray();
    } catch (error) {
      if (named(error, "NoSuchKey", "NoSuchVersion", "PreconditionFailed")) return undefined;
      throw error;
    }
  },

  async drop({ key }) {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },

  async verdict({ key, versionId }) {
    const { TagSet = [] } = await s3.send(
      new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
    );
    const tag = TagSet.find(({ Key }) => Key === "GuardDutyMalwareScanStatus")?.Value;
    return tag === undefined ? "none" : (verdicts[tag] ?? "unknown");
  },

  async erase(trackingNumber, folders, goes) {
    for (const folder of folders) {
      const prefix = `${folder}/${trackingNumber}/`;
      const ofCase = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix });
      for await (const { Contents = [] } of ofCase)
        for (const { Key = "", LastModified = new Date() } of Contents)
          if (goes(Key.slice(prefix.length).split("/", 1)[0] ?? "", LastModified))
            await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    }
  },

  async keep(folder, one, bytes) {
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: fileKey(folder, one),
          Body: bytes,
          ContentType: endingType(folder, one),
          ContentDisposition: `attachment; filename="${savedAs(folder, one)}"`,
          CacheControl: "private, no-store",
          IfNoneMatch: "*",
        }),
      );
    } catch (error) {
      if (!named(error, "PreconditionFailed")) throw error;
    }
  },
});
