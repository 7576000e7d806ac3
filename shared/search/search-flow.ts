import type { Case, CaseFile } from "../case/case.ts";
import { feedEntry } from "../case/lists/feed.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { sideBySide } from "../platform/side-by-side.ts";
import { refuseFields } from "../refusal.ts";
import type { SearchIndex } from "./index-file-store.ts";
import type { SearchIndexes } from "./newest-index-flow.ts";
import type { SearchPlace } from "./place.ts";
import { answers, isWithin, type Narrowing, toldWords } from "./told.ts";
import { numberIn, type Wanted, wantedIn } from "./wanted.ts";

/** Reports newer than the index that one search looks through. */
const newestLookedAt = 500;
/** Hits of the index that one page reads again. A short page beats a long search. */
const hitsReadAgain = 200;

/** A page of what was found. `complete` is false where not all cases could be looked through. */
export interface Found {
  items: Case[];
  after: SearchPlace | undefined;
  complete: boolean;
}

const positionOf = (found: Case): string => feedEntry(found).feedOrder ?? "";

const indexGone = () =>
  refuseFields([
    {
      in: "query",
      path: "cursor",
      message: {
        id: "Hasil pencarian ini sudah diperbarui. Mulai lagi dari halaman pertama, tanpa cursor.",
        en: "The results of this search have been renewed. Begin again at the first page, without a cursor.",
      },
    },
  ]);

/**
 * Searches what the public may read. The index only says where to look: each hit is read again, and shown if the public may still see
 * it and it still holds what is looked for. Reports that came after the index was built are looked through one by one.
 */
export async function searchCases(
  { cases, indexes }: { cases: Pick<CaseStore, "feed" | "reports" | "find">; indexes: SearchIndexes },
  typed: string,
  { after, limit, ...narrowing }: Narrowing & { after: SearchPlace | undefined; limit: number },
): Promise<Found> {
  const wanted = wantedIn(typed);
  const isShown = (file: CaseFile | undefined): file is CaseFile => {
    if (!file || !isWithin(file.case, narrowing)) return false;
    const told = toldWords(file);
    return told !== undefined && answers(told, wanted);
  };

  const number = numberIn(typed);
  const numbered = number === undefined ? undefined : await cases.find(number);
  if (numbered && positionOf(numbered.case) !== "" && isWithin(numbered.case, narrowing))
    return { items: [numbered.case], after: undefined, complete: true };

  const index = after ? after.index && (await indexes.named(after.index)) : await indexes.newest();
  if (after?.index && !index) throw indexGone();
  const found = index || undefined;

  const fresh =
    typeof after?.at === "number"
      ? { items: [], complete: true }
      : await newerThanIndex(cases, found, { after: after?.at, isShown, narrowing });
  const newest = fresh.items.slice(0, limit);
  // The feed may be a moment behind a reporter who hides their report.
  const read = await sideBySide(newest, ({ trackingNumber }) => cases.find(trackingNumber));
  const items = read.filter(isShown).map((file) => file.case);
  const end = (at: SearchPlace["at"]): SearchPlace => ({ index: found?.name, at });
  const last = newest.at(-1);
  if (fresh.items.length > newest.length && last)
    return { items, after: end(positionOf(last)), complete: fresh.complete };
  if (!found) return { items, after: undefined, complete: fresh.complete };

  const skip = typeof after?.at === "number" ? after.at : 0;
  const shown = await hitsOf(cases, found, { wanted, narrowing, skip, room: limit - items.length, isShown });
  return {
    items: [...items, ...shown.items],
    after: shown.lookedAt === undefined ? undefined : end(shown.lookedAt),
    complete: fresh.complete,
  };
}

/** Reports that the index doesn't hold yet, the newest first. Without an index the newest ones of all. */
async function newerThanIndex(
  cases: Pick<CaseStore, "feed" | "reports">,
  index: SearchIndex | undefined,
  {
    after,
    isShown,
    narrowing,
  }: { after: string | undefined; isShown: (file: CaseFile) => boolean; narrowing: Narrowing },
): Promise<{ items: Case[]; complete: boolean }> {
  const page = await cases.feed({
    after: undefined,
    limit: newestLookedAt,
    ...(index && { since: index.newerFrom }),
  });
  const candidates = page.items.filter(
    (one) =>
      !index?.holds(one.trackingNumber) &&
      (after === undefined || positionOf(one) < after) &&
      isWithin(one, narrowing),
  );
  const files = await cases.reports(candidates);
  return {
    items: files
      .filter(isShown)
      .map((file) => file.case)
      .sort((a, b) => (positionOf(a) > positionOf(b) ? -1 : 1)),
    complete: page.after === undefined,
  };
}

/** The next hits of the index that may be shown, and how many of all were looked at; that is undefined at the end. */
async function hitsOf(
  cases: Pick<CaseStore, "find">,
  index: SearchIndex,
  {
    wanted,
    narrowing,
    skip,
    room,
    isShown,
  }: {
    wanted: Wanted;
    narrowing: Narrowing;
    skip: number;
    room: number;
    isShown: (file: CaseFile | undefined) => boolean;
  },
): Promise<{ items: Case[]; lookedAt: number | undefined }> {
  const hits = index.find(wanted, narrowing, { skip, take: hitsReadAgain + 1 });
  const items: Case[] = [];
  let looked = 0;
  while (items.length < room && looked < Math.min(hits.length, hitsReadAgain)) {
    const portion = hits.slice(looked, Math.min(looked + room - items.length, hitsReadAgain));
    const files = await sideBySide(portion, (number) => cases.find(number));
    items.push(...files.flatMap((file) => (file && isShown(file) ? [file.case] : [])));
    looked += portion.length;
  }
  return { items, lookedAt: looked < hits.length ? skip + looked : undefined };
}
