import { createHmac, randomBytes } from "node:crypto";
import type { AttachmentStore } from "../../shared/attachment/attachment-store.ts";
import type { Act, Case } from "../../shared/case/case.ts";
import type { Standing } from "../../shared/case/moves/table.ts";
import { caseOfHolder } from "../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import type { ReporterCaller } from "../../shared/http/endpoint.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** What those work with who may open identities. */
export interface Vault {
  cases: CaseStore;
  attachments: Pick<AttachmentStore, "of">;
  reporters: ReporterStore;
  traffic: TrafficStore;
  directory: DirectoryStore;
  now: () => Date;
}

export const byReporter: Standing = { role: "reporter", own: true };

const salt = () => randomBytes(16).toString("base64url");
export const actOfReporter = (at: Date): Act => ({ by: { role: "reporter" }, at, salt: salt() });
export const actOf = ({ role, agencyId, id }: Officer, at: Date): Act => ({
  by: { role, agencyId, officerId: id },
  at,
  salt: salt(),
});

/** The case whose receipt somebody brought. */
export const ownCase = (
  vault: Vault,
  trackingNumber: string,
  { receipt, network, proof }: ReporterCaller,
): Promise<Case> => caseOfHolder(vault, { trackingNumber, receipt, network, proof, at: vault.now() });

/**
 * Stands for personal data where a case remembers its last request: hashed with a secret that is not ours, because
 * anybody could try all NIKs against a plain hash.
 */
export const veiled = (body: unknown, secret: string): string =>
  createHmac("sha256", secret).update(JSON.stringify(body)).digest("base64url");
