import { createHmac } from "node:crypto";
import type { AttachmentStore } from "../../shared/attachment/attachment-store.ts";
import type { IdentitySearchStore } from "../../shared/case/identity-search/identity-search-store.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** What the routes that may open identities work with. */
export interface Vault extends Surroundings {
  cases: CaseStore;
  attachments: Pick<AttachmentStore, "of">;
  reporters: ReporterStore;
  traffic: TrafficStore;
  searches: IdentitySearchStore;
  /** So often may one officer search by identity on a day. */
  searchesOfDay: number;
  /** A search is answered no sooner than after so many milliseconds, so that its time tells nothing. */
  searchTakes: number;
  /** What the pages share. */
  frame: Frame;
  now: () => Date;
}

/** Refuses everybody but an auditor. Those who search have no say in who watches them. */
export function readsSearches({ role }: Officer): void {
  if (role !== "auditor")
    throw new Refusal("forbidden", {
      id: "Hanya auditor yang membaca siapa yang mencari menurut identitas.",
      en: "Only auditors read who searched by identity.",
    });
}

/**
 * Stands for personal data in what a case remembers of its last request. The secret of the hash is not ours: anybody could try
 * all NIKs against a plain hash.
 */
export const veiled = (body: unknown, secret: string): string =>
  createHmac("sha256", secret).update(JSON.stringify(body)).digest("base64url");
