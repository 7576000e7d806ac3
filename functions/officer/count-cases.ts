import * as z from "zod";
import { countDueOn, queueNames, sumOf, tally, watchNames } from "../../shared/case/lists/queues.ts";
import { asCursor, cursorOf } from "../../shared/cursor.ts";
import { calendarOf } from "../../shared/deadline/calendar/calendar.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import type { Agency } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { arrivalsTold, leastTold, monthOf } from "../../shared/statistics/arrivals.ts";
import { agencyId } from "../../shared/text/id.ts";
import type { Desk } from "./desk.ts";
import { agenciesOf, whichAgencies } from "./which-agencies.ts";

const counts = z.record(z.enum([...queueNames, ...watchNames]), z.int());

/** The last agency of the page before. */
const cursor = cursorOf((after) => agencyId.safeParse(after).success);

const dueToday = z
  .int()
  .describe("How many of them officers have to act on by the end of today, where each agency is");

const row = z.object({
  agency: z.object({
    id: z.string(),
    name: z.string(),
    parent: z
      .string()
      .nullable()
      .describe("The agency right above it, by which a reader adds up each branch"),
  }),
  counts,
  dueToday,
  complete: z.boolean().describe("False if not all cases were counted: there are at least so many"),
});

/** How many cases wait with each agency, and with all of them. */
export const casesCounted = z.object({
  items: z.array(row),
  /** The sum of all items. */
  total: z.object({
    counts,
    dueToday,
    complete: z
      .boolean()
      .describe("False if the items are not all agencies, or not all cases were counted: at least so many"),
  }),
  cameByPoster: z
    .array(z.object({ month: z.string(), reports: z.int().nullable() }))
    .describe(
      `How many reports came in by the posters of the agency itself, in each month that is over. Null where fewer than ${leastTold} did.`,
    ),
  cursor: z.string().nullable().describe("Leads on where more agencies are below"),
});

/** Counts the cases of agencies, each by its own calendar and the date that it is there. */
async function countsOf(
  { cases, directory, now }: Desk,
  agencies: readonly Agency[],
): Promise<z.input<typeof row>[]> {
  const years = await directory.calendarYears();
  const at = now();
  return sideBySide(agencies, async ({ id, name, parent, timeZone, regionCode }) => {
    const { positions, complete } = await cases.positions(id);
    const today = localDate(at, timeZone);
    const counts = tally(positions, today, calendarOf(years, regionCode));
    return { agency: { id, name, parent }, counts, dueToday: countDueOn(positions, today), complete };
  });
}

/**
 * `GET /v1/officer/counts`: counts the cases that wait in each queue of an agency, and of each agency below it, a page of
 * agencies at a time. It costs one index query an agency.
 */
export const countCases = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Jumlah laporan yang menunggu per instansi", en: "Count the cases that wait" },
      input: { query: z.strictObject({ ...whichAgencies, cursor: cursor.optional() }) },
      output: {
        200: casesCounted,
      },
    },
    async ({ query }, caller) => {
      const { agency, holders, next } = await agenciesOf(desk, query, caller, query.cursor);
      const [items, arrivals] = await Promise.all([
        countsOf(desk, holders),
        desk.cases.arrivalsOf(agency.id, monthOf(desk.now())),
      ]);
      const isAll = query.cursor === undefined && next === undefined;
      const total = {
        counts: sumOf(items.map((item) => item.counts)),
        dueToday: items.reduce((sum, item) => sum + item.dueToday, 0),
        complete: isAll && items.every(({ complete }) => complete),
      };
      return ok({ items, total, cameByPoster: arrivalsTold(arrivals), cursor: asCursor(next) });
    },
  );
