import { isDeepStrictEqual } from "node:util";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { allYears, type CalendarVersion, newestYears } from "../deadline/calendar/calendar.ts";
import { limitStore } from "../deadline/limit-store.ts";
import { allPolicies, type PolicyVersion } from "../deadline/policy.ts";
import { itemsOf } from "../platform/dynamo.ts";
import { readableOf, readStored } from "../platform/read-stored.ts";
import { sideBySide } from "../platform/side-by-side.ts";
import { asItem, unknownFieldsOf, UnreadableItem } from "../stored.ts";
import { addressKept } from "./administration/address.ts";
import {
  type Agency,
  agency,
  type Category,
  category,
  type Officer,
  officer,
  type Region,
  region,
} from "./directory.ts";
import {
  type Change,
  changed,
  type Entries,
  type EntryEvent,
  type EntryKind,
  entryNotes,
  type Recorded,
} from "./entry-history.ts";
import { deputyPk, entriesUnder, type EntryStore, entryStore } from "./entry-store.ts";
import { byName, type NameSearch } from "./regions/names.ts";
import { codesUp } from "./regions/place.ts";
import { kindOfRegion, lowerRegions } from "./regions/region-store.ts";
import { type Portion, portionOf, wayDown } from "./subtree.ts";

const kinds = { region, district: region, village: region, agency, category, officer } as const;
export type Kind = keyof typeof kinds;
export type Entry<K extends Kind> = z.infer<(typeof kinds)[K]>;

export const idOf = (entry: Region | Agency | Category | Officer): string =>
  "code" in entry ? entry.code : entry.id;

/** A warm function answers from memory for no longer than this, so it sees a change within a minute. */
export const directoryMemorySeconds = 60;
/** A missing entry is remembered for this long only: whoever misses it may be about to store it. */
const aMoment = 2_000;

/** The agencies right below so many others are asked for one by one. Beyond that it takes fewer requests to read all. */
const askedOneByOne = 60;

const unreadablePost = () =>
  new UnreadableItem(["entry"], {
    id: "Jabatan Anda dicatat oleh versi sistem yang lebih baru, dan versi yang sekarang berjalan belum mengenalnya. Untuk sementara Anda tidak dapat bekerja di sini. Tidak ada yang hilang. Coba lagi nanti, atau hubungi admin instansi Anda.",
    en: "A newer version of the system recorded your post, and the version that runs now does not know it. For the time being you cannot work here. Nothing is lost. Try again later, or ask the administrator of your agency.",
  });

/** The posts of a person that this code knows. Somebody who has none but others may do nothing here, and is told that it passes. */
export function readablePosts(entries: readonly unknown[]): Officer[] {
  const posts = readableOf(entries, (entry) => readStored(officer, entry));
  if (posts.length === 0 && entries.length > 0) throw unreadablePost();
  return posts;
}

export interface DirectoryStore {
  /** With `asRecorded` it is read from the database itself, and remembered anew. */
  agency(id: string, how?: { asRecorded: boolean }): Promise<Agency | undefined>;
  /** A region of any size. */
  region(code: string): Promise<Region | undefined>;
  /** Lists those of a region and the regions above it that the directory has, the nearest first. */
  regionPath(code: string): Promise<Region[]>;
  /** The name of a category, or of a subcategory as "parent: child". */
  categoryName(id: string): Promise<string | undefined>;
  /** Lists the provinces, kabupaten and kota. */
  regions(): Promise<Region[]>;
  /** Lists the regions right below one, by name. */
  regionsIn(parent: string): Promise<Region[]>;
  /** Lists regions that a search may find. Who asks checks each with the names of those above it. */
  regionsWithWords(search: NameSearch): Promise<Region[]>;
  categories(): Promise<Category[]>;
  /**
   * Reads one page of agencies by id: at most `limit`, beginning after the id `after`, and of one region if it is given.
   */
  agencies(query: {
    region?: string;
    after?: string;
    limit: number;
  }): Promise<{ items: Agency[]; more: boolean }>;
  officer(id: string): Promise<Officer | undefined>;
  /**
   * Lists the posts of the person who signs in as this subject of the issuer, by id, and those that they have left. Refuses somebody
   * none of whose posts this code can read.
   */
  postsOf(subject: string): Promise<Officer[]>;
  /** Lists all officers of an agency, dismissed ones too. */
  officersOf(agencyId: string): Promise<Officer[]>;
  /** Lists the officers whose entries name this one as their deputy, at whatever time. */
  whoNamed(deputyId: string): Promise<Officer[]>;
  /** Lists the agencies right below one, closed ones too. */
  rightBelow(agencyId: string): Promise<Agency[]>;
  /** Lists the agency and all above it, from itself to the top. The list is empty if there is no such agency. */
  pathOf(agencyId: string): Promise<string[]>;
  /**
   * Lists the agency and those below it, a portion at a time. `after` is the last agency of the portion before. Returns
   * undefined if there is no such agency, or if `after` is not below it any more.
   */
  subtreeOf(
    agencyId: string,
    query: { after?: string | undefined; limit: number },
  ): Promise<Portion | undefined>;
  /** Lists the newest version of every year of the calendar: a stored one, or else the one that came with the system. */
  calendarYears(): Promise<readonly CalendarVersion[]>;
  /** Lists all versions of all years of the calendar. */
  calendarVersions(): Promise<readonly CalendarVersion[]>;
  /** Lists all versions of the limits: those that came with the system and those stored since. */
  policies(): Promise<readonly PolicyVersion[]>;
  /**
   * Stores an entry that an operator loads, and returns what that did. It fails if somebody changes the entry at the same
   * moment. An agency or officer that administrators have changed since is kept, unless `overwrite` is set.
   */
  put<K extends Exclude<Kind, "district" | "village">>(
    kind: K,
    entry: Entry<K>,
    options?: { overwrite?: boolean },
  ): Promise<"added" | "changed" | "unchanged" | "kept">;
  /** Asks the database itself, never the memory, whether it answers and holds this agency. */
  answers(agencyId: string): Promise<boolean>;
}

