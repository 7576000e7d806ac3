import { countingOf } from "../../../shared/case/clocks/counting-flow.ts";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import type { Officer, OfficerRole } from "../../../shared/directory/directory.ts";
import type { Contact, InForce } from "../../../shared/guidance/in-force.ts";
import { scenarioIds } from "../../../shared/practice/scenario.ts";
import { scenarios } from "../../../shared/practice/scenarios.ts";
import type { Desk } from "../desk.ts";

/** Whom officers may have to ask, at their own agency and at those above. */
const asked: Record<"own" | "above", readonly OfficerRole[]> = {
  own: ["agency-admin", "national-admin", "liaison-officer", "agency-head"],
  above: ["agency-admin", "national-admin"],
};

async function contactAt(
  { directory }: Pick<Desk, "directory">,
  id: string,
  where: keyof typeof asked,
): Promise<Contact[]> {
  const [agency, officers] = await Promise.all([directory.agency(id), directory.officersOf(id)]);
  if (!agency || agency.closedAt !== undefined) return [];
  const people = officers
    .filter(({ role, dismissedAt }) => !dismissedAt && asked[where].includes(role))
    .map(({ name, role }) => ({ name, role }));
  return where === "above" && people.length === 0 ? [] : [{ agency, people }];
}

/** Reads what holds now for an agency: limits, calendar and contacts. Nothing is read here that its officers may not know. */
export async function inForceAt(
  { directory, evidence, now }: Pick<Desk, "directory" | "evidence" | "now">,
  { agencyId }: Pick<Officer, "agencyId">,
): Promise<InForce> {
  const [agency, counting] = await Promise.all([directory.agency(agencyId), countingOf(directory, agencyId)]);
  if (!agency) throw new Error(`The directory has no agency ${agencyId}, at which an officer works`);
  const { agencyPath, calendar, policies, timeZone } = counting;
  const contacts = await Promise.all(
    agencyPath.map((id) => contactAt({ directory }, id, id === agencyId ? "own" : "above")),
  );
  return {
    agency,
    agencyPath,
    calendar,
    policies,
    today: localDate(now(), timeZone),
    attachments: evidence.limits,
    contacts: contacts.flat(),
    scenarios: scenarioIds.map((id) => scenarios[id]),
  };
}
