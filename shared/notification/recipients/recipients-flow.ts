import type { Case } from "../../case/case.ts";
import type { CaseEvent, EventContent } from "../../case/history.ts";
import { waitsForVerification } from "../../case/moves/handing/holder-flow.ts";
import { stages } from "../../deadline/ladder.ts";
import type { Agency } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { agencyInPlaceOf, openWayUp, verifierFor } from "../../directory/succession-flow.ts";
import { withDeputies } from "./deputies-flow.ts";
import {
  agencyOf,
  alerted,
  mailboxOf,
  nearestWithHead,
  officersTold,
  type Recipient,
  type Staffed,
  withoutArchiver,
  withoutMailbox,
} from "./recipients.ts";

async function staffed(directory: DirectoryStore, agencyId: string): Promise<Staffed> {
  const [agency, officers] = await Promise.all([directory.agency(agencyId), directory.officersOf(agencyId)]);
  if (!agency) throw new Error(`The directory has no agency ${agencyId} to notify`);
  return { agency, officers };
}

/** The open agency in the place of one, and those above it, with their officers. At least the agency that verifies. */
async function staffedWayUp(
  directory: DirectoryStore,
  agencyId: string,
  verifyingAgency: string,
): Promise<[Staffed, ...Staffed[]]> {
  const way = await openWayUp(directory, agencyId);
  const [first = verifyingAgency, ...above] = way.map(({ id }) => id);
  return Promise.all([staffed(directory, first), ...above.map((id) => staffed(directory, id))]);
}

/** The agency that the reporter named, if any, and the agency that verifies the case now, or would. */
export async function verifierOf(
  directory: DirectoryStore,
  found: Case,
  verifyingAgency: string,
): Promise<{ named: Agency | undefined; verifier: Agency }> {
  const { agencyId, holder } = found;
  const id = waitsForVerification(found)
    ? agencyInPlaceOf(directory, holder, verifyingAgency)
    : verifierFor(directory, agencyId, verifyingAgency);
  const [named, verifier] = await Promise.all([
    agencyId === undefined ? undefined : directory.agency(agencyId),
    directory.agency(await id),
  ]);
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);
  return { named, verifier };
}

/** The officers who are told of an event now, at the open agency that it concerns. */
export const officersToldOf = async (
  directory: DirectoryStore,
  event: CaseEvent,
  found: Case,
  verifyingAgency: string,
  at: Date,
): Promise<Recipient[]> => {
  const agencyId = agencyOf(event, found.holder);
  const place =
    event.type === "reopened"
      ? nearestWithHead(await staffedWayUp(directory, agencyId, verifyingAgency))
      : await staffed(directory, await agencyInPlaceOf(directory, agencyId, verifyingAgency));
  const { recipients, concerned } = officersTold(event, place, found, verifyingAgency);
  const all = await withDeputies(directory, recipients, concerned, at, event.officerId);
  if (event.type === "submitted") return withoutMailbox(all, place.agency);
  if (event.type !== "objected" && event.type !== "passed-up") return all;
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
  const [verifier, path] = await Promise.all([
    staffed(directory, verifyingAgency),
    staffedWayUp(directory, found.holder, verifyingAgency),
  ]);
  const officers = [verifier, ...path].flatMap((place) => place.officers);
  const told = new Map<string, { recipient: Recipient; alerts: T[] }>();
  for (const alert of alerts) {
    const to = stages.find(({ stage }) => stage === alert.stage)?.to ?? "officer";
    const recipients = alerted(to, found, path, verifier);
    const chosen = new Set(recipients.map(({ id }) => id));
    const concerned = officers.filter(({ id }) => chosen.has(id));
    for (const recipient of await withDeputies(directory, recipients, concerned, at)) {
      const sofar = told.get(recipient.id)?.alerts ?? [];
      told.set(recipient.id, { recipient, alerts: [...sofar, alert] });
    }
  }
  return [...told.values()];
}
