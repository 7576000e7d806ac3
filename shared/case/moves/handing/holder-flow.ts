import { type Officer, type OfficerRole, officerRole } from "../../../directory/directory.ts";
import type { DirectoryStore } from "../../../directory/directory-store.ts";
import {
  agenciesInCharge,
  agencyInPlaceOf,
  openAgencyAbove,
  type StaffedTree,
  verifierFor,
} from "../../../directory/succession-flow.ts";
import type { Case } from "../../case.ts";
import { type Move, permittedMoves, type Situation, situationOf } from "../table.ts";

/** The roles that may make a move for their own agency. National administrators make theirs anywhere. */
const ownRolesThat = (move: Move, situation: Situation): OfficerRole[] =>
  officerRole.options.filter(
    (role) => role !== "national-admin" && permittedMoves(situation, { role, own: true }).includes(move),
  );
const verifiers = ownRolesThat("verify", "submitted");
const workers = ownRolesThat("answer", "assigned");
/** Who may decide on an objection to an archival below them. */
export const deciders = ownRolesThat("uphold", "objected");

/** Whether a case waits for somebody to accept it, or will once its reporter has replied. */
export const waitsForVerification = (found: Case): boolean =>
  situationOf(
    found.status === "awaiting-reporter" ? { ...found, status: found.resumesAs ?? "submitted" } : found,
  ) === "submitted";

/**
 * The level above an agency to which a case is returned: the nearest at which somebody may verify it or work on it. Undefined
 * where there is none.
 */
export const levelToReturnTo = (tree: StaffedTree, found: Case, from = found.holder) =>
  openAgencyAbove(tree, from, waitsForVerification(found) ? verifiers : workers);

/** The level above the unit that answered at which somebody may answer anew. Undefined where there is none. */
export const levelToAppealTo = (tree: StaffedTree, { answeredBy, holder }: Case) =>
  openAgencyAbove(tree, answeredBy ?? holder, workers);

/** The level above an agency that decides on objections to its archivals: the nearest at which somebody may. */
export const levelThatDecides = (tree: StaffedTree, archiving: string): Promise<string | undefined> =>
  openAgencyAbove(tree, archiving, deciders);

/**
 * The open agency that has to have a case now: the one that has come in the place of its holder. While the case waits for
 * verification it is the one that verifies for that one. While an objection waits it is a level above whoever archived the case:
 * also where their agency has come in the place of the one that was to decide.
 */
export async function holderNow(
  tree: StaffedTree,
  found: Case,
  { verifyingAgency }: { verifyingAgency: string },
): Promise<string> {
  const { holder, objection } = found;
  if (objection) {
    const archiving = objection.against.agencyId ?? objection.from;
    return (objection.atTop ? undefined : await levelThatDecides(tree, archiving)) ?? verifyingAgency;
  }
  return (waitsForVerification(found) ? verifierFor : agencyInPlaceOf)(tree, holder, verifyingAgency);
}

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

/**
 * The agency that a case is returned from: the one that has it. Where it waits above for the agency that the reporter named, an
 * officer of that one returns it from there.
 */
export async function agencyReturning(
  directory: Pick<DirectoryStore, "agency" | "pathOf">,
  { holder, agencyId }: Case,
  officer: Pick<Officer, "agencyId">,
): Promise<string> {
  if (agencyId === undefined || agencyId === holder) return holder;
  const inCharge = await agenciesInCharge(directory, holder);
  return inCharge.includes(officer.agencyId) ? holder : agencyId;
}
