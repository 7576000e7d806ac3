import * as z from "zod";
import type { Case } from "../case/case.ts";
import { actorRole } from "../case/history.ts";
import type { Reader } from "../case/views/visibility.ts";
import type { Language, Text } from "../language.ts";
import { say } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import { line } from "../text/writing.ts";

/** What may be attached, and how the copy that we give out is called. */
export const fileTypes = {
  "image/jpeg": { ending: "jpg" },
  "image/png": { ending: "png" },
  "image/webp": { ending: "webp" },
  "image/heic": { ending: "heic" },
  "application/pdf": { ending: "pdf" },
  "video/mp4": { ending: "mp4" },
  "audio/mp4": { ending: "m4a" },
} as const;
export const fileType = z.enum(Object.keys(fileTypes) as [FileType, ...FileType[]]);
export type FileType = keyof typeof fileTypes;

/** How much may be attached; set by stage. */
export const attachmentLimits = z.strictObject({
  /** Files of one case that wait or are clean. */
  files: z.int().positive(),
  megabytes: z.int().positive(),
  megapixels: z.int().positive(),
});
export type AttachmentLimits = z.infer<typeof attachmentLimits>;

/** Refused files make room again; this many requests for one case are more than anybody needs. */
const requestsInAll = 50;

/** How long an upload can be sent, and how long one that nobody sends or inspects is remembered. */
export const uploadSeconds = 15 * 60;
export const uploadsKeptDays = 3;
/** How long the address of a download works. */
export const downloadSeconds = 60;

export const attaching = z.strictObject({
  name: line(120).refine(
    (name) => !/[/\\]/.test(name),
    say("Tulis nama berkasnya saja, tanpa folder.", "Give the name of the file only, without folders."),
  ),
  type: fileType,
  size: z.int().min(1),
});

/** "removed": its time was over, and the file is gone. */
export const attachmentState = z.enum(["waiting", "clean", "refused", "removed"]);

export const refusalReason = z.enum([
  "unknown-type",
  "too-large",
  "too-many-pixels",
  "unreadable",
  "active-content",
  "encrypted",
  "malware",
  "not-scanned",
]);
export type RefusalReason = z.infer<typeof refusalReason>;

const whyRefused: Record<RefusalReason, Text> = {
  "unknown-type": {
    id: "Isi berkas ini bukan JPEG, PNG, WebP, HEIC, PDF, MP4, atau M4A, apa pun namanya. Kirim sebagai salah satu jenis itu.",
    en: "What is in this file is not JPEG, PNG, WebP, HEIC, PDF, MP4 or M4A, whatever its name says. Send it as one of these.",
  },
  "too-large": {
    id: "Berkas ini lebih besar daripada yang diberitahukan. Minta tempat unggah baru dengan ukuran yang benar.",
    en: "This file is larger than was announced. Ask for a new upload with its true size.",
  },
  "too-many-pixels": {
    id: "Gambar ini terlalu besar untuk dibuka dengan aman. Perkecil gambarnya, lalu kirim lagi.",
    en: "This image is too large to be opened safely. Make it smaller and send it again.",
  },
  unreadable: {
    id: "Berkas ini rusak atau tidak lengkap sehingga tidak dapat dibuka. Kirim lagi dari berkas aslinya.",
    en: "This file is damaged or incomplete and cannot be opened. Send it again from the original.",
  },
  "active-content": {
    id: "PDF ini memuat program, formulir yang terkirim sendiri, atau berkas lain di dalamnya. Cetak ke PDF baru atau kirim fotonya.",
    en: "This PDF holds a program, a form that sends itself, or other files. Print it to a new PDF, or send a photo of it.",
  },
  encrypted: {
    id: "PDF ini terkunci dengan kata sandi. Buka kuncinya, lalu kirim lagi.",
    en: "This PDF is locked with a password. Unlock it and send it again.",
  },
  malware: {
    id: "Berkas ini memuat program berbahaya dan tidak disimpan. Periksa perangkat Anda.",
    en: "This file holds malware and is not kept. Check your device.",
  },
  "not-scanned": {
    id: "Berkas ini tidak dapat diperiksa dari program berbahaya. Kirim lagi; bila tetap ditolak, kirim fotonya.",
    en: "This file could not be checked for malware. Send it again; if it is refused again, send a photo of it.",
  },
};

