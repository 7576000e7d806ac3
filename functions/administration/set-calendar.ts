import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import {
  type CalendarVersion,
  calendarYear,
  newestYears,
  refuseEndless,
} from "../../shared/deadline/calendar/calendar.ts";
import { lastDayAhead, tooFarAhead } from "../../shared/deadline/calendar/horizon.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { copyForPractice } from "../../shared/practice/copy-flow.ts";
import { refuseFields } from "../../shared/refusal.ts";
import {
  dryRun,
  type LimitsDesk,
  overtaken,
  recountAll,
  refuseUnlessNational,
  refuseUnlessSeen,
  seen,
  trialOf,
  trialView,
} from "./limits-desk.ts";

export const year = z
  .stringFormat("year", /^2[01]\d\d$/)
  .transform(Number)
  .pipe(z.int().min(2000).max(2199));

export const calendarSet = z.object({
  year: z.int(),
  version: z.int(),
  /** Null unless this is a dry run. */
  trial: trialView.nullable(),
  /** The open cases begin to be counted anew then. Null for a dry run. */
  recountFrom: z.iso.datetime().nullable(),
});

/**
 * `PUT /v1/admin/calendars/{year}`: takes the whole list of free days that a decree sets for a year. Stores it as the
 * next version and has the open cases counted anew. `?dryRun=true` only tells what that would do to them.
 */
export const setCalendar = (desk: LimitsDesk) =>
  officerEndpoint(
    {
      summary: { id: "Tetapkan hari libur satu tahun", en: "Set the free days of a year" },
      input: { path: z.strictObject({ year }), query: dryRun, header: seen, body: calendarYear },
      refusals: {
        conflict: "Another administrator has just stored the next version.",
        unavailable:
          "The change is stored, but counting anew has not begun. The same request again begins it.",
      },
      output: {
        200: calendarSet,
      },
    },
    async ({ path, query, header, body }, { officer }) => {
      refuseUnlessNational(officer);
      if (body.year !== path.year)
        throw refuseFields([
          {
            in: "body",
            path: "year",
            message: { id: `Tahun pada alamat adalah ${path.year}.`, en: `The address says ${path.year}.` },
          },
        ]);
      if (`${body.year}-01-01` > lastDayAhead(desk.now()))
        throw refuseFields([{ in: "body", path: "year", message: tooFarAhead(desk.now()) }]);
      const years = newestYears(await desk.limits.calendars());
      const current = years.find((one) => one.year === body.year);
      const same = current !== undefined && isDeepStrictEqual({ ...contentOf(current) }, contentOf(body));
      if (!same) refuseUnlessSeen(header["if-match"], current?.version ?? 0);
      const next: CalendarVersion = same
        ? current
        : {
            ...body,
            version: (current?.version ?? 0) + 1,
            stored: { at: desk.now().toISOString(), officerId: officer.id },
          };
      const after = [...years.filter((one) => one.year !== body.year), next];
      refuseEndless(after, body);
      const { version } = next;
      const how = { cause: "new-calendar", basis: body.decree } as const;

      if (query.dryRun === "true") {
        const directory = { ...desk.directory, calendarYears: async () => after };
        return ok({
          year: body.year,
          version,
          trial: await trialOf(desk, directory, how),
          recountFrom: null,
        });
      }
      if (!same && !(await desk.limits.addCalendar(next))) throw overtaken();
      await copyForPractice(desk);
      // A repeated request counts again, because the first one may have failed after it stored the version.
      return ok({ year: body.year, version, trial: null, recountFrom: await recountAll(desk, how) });
    },
  );

const contentOf = ({ decree, days }: Pick<CalendarVersion, "decree" | "days">) => ({ decree, days });
