import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import * as z from "zod";

/**
 * A repeated submission must get its receipt again, although we keep only the receipt's hash. So the answer is sealed
 * under the client's own Idempotency-Key: a version 4 UUID has 122 random bits, and the table knows only its hash.
 */
export const retryRecord = z.strictObject({
  keyHash: z.string(),
  /** Keyed by the Idempotency-Key as well, so that nobody can test a guessed text against it. */
  bodyMac: z.string(),
  sealedAnswer: z.string(),
  /** Epoch seconds; DynamoDB removes the record some time after. */
  expiresAt: z.int(),
});
export type RetryRecord = z.infer<typeof retryRecord>;

export const retryWindowSeconds = 24 * 60 * 60;

const keysOf = (idempotencyKey: string) => {
  const derived = Buffer.from(
    hkdfSync("sha256", idempotencyKey.toLowerCase(), "", "sp4n-lapor submission retry", 64),
  );
  return { sealing: derived.subarray(0, 32), comparing: derived.subarray(32) };
};

const macOf = (idempotencyKey: string, body: unknown): string =>
  createHmac("sha256", keysOf(idempotencyKey).comparing).update(JSON.stringify(body)).digest("base64url");

export const keyHash = (idempotencyKey: string): string =>
  createHash("sha256").update(`idempotency-key:${idempotencyKey.toLowerCase()}`).digest("base64url");

/** Seals the answer to a submission for repeats of it. `body` is the parsed body, whose keys have one order; `nonce` is 12 random bytes. */
export function sealForRetry(
  idempotencyKey: string,
  body: unknown,
  answer: unknown,
  { at, nonce }: { at: Date; nonce: Uint8Array },
): RetryRecord {
  const cipher = createCipheriv("aes-256-gcm", keysOf(idempotencyKey).sealing, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer)), cipher.final()]);
  return {
    keyHash: keyHash(idempotencyKey),
    bodyMac: macOf(idempotencyKey, body),
    sealedAnswer: Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url"),
    expiresAt: Math.floor(at.getTime() / 1000) + retryWindowSeconds,
  };
}

/** The answer that the first of several equal submissions got, or undefined when this one says something else. */
export function openForRetry(record: RetryRecord, idempotencyKey: string, body: unknown): unknown {
  if (record.bodyMac !== macOf(idempotencyKey, body)) return undefined;
  const bytes = Buffer.from(record.sealedAnswer, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keysOf(idempotencyKey).sealing, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString());
}
