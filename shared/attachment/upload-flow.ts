import { randomBytes, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Act, Case } from "../case/case.ts";
import type { FilesOfCase } from "../case/moves/conditions.ts";
import type { Language, Text } from "../language.ts";
import { Refusal } from "../refusal.ts";
import type { attaching } from "./announcement.ts";
import { type Attachment, type AttachmentLimits, filesOfCase, requested } from "./attachment.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { FileStore } from "./file-store.ts";

/** What a function needs to let people send and fetch files of cases. */
export interface Evidence {
  attachments: AttachmentStore;
  /** Loads the store. Most calls touch no file and do not wait for the SDK's S3 client. */
  files: () => Promise<FileStore>;
  limits: AttachmentLimits;
}

/** The store of files in a bucket, loaded once and only when a file is sent or fetched. */
export const lazyFiles = (bucket: string): Evidence["files"] => {
  let store: Promise<FileStore> | undefined;
  return () =>
    (store ??= Promise.all([import("./file-store.ts"), import("../platform/storage.ts")]).then(
      ([{ fileStore }, { storageClient }]) => fileStore(storageClient(), bucket),
    ));
};

/** Reads what conditions of moves have to know of the files of a case. */
export const knownFiles =
  ({ attachments, limits }: { attachments: Pick<AttachmentStore, "of">; limits: AttachmentLimits }) =>
  async (trackingNumber: string, at: Date): Promise<FilesOfCase> =>
    filesOfCase((await attachments.of(trackingNumber)).attachments, limits, at);

/** What a browser needs to upload a file. */
export const uploadForm = z
  .object({
    attachmentId: z.string(),
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
    /** What a reporter has to know before they send the file. */
    notice: z.string().optional(),
  })
  .meta({ id: "UploadForm" });

/** What a reporter has to know before they send a file. */
export const beforeSending: Text = {
  id: "Sebelum mengirim: dari salinan yang dibaca petugas, kami menghapus keterangan kamera, lokasi, waktu, dan penulis. Kami tidak dapat menghapus yang terlihat atau terdengar: wajah, nama, tanda tangan, suara, nomor rumah, pelat nomor, kop surat. Bila itu dapat menunjukkan siapa Anda, tutupi dahulu. Suara Anda dapat dikenali: rekaman didengar petugas instansi yang menangani laporan ini dan Ombudsman, tidak pernah oleh publik; bila itu tidak aman, tulis saja isinya. Word dan Excel tidak dapat kami bersihkan: nama penulis dan riwayat ubahannya ikut terbaca petugas, jadi lebih aman PDF. Berkas aslinya disimpan tersegel; dengan tanda terima Anda dapat menghapusnya kapan saja (original-erasure).",
  en: "Before you send: we remove camera, position, time and author from the copy that officers read. We cannot remove what is seen or heard: faces, names, signatures, voices, house numbers, number plates, letterheads. If these can show who you are, cover them first. Your voice can be recognised: recordings are heard by officers of the agency that works on this report and by the Ombudsman, never by the public; where that is not safe, write down what is said. We cannot clean Word and Excel files: officers read their writer's name and what was changed, so a PDF is safer. The original is kept sealed; with the receipt you can have it erased at any time (original-erasure).",
};

/** A page may ask for several uploads at once. So many collisions in a row come only from somebody who tries. */
const attempts = 10;

/** Adds one more file to a case, and gives the form to upload it with. */
export async function roomForFile(
  { attachments, files, limits }: Evidence,
  { trackingNumber, anonymous }: Case,
  asked: z.output<typeof attaching>,
  {
    by: { officerId, ...by },
    at,
    language = "id",
    leadsTo,
  }: Pick<Act, "by" | "at"> & {
    language?: Language;
    /** Where the browser goes on after the upload, for the form of a page. */
    leadsTo?: string | undefined;
  },
): Promise<z.output<typeof uploadForm>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { attachments: already, made } = await attachments.of(trackingNumber);
    const one: Attachment = requested(asked, {
      trackingNumber,
      attachmentId: randomUUID(),
      salt: randomBytes(16).toString("base64url"),
      by,
      ...(officerId && { officerId }),
      already,
      made,
      anonymous,
      limits,
      at,
    });
    if (await attachments.add(one, made)) {
      const upload = await (await files()).uploadForm(one, leadsTo);
      const notice = by.role === "reporter" && { notice: beforeSending[language] };
      return { attachmentId: one.attachmentId, upload, ...notice };
    }
  }
  throw new Refusal("unavailable", {
    id: "Terlalu banyak lampiran diminta sekaligus. Coba lagi sebentar lagi.",
    en: "Too many attachments were asked for at once. Try again in a moment.",
  });
}
