import type { Attachment } from "../../shared/attachment/attachment.ts";
import type { AttachmentStore } from "../../shared/attachment/attachment-store.ts";
import type { FileStore, Upload, Verdict } from "../../shared/attachment/file-store.ts";
import { fileKey, type Folder } from "../../shared/attachment/folders.ts";
import type { Case, CaseFile } from "../../shared/case/case.ts";
import { checkEntry, checkPartition } from "../../shared/case/lists/checks.ts";
import { feedEntry } from "../../shared/case/lists/feed.ts";
import { merged, type Page } from "../../shared/case/lists/page.ts";
import { positionIn, queueEntry, queuesIn } from "../../shared/case/lists/queues.ts";
import { regionEntry } from "../../shared/case/lists/regions.ts";
import type { Search } from "../../shared/case/lists/search.ts";
import { canBeFollowed } from "../../shared/case/moves/joining.ts";
import { keepEntry } from "../../shared/case/moves/retention.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { RetryRecord } from "../../shared/case/submission/retry.ts";
import { type CalendarVersion,newestYears } from "../../shared/deadline/calendar.ts";
import type { LimitStore } from "../../shared/deadline/limit-store.ts";
import { type PolicyVersion,shippedPolicies } from "../../shared/deadline/policy.ts";
import type { AccountStore } from "../../shared/directory/account-store.ts";
import type { Agency, Category, Officer, OfficerRole, Region } from "../../shared/directory/directory.ts";
import { type DirectoryStore,load } from "../../shared/directory/directory-store.ts";
import { afterChange, changed, type Entries, type EntryEvent, type EntryKind, entryName, type Recorded } from "../../shared/directory/entry-history.ts";
import type { EntryStore } from "../../shared/directory/entry-store.ts";
import type { Outbox } from "../../shared/message-queue.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import type { Mailer } from "../../shared/notification/mails/mailer-store.ts";
import { type Notification,notificationId } from "../../shared/notification/notification.ts";
import type { NotificationStore } from "../../shared/notification/notification-store.ts";
import type { PileStore, Waiting } from "../../shared/notification/piles/pile-store.ts";
import { type FormerAddress, type ReporterIdentity,searchText } from "../../shared/reporter/reporter.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import { type Counted, windowEnd } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { uploadKey } from "../../shared/attachment/folders.ts";

