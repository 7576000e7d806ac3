import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { EntryAnchor } from "../../directory/entry-history.ts";
import { type Anchor, anchorKey } from "./anchor.ts";

type Part =
  | [day: string, run: string, of: "cases", part: number, anchors: readonly Anchor[]]
  | [day: string, run: string, of: "directory", part: number, anchors: readonly EntryAnchor[]];

export interface AnchorStore {
  /** Whether a day's copy is finished. */
  isComplete(day: string): Promise<boolean>;
  /** Writes one part of a day's copy; `run` keeps the parts of two runs apart. */
  write(...part: Part): Promise<void>;
  /** Marks a day's copy as finished; a second mark changes nothing. */
  complete(day: string): Promise<void>;
}

const completeKey = (day: string): string => `anchors/${day}/complete`;

/** Copies of newest hashes in a bucket whose objects nobody can overwrite or remove. */
export const anchorStore = (s3: S3Client, bucket: string): AnchorStore => ({
  async isComplete(day) {
    try {
      await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: completeKey(day) }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  },

  async write(day, run, of, part, anchors) {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: anchorKey(day, run, of, part),
        Body: anchors.map((one) => `${JSON.stringify(one)}\n`).join(""),
        ContentType: "application/x-ndjson",
        IfNoneMatch: "*",
      }),
    );
  },

  async complete(day) {
    try {
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: completeKey(day), Body: "", IfNoneMatch: "*" }),
      );
    } catch (error) {
      if ((error as { name?: string }).name !== "PreconditionFailed") throw error;
    }
  },
});
