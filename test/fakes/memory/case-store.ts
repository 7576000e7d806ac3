import type { Case, CaseFile } from "../../../shared/case/case.ts";
import { checkEntry, checkPartition } from "../../../shared/case/lists/checks.ts";
import { feedEntry, feedPartitions } from "../../../shared/case/lists/feed.ts";
import { merged, type Page } from "../../../shared/case/lists/page.ts";
import { positionIn, queueEntry, queuesIn } from "../../../shared/case/lists/queues.ts";
import { regionEntry, regionPartition } from "../../../shared/case/lists/regions.ts";
import type { Search } from "../../../shared/case/lists/search.ts";
import { type ReturnNote, returnNoted } from "../../../shared/case/moves/handing/returns.ts";
import { canBeFollowed } from "../../../shared/case/moves/joining/joining.ts";
import { keepEntry } from "../../../shared/case/moves/retention.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import type { RetryRecord } from "../../../shared/case/submission/retry.ts";
import { isVillage } from "../../../shared/directory/regions/place.ts";
import { mailingOf } from "../../../shared/reporter/reporter.ts";
import type { Identities } from "./reporter-store.ts";

const pageOf = (
  rows: { order: string; case: Case }[],
  {
    after,
    limit,
    reader,
    ...wanted
  }: Search & { status?: string; holder?: string; reader: "public" | "officer" },
  compare: (a: string, b: string) => number,
): Page =>
  merged(
    [
      {
        rows: rows.filter(
          (row) =>
            (after === undefined || compare(after, row.order) < 0) &&
            (wanted.since === undefined || row.order >= wanted.since) &&
            (!wanted.movedSince || row.case.movedAt > wanted.movedSince) &&
            (!wanted.class || row.case.class === wanted.class) &&
            (!wanted.status || row.case.status === wanted.status) &&
            (!wanted.holder ||
              row.case.holder === wanted.holder ||
              (row.case.status === "submitted" && row.case.agencyId === wanted.holder)) &&
            (!wanted.category || `${row.case.category}/`.startsWith(`${wanted.category}/`)) &&
            (!wanted.region || row.case.location?.regionCode.startsWith(wanted.region)) &&
            (!wanted.region || reader === "officer" || !isVillage(wanted.region) || !row.case.anonymous),
        ),
        reached: undefined,
      },
    ],
    limit,
    compare,
  );

