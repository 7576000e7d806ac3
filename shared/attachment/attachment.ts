import { createHmac } from "node:crypto";
import * as z from "zod";
import { actorRole } from "../case/history.ts";
import { type Circumstances, type FilesOfCase, isOnSideOf } from "../case/moves/conditions.ts";
import type { Standing } from "../case/moves/table.ts";
import {
  attachmentState,
  type FileType,
  fileType,
  officeTypes,
  type RefusalReason,
  refusalReason,
} from "../case/views/attachment-view.ts";
import type { Text } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import type { attaching } from "./announcement.ts";

/** How much may be attached. Each stage sets its own limits. */
export const attachmentLimits = z.strictObject({
  /** So many files of one case may wait or be clean: of its reporter, and as many of officers. */
  files: z.int().positive(),
  megabytes: z.int().positive(),
  megapixels: z.int().positive(),
});
export type AttachmentLimits = z.infer<typeof attachmentLimits>;

/** Forms that expire and files that are refused make room again. So many forms a day are more than either side needs. */
const formsADay = 30;
/** So many files of one side may be inspected. It bounds what a case has to remember. */
const inspectedInAll = 100;

/** An upload can be sent for so long. */
export const uploadSeconds = 15 * 60;
/** An upload that was begun in time is on its way for so long. Then its form counts as unused and frees its place. */
const arrivalSeconds = 10 * 60;
/** An upload that nobody sends or inspects is remembered for so long. */
export const uploadsKeptDays = 3;
/** The address of a download works for so long. */
export const downloadSeconds = 60;
/** The address of an original works for so long. Whoever needs longer asks again, and is checked again. */
export const originalSeconds = 10;

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
  /** Of a file of an anonymous reporter: which one of the case it is. Officers know it by this number, not by its name. */
  number: z.int().positive().optional(),
  /** Goes into the digest. Without it a known photo cannot be tested against the digest. Files of an earlier time have none. */
  salt: z.string().optional(),
  /** Salted SHA-256 of what was uploaded and sealed. It is part of the keys of original and copy. */
  digest: z.string().optional(),
  originalType: fileType.optional(),
  /** Its original was removed at the request of its sender. */
  originalRemoved: z.literal(true).optional(),
  /** When its sender's side had it removed, and in which role. */
  removedAt: z.iso.datetime().optional(),
  removedBy: actorRole.optional(),
  /** It was removed while its case is with the Ombudsman, who alone may open the original. */
  originalKept: z.literal(true).optional(),
  thumbnail: z.boolean().optional(),
  settledAt: z.iso.datetime().optional(),
  /** In seconds; set until its upload comes. Then the form counts as unused. */
  unusedAt: z.int().optional(),
  /** In seconds; set only while it waits. Then the form is forgotten. */
  expiresAt: z.int().optional(),
});
export type Attachment = z.infer<typeof attachment>;

/** Whether a file is a document of a word processor or a table. It is kept sealed as it came, and has no copy. */
export const isOfficeFile = ({ type }: Pick<Attachment, "type">): boolean =>
  (officeTypes as readonly FileType[]).includes(type);

/** Why officers attach no documents of word processors: what they attach is evidence, and evidence has a copy that people read. */
export const officersSendPdf: Text = {
  id: "Petugas melampirkan dokumen sebagai PDF: dokumen Word dan Excel memuat nama penulis dan riwayat ubahannya. Simpan sebagai PDF, lalu kirim lagi.",
  en: "Officers attach documents as PDF: Word and Excel documents hold their writers' names and what was changed. Save it as PDF and send it again.",
};

/** The two sides of a case that send files. Each has places of its own. */
export const isOfReporter = ({ by }: Pick<Attachment, "by">): boolean => by.role === "reporter";

/** Whether a file waits for its upload or its inspection. A form that nobody used in time is given up. */
const isAwaited = ({ state, unusedAt, expiresAt }: Attachment, at: Date): boolean =>
  state === "waiting" && (unusedAt ?? expiresAt ?? Infinity) * 1000 > at.getTime();

/** Whether an upload came after its form had expired. */
export const isTooLate = ({ unusedAt }: Attachment, came: Date): boolean =>
  unusedAt !== undefined && unusedAt * 1000 <= came.getTime();

/** Whether a file may still be inspected. An upload that came in time may wait for days, while the inspection is down. */
export const mayStillCome = ({ state, expiresAt }: Attachment, at: Date): boolean =>
  state === "waiting" && (expiresAt ?? Infinity) * 1000 > at.getTime();

/** The files that take a place: neither refused nor given up. */
export const counted = (attachments: readonly Attachment[], at: Date) =>
  attachments.filter((one) => one.state === "clean" || isAwaited(one, at));

const placeMinutes = (uploadSeconds + arrivalSeconds) / 60;

/** Refuses a form to a side that has no place left. */
function objectionToFile(
  ofSide: readonly Attachment[],
  { files }: Pick<AttachmentLimits, "files">,
  at: Date,
): Refusal | undefined {
  if (counted(ofSide, at).length >= files)
    return new Refusal("conflict", {
      id: `Anda dapat melampirkan paling banyak ${files} berkas pada satu laporan. Formulir unggah yang tidak dipakai memberi tempat lagi sesudah ${placeMinutes} menit.`,
      en: `You can attach at most ${files} files to a case. An upload form that is not used makes room again after ${placeMinutes} minutes.`,
    });
  if (ofSide.filter(({ settledAt }) => settledAt !== undefined).length >= inspectedInAll)
    return new Refusal("conflict", {
      id: `Sudah ${inspectedInAll} berkas Anda untuk laporan ini diperiksa atau ditolak, jadi tidak ada lagi yang diterima.`,
      en: `${inspectedInAll} of your files for this case were inspected or refused, so no more are taken.`,
    });
  return undefined;
}

