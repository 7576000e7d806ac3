import { activePosts, resettable } from "../../shared/directory/administration/account-flow.ts";
import { refuseReset } from "../../shared/directory/administration/officer.ts";
import {
  actorOf,
  type AgencyPath,
  idsOf,
  rolesInCharge,
} from "../../shared/directory/administration/powers.ts";
import { guardedRoles, hasLostPower, type Matter } from "../../shared/directory/administration/two-people.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { type EntryAct, noted, type Recorded } from "../../shared/directory/entry-history.ts";
import type { Asking } from "./ask-second-person.ts";
import { pathOf, type Registry, store, type Storing } from "./registry.ts";
import { tellOfficer } from "./request-view.ts";

/** The reset of an authenticator, with what decides on it. */
export interface AuthenticatorReset {
  before: Recorded<"officer">;
  /** All posts of the person, with the paths of their agencies: the account is one. */
  posts: { officer: Officer; path: AgencyPath }[];
  /** What of it needs a second person. */
  matters: Matter[];
}

/** Reads what decides on the reset of an authenticator. */
export async function authenticatorReset(
  registry: Registry,
  before: Recorded<"officer">,
): Promise<AuthenticatorReset> {
  const guarded = guardedRoles(registry.openingRoles);
  const others = await activePosts(registry, before.entry.subject);
  const held = new Map([before, ...others].map(({ entry }) => [entry.id, entry]));
  const posts = await Promise.all(
    [...held.values()].map(async (officer) => ({
      officer,
      path: await pathOf(registry, officer.agencyId),
      events: await registry.entries.history("officer", officer.id),
    })),
  );
  const needsSecond = posts.some(
    ({ officer, events }) => guarded.includes(officer.role) || hasLostPower(events, guarded),
  );
  return { before, posts, matters: needsSecond ? ["authenticator"] : [] };
}

/** Refuses the reset if this officer may not ask for it. */
export function refuseAuthenticatorReset({ before, posts, matters }: AuthenticatorReset, who: Officer): void {
  const held = posts.map(({ officer, path }) => ({ officer, path: idsOf(path) }));
  const isOwn = ({ officer }: { officer: Officer }) => officer.id === before.entry.id;
  const [own] = held.filter(isOwn);
  if (!own) throw new Error("The posts of an officer hold their own");
  refuseReset({ own, others: held.filter((post) => !isOwn(post)) }, who, matters.length > 0);
}

/** The same request again within this time is a second click. It is recorded once. */
const secondClickMs = 10 * 60 * 1000;

async function isSecondClick({ entries }: Registry, { entry }: Recorded<"officer">, { by, at }: EntryAct) {
  const last = (await entries.history("officer", entry.id)).at(-1);
  return (
    last?.type === "authenticator-reset" &&
    last.by.officerId === by.officerId &&
    at.getTime() - Date.parse(last.at) < secondClickMs
  );
}

/** Records the reset, which ends the sessions on pages too, has the account forget its authenticator and tells the officer. */
export async function storeReset(
  registry: Registry,
  { before }: Pick<AuthenticatorReset, "before">,
  {
    who,
    reason,
    request,
    ...storing
  }: Storing & { who: Officer; reason?: string | undefined; request?: EntryAct["request"] },
): Promise<Recorded<"officer">> {
  const accounts = await resettable(registry, before.entry);
  const act: EntryAct = {
    type: "authenticator-reset",
    by: actorOf(who),
    at: registry.now(),
    reason,
    ...(request && { request }),
  };
  // The event comes first: no authenticator is reset without a trace. If the account fails, the same request again does it.
  const again = await isSecondClick(registry, before, act);
  // The event itself says what became of the sessions.
  const entry = { ...before.entry, sessionsEndedAt: act.at.toISOString() };
  const change = again ? undefined : { ...noted("officer", before, [], act), entry };
  const after = await store(registry, before, change, storing);
  await accounts.resetAuthenticator(after.entry.subject);
  await tellOfficer(registry, after, "authenticator-reset");
  return after;
}

const ofAgencies = rolesInCharge["agency-admin"] ?? [];

/** The reset as a request that waits for a second person. */
export function resetRequest({ before, posts, matters }: AuthenticatorReset): Asking<"officer"> {
  const roles = [...new Set(posts.map(({ officer }) => officer.role))];
  return {
    kind: "officer",
    id: before.entry.id,
    before,
    matters,
    fields: [],
    wanted: {},
    formerAddress: before.entry.email,
    agencies: [...new Set(posts.map(({ officer }) => officer.agencyId))],
    roles,
    above: posts.map(({ path }) => path.slice(1)),
    newAddresses: [],
    nationalOnly: roles.some((role) => !ofAgencies.includes(role)),
  };
}
