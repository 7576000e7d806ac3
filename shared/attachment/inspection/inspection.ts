import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type { FileType, RefusalReason } from "../../case/views/attachment-view.ts";
import type { AttachmentLimits, Copy } from "../attachment.ts";

/** The types that a file may have by its content, each with our name for it. */
const kinds: Readonly<Record<string, FileType>> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/apng": "image/png",
  "image/webp": "image/webp",
  "image/heic": "image/heic",
  "image/heif": "image/heic",
  "application/pdf": "application/pdf",
  "video/mp4": "video/mp4",
  "video/x-m4v": "video/mp4",
  "video/quicktime": "video/quicktime",
  "video/3gpp": "video/mp4",
  "video/3gpp2": "video/mp4",
  "audio/mp4": "audio/mp4",
  "audio/x-m4a": "audio/mp4",
  "audio/mpeg": "audio/mpeg",
  "audio/ogg": "audio/ogg",
  "audio/ogg; codecs=opus": "audio/ogg",
  "application/ogg": "audio/ogg",
  "video/ogg": "audio/ogg",
  "video/webm": "audio/webm",
  "audio/webm": "audio/webm",
  "audio/amr": "audio/amr",
};

export type Inspection = { refused: RefusalReason } | { digest: string; originalType: FileType; copy: Copy };
/** What was found of a document of a word processor. It has no copy: it is kept as it came. */
type OfficeInspection = { refused: RefusalReason } | { digest: string; originalType: FileType };

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Finds out what a file is by its content, whatever its name says, and writes a copy that can be given out. The copy does
 * not say where and by whom the file was made. A file that cannot be written anew is refused.
 */
export async function inspect(
  bytes: Uint8Array,
  { megapixels }: Pick<AttachmentLimits, "megapixels">,
): Promise<Inspection> {
  const originalType = await typeOf(bytes);
  if (!originalType) return { refused: "unknown-type" };
  const outcome = await copyOf(bytes, originalType, megapixels);
  if ("refused" in outcome) return outcome;
  return { digest: digestOf(bytes), originalType, copy: outcome.copy };
}

const packed = Buffer.from("PK\u0003\u0004");

/** Whether a file is packed, as documents of word processors are. It is not unpacked to find out which it is. */
export const isPacked = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, packed.length)).equals(packed);

/** Finds out which document of a word processor a packed file is, and refuses what holds programs or other files. */
export async function inspectPacked(bytes: Uint8Array): Promise<OfficeInspection> {
  const outcome = (await import("./office.ts")).officeFile(bytes);
  return "refused" in outcome ? outcome : { digest: digestOf(bytes), originalType: outcome.type };
}

/** So many bytes may stand in front of a PDF. Programs of web servers leave empty lines and heads there. */
const beforeDocument = 1024;

async function typeOf(bytes: Uint8Array): Promise<FileType | undefined> {
  // The reader throws where a file ends or contradicts itself too early. Such a file has no type that we take.
  const { mime } = (await fileTypeFromBuffer(bytes).catch(() => undefined)) ?? {};
  const isDocument = mime === undefined && Buffer.from(bytes.subarray(0, beforeDocument)).includes("%PDF-");
  return isDocument ? "application/pdf" : kinds[mime ?? ""];
}

/** A decoder is loaded when the first file of its kind comes, because decoders are large. */
async function copyOf(
  bytes: Uint8Array,
  type: FileType,
  megapixels: number,
): Promise<{ copy: Copy } | { refused: RefusalReason }> {
  switch (type) {
    case "application/pdf":
      return (await import("./document.ts")).documentCopy(bytes);
    case "video/mp4":
    case "video/quicktime":
    case "audio/mp4":
      return (await import("./movie.ts")).movieCopy(bytes, type === "audio/mp4" ? type : "video/mp4");
    case "audio/mpeg":
    case "audio/ogg":
    case "audio/webm":
    case "audio/amr":
      return (await import("./sound.ts")).soundCopy(bytes, type);
    case "image/jpeg":
    case "image/png":
    case "image/webp":
    case "image/heic":
      return (await import("./image.ts")).imageCopy(bytes, type, megapixels);
    default:
      return { refused: "unknown-type" };
  }
}

/** Every scanner takes this string for malware, and it harms nobody (eicar.org). It is in two parts, so that no scanner finds it here. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

/** Whether a file holds the test string. It stands in for a scanner where there is none. */
export const isTestVirus = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(eicar, 0, "latin1");
