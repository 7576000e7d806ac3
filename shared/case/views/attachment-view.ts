import * as z from "zod";

/** Documents of word processors and tables. They are kept as they came: no copy of them can be trusted. */
export const officeTypes = [
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
] as const;

/** What may be attached. A file whose sender does not know what it is has the last of these until it was inspected. */
export const fileType = z
  .enum([
    ...["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"],
    ...["video/mp4", "video/quicktime", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/webm", "audio/amr"],
    ...officeTypes,
    "application/octet-stream",
  ] as const)
  .meta({
    description:
      "Salinan yang dibaca petugas tidak memuat keterangan kamera, lokasi, waktu, dan penulis. Yang terlihat atau terdengar tetap ada: wajah, nama, tanda tangan, suara, nomor rumah, pelat nomor, kop surat. / The copy that officers read has no camera, position, time and author. What is seen or heard stays: faces, names, signatures, voices, house numbers, number plates, letterheads.",
  });
export type FileType = z.infer<typeof fileType>;

/** "removed": its time was over, or whoever attached it had it removed. The file is gone. */
export const attachmentState = z.enum(["waiting", "clean", "refused", "removed"]);

/** Why the inspection refuses a file. */
export const refusalReason = z.enum([
  "unknown-type",
  "too-large",
  "too-many-pixels",
  "unreadable",
  "active-content",
  "encrypted",
  "malware",
  "not-scanned",
  "other-type",
  "too-late",
  "case-ended",
  "not-public",
]);
export type RefusalReason = z.infer<typeof refusalReason>;

/** A file as the view of its case lists it. */
export const attachmentView = z
  .object({
    attachmentId: z.string(),
    /** The sender's name for it. For officers the file of an anonymous reporter has a name of ours. */
    name: z.string(),
    type: fileType,
    size: z.int(),
    state: attachmentState,
    stateText: z.string(),
    /** Why it was refused. */
    reason: refusalReason.optional(),
    /** What an officer has to know before they open it. Such a file has no copy: its original is opened. */
    warning: z.string().optional(),
    /** A role, never a person. */
    by: z.string(),
    requestedAt: z.iso.datetime(),
    /** Of a file that those who attached it had removed: when, and in which role. */
    removedAt: z.iso.datetime().optional(),
    removedBy: z.string().optional(),
    thumbnail: z.boolean(),
    /** Nobody can open what was uploaded any more. A copy that was inspected stays. */
    originalRemoved: z.boolean(),
    /** Whether the officer who reads this can have it removed. Said of no other file and to nobody else. */
    mayRemove: z.literal(true).optional(),
  })
  .meta({ id: "Attachment" });
