import * as z from "zod";
import { localDate } from "../../deadline/calendar/local-date.ts";
import { absenceFrom, absenceOf } from "../../directory/administration/absence.ts";
import { type Agency, type Officer, officerRole } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { standsInFor } from "../moves/deputies/deputy-flow.ts";

const person = z.object({ id: z.string(), name: z.string() });
const dates = { from: z.iso.date(), until: z.iso.date() };

/** When an officer is away and who stands in for them, and in whose place they stand themselves now. */
export const absencesView = z.object({
  /** Null if none is named, or once it is over. Both dates are local dates of the agency. */
  absence: z.object({ deputy: person, ...dates }).nullable(),
  standsInFor: z.array(
    z.object({
      officer: person,
      role: officerRole,
      agency: z.object({ id: z.string(), name: z.string() }),
      ...dates,
    }),
  ),
});

type Directory = Pick<DirectoryStore, "agency" | "officer" | "whoNamed">;

async function absenceShown(directory: Directory, officer: Officer, agency: Agency | undefined, at: Date) {
  const found = agency && absenceFrom(officer, localDate(at, agency.timeZone));
  if (!found) return null;
  const { deputyId: id, from, until } = found;
  return { deputy: { id, name: (await directory.officer(id))?.name ?? id }, from, until };
}

/** What an officer is shown of absences. */
export async function absencesOf(
  directory: Directory,
  officer: Officer,
  at: Date,
): Promise<z.input<typeof absencesView>> {
  const [agency, absent] = await Promise.all([
    directory.agency(officer.agencyId),
    standsInFor(directory, officer, at),
  ]);
  const places = absent.map(async (one) => {
    const found = absenceOf(one);
    const of = await directory.agency(one.agencyId);
    return found
      ? [
          {
            officer: { id: one.id, name: one.name },
            role: one.role,
            agency: { id: one.agencyId, name: of?.name ?? one.agencyId },
            from: found.from,
            until: found.until,
          },
        ]
      : [];
  });
  return {
    absence: await absenceShown(directory, officer, agency, at),
    standsInFor: (await Promise.all(places)).flat(),
  };
}
