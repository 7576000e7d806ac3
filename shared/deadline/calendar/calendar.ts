import * as z from "zod";
import { say } from "../../language.ts";
import { refuseFields } from "../../refusal.ts";
import { disguiseIssues } from "../../text/disguise.ts";
import { governedRegionCode } from "../../text/id.ts";
import holidays from "./holidays-id.json" with { type: "json" };
import { type Day, dayOf, localDate, weekday } from "./local-date.ts";

/**
 * No more free days than these may follow one another. A calendar with more is a mistake, and a count in it might never
 * end.
 */
export const longestRunOfFreeDays = 60;

export const freeDay = z.strictObject({
  date: z.iso.date(),
  kind: z.enum(["national-holiday", "joint-leave", "election-day", "regional-holiday"]),
  name: z.string().trim().min(1).max(200),
  /** The province, kabupaten or kota that has a regional holiday. */
  regionCode: governedRegionCode.optional(),
});
export type FreeDay = z.infer<typeof freeDay>;

/** The free days of one year, as one decree sets them. */
export const calendarYear = z
  .strictObject({
    year: z.int().min(2000).max(2199),
    decree: z.string().trim().min(1).max(300),
    days: z.array(freeDay).max(400),
  })
  .superRefine(({ year, decree, days }, context) => {
    const disguised = [
      ...disguiseIssues(decree, ["decree"]),
      ...days.flatMap(({ name }, index) => disguiseIssues(name, ["days", index, "name"])),
    ];
    for (const issue of disguised) context.addIssue(issue);
    const seen = new Set<string>();
    for (const [index, { date, kind, regionCode }] of days.entries()) {
      const refuse = (field: string, id: string, en: string) =>
        context.addIssue({ code: "custom", path: ["days", index, field], ...say(id, en) });
      if (!date.startsWith(`${year}-`))
        refuse("date", `Tanggal ini bukan tanggal tahun ${year}.`, `This is not a date of ${year}.`);
      const key = `${date} ${regionCode ?? ""}`;
      if (seen.has(key))
        refuse("date", "Tanggal ini sudah ada dalam daftar.", "This date is on the list already.");
      seen.add(key);
      if ((kind === "regional-holiday") !== (regionCode !== undefined))
        refuse(
          "regionCode",
          "Isi kode wilayah untuk libur daerah, dan hanya untuk libur daerah.",
          "Give the region of a regional holiday, and of no other.",
        );
    }
    const free = new Set(days.map(({ date }) => dayOf(date)));
    const run = longestRun(dayOf(`${year}-01-01`), dayOf(`${year}-12-31`), free);
    if (run > longestRunOfFreeDays)
      context.addIssue({
        code: "custom",
        path: ["days"],
        ...say(
          `Kalender ini memuat ${run} hari libur berturut-turut tanpa hari kerja.`,
          `This calendar has ${run} free days in a row without a working day.`,
        ),
      });
  });
export type CalendarYear = z.infer<typeof calendarYear>;