/** Stores in memory that keep the same contract as those on DynamoDB (test/integration/stores.test.ts holds both to it). */
export function memoryStores() {
  const files = new Map<string, CaseFile>();
  const identities = new Map<string, ReporterIdentity>();
  const formers = new Map<string, FormerAddress>();
  const retries = new Map<string, RetryRecord>();

  const all = () => [...files.values()].map((file) => structuredClone(file.case));

  const pageOf = (
    rows: { order: string; case: Case }[],
    { after, limit, ...wanted }: Search & { status?: string; holder?: string },
    compare: (a: string, b: string) => number,
  ): Page =>
    merged(
      [
        {
          rows: rows.filter(
            (row) =>
              (after === undefined || compare(after, row.order) < 0) &&
              (!wanted.class || row.case.class === wanted.class) &&
              (!wanted.status || row.case.status === wanted.status) &&
              (!wanted.holder || row.case.holder === wanted.holder) &&
              (!wanted.category || `${row.case.category}/`.startsWith(`${wanted.category}/`)) &&
              (!wanted.region || row.case.location?.regionCode.startsWith(wanted.region)),
          ),
          reached: undefined,
        },
      ],
      limit,
      compare,
    );

  const cases: CaseStore = {
    async submit({ case: opened, event, identity }, retry) {
      const earlier = retries.get(retry.keyHash);
      if (earlier && earlier.expiresAt >= Date.parse(opened.submittedAt) / 1000)
        return { stored: false, earlier };
      if (files.has(opened.trackingNumber)) return { stored: false };
      files.set(opened.trackingNumber, structuredClone({ case: opened, events: [event] }));
      if (identity) identities.set(opened.trackingNumber, identity);
      retries.set(retry.keyHash, retry);
      return { stored: true };
    },
    async find(trackingNumber) {
      return structuredClone(files.get(trackingNumber));
    },
    async get(trackingNumber) {
      return structuredClone(files.get(trackingNumber)?.case);
    },
    async append(before, moved) {
      const file = files.get(before.trackingNumber);
      if (file?.case.version !== before.version) return false;
      const { trackingNumber } = before;
      if (moved.event.type === "joined") {
        const first = files.get(moved.event.content.duplicateOf);
        if (!first || !canBeFollowed(first.case)) return false;
      }
      if (moved.former) formers.set(`${trackingNumber}#${moved.event.sequence}`, moved.former);
      if (moved.identity === "removed") identities.delete(trackingNumber);
      else if (moved.identity) {
        const { mailsStopped, receiptToMail } = identities.get(trackingNumber) ?? {};
        identities.set(trackingNumber, { ...moved.identity, mailsStopped, receiptToMail });
      }
      files.set(
        before.trackingNumber,
        structuredClone({ case: moved.case, events: [...file.events, moved.event] }),
      );
      return true;
    },
    async restate(found) {
      const file = files.get(found.trackingNumber);
      if (file?.case.version !== found.version) return false;
      files.set(found.trackingNumber, structuredClone({ ...file, case: found }));
      return true;
    },
    async *movedOn(day) {
      for (const { trackingNumber, version, lastHash, movedAt } of all())
        if (movedAt.startsWith(day)) yield [{ trackingNumber, sequence: version, hash: lastHash }];
    },
    async *keptUntil(instant) {
      for (const found of all())
        if ((keepEntry(found).keepUntil ?? "~") <= instant) yield [found.trackingNumber];
    },
    async queue(name, holders, search) {
      const { from = "", to = "~" } = search.window ?? {};
      const waiting = all()
        .map((found) => ({ found, ...queueEntry(found) }))
        .filter(({ queue }) => queue !== undefined && holders.includes(queue))
        .map(({ found, queueOrder = "" }) => ({ case: found, ...positionIn(queueOrder) }))
        .filter(({ queue, due }) => queuesIn(name).includes(queue) && due >= from && due <= to);
      return pageOf(waiting, search, (a, b) => (a < b ? -1 : 1));
    },
    async openCases(holder) {
      return all().filter((found) => queueEntry(found).queue === holder).length;
    },
    async positions(holder) {
      const entries = all().map(queueEntry);
      const positions = entries.flatMap(({ queue, queueOrder }) =>
        queue === holder && queueOrder ? [queueOrder] : [],
      );
      return { positions, complete: true };
    },
    async toCheck(shard, until, after) {
      const limit = 3;
      const due = all()
        .filter(
          (found) => checkEntry(found).check === checkPartition(shard) && (found.nextCheckAt ?? "~") <= until,
        )
        .map(({ nextCheckAt, trackingNumber }) => `${nextCheckAt}#${trackingNumber}`)
        .sort()
        .filter((place) => after === undefined || place > after);
      const page = due.slice(0, limit);
      return {
        numbers: page.map((place) => place.split("#")[1] ?? ""),
        after: due.length > limit ? page.at(-1) : undefined,
      };
    },
    async running(shard, after) {
      const page = await this.toCheck(shard, "~", after);
      return {
        cases: page.numbers.flatMap((number) => structuredClone(files.get(number)?.case) ?? []),
        after: page.after,
      };
    },
    async postpone(found, nextCheckAt) {
      const file = files.get(found.trackingNumber);
      if (file?.case.version !== found.version) return false;
      const { nextCheckAt: _, ...rest } = file.case;
      file.case = { ...rest, ...(nextCheckAt && { nextCheckAt }) };
      return true;
    },
    async followersOf(joinedTo, after = "#") {
      const limit = 25;
      const numbers = all()
        .filter((found) => found.joinedTo === joinedTo && found.trackingNumber > after)
        .map(({ trackingNumber }) => trackingNumber)
        .sort();
      const page = numbers.slice(0, limit);
      return { numbers: page, after: numbers.length > limit ? page.at(-1) : undefined };
    },
    async around(region, { from, to, after, limit }) {
      const places = all()
        .map((found) => ({ found, ...regionEntry(found) }))
        .filter(({ found, placeOrder = "" }) => found.location?.regionCode === region && placeOrder >= from)
        .filter(
          ({ placeOrder = "" }) => placeOrder <= `${to}~` && (after === undefined || placeOrder < after),
        )
        .sort((a, b) => ((a.placeOrder ?? "") > (b.placeOrder ?? "") ? -1 : 1));
      const page = places.slice(0, limit);
      return {
        items: page.map(({ found: { trackingNumber, submittedAt, category, location, words } }) =>
          structuredClone({
            trackingNumber,
            submittedAt,
            ...(category && { category }),
            ...(location && { location }),
            ...(words && { words }),
          }),
        ),
        after: places.length > limit ? page.at(-1)?.placeOrder : undefined,
      };
    },
    async feed(search) {
      const shown = all()
        .map((found) => ({ found, ...feedEntry(found) }))
        .filter(({ feed }) => feed !== undefined)
        .map(({ found, feedOrder = "" }) => ({ order: feedOrder, case: found }));
      return pageOf(shown, search, (a, b) => (a > b ? -1 : 1));
    },
  };

  const rooms = new Map<string, { made: number; byId: Map<string, Attachment> }>();
  const roomOf = (trackingNumber: string) => {
    const room = rooms.get(trackingNumber) ?? { made: 0, byId: new Map<string, Attachment>() };
    rooms.set(trackingNumber, room);
    return room;
  };
  const unsettled = ({ trackingNumber, attachmentId }: Attachment) => {
    const one = roomOf(trackingNumber).byId.get(attachmentId);
    return one?.state === "waiting" ? one : undefined;
  };
  const attachments: AttachmentStore = {
    async of(trackingNumber) {
      const { made, byId } = roomOf(trackingNumber);
      return { made, attachments: structuredClone([...byId.values()]) };
    },
    async find(trackingNumber, attachmentId) {
      return structuredClone(roomOf(trackingNumber).byId.get(attachmentId));
    },
    async add(one, made) {
      const room = roomOf(one.trackingNumber);
      if (room.made !== made) return false;
      room.made++;
      room.byId.set(one.attachmentId, structuredClone(one));
      return true;
    },
    async begin(one) {
      const stored = unsettled(one);
      return stored && ++stored.attempts;
    },
    async refuse(one) {
      if (!unsettled(one)) return false;
      roomOf(one.trackingNumber).byId.set(one.attachmentId, structuredClone(one));
      return true;
    },
    async restate(left) {
      roomOf(left.trackingNumber).byId.set(left.attachmentId, structuredClone(left));
    },
    async accept(one, before, moved) {
      if (!unsettled(one)) return "settled-before";
      if (!(await cases.append(before, moved))) return "case-changed";
      roomOf(one.trackingNumber).byId.set(one.attachmentId, structuredClone(one));
      return "accepted";
    },
  };

  const reporters: ReporterStore = {
    async find(trackingNumber) {
      const identity = identities.get(trackingNumber);
      return identity && { ...identity };
    },
    async casesOf(key, limit) {
      return [...identities.values()]
        .filter(
          ({ nik, phone }) =>
            (nik && searchText({ nik }) === searchText(key)) ||
            (phone && searchText({ phone }) === searchText(key)),
        )
        .map(({ trackingNumber }) => trackingNumber)
        .slice(0, limit);
    },
    async stopMails(trackingNumber, stopped) {
      const identity = identities.get(trackingNumber);
      if (identity) identities.set(trackingNumber, { ...identity, mailsStopped: stopped });
    },
    async formerAddress(trackingNumber, sequence) {
      return formers.get(`${trackingNumber}#${sequence}`);
    },
    async forgetFormerAddress(trackingNumber, sequence) {
      formers.delete(`${trackingNumber}#${sequence}`);
    },
    async forgetReceipt(trackingNumber) {
      const identity = identities.get(trackingNumber);
      if (identity) identities.set(trackingNumber, { ...identity, receiptToMail: undefined });
    },
  };

  const marks = new Map<
    string,
    { claimedUntil?: number; sentAt?: string; piledAt?: string; droppedAt?: string }
  >();
  const markOf = (one: Notification) => `${one.trackingNumber}#${notificationId(one)}`;
  const untouched = (key: string, now: number): "yes" | "done" | "claimed-elsewhere" => {
    const mark = marks.get(key);
    if (mark?.sentAt || mark?.piledAt) return "done";
    return (mark?.claimedUntil ?? 0) > now ? "claimed-elsewhere" : "yes";
  };
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  const notifications: NotificationStore = {
    async claim(notification, at) {
      const key = markOf(notification);
      const free = untouched(key, seconds(at));
      if (free !== "yes") return free;
      marks.set(key, { claimedUntil: seconds(at) + 60 });
      return "claimed";
    },
    async markSent(notification, at) {
      marks.set(markOf(notification), { sentAt: at.toISOString() });
    },
    async release(notification) {
      marks.delete(markOf(notification));
    },
  };

  const waiting = new Map<string, Waiting>();
  const turns = new Map<string, number>();
  const pileClaims = new Map<string, number>();
  const piles: PileStore = {
    async add(one, at) {
      const key = markOf(one.notification);
      const free = untouched(key, seconds(at));
      if (free !== "yes") return free;
      marks.set(key, { piledAt: at.toISOString() });
      waiting.set(key, structuredClone(one));
      return "added";
    },
    async waiting(to) {
      return structuredClone([...waiting.values()].filter(({ notification }) => notification.to === to));
    },
    async takeOff(notifications, outcome, at) {
      for (const one of notifications) {
        const key = markOf(one);
        waiting.delete(key);
        marks.set(key, {
          ...marks.get(key),
          [outcome === "sent" ? "sentAt" : "droppedAt"]: at.toISOString(),
        });
      }
    },
    async putOff(notifications, until) {
      for (const one of notifications) {
        const found = waiting.get(markOf(one));
        if (found) found.flushAt = until.toISOString();
      }
    },
    async *due(until) {
      for (const { notification, flushAt } of waiting.values())
        if (flushAt <= until.toISOString()) yield [notification.to];
    },
    async takeTurn(to, at, heldBackUntil) {
      if ((turns.get(to) ?? 0) > at.getTime()) return false;
      turns.set(to, heldBackUntil.getTime());
      return true;
    },
    async holdBack(to, until) {
      turns.set(to, Math.max(turns.get(to) ?? 0, until.getTime()));
    },
    async claim(to, at) {
      if ((pileClaims.get(to) ?? 0) > seconds(at)) return false;
      pileClaims.set(to, seconds(at) + 60);
      return true;
    },
    async release(to) {
      pileClaims.delete(to);
    },
  };

  return { cases, reporters, notifications, piles, attachments, traffic: memoryTraffic() };
}

