import { createHash, createHmac, randomBytes } from "node:crypto";
import * as z from "zod";

/** As long as what KMS makes of a data key of 256 bits, so that sealed items have the size that they have on AWS. */
const sealedBytes = 184;

const bytesOfKey = (keyId: string): Buffer => createHash("sha256").update(`bytes of ${keyId}`).digest();

/** The hash that a key of the stage makes of a text. */
export const macOf = (keyId: string, text: string | Buffer): Buffer =>
  createHmac("sha256", bytesOfKey(keyId)).update(text).digest();

const keyed = z.object({ KeyId: z.string().default("") });
const toHash = keyed.extend({ MacAlgorithm: z.string(), Message: z.base64() });
const toMakeKey = keyed.extend({ NumberOfBytes: z.int().default(32) });
const toOpen = keyed.extend({ CiphertextBlob: z.base64() });

/** Stands in for KMS: three calls, of which the functions make no others. What it seals is not secret, because nothing here is. */
export function answerOfKms(operation: string, input: unknown): object {
  switch (operation) {
    case "GenerateMac": {
      const { KeyId, MacAlgorithm, Message } = toHash.parse(input);
      return {
        KeyId,
        MacAlgorithm,
        Mac: macOf(KeyId, Buffer.from(Message, "base64")).toString("base64"),
      };
    }
    case "GenerateDataKey": {
      const { KeyId, NumberOfBytes } = toMakeKey.parse(input);
      const plain = randomBytes(NumberOfBytes);
      const sealed = Buffer.concat([plain, Buffer.alloc(sealedBytes - plain.length)]);
      return { KeyId, Plaintext: plain.toString("base64"), CiphertextBlob: sealed.toString("base64") };
    }
    case "Decrypt": {
      const { KeyId, CiphertextBlob } = toOpen.parse(input);
      const plain = Buffer.from(CiphertextBlob, "base64").subarray(0, 32);
      return {
        KeyId,
        Plaintext: plain.toString("base64"),
        EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      };
    }
    default:
      throw new Error(`Nobody told how KMS answers ${operation}`);
  }
}
