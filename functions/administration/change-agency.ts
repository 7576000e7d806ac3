import { agencyAs, type AgencyEntry } from "../../shared/directory/administration/agency.ts";
import { type AgencyPath, deepest } from "../../shared/directory/administration/powers.ts";
import { type Matter, mattersOfAgency } from "../../shared/directory/administration/two-people.ts";
import { headsGained } from "../../shared/directory/administration/two-people-flow.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import {
  type Change,
  type EntryAct,
  fieldsBetween,
  type Recorded,
} from "../../shared/directory/entry-history.ts";
import type { Asking } from "./ask-second-person.ts";
import { pathOf, type Registry, store, type Storing, witnesses } from "./registry.ts";

/** A new agency or a change of one, with what decides on it. */
export interface AgencyChange {
  id: string;
  before: Recorded<"agency"> | undefined;
  wanted: AgencyEntry;
  /** The path of the agency as it is now. */
  path: AgencyPath;
  /** The path of the agency that it has to stand under. */
  above: AgencyPath;
  moves: boolean;
  knownRegion: boolean;
  height: number;
  /** What of it needs a second person. */
  matters: Matter[];
}

/** Counts the levels from an agency downwards, itself included. */
async function heightOf({ entries }: Registry, id: string): Promise<number> {
  let height = 0;
  for (let level = [id]; level.length > 0 && height <= deepest; height++)
    level = (await Promise.all(level.map((one) => entries.under("agency", one)))).flat().map(({ id }) => id);
  return height;
}

/** Reads what decides on a new agency or a change of one. */
export async function agencyChange(
  registry: Registry,
  id: string,
  wanted: AgencyEntry,
): Promise<AgencyChange> {
  const path = await pathOf(registry, id);
  const [before] = path;
  const moves = before?.entry.parent !== wanted.parent;
  const [above, region, height] = await Promise.all([
    moves ? pathOf(registry, wanted.parent) : path.slice(1),
    wanted.regionCode === undefined ? undefined : registry.directory.region(wanted.regionCode),
    before && moves ? heightOf(registry, id) : 1,
  ]);
  const { openingRoles, mailboxDomains: domains } = registry;
  const heads = before && moves ? await headsGained(registry.entries, path, above, openingRoles) : [];
  const matters = mattersOfAgency(before?.entry, wanted, { domains, heads });
  return { id, before, wanted, path, above, moves, knownRegion: region !== undefined, height, matters };
}

/** Makes the change, or refuses it if this officer may not make it, or not now. Undefined if nothing differs. */
export const agencyChangeBy = (
  { now }: Registry,
  { before, id, wanted, path, above, knownRegion, height }: AgencyChange,
  who: Officer,
  request?: EntryAct["request"],
): Change<"agency"> | undefined =>
  agencyAs(before, id, wanted, {
    who,
    at: now(),
    path,
    above,
    knownRegion,
    height,
    ...(request && { request }),
  });

/** Stores the change. */
export const storeAgency = (
  registry: Registry,
  { before, above, moves }: AgencyChange,
  change: Change<"agency"> | undefined,
  storing: Storing,
): Promise<Recorded<"agency">> =>
  store(registry, before, change, {
    ...storing,
    // Two moves at the same moment could make a circle. So nobody may close or move an agency above at that moment.
    rests: [...(moves ? witnesses(above) : []), ...(storing.rests ?? [])],
  });

/** The change as a request that waits for a second person. */
export function agencyRequest({
  id,
  before,
  wanted,
  path,
  above,
  moves,
  matters,
}: AgencyChange): Asking<"agency"> {
  const was = before?.entry;
  return {
    kind: "agency",
    id,
    before,
    matters,
    fields: fieldsBetween("agency", was, { id, ...wanted }),
    wanted: { agency: wanted },
    formerAddress: was?.alertEmail,
    agencies: [...(was ? [id] : []), ...(moves && wanted.parent !== null ? [wanted.parent] : [])],
    roles: [],
    above: was && moves ? [path.slice(1), above] : [above],
    newAddresses: was?.alertEmail === wanted.alertEmail ? [] : [wanted.alertEmail],
    nationalOnly: false,
  };
}