/** Counters in memory. */
export function memoryTraffic(): TrafficStore {
  const counters = new Map<string, { count: number; outlines: string[] }>();
  const used = new Map<string, string>();
  const counterOf = (counted: Counted, at: Date) => {
    const name = JSON.stringify([...counted, windowEnd(at)]);
    const found = counters.get(name) ?? { count: 0, outlines: [] };
    counters.set(name, found);
    return found;
  };
  return {
    keyOf: async (day) => `key of ${day} `.padEnd(43, "."),
    countOf: async (counted, at) => counterOf(counted, at).count,
    async count(counted, at, more = 1) {
      const found = counterOf(counted, at);
      found.count += more;
      return structuredClone(found);
    },
    async keepOutlines(counted, outlines, at) {
      counterOf(counted, at).outlines = [...outlines];
    },
    async use(what, by) {
      if ((used.get(what) ?? by) !== by) return false;
      used.set(what, by);
      return true;
    },
  };
}

/** A bucket in memory. The newest upload under a key is the one that is read, unless a version is asked for. */
export function memoryFiles() {
  const uploads = new Map<string, (Upload & { bytes: Uint8Array })[]>();
  const kept = new Map<string, Uint8Array>();
  const verdicts = new Map<string, Verdict>();
  const files: FileStore = {
    uploadForm: async (one) => ({ url: "https://bucket.example/", fields: { key: uploadKey(one) } }),
    download: async (place, one) => `https://bucket.example/${fileKey(place, one)}`,
    async read({ key, etag, versionId }) {
      const versions = uploads.get(key) ?? [];
      const found = versionId ? versions.find((version) => version.versionId === versionId) : versions.at(-1);
      return found?.etag === etag ? found.bytes : undefined;
    },
    verdict: async ({ versionId = "" }) => verdicts.get(versionId) ?? "none",
    async keep(place: Folder, one, bytes) {
      const key = fileKey(place, one);
      if (!kept.has(key)) kept.set(key, bytes);
    },
    async erase(trackingNumber, places, goes) {
      for (const key of kept.keys()) {
        const [place, number, attachmentId = ""] = key.split("/");
        if (!(places as readonly (string | undefined)[]).includes(place)) continue;
        if (number === trackingNumber && goes(attachmentId, new Date(0))) kept.delete(key);
      }
    },
  };
  let version = 0;
  return {
    ...files,
    kept,
    verdicts,
    /** What a browser does with the form that it got; gives back what the bucket tells of it. */
    upload(key: string, bytes: Uint8Array): Upload {
      const upload = { key, etag: `etag-${++version}`, versionId: `version-${version}` };
      uploads.set(key, [...(uploads.get(key) ?? []), { ...upload, bytes }]);
      return upload;
    },
  };
}