export function directoryStore(
  dynamo: DynamoDBDocumentClient,
  table: string,
  now: () => number = Date.now,
  rememberedFor = directoryMemorySeconds * 1000,
): DirectoryStore {
  const entries = entryStore(dynamo, table);
  const limits = limitStore(dynamo, table);
  const lower = lowerRegions(dynamo, table);
  const remembered = new Map<string, { value: Promise<unknown>; until: number }>();

  /**
   * Reads once for everybody who asks within a minute. A failed read is not remembered, and a missing entry only for a
   * moment.
   */
  const remember = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = remembered.get(key);
    if (known && known.until > now()) return known.value as Promise<T>;
    if (remembered.size > 5_000) remembered.clear();
    const value = read();
    const memory = { value, until: now() + rememberedFor };
    remembered.set(key, memory);
    value.then(
      (found) => {
        if (found === undefined) memory.until = Math.min(memory.until, now() + aMoment);
      },
      () => remembered.delete(key),
    );
    return value;
  };

  const calendars = () =>
    remember("calendars", async () => {
      const stored = await limits.calendars();
      return { newest: newestYears(stored), all: allYears(stored) };
    });

  const read = async (kind: Kind, id: string, { asRecorded = false } = {}) => {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk: kind, sk: id }, ConsistentRead: asRecorded }),
    );
    return Item;
  };

  const entry = <K extends Kind>(
    kind: K,
    id: string,
    how?: { asRecorded: boolean },
  ): Promise<Entry<K> | undefined> => {
    const key = `${kind}#${id}`;
    if (how?.asRecorded) remembered.delete(key);
    return remember(key, async () => {
      const item = await read(kind, id, how);
      return item && (readStored(kinds[kind], item.entry) as Entry<K>);
    });
  };

  const page = (
    kind: Kind,
    { region, after, limit }: { region?: string | undefined; after?: string | undefined; limit?: number },
  ) =>
    dynamo.send(
      new QueryCommand(
        region === undefined
          ? {
              TableName: table,
              KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk > :after",
              ExpressionAttributeValues: { ":pk": kind, ...(after !== undefined && { ":after": after }) },
              Limit: limit,
            }
          : {
              TableName: table,
              IndexName: "by-region",
              KeyConditionExpression:
                after === undefined ? "servedRegion = :region" : "servedRegion = :region AND sk > :after",
              ExpressionAttributeValues: {
                ":region": region,
                ...(after !== undefined && { ":after": after }),
              },
              Limit: limit,
            },
      ),
    );

  const all = async (kind: Kind) => {
    const items: Record<string, unknown>[] = [];
    let after: string | undefined;
    do {
      const found = await page(kind, { after });
      items.push(...(found.Items ?? []));
      after = found.LastEvaluatedKey && String(found.LastEvaluatedKey.sk);
    } while (after);
    return items;
  };

  /** All agencies by the one right above them. A request reads about 2,000. */
  const everyAgency = () =>
    remember("tree", async () =>
      Map.groupBy(
        readableOf(await all("agency"), (item) => readStored(agency, item.entry)),
        ({ parent }) => parent,
      ),
    );

  /** Finds the agencies right below others: of a few by a query each, of many from all that there are. */
  const rightBelow = () => {
    let asked = 0;
    return async (ids: readonly string[]): Promise<Agency[][]> => {
      asked += ids.length;
      if (asked <= askedOneByOne) return sideBySide(ids, (id) => entriesUnder(dynamo, table, "agency", id));
      const below = await everyAgency();
      return ids.map((id) => below.get(id) ?? []);
    };
  };

  return {
    agency: (id, how) => entry("agency", id, how),
    region: (code) => entry(kindOfRegion(code), code),

    async regionPath(code) {
      const found = await Promise.all(codesUp(code).map((one) => this.region(one)));
      return found.filter((one) => one !== undefined);
    },

    async categoryName(id) {
      const main = await entry("category", id.split("/", 1)[0] ?? "");
      if (!main || main.id === id) return main?.name;
      const sub = main.subcategories.find((one) => one.id === id);
      return sub && `${main.name}: ${sub.name}`;
    },

    regions: () =>
      remember("regions", async () =>
        readableOf(await all("region"), (item) => readStored(region, item.entry)),
      ),

    async regionsIn(parent) {
      const below = /^\d\d$/.test(parent)
        ? (await this.regions()).filter((one) => one.parent === parent)
        : await remember(`in#${parent}`, () => lower.in(parent));
      return [...below].sort(byName);
    },

    async regionsWithWords(search) {
      const below = await remember(`words#${search.readBy.join(" ")}`, () => lower.withWords(search));
      return [...(await this.regions()), ...below];
    },

    categories: () =>
      remember("categories", async () =>
        readableOf(await all("category"), (item) => readStored(category, item.entry)),
      ),

    agencies: (query) =>
      remember(`agencies#${query.region ?? ""}#${query.after ?? ""}#${query.limit}`, async () => {
        const items: Agency[] = [];
        let after = query.after;
        let more = true;
        while (more && items.length < query.limit) {
          const found = await page("agency", { ...query, after, limit: query.limit - items.length });
          items.push(...readableOf(found.Items, (item) => readStored(agency, item.entry)));
          after = found.LastEvaluatedKey && String(found.LastEvaluatedKey.sk);
          more = found.LastEvaluatedKey !== undefined;
        }
        return { items, more };
      }),

    officer: (id) => entry("officer", id),

    async postsOf(subject) {
      const found = await remember(`subject#${subject}`, async () => {
        const { Items = [] } = await dynamo.send(
          new QueryCommand({
            TableName: table,
            IndexName: "by-subject",
            KeyConditionExpression: "subject = :subject",
            ExpressionAttributeValues: { ":subject": subject },
          }),
        );
        return Items.length === 0 ? undefined : readablePosts(Items.map(({ entry }): unknown => entry));
      });
      return [...(found ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    officersOf: (agencyId) =>
      remember(`officers#${agencyId}`, () => entriesUnder(dynamo, table, "officer", agencyId)),

    rightBelow: (agencyId) =>
      remember(`below#${agencyId}`, () => entriesUnder(dynamo, table, "agency", agencyId)),

    async whoNamed(deputyId) {
      const ids = await remember(`deputy#${deputyId}`, async () => {
        const items = await itemsOf(dynamo, {
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": deputyPk(deputyId) },
        });
        return items.map(({ sk }) => String(sk));
      });
      const named = await Promise.all(ids.map((id) => entry("officer", id)));
      return named.filter((one): one is Officer => one?.deputyId === deputyId && !one.dismissedAt);
    },

    async pathOf(agencyId) {
      const path: string[] = [];
      for (let at: string | null = agencyId; at && !path.includes(at);) {
        const found: Agency | undefined = await entry("agency", at);
        if (!found) break;
        path.push(at);
        at = found.parent;
      }
      return path;
    },

    async subtreeOf(agencyId, { after, limit }) {
      const top = await entry("agency", agencyId);
      const way = after === undefined ? undefined : wayDown(await this.pathOf(after), agencyId);
      if (!top || way?.length === 0) return undefined;
      return remember(`subtree#${agencyId}#${limit}#${way?.join("/") ?? ""}`, () =>
        portionOf(top, { after: way, limit }, rightBelow()),
      );
    },

    calendarYears: async () => (await calendars()).newest,
    calendarVersions: async () => (await calendars()).all,

    policies: () => remember("policies", async () => allPolicies(await limits.policies())),

    async put(kind, entry, { overwrite = false } = {}) {
      if (kind === "agency" || kind === "officer")
        return load(entries, kind, entry as Agency & Officer, { overwrite, at: new Date(now()) });
      const id = idOf(entry);
      const before = await read(kind, id);
      const put = plainPut(table, kind, before, entry);
      if (!put) return "unchanged";
      await dynamo.send(new PutCommand(put));
      return before ? "changed" : "added";
    },

    answers: async (agencyId) => (await read("agency", agencyId)) !== undefined,
  };
}

/**
 * Builds the write that stores an entry without a history over the item that was there before. Returns undefined if
 * nothing differs.
 */
export const plainPut = <K extends Kind>(
  table: string,
  kind: K,
  before: Record<string, unknown> | undefined,
  entry: Entry<K>,
) => {
  const was = before && (readStored(kinds[kind], before.entry) as Entry<K>);
  const after = { ...unknownFieldsOf(kinds[kind], was), ...entry };
  if (isDeepStrictEqual(was, after)) return undefined;
  const seen = before && Number(before.version);
  return {
    TableName: table,
    Item: asItem({ pk: kind, sk: idOf(entry), version: (seen ?? 0) + 1, entry: after }),
    ConditionExpression: before ? "version = :seen" : "attribute_not_exists(pk)",
    ExpressionAttributeValues: before && { ":seen": seen },
  };
};

/** Stores an agency or officer from a file, together with the event that records it. */
export async function load<K extends EntryKind>(
  entries: EntryStore,
  kind: K,
  entry: Entries[K],
  { overwrite, at }: { overwrite: boolean; at: Date },
): Promise<"added" | "changed" | "unchanged" | "kept"> {
  const before = await entries.find(kind, entry.id);
  const change = await loadedChange(entries, kind, before, entry, { overwrite, at });
  if (typeof change === "string") return change;
  const outcome = await entries.record(before, change);
  if (outcome !== "recorded") throw new Error(`${kind} ${entry.id} was not stored: ${outcome}`);
  return before ? "changed" : "added";
}

const addressOf = (entry: Entries[EntryKind]): string => ("email" in entry ? entry.email : entry.alertEmail);

/**
 * Builds the change that makes an agency or officer what a file says. "kept" means that administrators have changed the
 * entry since.
 */
export async function loadedChange<K extends EntryKind>(
  entries: Pick<EntryStore, "history">,
  kind: K,
  before: Recorded<K> | undefined,
  entry: Entries[K],
  { overwrite, at }: { overwrite: boolean; at: Date },
): Promise<Change<K> | "unchanged" | "kept"> {
  // No file knows it, and it is nothing that the entry tells.
  const ended = before && "sessionsEndedAt" in before.entry ? before.entry.sessionsEndedAt : undefined;
  const loaded = {
    ...entry,
    ...(ended !== undefined && { sessionsEndedAt: ended }),
    ...(before && addressOf(before.entry) === addressOf(entry) && addressKept(before.entry)),
  };
  const change = changed(kind, before, loaded, {
    type: before ? "changed" : kind === "officer" ? "invited" : "created",
    by: { role: "system" },
    at,
  });
  if (!change) return "unchanged";
  const changedHere = ({ by, type }: EntryEvent): boolean =>
    by.role !== "system" && !entryNotes.includes(type);
  if (before && !overwrite && (await entries.history(kind, entry.id)).some(changedHere)) return "kept";
  return change;
}

/** Finds the names that a case is shown with. An id that the directory does not know gets no name. */
export async function namesFrom(
  directory: DirectoryStore,
  {
    agencies,
    officers,
    region,
    category,
  }: {
    agencies: readonly string[];
    officers: readonly string[];
    region: string | undefined;
    category: string | undefined;
  },
) {
  const nameOf = async (
    ids: readonly string[],
    find: (id: string) => Promise<{ name: string } | undefined>,
  ): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await Promise.all(ids.map(async (id) => [id, (await find(id))?.name] as const))).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
  const [agencyNames, officerNames, regionPath, categoryName] = await Promise.all([
    nameOf(agencies, (id) => directory.agency(id)),
    nameOf(officers, (id) => directory.officer(id)),
    region === undefined ? [] : directory.regionPath(region),
    category === undefined ? undefined : directory.categoryName(category),
  ]);
  return { agencies: agencyNames, officers: officerNames, regionPath, category: categoryName };
}
