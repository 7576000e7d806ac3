import * as z from "zod";
import type { Case } from "../case/case.ts";
import { refusalOfOriginals } from "../case/moves/identity.ts";
import type { attachmentView, RefusalReason } from "../case/views/attachment-view.ts";
import type { Reader } from "../case/views/visibility.ts";
import type { Language, Text } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import { line } from "../text/writing.ts";
import { type Attachment, counted, isOfReporter } from "./attachment.ts";
import { type Folder, neutralName } from "./folders.ts";
import { isWithoutOriginal } from "./retention.ts";

/** The refusal of a file. It is the same for an unknown id, a file of another case and a file that cannot be read. */
export const noSuchAttachment = () =>
  new Refusal("not-found", {
    id: "Tidak ada lampiran dengan nomor ini pada laporan ini, atau belum dapat dibuka.",
    en: "There is no attachment with this number on this case, or it cannot be opened yet.",
  });

const parties: readonly Reader[] = ["reporter", "officer", "observer"];

/**
 * Whether a reader may know of a file at all. Only the parties of a case and the Ombudsman may: a photo can tell the
 * public who took it. A file that is not clean is known only to the side that sent it.
 */
export const maySee = ({ state, by }: Attachment, reader: Reader): boolean =>
  parties.includes(reader) &&
  (state === "clean" || state === "removed" || (by.role === "reporter") === (reader === "reporter"));

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
  "other-type": {
    id: "Isi berkas ini bukan jenis yang diberitahukan untuk formulir unggah ini. Minta formulir baru dengan jenis yang benar, lalu kirim lagi.",
    en: "What is in this file is not of the type that was announced for this upload form. Ask for a new form with its true type and send it again.",
  },
  "too-late": {
    id: "Berkas ini datang sesudah formulir unggahnya tidak berlaku, jadi tidak disimpan. Minta formulir baru, lalu kirim lagi.",
    en: "This file came after its upload form had expired, so it is not kept. Ask for a new form and send it again.",
  },
  "case-ended": {
    id: "Ketika berkas ini datang, laporan ini tidak lagi menerima lampiran dari Anda, jadi berkasnya tidak disimpan. Bila laporan ini dibuka kembali, kirim lagi.",
    en: "When this file came, the case no longer took attachments from you, so it is not kept. If the case is opened again, send it again.",
  },
};

const stateText: Record<"waiting" | "clean" | "removed", Text> = {
  waiting: { id: "Menunggu unggahan dan pemeriksaan", en: "Waiting for the upload and its inspection" },
  clean: { id: "Sudah diperiksa", en: "Inspected" },
  removed: { id: "Dihapus karena masa simpannya berakhir", en: "Removed at the end of its retention" },
};

const takenBackText = ({ originalKept }: Pick<Attachment, "originalKept">): Text =>
  originalKept
    ? {
        id: "Dihapus oleh pihak yang melampirkannya. Berkas aslinya tetap tersegel untuk Ombudsman.",
        en: "Removed by those who attached it. The original stays sealed for the Ombudsman.",
      }
    : { id: "Dihapus oleh pihak yang melampirkannya", en: "Removed by those who attached it" };

/**
 * What a file is called for a reader. Its sender's side reads the name that it was sent under. Officers read a name of ours where
 * the reporter is anonymous: "Budi di depan rumah.jpg" tells who that is.
 */
const nameFor = (one: Attachment, reader: Reader, { anonymous }: Pick<Case, "anonymous">): string =>
  anonymous && isOfReporter(one) && reader !== "reporter" ? neutralName(one) : one.name;

/** What the copy of a reporter's own file still tells. */
const ownClean: Text = {
  id: "Sudah diperiksa. Petugas mendapat salinan tanpa keterangan kamera, lokasi, waktu, dan penulis. Yang terlihat atau terdengar masih ada: wajah, nama, tanda tangan, suara, nomor rumah, pelat nomor, kop surat.",
  en: "Inspected. Officers get a copy without camera, position, time and author. What is seen or heard is still there: faces, names, signatures, voices, house numbers, number plates, letterheads.",
};

const settledText = ({ state, reason, by, removedAt, originalKept }: Attachment, reader: Reader): Text => {
  if (removedAt) return takenBackText({ originalKept });
  if (state === "refused") return whyRefused[reason ?? "unreadable"];
  return state === "clean" && reader === "reporter" && by.role === "reporter" ? ownClean : stateText[state];
};

/** The attachments of a case as one kind of reader sees them, in the order in which they were asked for. */
export const attachmentsFor = (
  found: Pick<Case, "anonymous" | "originalsExpiredAt">,
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
    .map((one) => ({
      attachmentId: one.attachmentId,
      name: nameFor(one, reader, found),
      type: one.type,
      size: one.size,
      state: one.state,
      stateText: settledText(one, reader)[language],
      ...(one.reason && { reason: one.reason }),
      by: one.by.role,
      requestedAt: one.requestedAt,
      ...(one.removedAt && { removedAt: one.removedAt, removedBy: one.removedBy }),
      thumbnail: one.thumbnail === true,
      originalRemoved: one.state === "refused" || isWithoutOriginal(one, found),
    }));

/** Whether a file can be opened at all. The original of one that was removed is left to the Ombudsman where the case is with them. */
const isOpen = ({ state, originalKept }: Attachment, reader: Reader, folder: Folder): boolean =>
  state === "clean" || (originalKept === true && folder === "sealed" && reader === "observer");

/** Refuses to open what this reader may not see, or what is not clean. */
export function refuseUnlessReadable(
  found: Attachment | undefined,
  reader: Reader,
  folder: Folder,
): asserts found is Attachment {
  if (!found || !isOpen(found, reader, folder) || !maySee(found, reader)) throw noSuchAttachment();
  if (folder === "thumbnails" && !found.thumbnail) throw noSuchAttachment();
}

/**
 * Refuses to open an original: of a file that is not there or not clean; of the reporter's, unless they agreed where they have to;
 * and one that is gone. Who has not got the reporter's consent does not learn what is gone.
 */
export function refuseUnlessOriginal(
  found: Attachment | undefined,
  ofCase: Pick<Case, "status" | "anonymous" | "identityConsentedAt" | "originalsExpiredAt">,
  reader: Reader,
): asserts found is Attachment {
  refuseUnlessReadable(found, reader, "sealed");
  const objection = isOfReporter(found) ? refusalOfOriginals(ofCase) : undefined;
  if (objection) throw objection;
  if (isWithoutOriginal(found, ofCase))
    throw new Refusal("not-found", {
      id: "Berkas asli lampiran ini sudah dihapus atas permintaan pelapor. Salinannya tetap ada.",
      en: "The original of this attachment was removed at the reporter's request. Its copy is still there.",
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

/** How routes name a file of a case. What is no id at all is refused like an unknown id. */
export const attachmentPath = { attachmentId: z.string().max(80) };
/** Which copy a download asks for. */
export const whichCopy = z.strictObject({ thumbnail: z.enum(["true", "false"]).optional() });

/** What an officer says who opens an original. */
export const openingOriginal = z.strictObject({ reason: line(500) });
