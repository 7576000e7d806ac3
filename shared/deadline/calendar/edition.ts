import * as z from "zod";
import { regionCode } from "../../text/id.ts";
import { type Calendar, calendarIn, type CalendarVersion } from "./calendar.ts";
import { type Day, yearsBetween } from "./local-date.ts";

/** Which calendar a date was counted by: the version of each year, and the regions whose own holidays are among it. */
export const edition = z.strictObject({
  years: z.record(z.string().regex(/^\d{4}$/), z.int().positive()),
  regions: z.array(regionCode).optional(),
});
export type Edition = z.infer<typeof edition>;

/** Names what a count from one day to another used of a calendar. A year without a decree is not named. */
export const editionOf = ({ years, regions }: Calendar, from: Day, to: Day): Edition => ({
  years: Object.fromEntries(
    yearsBetween(from, to).flatMap((year) => {
      const known = years.get(year);
      return known ? [[String(year), known.version]] : [];
    }),
  ),
  ...(regions.length > 0 && { regions: [...regions] }),
});

const editions = new WeakMap<readonly CalendarVersion[], Map<string, Calendar | undefined>>();

/** Makes the calendar of an edition from all versions that are known. Returns undefined if one of its versions is not among them. */
export function calendarOfEdition(
  versions: readonly CalendarVersion[],
  asked: Edition,
): Calendar | undefined {
  const known = editions.get(versions) ?? new Map<string, Calendar | undefined>();
  editions.set(versions, known);
  const key = JSON.stringify([Object.entries(asked.years).sort(), asked.regions ?? []]);
  if (!known.has(key)) known.set(key, made(versions, asked));
  return known.get(key);
}

function made(versions: readonly CalendarVersion[], { years, regions = [] }: Edition): Calendar | undefined {
  const wanted = versions.filter(({ year, version }) => years[String(year)] === version);
  const found = [...new Map(wanted.map((one) => [one.year, one])).values()];
  return found.length === Object.keys(years).length ? calendarIn(found, regions) : undefined;
}
