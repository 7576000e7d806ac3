import type { Agency, OfficerRole } from "./directory.ts";
import type { DirectoryStore } from "./directory-store.ts";
import type { EntryStore } from "./entry-store.ts";

/** Finds agencies, closed ones too. */
export type Tree = Pick<DirectoryStore, "agency">;
/** Finds agencies and who works there. */
export type StaffedTree = Pick<DirectoryStore, "agency" | "officersOf">;

/**
 * The agencies as they are recorded now, for a move that sends a case on. A function that remembers an agency as open for a
 * minute would send the case to a closed one.
 */
export const agenciesNow = ({ agency, officersOf }: StaffedTree): StaffedTree => ({
  agency: (id) => agency(id, { asRecorded: true }),
  officersOf,
});

/** The agencies and officers as they are recorded now. Nothing is answered from memory. */
export const recordedTree = ({ find, under }: Pick<EntryStore, "find" | "under">): StaffedTree => ({
  agency: async (id) => (await find("agency", id))?.entry,
  officersOf: (id) => under("officer", id),
});

/**
 * The open agency that has come in the place of one: itself while it is open, or else its successor, or else the agency above
 * it, and so on. Agencies in `passed` are not looked at again, so no circle of successors holds anybody up.
 */
async function openFrom(
  tree: Tree,
  id: string | null | undefined,
  passed: Set<string>,
): Promise<Agency | undefined> {
  if (id === null || id === undefined || passed.has(id)) return undefined;
  passed.add(id);
  const found = await tree.agency(id);
  if (!found?.closedAt) return found;
  return (await openFrom(tree, found.successor, passed)) ?? (await openFrom(tree, found.parent, passed));
}

/** The open agency in the place of one, and then the open agencies above that one up to the top. */
async function* openLevels(tree: Tree, id: string): AsyncGenerator<Agency> {
  const passed: string[] = [];
  const next = (from: string | null) => openFrom(tree, from, new Set(passed));
  for (let at = await next(id); at; at = await next(at.parent)) {
    passed.push(at.id);
    yield at;
  }
}

/** The same as a list. */
export async function openWayUp(tree: Tree, id: string): Promise<Agency[]> {
  const way: Agency[] = [];
  for await (const one of openLevels(tree, id)) way.push(one);
  return way;
}

/** The open agency that has come in the place of one. Undefined where nobody has. */
export const successorOf = (tree: Tree, id: string): Promise<Agency | undefined> =>
  openFrom(tree, id, new Set());

/** The open agency that has come in the place of one, or else the agency that verifies. */
export const agencyInPlaceOf = async (tree: Tree, id: string, verifyingAgency: string): Promise<string> =>
  (await successorOf(tree, id))?.id ?? verifyingAgency;

/** Whether somebody in one of these roles works at the agency. */
export const hasOneOf = async (
  tree: StaffedTree,
  id: string,
  roles: readonly OfficerRole[],
): Promise<boolean> =>
  (await tree.officersOf(id)).some(({ role, dismissedAt }) => roles.includes(role) && !dismissedAt);

/** Whether somebody at the agency may verify reports that name it. */
export const hasAdministrator = (tree: StaffedTree, id: string): Promise<boolean> =>
  hasOneOf(tree, id, ["agency-admin"]);

/**
 * The nearest open agency above, whether the one below is open or closed, where somebody in one of these roles works. Undefined
 * where there is none.
 */
export async function openAgencyAbove(
  tree: StaffedTree,
  id: string,
  roles: readonly OfficerRole[],
): Promise<string | undefined> {
  const { parent } = (await tree.agency(id)) ?? {};
  if (!parent) return undefined;
  for await (const above of openLevels(tree, parent))
    if (above.id !== id && (await hasOneOf(tree, above.id, roles))) return above.id;
  return undefined;
}

/**
 * The agency that verifies the reports for one: the open agency in its place, or else the nearest above that has an
 * administrator. Reports for no agency, and for one with no administrator above it, go to `verifyingAgency`.
 */
export async function verifierFor(
  tree: StaffedTree,
  id: string | undefined,
  verifyingAgency: string,
): Promise<string> {
  if (id === undefined) return verifyingAgency;
  for await (const one of openLevels(tree, id))
    if (one.id === verifyingAgency || (await hasAdministrator(tree, one.id))) return one.id;
  return verifyingAgency;
}

/**
 * The agencies whose officers may read and act on what an agency has: itself and those above it. What a closed agency had
 * last is also for the agency that has come in its place, and for those above that one.
 */
export async function agenciesInCharge(
  directory: Pick<DirectoryStore, "agency" | "pathOf">,
  id: string,
  how?: { asRecorded: boolean },
): Promise<string[]> {
  const tree: Tree = { agency: (one) => directory.agency(one, how) };
  const [path, found] = await Promise.all([directory.pathOf(id), tree.agency(id)]);
  if (!found?.closedAt) return path;
  const heirs = await openWayUp(tree, id);
  return [...new Set([...path, ...heirs.map((one) => one.id)])];
}