function longestRun(first: Day, last: Day, free: ReadonlySet<Day>): number {
  let longest = 0;
  let run = 0;
  for (let day = first; day <= last; day++) {
    run = isWeekend(day) || free.has(day) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

export const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;

/** Says who stored a version, and when. A version that came with the system has none. */
export const provenance = z.strictObject({ at: z.iso.datetime(), officerId: z.string() });

/** One version of a year, as it is stored. */
export const calendarVersion = z.strictObject({
  ...calendarYear.shape,
  version: z.int().positive(),
  stored: provenance.optional(),
});
export type CalendarVersion = z.infer<typeof calendarVersion>;

/** Lists all versions of all years: those that came with the system, and those that were stored since. */
export const allYears = (stored: readonly CalendarVersion[]): CalendarVersion[] => [
  ...shippedYears(),
  ...stored,
];

/**
 * Picks the newest version of every year, the years that came with the system included. Where a stage has stored a version
 * that comes with the system too, the stored one counts.
 */
export function newestYears(stored: readonly CalendarVersion[]): CalendarVersion[] {
  const newest = new Map<number, CalendarVersion>();
  for (const one of allYears(stored))
    if ((newest.get(one.year)?.version ?? 0) <= one.version) newest.set(one.year, one);
  return [...newest.values()].sort((a, b) => a.year - b.year);
}

/** Finds the year whose decree is missing: this year, or from 1 November (in Jakarta) the next. */
export function missingDecree(years: readonly CalendarVersion[], now: Date): number | undefined {
  const today = localDate(now, "Asia/Jakarta");
  const year = Number(today.slice(0, 4));
  const wanted = today.slice(5) >= "11-01" ? [year, year + 1] : [year];
  return wanted.find((one) => !years.some((known) => known.year === one));
}

/** Refuses a year that, together with the years beside it, has too many free days in a row. */
export function refuseEndless(years: readonly CalendarVersion[], { year }: CalendarYear): void {
  const { freeDays } = calendarOf(years);
  const everywhere = new Set([
    ...freeDays.keys(),
    ...years.flatMap(({ days }) => days.map(({ date }) => dayOf(date))),
  ]);
  const run = longestRun(dayOf(`${year - 1}-10-01`), dayOf(`${year + 1}-03-31`), everywhere);
  if (run > longestRunOfFreeDays)
    throw refuseFields([
      {
        in: "body",
        path: "days",
        message: {
          id: `Bersama tahun di sebelahnya, kalender ini memuat ${run} hari libur berturut-turut.`,
          en: `With the years beside it, this calendar has ${run} free days in a row.`,
        },
      },
    ]);
}

/** The free days of a region, or of the whole country. */
export interface Calendar {
  /** The free days besides weekends, with their names. */
  freeDays: ReadonlyMap<Day, string>;
  /** The years that have a known decree. Days of any other year are provisional. */
  years: ReadonlyMap<number, { version: number; decree: string }>;
  /** The regions whose own holidays are among the free days. */
  regions: readonly string[];
}

const calendars = new WeakMap<readonly CalendarVersion[], Map<string, Calendar>>();

/**
 * Makes the calendar of a region, or the national one if no region is given, from the known years. Regions with the same
 * free days share one calendar, so its working days are counted once.
 */
export function calendarOf(years: readonly CalendarVersion[], regionCode?: string): Calendar {
  const known = calendars.get(years) ?? new Map<string, Calendar>();
  calendars.set(years, known);
  const regions = regionsWithHolidays(years).filter((one) => isWithin(one, regionCode));
  const key = regions.join(" ");
  const calendar = known.get(key) ?? calendarIn(years, regions);
  known.set(key, calendar);
  return calendar;
}

const isWithin = (region: string, code: string | undefined): boolean =>
  code === region || code?.startsWith(`${region}.`) === true;

const regionsWithHolidays = (years: readonly CalendarVersion[]): string[] => [
  ...new Set(years.flatMap(({ days }) => days.flatMap(({ regionCode }) => regionCode ?? []))),
];

/** Makes the calendar of these years with the holidays of these regions. */
export function calendarIn(years: readonly CalendarVersion[], regions: readonly string[]): Calendar {
  const freeDays = new Map<Day, string>();
  for (const { days } of years)
    for (const { date, name, regionCode } of days)
      if (regionCode === undefined || regions.includes(regionCode)) freeDays.set(dayOf(date), name);
  return {
    freeDays,
    years: new Map(years.map(({ year, version, decree }) => [year, { version, decree }])),
    regions,
  };
}

/** The years that come with the system: 2024 to 2027, by the yearly joint decrees of three ministers (SKB 3 Menteri). */
export const shippedYears = (): readonly CalendarVersion[] =>
  (years ??= Object.entries(holidays).map(([year, { decree, days }]) => ({
    version: 1,
    ...calendarYear.parse({ year: Number(year), decree, days }),
  })));
let years: readonly CalendarVersion[] | undefined;

/** The national calendar that comes with the system. */
export const nationalCalendar = (): Calendar => calendarOf(shippedYears());
