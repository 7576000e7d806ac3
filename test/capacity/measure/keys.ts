import { createHash, createHmac, randomBytes } from "node:crypto";

/** As long as what KMS makes of a data key of 256 bits, so that sealed items have the size that they have on AWS. */
const sealedBytes = 184;

const bytesOfKey = (keyId: string): Buffer => createHash("sha256").update(`bytes of ${keyId}`).digest();

/** The hash that a key of the stage makes of a text. */
export const macOf = (keyId: string, text: string | Buffer): Buffer =>
  createHmac("sha256", bytesOfKey(keyId)).update(text).digest();

/** Stands in for KMS: three calls, of which the functions make no others. What it seals is not secret, because nothing here is. */
export function answerOfKms(operation: string, input: Record<string, any>): object {
  const { KeyId = "" } = input;
  switch (operation) {
    case "GenerateMac":
      return {
        KeyId,
        MacAlgorithm: input.MacAlgorithm,
        Mac: macOf(KeyId, Buffer.from(input.Message, "base64")).toString("base64"),
      };
    case "GenerateDataKey": {
      const plain = randomBytes(input.NumberOfBytes ?? 32);
      const sealed = Buffer.concat([plain, Buffer.alloc(sealedBytes - plain.length)]);
      return { KeyId, Plaintext: plain.toString("base64"), CiphertextBlob: sealed.toString("base64") };
    }
    case "Decrypt": {
      const plain = Buffer.from(input.CiphertextBlob, "base64").subarray(0, 32);
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
