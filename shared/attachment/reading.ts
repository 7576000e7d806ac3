import * as z from "zod";
import type { Case } from "../case/case.ts";
import { refusalOfOriginals } from "../case/moves/identity.ts";
import type { Move } from "../case/moves/table.ts";
import type { attachmentView, RefusalReason } from "../case/views/attachment-view.ts";
import type { Reader } from "../case/views/visibility.ts";
import type { Language, Text } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import { line } from "../text/writing.ts";
import { type Attachment, counted, isOfficeFile, isOfReporter, officersSendPdf } from "./attachment.ts";
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
    id: "Isi berkas ini bukan JPEG, PNG, WebP, HEIC, PDF, video MP4 atau MOV, suara (M4A, MP3, OGG Opus, WebM, AMR), Word (.docx), atau Excel (.xlsx), apa pun namanya. Kirim sebagai salah satu jenis itu.",
    en: "What is in this file is not JPEG, PNG, WebP, HEIC, PDF, a film (MP4, MOV), sound (M4A, MP3, OGG Opus, WebM, AMR), Word (.docx) or Excel (.xlsx), whatever its name says. Send it as one of these.",
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
    id: "Dokumen ini memuat program (makro), formulir yang terkirim sendiri, berkas lain di dalamnya, atau mengambil sesuatu dari tempat lain ketika dibuka. Cetak ke PDF baru atau kirim fotonya.",
    en: "This document holds a program (macros), a form that sends itself or other files, or fetches something from elsewhere when it is opened. Print it to a new PDF, or send a photo of it.",
  },
  encrypted: {
    id: "Dokumen ini terkunci dengan kata sandi. Buka kuncinya, lalu kirim lagi.",
    en: "This document is locked with a password. Unlock it and send it again.",
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
  "not-public": officersSendPdf,
  "too-late": {
    id: "Berkas ini datang sesudah formulir unggahnya tidak berlaku, jadi tidak disimpan. Minta formulir baru, lalu kirim lagi.",
    en: "This file came after its upload form had expired, so it is not kept. Ask for a new form and send it again.",
  },
  "case-ended": {
    id: "Ketika berkas ini datang, laporan ini tidak lagi menerima lampiran dari Anda, jadi berkasnya tidak disimpan. Bila laporan ini dibuka kembali, kirim lagi.",
    en: "When this file came, the case no longer took attachments from you, so it is not kept. If the case is opened again, send it again.",
  },
};

/** Of a document that is kept as it came. */
const officeWarning: Text = {
  id: "Dokumen Word atau Excel dari pelapor, disimpan tersegel seperti aslinya. Di dalamnya mungkin ada nama penulis, komentar, dan riwayat ubahan: jangan sebarkan, jangan unggah ke tempat lain. Buka hanya dalam Tampilan Terproteksi; jangan mengaktifkan isi, makro, atau tautan.",
  en: "A Word or Excel document of the reporter, kept sealed as it came. It may hold its writer's name, comments and what was changed: do not pass it on or upload it elsewhere. Open it in Protected View only; enable no content, macros or links.",
};
const officeClean: Text = {
  id: "Sudah diperiksa dari program berbahaya dan makro; disimpan tersegel, tanpa salinan. Buka aslinya dengan alasan (opening).",
  en: "Checked for malware and macros; kept sealed, without a copy. Open its original for a reason (opening).",
};
const ownOfficeClean: Text = {
  id: "Sudah diperiksa dan disimpan tersegel. Kami tidak dapat membersihkan dokumen Word dan Excel: petugas yang membukanya membaca juga nama penulis, komentar, dan riwayat ubahannya. Publik tidak pernah melihatnya. Yang lebih aman: kirim PDF, lalu hapus dokumen ini (original-erasure).",
  en: "Inspected and kept sealed. We cannot clean Word and Excel documents: an officer who opens it also reads its writer's name, comments and what was changed. The public never sees it. Safer: send a PDF, and have this document erased (original-erasure).",
};
const officeErased: Text = {
  id: "Dokumen ini sudah dihapus atas permintaan pelapor. Salinannya tidak ada.",
  en: "This document was erased at the reporter's request. There is no copy of it.",
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

const settledText = (one: Attachment, reader: Reader, isErased: boolean): Text => {
  const { type, state, reason, by, removedAt } = one;
  if (removedAt) return takenBackText(one);
  if (state === "refused") return whyRefused[reason ?? "unreadable"];
  if (state === "clean" && isOfficeFile({ type })) {
    if (isErased) return officeErased;
    return reader === "reporter" ? ownOfficeClean : officeClean;
  }
  return state === "clean" && reader === "reporter" && by.role === "reporter" ? ownClean : stateText[state];
};

const hasWarning = (one: Attachment, reader: Reader): boolean =>
  one.state === "clean" && isOfficeFile(one) && reader !== "reporter";

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
    .map((one) => ({ one, isErased: isWithoutOriginal(one, found) }))
    .map(({ one, isErased }) => ({
      attachmentId: one.attachmentId,
      name: nameFor(one, reader, found),
      type: one.type,
      size: one.size,
      state: one.state,
      stateText: settledText(one, reader, isErased)[language],
      ...(one.reason && { reason: one.reason }),
      ...(hasWarning(one, reader) && !isErased && { warning: officeWarning[language] }),
      by: one.by.role,
      requestedAt: one.requestedAt,
      ...(one.removedAt && { removedAt: one.removedAt, removedBy: one.removedBy }),
      thumbnail: one.thumbnail === true,
      originalRemoved: one.state === "refused" || isErased,
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
  if (folder !== "sealed" && isOfficeFile(found))
    throw new Refusal("not-found", {
      id: "Dokumen Word dan Excel disimpan tersegel dan tidak punya salinan. Petugas laporan ini membukanya dengan alasan (opening).",
      en: "Word and Excel documents are kept sealed and have no copy. Officers of this case open them for a reason (opening).",
    });
  if (folder === "thumbnails" && !found.thumbnail) throw noSuchAttachment();
}

/** A document names who wrote it, so it stays closed like the identity of whoever sent it. */
const documentStaysClosed = () =>
  new Refusal("conflict", {
    id: "Dokumen Word dan Excel memuat nama penulisnya. Pelapor belum atau tidak lagi mengizinkannya dibuka. Minta pelapor mengirim PDF (question), atau mengizinkan dokumen ini dibuka.",
    en: "Word and Excel documents hold their writer's name. The reporter has not agreed that this one is opened. Ask them for a PDF (question), or to agree.",
  });

/**
 * Whether this officer opens an original as one who works on its case. Documents of word processors have no copy, so whoever may
 * attach to the case opens them, for a reason that the reporter is told. Other originals are for the head and the Ombudsman.
 */
export const opensAtWork = (found: Attachment | undefined, may: readonly Move[]): boolean =>
  found !== undefined && isOfficeFile(found) && !may.includes("open-original") && may.includes("attach");

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
  if (objection) throw isOfficeFile(found) ? documentStaysClosed() : objection;
  if (isWithoutOriginal(found, ofCase) && isOfficeFile(found)) throw new Refusal("not-found", officeErased);
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
