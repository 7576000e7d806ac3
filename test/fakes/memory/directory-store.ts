import { allYears, newestYears } from "../../../shared/deadline/calendar/calendar.ts";
import type { LimitStore } from "../../../shared/deadline/limit-store.ts";
import { allPolicies } from "../../../shared/deadline/policy.ts";
import type { Agency, Officer, Region } from "../../../shared/directory/directory.ts";
import { type DirectoryStore, load, readablePosts } from "../../../shared/directory/directory-store.ts";
import {
  afterChange,
  changed,
  type Entries,
  type EntryEvent,
  type EntryKind,
  entryName,
  type Recorded,
} from "../../../shared/directory/entry-history.ts";
import { type EntryStore, unreadableOfficerFrom } from "../../../shared/directory/entry-store.ts";
import { byName } from "../../../shared/directory/regions/names.ts";
import { codesUp } from "../../../shared/directory/regions/place.ts";
import { portionOf, wayDown } from "../../../shared/directory/subtree.ts";
import { agencies, categories, lowerRegions, regions } from "../agencies.ts";
import { memoryLimits } from "./limit-store.ts";
import { type MemoryRequests, memoryRequests } from "./request-store.ts";

const everyRegion: Region[] = [...regions, ...lowerRegions];

/**
 * A directory in memory, to read and to change. Unlike the one on DynamoDB it remembers nothing, so a change is seen at
 * once.
 */
export function memoryDirectory(
  officers: readonly Officer[] = [],
  limits: LimitStore = memoryLimits(),
  requests: MemoryRequests = memoryRequests(),
): DirectoryStore & EntryStore {
  const recorded: { [K in EntryKind]: Map<string, Recorded<K>> } = { agency: new Map(), officer: new Map() };
  const histories = new Map<string, EntryEvent[]>();
  const owners = new Map<string, string[]>();
  const all = <K extends EntryKind>(kind: K): Entries[K][] =>
    structuredClone([...recorded[kind].values()].map(({ entry }) => entry));
  const one = <K extends EntryKind>(kind: K, id: string): Entries[K] | undefined =>
    structuredClone(recorded[kind].get(id)?.entry);

  const under = <K extends EntryKind>(kind: K, agencyId: string) =>
    all(kind).filter((entry) => ("subject" in entry ? entry.agencyId : entry.parent) === agencyId);

  const entries: EntryStore = {
    find: async (kind, id) => structuredClone(recorded[kind].get(id)),
    async record(before, change, witnesses = [], request) {
      const { kind, entry, event } = structuredClone(change);
      if (recorded[kind].get(entry.id)?.version !== before?.version) return "overtaken";
      if (witnesses.some((seen) => recorded[seen.kind].get(seen.entry.id)?.version !== seen.version))
        return "overtaken";
      if (request && !requests.takes(request)) return "overtaken";
      if ("subject" in entry) {
        const known = owners.get(entry.subject) ?? [entry.id];
        if (!known.some((id) => id === entry.id || event.sharesWith?.includes(id))) return "subject-taken";
        owners.set(entry.subject, [...new Set([...known, entry.id])]);
      }
      if (request) void requests.write(request);
      recorded[kind].set(entry.id, afterChange({ kind, entry, event }));
      const key = `${kind}#${entry.id}`;
      histories.set(key, [...(histories.get(key) ?? []), event]);
      return "recorded";
    },
    history: async (kind, id) => structuredClone(histories.get(`${kind}#${id}`) ?? []),
    holdersOf: async (subject) =>
      structuredClone((owners.get(subject) ?? []).flatMap((id) => recorded.officer.get(id) ?? [])),
    under: async (kind, agencyId) =>
      under(kind, agencyId).filter(
        (entry) => unreadableOfficerFrom(entry) === undefined || kind === "agency",
      ),
    unreadableOfficers: async (agencyId) =>
      under("officer", agencyId).flatMap((entry) => unreadableOfficerFrom(entry) ?? []),
    async *heads() {
      for (const kind of ["agency", "officer"] as const)
        for (const [id, { version, lastHash }] of recorded[kind])
          if (lastHash !== undefined)
            yield [{ entry: entryName(kind, id), sequence: version, hash: lastHash }];
    },
    nationalAdmins: async () =>
      structuredClone(
        [...recorded.officer.values()].filter(
          ({ entry }) => entry.role === "national-admin" && !entry.dismissedAt,
        ),
      ),
  };

  const begin = <K extends EntryKind>(kind: K, entry: Entries[K]) => {
    const act = { type: "created", by: { role: "system" }, at: new Date(0) } as const;
    const change = changed(kind, undefined, entry, act);
    if (change) void entries.record(undefined, change);
  };
  for (const entry of agencies) begin("agency", entry);
  for (const entry of officers) begin("officer", entry);

  return {
    ...entries,
    agency: async (id) => one("agency", id),
    region: async (code) => everyRegion.find((one) => one.code === code),
    regionPath: async (code) =>
      codesUp(code).flatMap((one) => everyRegion.find((known) => known.code === one) ?? []),
    regionsIn: async (parent) => everyRegion.filter((one) => one.parent === parent).sort(byName),
    regionsWithWords: async () => everyRegion,
    categoryName: async (id) => {
      const main = categories.find((one) => one.id === id.split("/", 1)[0]);
      if (!main || main.id === id) return main?.name;
      const sub = main.subcategories.find((one) => one.id === id);
      return sub && `${main.name}: ${sub.name}`;
    },
    regions: async () => regions,
    categories: async () => categories,
    agencies: async ({ region, after, limit }) => {
      const found = all("agency")
        .filter(({ id, regionCode }) => (!region || regionCode === region) && (!after || id > after))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      return { items: found.slice(0, limit), more: found.length > limit };
    },
    officer: async (id) => one("officer", id),
    postsOf: async (subject) =>
      readablePosts(all("officer").filter((entry) => entry.subject === subject)).sort((a, b) =>
        a.id < b.id ? -1 : 1,
      ),
    officersOf: async (agencyId) => entries.under("officer", agencyId),
    rightBelow: async (agencyId) => entries.under("agency", agencyId),
    whoNamed: async (deputyId) =>
      all("officer").filter((entry) => entry.deputyId === deputyId && !entry.dismissedAt),
    pathOf: async (agencyId) => {
      const path: string[] = [];
      for (let at = one("agency", agencyId); at; at = one("agency", at.parent ?? "")) path.push(at.id);
      return path;
    },
    async subtreeOf(agencyId, { after, limit }) {
      const top = one("agency", agencyId);
      const way = after === undefined ? undefined : wayDown(await this.pathOf(after), agencyId);
      if (!top || way?.length === 0) return undefined;
      const everything = Map.groupBy(all("agency"), ({ parent }) => parent);
      return portionOf(top, { after: way, limit }, async (ids) => ids.map((id) => everything.get(id) ?? []));
    },
    calendarYears: async () => newestYears(await limits.calendars()),
    calendarVersions: async () => allYears(await limits.calendars()),
    policies: async () => allPolicies(await limits.policies()),
    put: async (kind, entry, { overwrite = false } = {}) => {
      if (kind !== "agency" && kind !== "officer") throw new Error(`This fake keeps no ${kind}`);
      return load(entries, kind, entry as Agency & Officer, { overwrite, at: new Date() });
    },
    answers: async (id) => recorded.agency.has(id),
  };
}
