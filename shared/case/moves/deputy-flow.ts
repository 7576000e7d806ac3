import { localDate } from "../../deadline/calendar/local-date.ts";
import { isAway } from "../../directory/administration/absence.ts";
import type { Officer } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { takesPlace } from "./deputy.ts";

/** Finds the officers in whose place an officer stands now. */
export async function standsInFor(
  directory: Pick<DirectoryStore, "agency" | "whoNamed">,
  deputy: Officer,
  at: Date,
): Promise<Officer[]> {
  const absent = await directory.whoNamed(deputy.id);
  const agencies = await Promise.all(absent.map(({ agencyId }) => directory.agency(agencyId)));
  return absent.filter((one, index) => {
    const agency = agencies[index];
    return agency !== undefined && takesPlace(one, deputy, agency, localDate(at, agency.timeZone));
  });
}

/**
 * Finds who is told what an officer is told, while they are away: their deputy. If the deputy cannot, it is the administrators
 * of the agency.
 */
export async function inPlaceOf(
  directory: Pick<DirectoryStore, "agency" | "officer" | "officersOf">,
  absent: Officer,
  at: Date,
): Promise<Officer[]> {
  const { deputyId } = absent;
  const agency = deputyId === undefined ? undefined : await directory.agency(absent.agencyId);
  if (!agency || deputyId === undefined) return [];
  const today = localDate(at, agency.timeZone);
  if (!isAway(absent, today)) return [];
  const deputy = await directory.officer(deputyId);
  if (deputy && takesPlace(absent, deputy, agency, today)) return [deputy];
  return (await directory.officersOf(agency.id)).filter(
    (one) => one.role === "agency-admin" && !one.dismissedAt && !isAway(one, today) && one.id !== absent.id,
  );
}