export const regions: Region[] = [
  { code: "64", name: "Provinsi Kalimantan Timur", type: "province" },
  { code: "64.71", name: "Kota Balikpapan", type: "city", parent: "64" },
];

const ofBalikpapan = { regionCode: "64.71", timeZone: "Asia/Makassar" } as const;

/** A ministry that verifies, a city with a department and a unit below it, and another city. */
export const agencies: Agency[] = [
  {
    id: "kemenpanrb",
    name: "Kementerian PANRB",
    type: "managing-institution",
    duty: "daily-management",
    parent: null,
    timeZone: "Asia/Jakarta",
    alertEmail: "lapor@kemenpanrb.example",
  },
  {
    id: "pemkot-balikpapan",
    name: "Pemerintah Kota Balikpapan",
    type: "city",
    parent: null,
    ...ofBalikpapan,
    alertEmail: "lapor@balikpapan.example",
  },
  {
    id: "balikpapan-dinas-pu",
    name: "Dinas Pekerjaan Umum Kota Balikpapan",
    type: "department",
    parent: "pemkot-balikpapan",
    ...ofBalikpapan,
    alertEmail: "dinas-pu@balikpapan.example",
  },
  {
    id: "balikpapan-uptd-jalan",
    name: "UPTD Jalan Kota Balikpapan",
    type: "unit",
    parent: "balikpapan-dinas-pu",
    ...ofBalikpapan,
    alertEmail: "uptd-jalan@balikpapan.example",
  },
  {
    id: "pemkot-samarinda",
    name: "Pemerintah Kota Samarinda",
    type: "city",
    parent: null,
    timeZone: "Asia/Makassar",
    alertEmail: "lapor@samarinda.example",
  },
];