/** A file of a case, from the request to upload it on. The file itself lies in the bucket, under keys that hold ids only. */
export const attachment = z.strictObject({
  trackingNumber: z.string(),
  attachmentId: z.uuid(),
  /** As whoever sent it calls it: data to show, never a path or a header. */
  name: z.string(),
  /** As announced, until it is clean: then of the copy that we give out. */
  type: fileType,
  size: z.int().positive(),
  by: z.strictObject({ role: actorRole, agencyId: z.string().optional() }),
  officerId: z.string().optional(),
  requestedAt: z.iso.datetime(),
  state: attachmentState,
  reason: refusalReason.optional(),
  /** How often its inspection began: a file that brings it down is refused in the end. */
  attempts: z.int().nonnegative(),
  /** SHA-256 of what was uploaded and sealed; names the sealed original and the copy. */
  digest: z.string().optional(),
  originalType: fileType.optional(),
  /** Its original went with who sent it. */
  originalRemoved: z.literal(true).optional(),
  thumbnail: z.boolean().optional(),
  settledAt: z.iso.datetime().optional(),
  /** In seconds; only while it waits. */
  expiresAt: z.int().optional(),
});
export type Attachment = z.infer<typeof attachment>;

/** Whether a file may still come and be inspected: it was not given up because nobody uploaded it. */
export const isAwaited = ({ state, expiresAt }: Attachment, at: Date): boolean =>
  state === "waiting" && (expiresAt ?? Infinity) * 1000 > at.getTime();

/** Those that count: neither refused nor given up. */
const counted = (attachments: readonly Attachment[], at: Date) =>
  attachments.filter((one) => one.state === "clean" || isAwaited(one, at));

/** A place for one more file. Refuses one that is too large, and one more than a case may have. */
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

/** After the inspection said no. */
export function refused(
  { expiresAt: _, ...waiting }: Attachment,
  reason: RefusalReason,
  at: Date,
): Attachment {
  return { ...waiting, state: "refused", reason, settledAt: at.toISOString() };
}

/** What the inspection made of a file. */
export interface Copy {
  type: FileType;
  bytes: Uint8Array;
  thumbnail?: Uint8Array;
}

/** After the inspection made a copy that can be given out. */
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

/** The files of a case whose time is over: those that were settled by then, and not what came after. */
export const expiredBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    ({ settledAt }) => settledAt !== undefined && instant !== undefined && settledAt <= instant,
  );

/**
 * Those whose originals go with their reporter's identity, because they may tell where and with what they were taken: what the
 * reporter had asked to attach by then, also what is still being inspected.
 */
export const linkedBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    ({ state, by, requestedAt }) =>
      (state === "clean" || state === "waiting") &&
      by.role === "reporter" &&
      instant !== undefined &&
      requestedAt <= instant,
  );

/** What is left of a file that is gone: that there was one, and whose. Its own name may have told of somebody, also where it was refused. */
export function removed({ digest: _d, thumbnail: _t, officerId: _o, ...gone }: Attachment): Attachment {
  const { attachmentId, type, state } = gone;
  return {
    ...gone,
    state: state === "refused" ? "refused" : "removed",
    name: `lampiran-${attachmentId.slice(0, 8)}.${fileTypes[type].ending}`,
  };
}

type Named = Pick<Attachment, "trackingNumber" | "attachmentId">;

export const uploadKey = ({ trackingNumber, attachmentId }: Named) =>
  `uploads/${trackingNumber}/${attachmentId}`;

/** The attachment that an upload is of; undefined where its key is none of ours. */
export function uploadOf(key: string): Named | undefined {
  const [, trackingNumber, attachmentId] = /^uploads\/([0-9A-Z-]{4,20})\/([0-9a-f-]{36})$/.exec(key) ?? [];
  return trackingNumber && attachmentId ? { trackingNumber, attachmentId } : undefined;
}

/** What is stored of a file: the sealed original, and what may be given out. */
export const filePlaces = ["sealed", "clean", "thumbnails"] as const;
export type FilePlace = (typeof filePlaces)[number];

/** By the digest of the upload, so that what was inspected and what is kept cannot be of two different uploads. */
export const fileKey = (place: FilePlace, { trackingNumber, attachmentId, digest }: Attachment) =>
  `${place}/${trackingNumber}/${attachmentId}/${digest}`;

/** The name under which a file is saved: ours, so that nothing that somebody typed gets into a header. */
export const savedAs = (place: FilePlace, { attachmentId, type, originalType }: Attachment): string => {
  const short = attachmentId.slice(0, 8);
  if (place === "thumbnails") return `lampiran-${short}-kecil.jpg`;
  return place === "sealed"
    ? `asli-${short}.${fileTypes[originalType ?? type].ending}`
    : `lampiran-${short}.${fileTypes[type].ending}`;
};

