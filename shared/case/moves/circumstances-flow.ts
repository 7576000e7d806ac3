import type { Counting } from "../../deadline/clock.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { Case } from "../case.ts";
import { countingOf } from "../clocks/counting-flow.ts";
import type { Attacher, Circumstances, FilesOfCase } from "./conditions.ts";
import { levelToReturnTo } from "./handing/holder-flow.ts";

/** What the circumstances of a move are read from. */
export interface Surroundings {
  directory: DirectoryStore;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  filesOf: (trackingNumber: string, at: Date) => Promise<FilesOfCase>;
}

/** An agency as one that attached files. */
export async function attacherOf(
  directory: Pick<DirectoryStore, "agency" | "pathOf">,
  id: string,
): Promise<Attacher> {
  const [path, agency] = await Promise.all([directory.pathOf(id), directory.agency(id)]);
  return { path, isClosed: agency?.closedAt !== undefined };
}

/** Reads what decides, besides the case, which moves can be made with it. `counting` is that of its holder, where it is known. */
export async function circumstancesOf(
  { directory, verifyingAgency, filesOf }: Surroundings,
  found: Case,
  at: Date,
  counting?: Counting,
): Promise<Circumstances> {
  const [office, levelAbove, files] = await Promise.all([
    counting ?? countingOf(directory, found.holder),
    levelToReturnTo(directory, found),
    filesOf(found.trackingNumber, at),
  ]);
  const attachers = await Promise.all(files.toRemove.agencies.map((id) => attacherOf(directory, id)));
  return { at, office, levelAbove, verifyingAgency, files, attachers };
}
