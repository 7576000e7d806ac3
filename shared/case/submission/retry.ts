import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as z from "zod";

/**
 * A repeated submission gets its receipt again, although we keep only the hash of a receipt. So the answer is sealed under the
 * client's own Idempotency-Key. A version 4 UUID has 122 random bits, and the table knows only the hash of it.
 */
export const retryRecord = z.strictObject({
  keyHash: z.string(),
  /** Under the Idempotency-Key as well, so that nobody can test a guessed text against it. */
  bodyMac: z.string(),
  sealedAnswer: z.string(),
  /** 2: the answer was compressed before it was sealed. Records without it hold the answer as it is. */
  format: z.literal(2).optional(),
  /** Epoch seconds, at a full hour; DynamoDB removes the record some time after. */
  expiresAt: z.int(),
});
export type RetryRecord = z.infer<typeof retryRecord>;

export const retryWindowSeconds = 24 * 60 * 60;
const hour = 60 * 60;

const keysOf = (idempotencyKey: string) => {
  const derived = Buffer.from(
    hkdfSync("sha256", idempotencyKey.toLowerCase(), "", "sp4n-lapor submission retry", 64),
  );
  return { sealing: derived.subarray(0, 32), comparing: derived.subarray(32) };
};

const macOf = (comparing: Uint8Array, body: unknown): string =>
  createHmac("sha256", comparing).update(JSON.stringify(body)).digest("base64url");

export const keyHash = (idempotencyKey: string): string =>
  createHash("sha256").update(`idempotency-key:${idempotencyKey.toLowerCase()}`).digest("base64url");

/**
 * Seals the answer to a submission for its repeats. `body` is the parsed body, whose keys have one order; `nonce` is 12 random bytes.
 *
 * The answer is compressed, so that its record stays below a kilobyte: DynamoDB charges two units for each kilobyte of a
 * transaction. The length of compressed text tells of a secret in it to whoever chooses the text beside the secret. Nobody does
 * that here: the answer repeats nothing of the report, and the reporter knows the receipt. The length alone tells less than
 * three of the 94 bits of a receipt.
 */
export function sealForRetry(
  idempotencyKey: string,
  body: unknown,
  answer: unknown,
  { at, nonce }: { at: Date; nonce: Uint8Array },
): RetryRecord {
  const { sealing, comparing } = keysOf(idempotencyKey);
  const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
  const sealed = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(answer))), cipher.final()]);
  return {
    keyHash: keyHash(idempotencyKey),
    bodyMac: macOf(comparing, body),
    sealedAnswer: Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url"),
    format: 2,
    // Of all reports of an hour alike, so that it does not tell which of them this is.
    expiresAt: Math.ceil((at.getTime() / 1000 + retryWindowSeconds) / hour) * hour,
  };
}

/** The answer that the first of several equal submissions got. Undefined when this one says something else. */
export function openForRetry(record: RetryRecord, idempotencyKey: string, body: unknown): unknown {
  const { sealing, comparing } = keysOf(idempotencyKey);
  if (record.bodyMac !== macOf(comparing, body)) return undefined;
  const bytes = Buffer.from(record.sealedAnswer, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  const opened = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  return JSON.parse((record.format === 2 ? inflateRawSync(opened) : opened).toString());
}
