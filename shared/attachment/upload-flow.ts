import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Act, Case } from "../case/case.ts";
import { Refusal } from "../refusal.ts";
import { type attaching, type Attachment, type AttachmentLimits, requested } from "./attachment.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { FileStore } from "./file-store.ts";

/** Where the files of cases are kept, and what is known of them. */
export interface Evidence {
  attachments: AttachmentStore;
  /** Loaded when somebody sends or fetches a file: most calls do neither, and need not wait for the SDK's S3 client. */
  files: () => Promise<FileStore>;
  limits: AttachmentLimits;
}

/** Files of a case in memory of the function that serves it, by the names that the stack gives it. */
export const lazyFiles = (bucket: string): Evidence["files"] => {
  let store: Promise<FileStore> | undefined;
  return () =>
    (store ??= Promise.all([import("./file-store.ts"), import("../case/store/anchor-store.ts")]).then(
      ([{ fileStore }, { storageClient }]) => fileStore(storageClient(), bucket),
    ));
};

export const uploadForm = z
  .object({
    attachmentId: z.string(),
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
  })
  .meta({ id: "UploadForm" });

/** Several at once from one page are honest; more than these meet in a row only when somebody tries. */
const attempts = 10;

/** Makes room for one more file of a case, and gives the form to upload it with. */
export async function roomForFile(
  { attachments, files, limits }: Evidence,
  { trackingNumber }: Case,
  asked: z.output<typeof attaching>,
  { by: { officerId, ...by }, at }: Pick<Act, "by" | "at">,
): Promise<z.output<typeof uploadForm>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { attachments: already, made } = await attachments.of(trackingNumber);
    const one: Attachment = requested(asked, {
      trackingNumber,
      attachmentId: randomUUID(),
      by,
      ...(officerId && { officerId }),
      already,
      made,
      limits,
      at,
    });
    if (await attachments.add(one, made)) {
      const upload = await (await files()).uploadForm(one);
      return { attachmentId: one.attachmentId, upload };
    }
  }
  throw new Refusal("unavailable", {
    id: "Terlalu banyak lampiran diminta sekaligus. Coba lagi sebentar lagi.",
    en: "Too many attachments were asked for at once. Try again in a moment.",
  });
}
