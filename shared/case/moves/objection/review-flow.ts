import type { DirectoryStore } from "../../../directory/directory-store.ts";
import type { Actor, Case } from "../../case.ts";
import type { CaseStore } from "../../store/case-store.ts";
import type { Review } from "./objection.ts";

/** The stores that tell who decides on an objection, and the agency that stands above all. */
interface Reviewing {
  cases: Pick<CaseStore, "find">;
  directory: Pick<DirectoryStore, "agency" | "pathOf">;
  verifyingAgency: string;
}

/** The open agency that stands for one that may have been closed: its successor or else the one above it, and so on. */
async function openAgency(directory: Reviewing["directory"], id: string): Promise<string | undefined> {
  const passed = new Set<string>();
  for (let at: string | null | undefined = id; at && !passed.has(at);) {
    passed.add(at);
    const agency = await directory.agency(at);
    if (agency && !agency.closedAt) return agency.id;
    at = agency?.successor ?? agency?.parent;
  }
  return undefined;
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
  const [, ...above] = await directory.pathOf(archiving);
  for (const id of above) {
    const to = await openAgency(directory, id);
    if (to !== undefined && to !== archiving) return { against, to, atTop: false };
  }
  return { against, to: verifyingAgency, atTop: archiving === verifyingAgency };
}

/** The agency that gets a case back once its objection is decided. */
export async function givenBackTo(
  { directory, verifyingAgency }: Pick<Reviewing, "directory" | "verifyingAgency">,
  { objection, holder }: Case,
): Promise<string> {
  return (await openAgency(directory, objection?.from ?? holder)) ?? verifyingAgency;
}
