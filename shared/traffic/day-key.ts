import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

/** What a key of a day is for. Whoever holds the key for one purpose can make none for another. */
export type KeyPurpose = "counts" | "outlines" | "challenges" | "uses";

/** The text whose keyed hash is the secret of a day (UTC). Only a key that nobody can read out makes that hash. */
export const dayLabel = (day: string): string => `sp4n-lapor traffic ${day}`;

export const keyFor = (secretOfDay: string, purpose: KeyPurpose): string =>
  createHmac("sha256", secretOfDay).update(purpose).digest("base64url");

/** A name that tells nothing to whoever lacks the key, and that they cannot make. */
export const nameUnder = (key: string, parts: readonly (string | number)[]): string =>
  createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");

const cipherKey = (key: string): Buffer => createHash("sha256").update(`sealed under ${key}`).digest();

/** Seals a text. Two seals of one text differ, so nobody sees that it is the same. */
export function sealUnder(key: string, text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", cipherKey(key), nonce);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

export function openUnder(key: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv("aes-256-gcm", cipherKey(key), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("utf8");
}
