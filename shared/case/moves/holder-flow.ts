import type { DirectoryStore } from "../../directory/directory-store.ts";
import {
  agenciesInCharge,
  agencyInPlaceOf,
  type StaffedTree,
  verifierFor,
} from "../../directory/succession-flow.ts";
import type { Case } from "../case.ts";
import { situationOf } from "./table.ts";

/** Whether a case waits for somebody to accept it, or will once its reporter has replied. */
export const waitsForVerification = (found: Case): boolean =>
  situationOf(
    found.status === "awaiting-reporter" ? { ...found, status: found.resumesAs ?? "submitted" } : found,
  ) === "submitted";

/**
 * The open agency that has to have a case now: the one that has come in the place of its holder, or, while the case waits for
 * verification, the one that verifies for that one.
 */
export const holderNow = (
  tree: StaffedTree,
  found: Case,
  { verifyingAgency }: { verifyingAgency: string },
): Promise<string> =>
  (waitsForVerification(found) ? verifierFor : agencyInPlaceOf)(tree, found.holder, verifyingAgency);

/**
 * The agencies whose officers a case is for: those in charge of its holder. Until somebody has accepted or returned the case it
 * is also for the agency that the reporter named, whoever verifies for that one.
 */
export async function inChargeOf(
  directory: Pick<DirectoryStore, "agency" | "pathOf">,
  { holder, agencyId, verifiedAt, returns }: Case,
  how?: { asRecorded: boolean },
): Promise<string[]> {
  const isUntouched = verifiedAt === undefined && returns === 0;
  const agencies = agencyId !== undefined && isUntouched ? [holder, agencyId] : [holder];
  return (await Promise.all(agencies.map((id) => agenciesInCharge(directory, id, how)))).flat();
}
