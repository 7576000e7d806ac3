import type { Case } from "../../case/case.ts";
import type { CaseEvent, EventContent } from "../../case/history.ts";
import { stages } from "../../deadline/ladder.ts";
import type { Agency } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { withDeputies } from "./deputies-flow.ts";
import {
  agencyOf,
  alerted,
  mailboxOf,
  officersTold,
  type Recipient,
  type Staffed,
  withoutArchiver,
} from "./recipients.ts";

async function staffed(directory: DirectoryStore, agencyId: string): Promise<Staffed> {
  const [agency, officers] = await Promise.all([directory.agency(agencyId), directory.officersOf(agencyId)]);
  if (!agency) throw new Error(`The directory has no agency ${agencyId} to notify`);
  return { agency, officers };
}

/** The agency that the reporter named, if any, and the agency that verifies the case: that one, or the one for all others. */
export async function verifierOf(
  directory: DirectoryStore,
  { agencyId }: Case,
  verifyingAgency: string,
): Promise<{ named: Agency | undefined; verifier: Agency }> {
  const named = agencyId === undefined ? undefined : await directory.agency(agencyId);
  const verifier = named ?? (await directory.agency(verifyingAgency));
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);
  return { named, verifier };
}

/** The officers who are told of an event now. */
export const officersToldOf = async (
  directory: DirectoryStore,
  event: CaseEvent,
  found: Case,
  verifyingAgency: string,
  at: Date,
): Promise<Recipient[]> => {
  const place = await staffed(directory, agencyOf(event, found.holder));
  const told = officersTold(event, place, verifyingAgency);
  const all = await withDeputies(directory, told, place.officers, at, event.officerId);
  if (event.type !== "objected") return all;
  const deciding = withoutArchiver(all, found);
  return deciding.length > 0 ? deciding : [mailboxOf(place.agency)];
};

type Alert = EventContent<"warned">["alerts"][number];

/** Who is told of which of these alerts now. Each person is listed once. */
export async function alertedOf<T extends Alert>(
  directory: DirectoryStore,
  alerts: readonly T[],
  found: Case,
  verifyingAgency: string,
  at: Date,
): Promise<{ recipient: Recipient; alerts: T[] }[]> {
  if (alerts.length === 0) return [];
  const ids = await directory.pathOf(found.holder);
  const [verifier, holder, ...above] = await Promise.all(
    [verifyingAgency, found.holder, ...ids.slice(1)].map((id) => staffed(directory, id)),
  );
  if (!verifier || !holder) throw new Error("The directory has no agencies to notify");
  const officers = [verifier, holder, ...above].flatMap((place) => place.officers);
  const told = new Map<string, { recipient: Recipient; alerts: T[] }>();
  for (const alert of alerts) {
    const to = stages.find(({ stage }) => stage === alert.stage)?.to ?? "officer";
    const recipients = alerted(to, found, [holder, ...above], verifier);
    for (const recipient of await withDeputies(directory, recipients, officers, at)) {
      const sofar = told.get(recipient.id)?.alerts ?? [];
      told.set(recipient.id, { recipient, alerts: [...sofar, alert] });
    }
  }
  return [...told.values()];
}