/** An invented officer; signs in as the subject "subject-of-<id>". */
export const anOfficer = (role: OfficerRole, agencyId: string, change: Partial<Officer> = {}): Officer => {
  const id = `${role}-of-${agencyId}`;
  return {
    id,
    name: `Contoh ${role} ${agencyId}`,
    email: `${role}@${agencyId}.example`,
    role,
    agencyId,
    subject: `subject-of-${id}`,
    mails: "immediate",
    ...change,
  };
};

export const categories: Category[] = [
  {
    id: "pekerjaan-umum",
    name: "Pekerjaan Umum",
    subcategories: [{ id: "pekerjaan-umum/jalan", name: "Jalan" }],
  },
];

/** Versions of calendars and policies in memory. */
export function memoryLimits(): LimitStore {
  const calendars: CalendarVersion[] = [];
  const policies: PolicyVersion[] = [];
  const add = <T>(all: T[], one: T, isSame: (other: T) => boolean) => {
    if (all.some(isSame)) return false;
    all.push(structuredClone(one));
    return true;
  };
  return {
    calendars: async () => structuredClone(calendars),
    policies: async () => structuredClone(policies),
    addCalendar: async (one) =>
      add(calendars, one, ({ year, version }) => year === one.year && version === one.version),
    addPolicy: async (one) => add(policies, one, ({ version }) => version === one.version),
  };
}

