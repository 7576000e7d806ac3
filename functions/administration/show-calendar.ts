import * as z from "zod";
import { allYears, calendarVersion, newestYears } from "../../shared/deadline/calendar/calendar.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { LimitsDesk } from "./limits-desk.ts";
import { year } from "./set-calendar.ts";

const view = z.object(calendarVersion.shape);
export const calendarShown = view.extend({ versions: z.array(view) });

/** `GET /v1/admin/calendars/{year}`: shows the free days of a year in the version that counts, and all its versions. */
export const showCalendar = ({ limits }: LimitsDesk) =>
  officerEndpoint(
    {
      summary: { id: "Hari libur satu tahun, dengan semua versinya", en: "The free days of a year" },
      input: { path: z.strictObject({ year }) },
      output: { 200: calendarShown },
    },
    async ({ path }) => {
      const stored = await limits.calendars();
      const current = newestYears(stored).find((one) => one.year === path.year);
      if (!current)
        throw new Refusal("not-found", {
          id: `Keputusan hari libur ${path.year} belum disimpan.`,
          en: `No decree on the holidays of ${path.year} has been stored.`,
        });
      const versions = allYears(stored).filter((one) => one.year === path.year);
      return ok({ ...current, versions }, { etag: `"${current.version}"` });
    },
  );
