import * as z from "zod";
import { reportOf } from "../../shared/case/case.ts";
import {
  type Candidate,
  candidatesFor,
  daysAround,
  likeliestFirst,
  type Likened,
  type Likeness,
  likenessFromOutside,
  likenessOf,
  reasonsOf,
  spanOf,
  wholeDays,
} from "../../shared/case/lists/duplicates.ts";
import { canBeFollowed } from "../../shared/case/moves/joining/joining.ts";
import { asOfficer, standingOf } from "../../shared/case/moves/move-flow.ts";
import { mayEver, mayRead } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { officerView, publicView } from "../../shared/case/views/schemas.ts";
import { isHidden } from "../../shared/case/views/visibility.ts";
import { asCursor, cursorOf } from "../../shared/cursor.ts";
import { dateOf, dayOf } from "../../shared/deadline/calendar/local-date.ts";
import type { TimeZone } from "../../shared/deadline/calendar/time-zone.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { tellingWords, type Written } from "../../shared/text/stems.ts";
import { type Desk, fileOf } from "./desk.ts";

/** One call compares so many reports of a kabupaten or kota. */
const compared = 500;
/** One call shows so many likely duplicates. */
const shown = 10;
/** So many cases are read at once. */
const readAtOnce = 25;

/** The day to go on with. A position among the cases would tell the number and the time of a case that is secret. */
const cursor = cursorOf((after) => z.iso.date().safeParse(after).success);

const duplicate = z.object({
  score: z.number(),
  /** The reasons, in words that a person can check. */
  reasons: z.array(z.string()),
  /** Absent of a case that the officer may not read: it would measure where its reporter is. */
  metres: z.int().optional(),
  days: z.int(),
  /** Another agency's case is shown as everybody may see it. Another agency's secret case is not shown. */
  case: z.union([officerView, publicView]),
});

/** A page of likely duplicates. */
export const duplicatesFound = z.object({ items: z.array(duplicate), cursor: z.string().nullable() });

/** One who looks for duplicates, and the case that they look at. */
interface Asking {
  found: Likened;
  officer: Officer;
  language: Language;
  /** Where the agency is that has the case. Its days are counted. */
  zone: TimeZone;
}

/** A likely duplicate with its view; nothing where the two are not alike, or where this officer may not know of the case. */
async function comparedWith(
  desk: Desk,
  { found, officer, language, zone }: Asking,
  other: Candidate & Likened,
) {
  const whole = await desk.cases.get(other.trackingNumber);
  if (!whole) return [];
  const open = mayRead(await standingOf(desk, whole, officer));
  // Another agency's secret case does not exist for this officer.
  if (!canBeFollowed(whole) || (!open && isHidden(whole))) return [];
  const names = await namesOf(desk.directory, { case: whole, events: [] });
  const view = viewOf(whole, open ? "officer" : "public", names, language);
  const likeness = open
    ? likenessOf(found, other)
    : likenessFromOutside(found, other, {
        submittedAt: view.submittedAt,
        titleWords: tellingWords(view.title ?? "", ""),
        zone,
      });
  return likeness
    ? [{ trackingNumber: other.trackingNumber, score: likeness.score, likeness, open, view }]
    : [];
}

/**
 * The likeliest of all candidates. It stops where no further candidate can be likelier, so a case that the officer may not
 * know of changes nothing in the answer.
 */
async function likeliestOf(desk: Desk, asking: Asking, candidates: readonly (Candidate & Likened)[]) {
  let likeliest: Awaited<ReturnType<typeof comparedWith>> = [];
  for (let next = 0; next < candidates.length; next += readAtOnce) {
    const [last, following] = [likeliest[shown - 1], candidates[next]];
    if (last && following && likeliestFirst(last, following) < 0) break;
    const read = candidates.slice(next, next + readAtOnce);
    const alike = await Promise.all(read.map((other) => comparedWith(desk, asking, other)));
    likeliest = [...likeliest, ...alike.flat()].sort(likeliestFirst).slice(0, shown);
  }
  return likeliest;
}

const shownAs = (
  {
    score,
    likeness,
    open,
    view,
  }: { score: number; likeness: Likeness; open: boolean; view: z.input<typeof duplicate>["case"] },
  language: Language,
  said: Written,
): z.input<typeof duplicate> => ({
  score,
  reasons: reasonsOf(likeness, language, open ? said : undefined),
  ...(likeness.metres !== undefined && { metres: likeness.metres }),
  days: likeness.days,
  case: view,
});

/**
 * `GET /v1/officer/cases/{trackingNumber}/duplicates`: likely duplicates, the likeliest first. A call compares a
 * bounded number of reports. The cursor leads to older ones. Of a case that the officer may not read, it tells nothing that
 * measures: neither a distance nor an order or a reason that depends on one.
 */
export const findDuplicates = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Laporan yang mungkin sama", en: "Find likely duplicates of a case" },
      input: {
        path: z.strictObject({ trackingNumber }),
        query: z.strictObject({ cursor: cursor.optional() }),
      },
      output: { 200: duplicatesFound },
    },
    async ({ path, query }, { officer, language }) => {
      const { cases, directory } = desk;
      const { found, who } = await asOfficer(desk, await cases.get(path.trackingNumber), officer);
      if (!mayEver("verify", who) && !mayEver("assign", who))
        throw new Refusal("forbidden", {
          id: "Hanya petugas yang memverifikasi atau mendisposisikan laporan yang dapat mencari laporan yang sama.",
          en: "Only officers who verify or assign cases can look for duplicates.",
        });
      if (!found.location) return ok({ items: [], cursor: null });

      const zone = (await directory.agency(found.holder))?.timeZone ?? "Asia/Jakarta";
      const days = daysAround(found, zone);
      const to = query.cursor === undefined ? days.to : Math.min(days.to, dayOf(query.cursor));
      if (to < days.from) return ok({ items: [], cursor: null });

      const page = await cases.around(found.location.regionCode, {
        ...spanOf({ from: days.from, to }, zone),
        after: undefined,
        limit: compared,
      });
      const { items, next } = wholeDays(page.items, page.after === undefined, zone);
      const asking = { found, officer, language, zone };
      const likeliest = await likeliestOf(desk, asking, candidatesFor(found, items));
      const said = reportOf(await fileOf(desk, found));
      return ok({
        items: likeliest.map((one) => shownAs(one, language, said)),
        cursor: asCursor(next === undefined ? undefined : dateOf(next)),
      });
    },
  );
