import type { Counting } from "../../deadline/clock.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { Case } from "../case.ts";
import { countingOf } from "../clocks/counting-flow.ts";
import type { Circumstances, FilesOfCase } from "./conditions.ts";
import { levelToReturnTo } from "./holder-flow.ts";

/** What the circumstances of a move are read from. */
export interface Surroundings {
  directory: DirectoryStore;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  filesOf: (trackingNumber: string, at: Date) => Promise<FilesOfCase>;
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
  return { at, office, levelAbove, verifyingAgency, files };
}