/** A directory in memory, for those who read it and those who change it. Unlike the one on DynamoDB it remembers nothing: a change is seen at once. */
export function memoryDirectory(
  officers: readonly Officer[] = [],
  limits: LimitStore = memoryLimits(),
): DirectoryStore & EntryStore {
  const recorded: { [K in EntryKind]: Map<string, Recorded<K>> } = { agency: new Map(), officer: new Map() };
  const histories = new Map<string, EntryEvent[]>();
  const owners = new Map<string, string>();
  const all = <K extends EntryKind>(kind: K): Entries[K][] =>
    structuredClone([...recorded[kind].values()].map(({ entry }) => entry));
  const one = <K extends EntryKind>(kind: K, id: string): Entries[K] | undefined =>
    structuredClone(recorded[kind].get(id)?.entry);

  const entries: EntryStore = {
    find: async (kind, id) => structuredClone(recorded[kind].get(id)),
    async record(before, change, witnesses = []) {
      const { kind, entry, event } = structuredClone(change);
      if (recorded[kind].get(entry.id)?.version !== before?.version) return "overtaken";
      if (witnesses.some((seen) => recorded[seen.kind].get(seen.entry.id)?.version !== seen.version))
        return "overtaken";
      if ("subject" in entry) {
        if ((owners.get(entry.subject) ?? entry.id) !== entry.id) return "subject-taken";
        owners.set(entry.subject, entry.id);
      }
      recorded[kind].set(entry.id, afterChange({ kind, entry, event }));
      const key = `${kind}#${entry.id}`;
      histories.set(key, [...(histories.get(key) ?? []), event]);
      return "recorded";
    },
    history: async (kind, id) => structuredClone(histories.get(`${kind}#${id}`) ?? []),
    under: async (kind, agencyId) =>
      all(kind).filter((entry) => ("subject" in entry ? entry.agencyId : entry.parent) === agencyId),
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

  const below = (id: string): string[] => [
    id,
    ...all("agency")
      .filter(({ parent }) => parent === id)
      .flatMap((child) => below(child.id)),
  ];
  return {
    ...entries,
    agency: async (id) => one("agency", id),
    region: async (code) => regions.find((one) => one.code === code),
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
    officerBySubject: async (subject) => all("officer").find((entry) => entry.subject === subject),
    officersOf: async (agencyId) => entries.under("officer", agencyId),
    pathOf: async (agencyId) => {
      const path: string[] = [];
      for (let at = one("agency", agencyId); at; at = one("agency", at.parent ?? "")) path.push(at.id);
      return path;
    },
    subtreeOf: async (agencyId) => below(agencyId),
    calendarYears: async () => newestYears(await limits.calendars()),
    policies: async () => [...shippedPolicies, ...(await limits.policies())],
    put: async (kind, entry, { overwrite = false } = {}) => {
      if (kind !== "agency" && kind !== "officer") throw new Error(`This fake keeps no ${kind}`);
      return load(entries, kind, entry as Agency & Officer, { overwrite, at: new Date() });
    },
    answers: async (id) => recorded.agency.has(id),
  };
}

/** Accounts in memory: the subject of an e-mail address is "account-of-<address>". */
export function memoryAccounts(): AccountStore & { enabled: Map<string, boolean> } {
  const enabled = new Map<string, boolean>();
  return {
    enabled,
    async open(email) {
      const subject = `account-of-${email.toLowerCase()}`;
      enabled.set(subject, true);
      return subject;
    },
    async close(subject) {
      if (enabled.has(subject)) enabled.set(subject, false);
    },
  };
}

/** A mail service that keeps what it got; `refuse` names addresses that it refuses. */
export function memoryMailer(refuse: readonly string[] = []): Mailer & { sent: Mail[] } {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      if (refuse.includes(mail.to)) throw new Error("The mail service refused this address");
      sent.push(mail);
    },
  };
}

/** A queue that keeps what it was given, and each message's delay in seconds; it refuses whatever `refuses` says. */
export function memoryOutbox<T>(
  refuses: (message: T) => boolean = () => false,
): Outbox & { messages: T[]; delays: number[]; refuses: (message: T) => boolean } {
  const queue = {
    messages: [] as T[],
    delays: [] as number[],
    refuses,
    async send(sent: readonly unknown[], { delaySeconds = 0 } = {}) {
      return (sent as T[]).flatMap((message, index) => {
        if (queue.refuses(message)) return [index];
        queue.messages.push(message);
        queue.delays.push(delaySeconds);
        return [];
      });
    },
  };
  return queue;
}
