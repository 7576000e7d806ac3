import { agenciesNow, agencyInPlaceOf, type StaffedTree } from "../../../directory/succession-flow.ts";
import type { Actor, Case } from "../../case.ts";
import type { CaseStore } from "../../store/case-store.ts";
import { levelThatDecides } from "../handing/holder-flow.ts";
import type { Review } from "./objection.ts";

/** The stores that tell who decides on an objection, and the agency that stands above all. */
interface Reviewing {
  cases: Pick<CaseStore, "find">;
  directory: StaffedTree;
  verifyingAgency: string;
}

/** Who archived a case, as its history tells. A case that lapsed was archived by nobody. */
async function archivedBy({ cases }: Pick<Reviewing, "cases">, { trackingNumber }: Case): Promise<Actor> {
  const file = await cases.find(trackingNumber);
  const archival = file?.events.findLast(({ type }) => type === "archived" || type === "lapsed");
  if (!archival) return { role: "system" };
  const { by, officerId } = archival;
  return { ...by, ...(officerId && { officerId }) };
}

/** Who decides on an objection to the archival of a case: a level above whoever archived it. */
export async function reviewOf(stores: Reviewing, found: Case): Promise<Review> {
  const { directory, verifyingAgency } = stores;
  const against = await archivedBy(stores, found);
  if (against.role === "national-admin") return { against, to: verifyingAgency, atTop: true };
  const archiving = against.agencyId ?? found.holder;
  const to = await levelThatDecides(agenciesNow(directory), archiving);
  return to === undefined
    ? { against, to: verifyingAgency, atTop: archiving === verifyingAgency }
    : { against, to, atTop: false };
}

/** The agency that gets a case back whose objection was refused. */
export function givenBackTo(
  { directory, verifyingAgency }: Pick<Reviewing, "directory" | "verifyingAgency">,
  { objection, holder }: Case,
): Promise<string> {
  return agencyInPlaceOf(agenciesNow(directory), objection?.from ?? holder, verifyingAgency);
}