/** Cases in memory. A move changes the identities with it, as the transaction on DynamoDB does. */
export function memoryCases({ identities, formers }: Identities): CaseStore {
  const files = new Map<string, CaseFile>();
  const retries = new Map<string, RetryRecord>();
  const supports = new Map<string, number>();
  const arrivals = new Map<string, number>();
  const returns: ReturnNote[] = [];
  const all = () => [...files.values()].map((file) => structuredClone(file.case));
  const earlierOf = (keyHash: string, at: Date) => {
    const found = retries.get(keyHash);
    return found && found.expiresAt >= at.getTime() / 1000 ? found : undefined;
  };

  return {
    async earlier(keyHash, at) {
      return earlierOf(keyHash, at);
    },
    async submit({ case: opened, event, identity }, retry) {
      const earlier = earlierOf(retry.keyHash, new Date(opened.submittedAt));
      if (earlier) return { stored: false, earlier };
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
      const returned = returnNoted(moved.event, moved.case);
      if (returned) returns.push(returned);
      if (moved.former) formers.set(`${trackingNumber}#${moved.event.sequence}`, moved.former);
      if (moved.identity === "removed") identities.delete(trackingNumber);
      else if (moved.identity) {
        const known = identities.get(trackingNumber);
        const { mailsStopped, receiptToMail, addressRound = 0 } = known ?? {};
        const renewed = {
          addressRound: addressRound + 1,
          addressOff: undefined,
          undeliverable: undefined,
          addressFreedAt: moved.event.at,
        };
        identities.set(trackingNumber, {
          ...moved.identity,
          ...(moved.former ? renewed : known && mailingOf(known)),
          mailsStopped,
          receiptToMail,
        });
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
      return pageOf(waiting, { ...search, reader: "officer" }, (a, b) => (a < b ? -1 : 1));
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
        .filter((position) => after === undefined || position > after);
      const page = due.slice(0, limit);
      return {
        numbers: page.map((position) => position.split("#")[1] ?? ""),
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
      const told = all()
        .map((found) => ({ found, ...regionEntry(found) }))
        .filter(({ place, placeOrder = "" }) => place === regionPartition(region) && placeOrder >= from)
        .filter(
          ({ placeOrder = "" }) => placeOrder <= `${to}~` && (after === undefined || placeOrder < after),
        )
        .sort((a, b) => ((a.placeOrder ?? "") > (b.placeOrder ?? "") ? -1 : 1));
      const page = told.slice(0, limit);
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
        after: told.length > limit ? page.at(-1)?.placeOrder : undefined,
      };
    },
    async *wholeFeed() {
      for (const found of all().filter((one) => feedEntry(one).feed !== undefined)) yield [found];
    },
    async reports(cases) {
      return cases.flatMap((found) => {
        const events = structuredClone(files.get(found.trackingNumber)?.events);
        return events ? [{ case: found, events: found.redaction ? events : events.slice(0, 1) }] : [];
      });
    },
    async feed(search) {
      const shown = all()
        .map((found) => ({ found, ...feedEntry(found) }))
        .filter(({ feed }) => feed !== undefined)
        .map(({ found, feedOrder = "" }) => ({ order: feedOrder, case: found }));
      return pageOf(shown, { ...search, reader: "public" }, (a, b) => (a > b ? -1 : 1));
    },
    async newestPublic({ since, region, rowsOfPart }) {
      const newestFirst = (a: string, b: string) => (a > b ? -1 : 1);
      const rows = all()
        .map((found) => ({ found, ...feedEntry(found) }))
        .filter(({ feedOrder = "" }) => feedOrder >= since)
        .map(({ found, feed, feedOrder = "" }) => ({ part: feed, order: feedOrder, case: found }))
        .sort((a, b) => newestFirst(a.order, b.order));
      const stretches = feedPartitions.map((partition) => {
        const ofPart = rows.filter(({ part }) => part === partition);
        const read = ofPart.slice(0, rowsOfPart);
        const wanted = read.filter((row) => !region || row.case.location?.regionCode.startsWith(region));
        return { rows: wanted, reached: ofPart.length > rowsOfPart ? read.at(-1)?.order : undefined };
      });
      return merged(stretches, Infinity, newestFirst);
    },
    async addSupport(trackingNumber) {
      const count = (supports.get(trackingNumber) ?? 0) + 1;
      supports.set(trackingNumber, count);
      return count;
    },
    supportsOf: async (trackingNumber) => supports.get(trackingNumber) ?? 0,
    supportsOfAll: async (numbers) => new Map(numbers.map((one) => [one, supports.get(one) ?? 0])),
    returnsFrom: async (agencyId, since) =>
      returns
        .filter(({ from, at }) => from === agencyId && at >= since)
        .sort((a, b) => (a.at > b.at ? -1 : 1))
        .slice(0, 500),
    async addArrival(agencyId, month) {
      const key = `${agencyId}#${month}`;
      arrivals.set(key, (arrivals.get(key) ?? 0) + 1);
    },
    arrivalsOf: async (agencyId, before) =>
      [...arrivals]
        .map(([key, reports]) => ({ of: key.split("#")[0], month: key.split("#")[1] ?? "", reports }))
        .filter(({ of, month }) => of === agencyId && month < before)
        .sort((a, b) => (a.month > b.month ? -1 : 1))
        .slice(0, 24)
        .map(({ month, reports }) => ({ month, reports })),
  };
}
