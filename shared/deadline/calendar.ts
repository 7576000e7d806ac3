import * as z from "zod";
import holidays from "./data/holidays-id.json" with { type: "json" };

/** The free days of a year and the decree that sets them. */
export const yearOfFreeDays = z.strictObject({
  decree: z.string(),
  days: z.array(
    z.strictObject({
      date: z.iso.date(),
      kind: z.enum(["national-holiday", "joint-leave", "election-day"]),
      name: z.string(),
    }),
  ),
});

/** Free days besides weekends, by local date. A year without a decree has none: dates in it are provisional. */
export interface Calendar {
  years: ReadonlySet<string>;
  freeDays: ReadonlyMap<string, string>;
}

/** The national calendar of 2024 to 2027 by the yearly joint decrees (SKB 3 Menteri). */
export const nationalCalendar = (): Calendar => {
  const years = z.record(z.string(), yearOfFreeDays).parse(holidays);
  return {
    years: new Set(Object.keys(years)),
    freeDays: new Map(Object.values(years).flatMap(({ days }) => days.map(({ date, name }) => [date, name]))),
  };
};
