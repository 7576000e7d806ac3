import { absenceKept } from "../../shared/directory/administration/absence.ts";
import { accountFor, closeUnlessUsed, remind } from "../../shared/directory/administration/account-flow.ts";
import {
  officerAs,
  type OfficerEntry,
  refuseOfficer,
} from "../../shared/directory/administration/officer.ts";
import {
  type AgencyPath,
  idsOf,
  isClosed,
  rolesInCharge,
} from "../../shared/directory/administration/powers.ts";
import {
  guardedRoles,
  hasLostPower,
  type Matter,
  mattersOfOfficer,
} from "../../shared/directory/administration/two-people.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { type EntryAct, fieldsBetween, type Recorded } from "../../shared/directory/entry-history.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { watchingVerification } from "./ask-hand-over.ts";
import type { Asking } from "./ask-second-person.ts";
import {
  otherNationalAdmin,
  pathOf,
  refuseIfOvertaken,
  type Registry,
  store,
  type Storing,
  witnesses,
} from "./registry.ts";
import { tellOfficer } from "./request-view.ts";

/** An invitation or a change of an officer, with what decides on it. */
export interface OfficerChange {
  id: string;
  before: Recorded<"officer"> | undefined;
  wanted: OfficerEntry;
  /** The path of the agency that the officer works for now. */
  path: AgencyPath;
  /** The path of the agency that they have to work for. */
  agency: AgencyPath;
  other: Recorded<"officer"> | undefined;
  /** What of it needs a second person. */
  matters: Matter[];
}

/** Reads what decides on an invitation or a change of an officer. */
export async function officerChange(
  registry: Registry,
  id: string,
  before: Recorded<"officer"> | undefined,
  wanted: OfficerEntry,
): Promise<OfficerChange> {
  const [path, agency, other, events] = await Promise.all([
    pathOf(registry, before?.entry.agencyId ?? null),
    pathOf(registry, wanted.agencyId),
    otherNationalAdmin(registry, before),
    before ? registry.entries.history("officer", id) : [],
  ]);
  const guarded = guardedRoles(registry.openingRoles);
  const matters = mattersOfOfficer(before?.entry, wanted, guarded, hasLostPower(events, guarded));
  return { id, before, wanted, path, agency, other, matters };
}

/** Refuses the change if this officer may not make it, or not now. */
export function refuseOfficerChange(
  { accounts, now }: Registry,
  { id, before, wanted, path, agency, other, matters }: OfficerChange,
  who: Officer,
): void {
  refuseOfficer(before, id, wanted, {
    who,
    at: now(),
    path: idsOf(path),
    agency,
    ownAccounts: accounts !== undefined,
    otherNationalAdmin: other !== undefined,
  });
  if (matters.length > 0 && agency.some(({ entry }) => entry.closedAt))
    throw refuseFields([isClosed("agencyId")]);
}

/**
 * Stores the change, with an account for an officer who needs one, and ends the account that they have no more. If nothing
 * differs, an officer who has never signed in is invited again: their temporary password may have run out.
 */
export async function storeOfficer(
  registry: Registry,
  { id, before, wanted, agency, other }: OfficerChange,
  { who, request, ...storing }: Storing & { who: Officer; request?: EntryAct["request"] },
): Promise<Recorded<"officer">> {
  // The account comes before the entry. A failure in between leaves an account that may do nothing, and the same request
  // again finds it.
  await refuseIfOvertaken(registry, "officer", before, storing);
  const { subject, wasThere, others } = await accountFor(registry, id, before, wanted);
  const isSame = before && !before.entry.dismissedAt && before.entry.subject === subject;
  const change = officerAs(before, id, wanted, {
    who,
    at: registry.now(),
    subject,
    ...(request && { request }),
    ...(!isSame && others.length > 0 && { sharesWith: others.map(({ entry }) => entry.id) }),
  });
  const after = await watchingVerification(registry, before, change, () =>
    store(registry, before, change, {
      ...storing,
      rests: [
        ...witnesses(before?.entry.agencyId === wanted.agencyId ? [] : agency),
        ...[...others, ...(other && wanted.role !== "national-admin" ? [other] : [])].map((one) => ({
          kind: "officer" as const,
          ...one,
        })),
        ...(storing.rests ?? []),
      ],
    }),
  );
  if (!change || wasThere) await remind(registry, after.entry);
  if (!isSame && others.some(({ entry }) => !entry.dismissedAt))
    await tellOfficer(registry, after, "further-post");
  if (before && before.entry.subject !== subject) await closeUnlessUsed(registry, before.entry.subject);
  return after;
}

const ofAgencies = rolesInCharge["agency-admin"] ?? [];

/** The change as a request that waits for a second person. */
export function officerRequest({
  id,
  before,
  wanted,
  path,
  agency,
  matters,
}: OfficerChange): Asking<"officer"> {
  const was = before?.entry;
  const roles = [...new Set([wanted.role, was?.role ?? wanted.role])];
  const { mails = was?.mails ?? "immediate", subject = was?.subject ?? "", ...rest } = wanted;
  return {
    kind: "officer",
    id,
    before,
    matters,
    fields: fieldsBetween("officer", was, { ...rest, id, mails, subject, ...absenceKept(was) }),
    wanted: { officer: wanted },
    formerAddress: was?.email,
    agencies: [...new Set([wanted.agencyId, was?.agencyId ?? wanted.agencyId])],
    roles,
    above: [path, agency].filter(({ length }) => length > 0).map((one) => one.slice(1)),
    newAddresses: was?.email === wanted.email ? [] : [wanted.email],
    nationalOnly: roles.some((role) => !ofAgencies.includes(role)),
  };
}
