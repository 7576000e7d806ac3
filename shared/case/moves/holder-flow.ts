import { agencyInPlaceOf, type StaffedTree, verifierFor } from "../../directory/succession-flow.ts";
import type { Case } from "../case.ts";
import { situationOf } from "./table.ts";

/** Whether a case waits for somebody to accept it. */
export const waitsForVerification = (found: Case): boolean => situationOf(found) === "submitted";

/**
 * The open agency that a case of `agencyId` belongs to now: the one that has come in its place, or, while the case waits for
 * verification, the one that verifies for it.
 */
export const holderNow = (
  tree: StaffedTree,
  found: Case,
  { agencyId = found.holder, verifyingAgency }: { agencyId?: string; verifyingAgency: string },
): Promise<string> =>
  waitsForVerification(found)
    ? verifierFor(tree, agencyId, verifyingAgency)
    : agencyInPlaceOf(tree, agencyId, verifyingAgency);