/** Nothing of a refused file is kept. */
const canBeRemoved = ({ state }: Attachment): boolean => state !== "refused" && state !== "removed";

/** The files that an officer can have removed: those that they, their agency or one below it attached. */
export function removableBy(
  attachments: readonly Attachment[],
  who: Standing,
  { files, attachers }: Pick<Circumstances, "files" | "attachers">,
): ReadonlySet<string> {
  const theirs = files.toRemove.agencies.filter((_, at) => {
    const attacher = attachers[at];
    return attacher !== undefined && isOnSideOf(attacher, who);
  });
  return new Set(
    attachments
      .filter((one) => !isOfReporter(one) && canBeRemoved(one) && theirs.includes(one.by.agencyId ?? ""))
      .map(({ attachmentId }) => attachmentId),
  );
}

const hasOriginal = ({ state, originalRemoved }: Attachment): boolean =>
  state === "clean" && originalRemoved !== true;

/** What conditions of moves have to know of the files of a case. */
export function filesOfCase(
  attachments: readonly Attachment[],
  limits: Pick<AttachmentLimits, "files">,
  at: Date,
): FilesOfCase {
  const [ofReporter, ofOfficers] = [
    attachments.filter(isOfReporter),
    attachments.filter((one) => !isOfReporter(one)),
  ];
  const [reporter, officers] = [
    objectionToFile(ofReporter, limits, at),
    objectionToFile(ofOfficers, limits, at),
  ];
  return {
    noRoom: { ...(reporter && { reporter }), ...(officers && { officers }) },
    originals: {
      reporter: ofReporter.filter(hasOriginal).map(({ requestedAt }) => requestedAt),
      officers: ofOfficers.some(hasOriginal),
      keptForOmbudsman: ofOfficers.some(({ originalKept }) => originalKept === true),
    },
    toRemove: {
      reporter: ofReporter.some(canBeRemoved),
      agencies: [...new Set(ofOfficers.filter(canBeRemoved).map(({ by }) => by.agencyId ?? ""))],
    },
  };
}

/** Refuses a form to a side that has no place left, or that asks for more of them than anybody needs. */
function refuseUnlessRoom(ofSide: readonly Attachment[], limits: AttachmentLimits, at: Date): void {
  const objection = objectionToFile(ofSide, limits, at);
  if (objection) throw objection;
  const dayBefore = new Date(at.getTime() - 24 * 60 * 60 * 1000).toISOString();
  if (ofSide.filter(({ requestedAt }) => requestedAt > dayBefore).length >= formsADay)
    throw new Refusal("too-many-requests", {
      id: `Anda sudah meminta ${formsADay} formulir unggah untuk laporan ini dalam sehari. Coba lagi besok.`,
      en: `You have asked for ${formsADay} upload forms for this case within a day. Try again tomorrow.`,
    });
}

/** One more file of a case, as it waits for its upload. Refuses a file that is too large, and one more than a case may have. */
export function requested(
  { name, type, size }: z.output<typeof attaching>,
  {
    already,
    made,
    anonymous,
    limits,
    at,
    ...who
  }: Pick<Attachment, "trackingNumber" | "attachmentId" | "by" | "officerId" | "salt"> & {
    already: readonly Attachment[];
    /** How many were ever asked for. */
    made: number;
    /** Whether the reporter of the case is anonymous. */
    anonymous: boolean;
    limits: AttachmentLimits;
    at: Date;
  },
): Attachment {
  const { megabytes } = limits;
  if (isOfficeFile({ type }) && !isOfReporter(who))
    throw refuseFields([{ in: "body", path: "type", message: officersSendPdf }]);
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
  const ofSide = already.filter((one) => isOfReporter(one) === isOfReporter(who));
  refuseUnlessRoom(ofSide, limits, at);
  const seconds = Math.floor(at.getTime() / 1000);
  return {
    ...who,
    name,
    type,
    size,
    requestedAt: at.toISOString(),
    state: "waiting",
    attempts: 0,
    ...(anonymous && isOfReporter(who) && { number: made + 1 }),
    unusedAt: seconds + uploadSeconds + arrivalSeconds,
    expiresAt: seconds + uploadsKeptDays * 24 * 60 * 60,
  };
}

/** The file after the inspection refused it. */
export function refused(
  { expiresAt: _e, unusedAt: _u, ...waiting }: Attachment,
  reason: RefusalReason,
  at: Date,
): Attachment {
  return { ...waiting, state: "refused", reason, settledAt: at.toISOString() };
}

/** What stands for an upload in keys and in the history of its case. `plain` is the SHA-256 of the upload. */
export const saltedDigest = ({ salt }: Pick<Attachment, "salt">, plain: string): string =>
  salt === undefined ? plain : createHmac("sha256", salt).update(plain).digest("base64url");

/** The copy that the inspection wrote of a file. */
export interface Copy {
  type: FileType;
  bytes: Uint8Array;
  thumbnail?: Uint8Array;
}

/** The file after the inspection found it good, with the copy of it that can be given out, where there is one. */
export function accepted(
  { expiresAt: _e, unusedAt: _u, ...waiting }: Attachment,
  {
    digest,
    originalType,
    size,
    copy,
    at,
  }: { digest: string; originalType: FileType; size?: number; copy?: Copy | undefined; at: Date },
): Attachment {
  return {
    ...waiting,
    state: "clean",
    type: copy?.type ?? originalType,
    size: copy?.bytes.length ?? size ?? waiting.size,
    digest,
    originalType,
    ...(copy?.thumbnail && { thumbnail: true }),
    settledAt: at.toISOString(),
  };
}
