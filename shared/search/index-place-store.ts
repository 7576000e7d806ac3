import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { readStored } from "../platform/read-stored.ts";
import { type IndexPointer, indexPointer } from "./pointer.ts";

/** Where indexes are kept. */
export interface IndexPlace {
  /** Which index is the newest; undefined before the first. */
  newest(): Promise<IndexPointer | undefined>;
  /** Copies an index into a file. False where there is none of this name. */
  fetch(name: string, file: string): Promise<boolean>;
  /** Keeps an index under its name. */
  keep(name: string, file: string): Promise<void>;
  /** Makes an index the newest. It has to be kept already. */
  point(to: IndexPointer): Promise<void>;
}

const pointerKey = "newest/index.json";
const keyOf = (name: string): string => `indexes/${name}.sqlite`;

/** Indexes in a bucket. What nobody points to any more is forgotten by the bucket itself. */
export const indexPlace = (s3: S3Client, bucket: string): IndexPlace => {
  const read = async (key: string) => {
    try {
      return (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return {
    async newest() {
      const text = await (await read(pointerKey))?.transformToString();
      return text === undefined ? undefined : readStored(indexPointer, JSON.parse(text));
    },
    async fetch(name, file) {
      const body = await read(keyOf(name));
      if (!body) return false;
      await pipeline(body as Readable, createWriteStream(file));
      return true;
    },
    async keep(name, file) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(name),
          Body: createReadStream(file),
          ContentLength: (await stat(file)).size,
          ContentType: "application/vnd.sqlite3",
        }),
      );
    },
    async point(to) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: pointerKey,
          Body: JSON.stringify(to),
          ContentType: "application/json",
        }),
      );
    },
  };
};