/** The same for an id that nobody has, one of another case and one that is not yet or never to be read. */
export const noSuchAttachment = () =>
  new Refusal("not-found", {
    id: "Tidak ada lampiran dengan nomor ini pada laporan ini, atau belum dapat dibuka.",
    en: "There is no attachment with this number on this case, or it cannot be opened yet.",
  });

const parties: readonly Reader[] = ["reporter", "officer", "observer"];

/**
 * Whether a reader may know of a file at all. Nobody but the parties of a case and the Ombudsman: not the public,
 * because a photo can tell who took it. What is not clean only those on whose side it was sent.
 */
export const maySee = ({ state, by }: Attachment, reader: Reader): boolean =>
  parties.includes(reader) &&
  (state === "clean" || state === "removed" || (by.role === "reporter") === (reader === "reporter"));

export const attachmentView = z
  .object({
    attachmentId: z.string(),
    name: z.string(),
    type: fileType,
    size: z.int(),
    state: attachmentState,
    stateText: z.string(),
    /** Why it was refused. */
    reason: refusalReason.optional(),
    /** A role, never a person. */
    by: z.string(),
    requestedAt: z.iso.datetime(),
    thumbnail: z.boolean(),
  })
  .meta({ id: "Attachment" });

const stateText: Record<"waiting" | "clean" | "removed", Text> = {
  waiting: { id: "Menunggu unggahan dan pemeriksaan", en: "Waiting for the upload and its inspection" },
  clean: { id: "Sudah diperiksa", en: "Inspected" },
  removed: { id: "Dihapus karena masa simpannya berakhir", en: "Removed at the end of its retention" },
};

/** The attachments of a case as one kind of reader sees them, in the order in which they were asked for. */
export const attachmentsFor = (
  attachments: readonly Attachment[],
  reader: Reader,
  language: Language,
  at: Date,
): z.input<typeof attachmentView>[] =>
  [
    ...counted(attachments, at),
    ...attachments.filter(({ state }) => state === "refused" || state === "removed"),
  ]
    .filter((one) => maySee(one, reader))
    .sort((a, b) => a.requestedAt.localeCompare(b.requestedAt))
    .map(({ attachmentId, name, type, size, state, reason, by, requestedAt, thumbnail }) => ({
      attachmentId,
      name,
      type,
      size,
      state,
      stateText: (state === "refused" ? whyRefused[reason ?? "unreadable"] : stateText[state])[language],
      ...(reason && { reason }),
      by: by.role,
      requestedAt,
      thumbnail: thumbnail === true,
    }));

/** Refuses to open what this reader may not see, or what is not clean. */
export function refuseUnlessReadable(
  found: Attachment | undefined,
  reader: Reader,
  place: FilePlace,
): asserts found is Attachment {
  if (!found || found.state !== "clean" || !maySee(found, reader)) throw noSuchAttachment();
  if (place === "thumbnails" && !found.thumbnail) throw noSuchAttachment();
}

/** Refuses to open an original that is not clean, or went with who sent it. */
export function refuseUnlessOriginal(
  found: Attachment | undefined,
  { originalsExpiredAt }: Pick<Case, "originalsExpiredAt">,
): asserts found is Attachment {
  refuseUnlessReadable(found, "officer", "sealed");
  if (found.originalRemoved || linkedBy([found], originalsExpiredAt).length > 0)
    throw new Refusal("not-found", {
      id: "Berkas asli lampiran ini sudah dihapus bersama identitas pelapor, atas permintaannya. Salinannya tetap ada.",
      en: "The original of this attachment was removed with the reporter's identity, at their request. Its copy is still there.",
    });
}

/** Refuses evidence that is not a clean attachment of this case. */
export function refuseUnlessEvidence(ids: readonly string[], attachments: readonly Attachment[]): void {
  const clean = attachments.filter(({ state }) => state === "clean").map(({ attachmentId }) => attachmentId);
  const wrong = ids.flatMap((id, index) => (clean.includes(id) ? [] : [`evidence.${index}`]));
  if (wrong.length > 0)
    throw refuseFields(
      wrong.map((path) => ({
        in: "body" as const,
        path,
        message: {
          id: "Ini bukan lampiran laporan ini yang sudah diperiksa.",
          en: "This is not an inspected attachment of this case.",
        },
      })),
    );
}

/** How routes name a file of a case. An id that is no id is one that nobody has. */
export const attachmentPath = { attachmentId: z.string().max(80) };
export const whichCopy = z.strictObject({ thumbnail: z.enum(["true", "false"]).optional() });

export const openingOriginal = z.strictObject({ reason: line(500) });
