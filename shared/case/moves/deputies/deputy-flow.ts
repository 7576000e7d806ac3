import { localDate } from "../../../deadline/calendar/local-date.ts";
import { isAway } from "../../../directory/administration/absence.ts";
import type { Officer } from "../../../directory/directory.ts";
import type { DirectoryStore } from "../../../directory/directory-store.ts";
import { openWayUp } from "../../../directory/succession-flow.ts";
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

/** Whether somebody looks after the work of an absent officer whose deputy cannot: an administrator who is there. */
const looksAfter = (one: Officer, absent: Officer, today: string): boolean =>
  (one.role === "agency-admin" || (one.role === "national-admin" && absent.role === "national-admin")) &&
  one.id !== absent.id &&
  !one.dismissedAt &&
  !isAway(one, today);

/**
 * Finds who is told what an officer is told, while they are away: their deputy. If the deputy cannot, it is the administrators
 * of the agency, or else of the nearest above that has one who is there.
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
  for (const { id } of await openWayUp(directory, agency.id)) {
    const there = (await directory.officersOf(id)).filter((one) => looksAfter(one, absent, today));
    if (there.length > 0) return there;
  }
  return [];
}
