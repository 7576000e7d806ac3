import type { FileStore, Upload, Verdict } from "../../../shared/attachment/file-store.ts";
import { fileKey, type Folder } from "../../../shared/attachment/folders.ts";
import { uploadKey } from "../../../shared/attachment/folders.ts";

/** A bucket in memory. A read gets the newest upload under a key, unless it asks for a version. */
export function memoryFiles() {
  const uploads = new Map<string, (Upload & { bytes: Uint8Array })[]>();
  const kept = new Map<string, Uint8Array>();
  const verdicts = new Map<string, Verdict>();
  const files: FileStore = {
    uploadForm: async (one, leadsTo) => ({
      url: "https://bucket.example/",
      fields: { key: uploadKey(one), ...(leadsTo !== undefined && { success_action_redirect: leadsTo }) },
    }),
    origin: async () => "https://bucket.example",
    download: async (folder, one) => `https://bucket.example/${fileKey(folder, one)}`,
    async read({ key, etag, versionId }) {
      const versions = uploads.get(key) ?? [];
      const found = versionId ? versions.find((version) => version.versionId === versionId) : versions.at(-1);
      return found?.etag === etag ? found.bytes : undefined;
    },
    async drop({ key }) {
      uploads.delete(key);
    },
    verdict: async ({ versionId = "" }) => verdicts.get(versionId) ?? "none",
    async keep(folder, one, bytes) {
      const key = fileKey(folder, one);
      if (!kept.has(key)) kept.set(key, bytes);
    },
    async erase(trackingNumber, folders, goes) {
      for (const key of kept.keys()) {
        const [folder, number, attachmentId = ""] = key.split("/");
        if (!folders.includes(folder as Folder)) continue;
        if (number === trackingNumber && goes(attachmentId, new Date(0))) kept.delete(key);
      }
    },
  };
  let version = 0;
  return {
    ...files,
    kept,
    uploads,
    verdicts,
    /** Uploads as a browser does with the form that it got. Returns what the bucket tells of the upload. */
    upload(key: string, bytes: Uint8Array): Upload {
      const upload = { key, etag: `etag-${++version}`, versionId: `version-${version}` };
      uploads.set(key, [...(uploads.get(key) ?? []), { ...upload, bytes }]);
      return upload;
    },
  };
}
