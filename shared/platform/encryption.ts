import { createHmac } from "node:crypto";
import { Refusal } from "../refusal.ts";
import { errorForLog, logger } from "./observability.ts";
import { patience, patientClient } from "./patience.ts";

/** Names what a sealed text belongs to. It is not secret. The seal opens only for somebody who gives the same context. */
export type SealContext = Readonly<Record<string, string>>;

export interface Cipher {
  /**
   * Seals a text under a key of its own, and that key under ours. If our key cannot be used, the refusal asks to try
   * again.
   */
  seal(text: string, context: SealContext): Promise<string>;
  /** Opens a seal. Refuses one that was made for another context. */
  open(sealed: string, context: SealContext): Promise<string>;
}

/** A hash that nobody can compute without the key. */
export type KeyedHash = (text: string) => Promise<string>;

/** Loads the AWS Encryption SDK with its client of KMS. Nothing loads it before it is needed (docs/decisions/0016). */
const sdk = () => import("@aws-crypto/client-node");

const patient = patientClient(patience.keys);

/** On one machine the template's keys are bytes in the data folder instead of KMS keys. */
const localKey = (key: string): Buffer | undefined =>
  key.startsWith("local:") ? Buffer.from(key.slice("local:".length), "base64") : undefined;

/** Asks the sender to send again: nothing was stored, and nothing was wrong with what they sent. */
const withoutKey = (error: unknown): never => {
  logger.error("a key cannot be used", { error: errorForLog(error) });
  throw new Refusal("unavailable", {
    id: "Data diri sedang tidak dapat disegel, dan tanpa itu kami tidak menyimpannya. Kiriman Anda belum tersimpan; kirim lagi sebentar lagi, persis seperti tadi.",
    en: "Personal data cannot be sealed now, and without that we do not store them. What you sent is not stored yet; send it again shortly, just as it was.",
  });
};

/** Seals with envelope encryption under a KMS key, named by its ARN. On one machine a local key takes its place. */
export function cipherOf(key: string): Cipher {
  const begin = async () => {
    const {
      AlgorithmSuiteIdentifier: suites,
      buildClient,
      CommitmentPolicy,
      getClient,
      KMS,
      KmsKeyringNode,
      RawAesKeyringNode,
      RawAesWrappingSuiteIdentifier,
    } = await sdk();
    const local = localKey(key);
    const keyring = local
      ? new RawAesKeyringNode({
          keyNamespace: "sp4n-lapor",
          keyName: "local",
          unencryptedMasterKey: Uint8Array.from(local),
          wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
        })
      : new KmsKeyringNode({ generatorKeyId: key, clientProvider: getClient(KMS, patient) });
    return {
      ...buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT),
      keyring,
      // The suite commits to the key and does not sign: the key's policy decides who may seal and who may open.
      suiteId: suites.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
    };
  };
  let begun: ReturnType<typeof begin> | undefined;

  return {
    async seal(text, encryptionContext) {
      const { encrypt, keyring, suiteId } = await (begun ??= begin());
      const { result } = await encrypt(keyring, text, { encryptionContext, suiteId }).catch(withoutKey);
      return result.toString("base64");
    },
    async open(sealed, context) {
      const { decrypt, keyring } = await (begun ??= begin());
      const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(sealed, "base64"));
      const said = messageHeader.encryptionContext;
      if (Object.entries(context).some(([name, value]) => said[name] !== value))
        throw new Error("The seal was made for another context");
      return plaintext.toString("utf8");
    },
  };
}

/** Hashes with a key that never leaves KMS. On one machine a local key takes its place. */
export function keyedHashOf(key: string): KeyedHash {
  const local = localKey(key);
  if (local) return async (text) => createHmac("sha256", local).update(text).digest("base64url");
  const begin = async () => {
    const { KMS } = await sdk();
    return new KMS(patient);
  };
  let begun: ReturnType<typeof begin> | undefined;
  return async (text) => {
    const kms = await (begun ??= begin());
    const { Mac } = await kms
      .generateMac({ KeyId: key, MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from(text) })
      .catch(withoutKey);
    if (!Mac) throw new Error("KMS answered without a hash");
    return Buffer.from(Mac).toString("base64url");
  };
}
