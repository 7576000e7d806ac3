import * as z from "zod";
import { type Case, caseStatus } from "../../../shared/case/case.ts";
import { countingOnce } from "../../../shared/case/clocks/counting-flow.ts";
import { timing, timingOf } from "../../../shared/case/clocks/timing.ts";
import { filters, isPosition, pageSize, typedSearch } from "../../../shared/case/lists/search.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { viewOf } from "../../../shared/case/views/case-view.ts";
import { namesOf } from "../../../shared/case/views/names-flow.ts";
import { publicView } from "../../../shared/case/views/schemas.ts";
import { asCursor, cursorOf, cursorOfAnother } from "../../../shared/cursor.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { Language } from "../../../shared/language.ts";
import type { Strain } from "../../../shared/platform/strain.ts";
import type { SearchIndexes } from "../../../shared/search/newest-index-flow.ts";
import { searchEnd, searchPlace } from "../../../shared/search/place.ts";
import { searchCases } from "../../../shared/search/search-flow.ts";
import { supportsSeenOfAll } from "../../../shared/support/support-flow.ts";
import { agencyId } from "../../../shared/text/id.ts";

/** What a list of public cases is read from. */
export interface PublicLists {
  cases: CaseStore;
  directory: DirectoryStore;
  indexes: SearchIndexes;
  /** Searches wait while the stores are asked too much. */
  strain: Strain;
  now: () => Date;
}

const query = z.strictObject({
  q: typedSearch.optional(),
  agency: agencyId.optional(),
  status: caseStatus.optional(),
  ...filters,
  cursor: cursorOf((after) => isPosition(after) || searchPlace(after) !== undefined).optional(),
  limit: pageSize.optional(),
});

type Asked = Partial<z.output<typeof query>>;

/** A page of the newest cases. */
async function newest(cases: CaseStore, { agency, cursor: after, limit = 50, ...asked }: Asked) {
  if (after !== undefined && !isPosition(after)) throw cursorOfAnother();
  const { status, class: kind, category, region } = asked;
  const page = await cases.feed({
    ...(agency && { holder: agency }),
    ...(status && { status }),
    ...(kind && { class: kind }),
    ...(category && { category }),
    ...(region && { region }),
    after,
    limit,
  });
  return { items: page.items, cursor: asCursor(page.after) };
}

/** A page of the cases that hold what somebody looks for. */
async function found(
  { cases, indexes, strain }: PublicLists,
  { q = "", cursor, limit = 50, ...narrowing }: Asked,
) {
  strain.holdBack("search");
  const after = cursor === undefined ? undefined : searchPlace(cursor);
  if (cursor !== undefined && !after) throw cursorOfAnother();
  const page = await searchCases({ cases, indexes }, q, { ...narrowing, after, limit });
  return {
    items: page.items,
    cursor: asCursor(page.after && searchEnd(page.after)),
    complete: page.complete,
  };
}

const pageOf = (lists: PublicLists, asked: Asked) =>
  asked.q === undefined ? newest(lists.cases, asked) : found(lists, asked);

const publicViewOf = async (one: Case, { directory }: PublicLists, language: Language) =>
  viewOf(one, "public", await namesOf(directory, { case: one, events: [] }), language);

/** What the public may see of the cases that are asked for, a page of it. */
export async function publicCases(lists: PublicLists, asked: Asked, language: Language) {
  const page = await pageOf(lists, asked);
  const items = await Promise.all(page.items.map((one) => publicViewOf(one, lists, language)));
  return { ...page, items };
}

/** The same with supports, and with how each case stands in time. Each agency is read once. */
async function casesInList(lists: PublicLists, asked: Asked, language: Language) {
  const { cases, directory, now } = lists;
  const page = await pageOf(lists, asked);
  const countingAt = countingOnce(directory);
  const supportsIn = await supportsSeenOfAll(cases, page.items);
  const items = await Promise.all(
    page.items.map(async (one) => {
      const [view, present, answered] = await Promise.all([
        publicViewOf(one, lists, language),
        countingAt(one.holder),
        countingAt(one.answeredBy ?? one.holder),
      ]);
      return {
        ...view,
        ...supportsIn(one),
        timing: timingOf(one, now(), { present, answered }, language),
      };
    }),
  );
  return { ...page, items };
}

export const casesListed = z.object({
  items: z.array(publicView.extend({ timing }).meta({ id: "ListedCase" })),
  cursor: z.string().nullable(),
  complete: z
    .boolean()
    .optional()
    .describe("Of a search only: false if not all cases could be looked through"),
});

/**
 * `GET /v1/cases`: lists the cases that the public may see: the newest first, or of a search the best hits first. A short page with a
 * cursor is not the last.
 */
export const listCases = (lists: PublicLists) =>
  endpoint(
    {
      summary: { id: "Laporan terbaru, atau hasil pencarian", en: "List the newest cases, or search them" },
      input: { query },
      output: { 200: casesListed },
      refusals: {
        unavailable:
          "A search waits while the system is strained; `retry-after` says how long. Or something that the answer needs cannot be reached.",
      },
    },
    async ({ query }, { language }) => ok(await casesInList(lists, query, language)),
  );
