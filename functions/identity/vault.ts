import { createHmac } from "node:crypto";
import type { AttachmentStore } from "../../shared/attachment/attachment-store.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** What the routes that may open identities work with. */
export interface Vault {
  cases: CaseStore;
  attachments: Pick<AttachmentStore, "of">;
  reporters: ReporterStore;
  traffic: TrafficStore;
  directory: DirectoryStore;
  now: () => Date;
}

/**
 * Stands for personal data in what a case remembers of its last request. The secret of the hash is not ours: anybody could try
 * all NIKs against a plain hash.
 */
export const veiled = (body: unknown, secret: string): string =>
  createHmac("sha256", secret).update(JSON.stringify(body)).digest("base64url");
