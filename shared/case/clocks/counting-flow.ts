import { calendarOf } from "../../deadline/calendar/calendar.ts";
import type { Counting } from "../../deadline/clock.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";

/** Reads what the clocks of a case are counted by while this agency holds it. Fails if the directory does not have the agency. */
export async function countingOf(directory: DirectoryStore, agencyId: string): Promise<Counting> {
  const [agency, agencyPath, years, calendars, policies] = await Promise.all([
    directory.agency(agencyId),
    directory.pathOf(agencyId),
    directory.calendarYears(),
    directory.calendarVersions(),
    directory.policies(),
  ]);
  if (!agency) throw new Error(`The directory has no agency ${agencyId}, which holds a case`);
  return {
    timeZone: agency.timeZone,
    calendar: calendarOf(years, agency.regionCode),
    calendars,
    policies,
    agencyPath,
  };
}

/** The same, read once for each agency. */
export function countingOnce(directory: DirectoryStore): (agencyId: string) => Promise<Counting> {
  const known = new Map<string, Promise<Counting>>();
  return (agencyId) => {
    const counting = known.get(agencyId) ?? countingOf(directory, agencyId);
    known.set(agencyId, counting);
    return counting;
  };
}
