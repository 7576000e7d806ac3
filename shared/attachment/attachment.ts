import * as z from "zod";
import { actorRole } from "../case/history.ts";
import {
  attachmentState,
  type FileType,
  fileType,
  type RefusalReason,
  refusalReason,
} from "../case/views/attachment-view.ts";
import { say } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import { line } from "../text/writing.ts";

/** How much may be attached. Each stage sets its own limits. */
export const attachmentLimits = z.strictObject({
  /** So many files of one case may wait or be clean. */
  files: z.int().positive(),
  megabytes: z.int().positive(),
  megapixels: z.int().positive(),
});
export type AttachmentLimits = z.infer<typeof attachmentLimits>;

/** Refused files make room again. So many requests for one case are more than anybody needs. */
const requestsInAll = 50;

/** An upload can be sent for so long. */
export const uploadSeconds = 15 * 60;
/** An upload that nobody sends or inspects is remembered for so long. */
export const uploadsKeptDays = 3;
/** The address of a download works for so long. */
export const downloadSeconds = 60;

/** What a person announces before they upload a file. */

export const attaching = z.strictObject({
  name: line(120).refine(
    (name) => !/[/\\]/.test(name),
    say("Tulis nama berkasnya saja, tanpa folder.", "Give the name of the file only, without folders."),
  ),
  type: fileType,
  size: z.int().min(1),
});

/** A file of a case, from the request to upload it on. Its bytes lie in the bucket, under keys that hold ids only. */
export const attachment = z.strictObject({
  trackingNumber: z.string(),
  attachmentId: z.uuid(),
  /** The sender's name for it. It is shown; it never gets into a path or a header. */
  name: z.string(),
  /** Type and size as announced; once it is clean, those of the copy that we give out. */
  type: fileType,
  size: z.int().positive(),
  by: z.strictObject({ role: actorRole, agencyId: z.string().optional() }),
  officerId: z.string().optional(),
  requestedAt: z.iso.datetime(),
  state: attachmentState,
  reason: refusalReason.optional(),
  /** How often its inspection began. A file that keeps bringing the inspection down is refused. */
  attempts: z.int().nonnegative(),
  /** SHA-256 of what was uploaded and sealed. It is part of the keys of original and copy. */
  digest: z.string().optional(),
  originalType: fileType.optional(),
  /** Its original was removed with the identity of its sender. */
  originalRemoved: z.literal(true).optional(),
  thumbnail: z.boolean().optional(),
  settledAt: z.iso.datetime().optional(),
  /** In seconds; set only while it waits. */
  expiresAt: z.int().optional(),
});
export type Attachment = z.infer<typeof attachment>;

/** Whether a file may still come and be inspected. One that nobody uploads is given up after some days. */
export const isAwaited = ({ state, expiresAt }: Attachment, at: Date): boolean =>
  state === "waiting" && (expiresAt ?? Infinity) * 1000 > at.getTime();

/** The files that count against the limit: neither refused nor given up. */
export const counted = (attachments: readonly Attachment[], at: Date) =>
  attachments.filter((one) => one.state === "clean" || isAwaited(one, at));

/** One more file of a case, as it waits for its upload. Refuses a file that is too large, and one more than a case may have. */
export function requested(
  { name, type, size }: z.output<typeof attaching>,
  {
    already,
    made,
    limits,
    at,
    ...who
  }: Pick<Attachment, "trackingNumber" | "attachmentId" | "by" | "officerId"> & {
    already: readonly Attachment[];
    /** How many were ever asked for. */
    made: number;
    limits: AttachmentLimits;
    at: Date;
  },
): Attachment {
  const { files, megabytes } = limits;
  if (size > megabytes * 1024 * 1024)
    throw refuseFields([
      {
        in: "body",
        path: "size",
        message: {
          id: `Berkas paling besar ${megabytes} MB. Perkecil, atau kirim dalam beberapa bagian.`,
          en: `A file may have at most ${megabytes} MB. Make it smaller, or send it in parts.`,
        },
      },
    ]);
  if (counted(already, at).length >= files || made >= requestsInAll)
    throw new Refusal("conflict", {
      id: `Satu laporan dapat memuat paling banyak ${files} lampiran.`,
      en: `A case can have at most ${files} attachments.`,
    });
  return {
    ...who,
    name,
    type,
    size,
    requestedAt: at.toISOString(),
    state: "waiting",
    attempts: 0,
    expiresAt: Math.floor(at.getTime() / 1000) + uploadsKeptDays * 24 * 60 * 60,
  };
}

/** The file after the inspection refused it. */
export function refused(
  { expiresAt: _, ...waiting }: Attachment,
  reason: RefusalReason,
  at: Date,
): Attachment {
  return { ...waiting, state: "refused", reason, settledAt: at.toISOString() };
}

/** The copy that the inspection wrote of a file. */
export interface Copy {
  type: FileType;
  bytes: Uint8Array;
  thumbnail?: Uint8Array;
}

/** The file after the inspection wrote a copy that can be given out. */
export function accepted(
  { expiresAt: _, ...waiting }: Attachment,
  { digest, originalType, copy, at }: { digest: string; originalType: FileType; copy: Copy; at: Date },
): Attachment {
  return {
    ...waiting,
    state: "clean",
    type: copy.type,
    size: copy.bytes.length,
    digest,
    originalType,
    ...(copy.thumbnail && { thumbnail: true }),
    settledAt: at.toISOString(),
  };
}
