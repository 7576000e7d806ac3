import type { CaseStore } from "../case/store/case-store.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import { errorForLog, logger } from "../platform/observability.ts";
import { arrivalExpiry, monthOf, posterOf } from "./arrivals.ts";

/**
 * Counts a stored report whose sender came in by a poster. Nothing of that is kept with the case. A count that fails is missing;
 * the report is not.
 */
export async function countArrival(
  { cases, directory }: { cases: Pick<CaseStore, "addArrival">; directory: Pick<DirectoryStore, "agency"> },
  cameFrom: string | undefined,
  at: Date,
): Promise<void> {
  const agencyId = posterOf(cameFrom);
  if (agencyId === undefined) return;
  try {
    if (await directory.agency(agencyId)) await cases.addArrival(agencyId, monthOf(at), arrivalExpiry(at));
  } catch (error) {
    logger.error("an arrival was not counted", { error: errorForLog(error) });
  }
}
