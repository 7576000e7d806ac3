import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type { AttachmentLimits, Copy, FileType, RefusalReason } from "../attachment.ts";

/** What the content of a file says it is, by the names that we use. */
const kinds: Readonly<Record<string, FileType>> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/apng": "image/png",
  "image/webp": "image/webp",
  "image/heic": "image/heic",
  "image/heif": "image/heic",
  "application/pdf": "application/pdf",
  "video/mp4": "video/mp4",
  "audio/mp4": "audio/mp4",
  "audio/x-m4a": "audio/mp4",
};

export type Inspection = { refused: RefusalReason } | { digest: string; originalType: FileType; copy: Copy };

/**
 * What a file is by its content, whatever its name says, and a copy of it that can be given out: written anew, without
 * where and by whom it was made. Refuses what it cannot write anew.
 */
export async function inspect(
  bytes: Uint8Array,
  { megapixels }: Pick<AttachmentLimits, "megapixels">,
): Promise<Inspection> {
  // What ends or contradicts itself before it says what it is, is of no type that we take.
  const { mime } = (await fileTypeFromBuffer(bytes).catch(() => undefined)) ?? {};
  const originalType = kinds[mime ?? ""];
  if (!originalType) return { refused: "unknown-type" };
  const outcome = await copyOf(bytes, originalType, megapixels);
  if ("refused" in outcome) return outcome;
  const digest = createHash("sha256").update(bytes).digest("hex");
  return { digest, originalType, copy: outcome.copy };
}

/** Each kind is loaded when the first file of it comes: their decoders are large. */
async function copyOf(
  bytes: Uint8Array,
  type: FileType,
  megapixels: number,
): Promise<{ copy: Copy } | { refused: RefusalReason }> {
  switch (type) {
    case "application/pdf":
      return (await import("./document.ts")).documentCopy(bytes);
    case "video/mp4":
    case "audio/mp4":
      return (await import("./movie.ts")).movieCopy(bytes, type);
    default:
      return (await import("./image.ts")).imageCopy(bytes, type, megapixels);
  }
}

/** The string that every scanner takes for malware and that harms nobody (eicar.org). In two parts, so that no scanner finds it here. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

/** Stands in for a scanner where there is none. */
export const isTestVirus = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(eicar, 0, "latin1");
