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
import {
  type Attachment,
  downloadSeconds,
  fileKey,
  type FilePlace,
  type FileType,
  savedAs,
  uploadKey,
  uploadSeconds,
} from "./attachment.ts";

/** What was put into the bucket at one moment: another upload under the same key is another one. */
export interface Upload {
  key: string;
  etag: string;
  versionId?: string | undefined;
}

/** "none": the scanner has not said anything yet. "unknown": it could not look. */
export type Verdict = "clean" | "malware" | "unknown" | "none";

/** Whether what is stored of an attachment is to go, by its id and by when it was stored. */
export type Goes = (attachmentId: string, stored: Date) => boolean;

export interface FileStore {
  /** A form that takes one file of at most the announced size and of the announced type, for a quarter of an hour. */
  uploadForm(one: Attachment): Promise<{ url: string; fields: Record<string, string> }>;
  /** An address that gives out one file for a minute, as a download of a type that we wrote. */
  download(place: FilePlace, one: Attachment): Promise<string>;
  /** The bytes of an upload; undefined where another one has taken its place. */
  read(upload: Upload): Promise<Uint8Array | undefined>;
  /** What the scanner wrote on an upload. */
  verdict(upload: Upload): Promise<Verdict>;
  /** Removes what is stored of a case in these places, as far as it is to go. */
  erase(trackingNumber: string, places: readonly FilePlace[], goes: Goes): Promise<void>;
  /** Stores a file once; what is there under this key already is the same. */
  keep(place: FilePlace, one: Attachment, bytes: Uint8Array): Promise<void>;
}

const endingType = (place: FilePlace, { type, originalType }: Attachment): FileType => {
  if (place === "thumbnails") return "image/jpeg";
  return place === "sealed" ? (originalType ?? type) : type;
};

const named = (error: unknown, ...names: string[]) => names.includes((error as { name?: string }).name ?? "");

/** What GuardDuty writes into its tag. */
const verdicts: Readonly<Record<string, Verdict>> = {
  NO_THREATS_FOUND: "clean",
  THREATS_FOUND: "malware",
};

/** The files of attachments, in a bucket that nobody reads but by addresses that we sign. */
export const fileStore = (s3: S3Client, bucket: string): FileStore => ({
  async uploadForm(one) {
    return createPresignedPost(s3, {
      Bucket: bucket,
      Key: uploadKey(one),
      Fields: { "Content-Type": one.type },
      Conditions: [["content-length-range", 1, one.size]],
      Expires: uploadSeconds,
    });
  },

  async download(place, one) {
    return getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket: bucket,
        Key: fileKey(place, one),
        ResponseContentType: endingType(place, one),
        ResponseContentDisposition: `attachment; filename="${savedAs(place, one)}"`,
        ResponseCacheControl: "private, no-store",
      }),
      { expiresIn: downloadSeconds },
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

  async verdict({ key, versionId }) {
    const { TagSet = [] } = await s3.send(
      new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
    );
    const tag = TagSet.find(({ Key }) => Key === "GuardDutyMalwareScanStatus")?.Value;
    return tag === undefined ? "none" : (verdicts[tag] ?? "unknown");
  },

  async erase(trackingNumber, places, goes) {
    for (const place of places) {
      const prefix = `${place}/${trackingNumber}/`;
      const ofCase = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix });
      for await (const { Contents = [] } of ofCase)
        for (const { Key = "", LastModified = new Date() } of Contents)
          if (goes(Key.slice(prefix.length).split("/", 1)[0] ?? "", LastModified))
            await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    }
  },

  async keep(place, one, bytes) {
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: fileKey(place, one),
          Body: bytes,
          ContentType: endingType(place, one),
          ContentDisposition: `attachment; filename="${savedAs(place, one)}"`,
          CacheControl: "private, no-store",
          IfNoneMatch: "*",
        }),
      );
    } catch (error) {
      if (!named(error, "PreconditionFailed")) throw error;
    }
  },
});
