import type { FileType } from "../case/views/attachment-view.ts";
import type { Attachment } from "./attachment.ts";

/** How the name of a file of each type ends. */
const endings: Record<FileType, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/heic": "heic",
  "application/pdf": "pdf",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/webm": "webm",
  "audio/amr": "amr",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/octet-stream": "bin",
};

type Named = Pick<Attachment, "trackingNumber" | "attachmentId">;

/** Where an upload lies until it was inspected. */
export const uploadKey = ({ trackingNumber, attachmentId }: Named) =>
  `uploads/${trackingNumber}/${attachmentId}`;

/** The attachment that an upload belongs to; undefined where the key is none of ours. */
export function uploadOf(key: string): Named | undefined {
  const [, trackingNumber, attachmentId] = /^uploads\/([0-9A-Z-]{4,20})\/([0-9a-f-]{36})$/.exec(key) ?? [];
  return trackingNumber && attachmentId ? { trackingNumber, attachmentId } : undefined;
}

/** The folders of the bucket that hold files for good: sealed originals, and copies that may be given out. */
export const folders = ["sealed", "clean", "thumbnails"] as const;
export type Folder = (typeof folders)[number];

/** Where a file lies. The digest of the upload is in the key: what was inspected and what is kept are of one upload. Browsers see the key. */
export const fileKey = (folder: Folder, { trackingNumber, attachmentId, digest }: Attachment) =>
  `${folder}/${trackingNumber}/${attachmentId}/${digest}`;

/** What stands for the sender's name of a file where that may tell of somebody: its number in the case, or else part of its id. */
const standIn = ({ number, attachmentId }: Attachment): string => String(number ?? attachmentId.slice(0, 8));

/** A name of a file that tells of nobody. */
export const neutralName = (one: Attachment): string => `lampiran-${standIn(one)}.${endings[one.type]}`;

/** The name that a download is saved under. It is ours: nothing that somebody typed gets into a header. */
export const savedAs = (folder: Folder, one: Attachment): string => {
  if (folder === "thumbnails") return `lampiran-${standIn(one)}-kecil.jpg`;
  return folder === "sealed"
    ? `asli-${standIn(one)}.${endings[one.originalType ?? one.type]}`
    : neutralName(one);
};
