import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Region } from "../../directory/directory.ts";
import type { CaseFile } from "../case.ts";

/** The names that a case and its history are shown with. Where a name is missing the id is shown. */
export interface Names {
  /** The zone of the agency that has the case: dates that the public reads are its dates. */
  timeZone: TimeZone;
  agencies: Readonly<Record<string, string>>;
  officers: Readonly<Record<string, string>>;
  /** The place of the report with the regions above it, the nearest first. It lists those that the directory has. */
  regionPath: readonly Pick<Region, "code" | "name" | "type">[];
  category: string | undefined;
}

/** The agencies that an event sent a case between. */
export const hopOf = (content: object): { from?: string; to?: string } => {
  const { from, to } = content as { from?: string; to?: string };
  return { ...(from && { from }), ...(to && { to }) };
};

/** The ids of the agencies and officers that a case file is shown with by name. */
export const namedIn = ({ case: found, events }: CaseFile) => ({
  agencies: [
    ...new Set(
      [
        found.agencyId,
        found.holder,
        found.answeredBy,
        ...events.flatMap(({ by, content }) => [by.agencyId, ...Object.values(hopOf(content))]),
      ].filter((id) => id !== undefined),
    ),
  ],
  officers: [...new Set(events.flatMap(({ officerId }) => officerId ?? []))],
});

/** An id with its name. */
export const withName = (names: Readonly<Record<string, string>>, id: string) => ({
  id,
  name: names[id] ?? id,
});
