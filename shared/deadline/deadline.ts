import * as z from "zod";
import type { Language, Text } from "../language.ts";
import type { Calendar } from "./calendar/calendar.ts";
import { dateOf, type Day, endOfDay, yearsBetween } from "./calendar/local-date.ts";
import { localDateInWords, type TimeZone } from "./calendar/time-zone.ts";
import { countDays, type DayCount, skippedDays } from "./calendar/working-days.ts";
import { certainties, type Limit, type PolicyVersion } from "./policy.ts";

const skippedDay = z.object({
  date: z.iso.date(),
  why: z.enum(["weekend", "holiday", "paused"]),
  name: z.string(),
});

/** Explains a date well enough for anybody to count it again. */
export const explanation = z
  .object({
    /** The clock began on this local date. It is day 0 and does not count. */
    from: z.iso.date(),
    /** So many days counted. */
    counted: z.int(),
    unit: z.enum(["working-days", "calendar-days"]),
    skipped: z.array(skippedDay),
    policyVersion: z.int(),
    certainty: z.enum(certainties),
    /** The decrees of all years that the count goes through. */
    calendar: z.array(z.object({ year: z.int(), version: z.int(), decree: z.string() })),
    /**
     * True if the count reaches a year whose decree is not known yet. Only weekends are free there, and the date will be
     * counted again.
     */
    provisional: z.boolean(),
    text: z.string(),
  })
  .meta({ id: "Explanation" });

/** A due day, and the count that leads to it. */
export interface Deadline {
  count: DayCount;
  day: Day;
  /** True if some of the years have no decree yet. */
  provisional: boolean;
  /** A later day that holds, because a reporter was told it before holidays or limits changed. */
  told?: Day;
}

/**
 * Counts when a clock is due that began on `from`. A day on whose end the clock is paused does not count. Refuses a
 * calendar that it cannot count in.
 */
export function deadlineOf(
  { days, unit }: Pick<Limit, "days" | "unit">,
  from: Day,
  calendar: Calendar,
  pausedAtEndOf?: (day: Day) => boolean,
): Deadline {
  const count = { from, days, unit, calendar, pausedAtEndOf };
  const day = countDays(count);
  return { count, day, provisional: yearsBetween(from, day).some((year) => !calendar.years.has(year)) };
}

const units: Record<Limit["unit"], Text> = {
  "working-days": { id: "hari kerja", en: "working day" },
  "calendar-days": { id: "hari kalender", en: "calendar day" },
};

/** "1 day", "2 days": English has a plural, and Indonesian has none. */
const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Tells in words how a date was counted, and what still may change it. */
function countInWords(
  { count: { from, days, unit }, day, provisional, told }: Deadline,
  skipped: number,
  language: Language,
): string {
  const [first, end, kept] = [from, day, told ?? day].map((one) => localDateInWords(dateOf(one), language));
  const sentences =
    language === "id"
      ? [
          `${days} ${units[unit].id} setelah ${first}, yang tidak ikut dihitung; ${skipped} hari dilewati; jatuh tempo pada akhir ${end}.`,
          told && `Tanggal ${kept} tetap berlaku, karena sudah diberitahukan kepada pelapor.`,
          provisional && "Sementara: keputusan hari libur tahun itu belum ada.",
        ]
      : [
          `${plural(days, units[unit].en)} after ${first}, which does not count; ${plural(skipped, "day")} skipped; due at the end of ${end}.`,
          told && `The date ${kept} still holds, because the reporter was told it.`,
          provisional && "Provisional: the decree on that year's holidays is not known yet.",
        ];
  return sentences.filter((sentence) => typeof sentence === "string").join(" ");
}

/** Explains a deadline in words and numbers. */
export function explain(
  deadline: Deadline,
  { certainty }: Pick<Limit, "certainty">,
  { version }: Pick<PolicyVersion, "version">,
  language: Language,
): z.input<typeof explanation> {
  const { count, day, provisional } = deadline;
  const { from, days, unit, calendar } = count;
  const skipped = skippedDays(count, day);
  return {
    from: dateOf(from),
    counted: days,
    unit,
    skipped: skipped.map(({ date, why, name }) => ({ date, why, name: name[language] })),
    policyVersion: version,
    certainty,
    calendar: yearsBetween(from, day).flatMap((year) => {
      const known = calendar.years.get(year);
      return known ? [{ year, ...known }] : [];
    }),
    provisional,
    text: countInWords(deadline, skipped.length, language),
  };
}

/** Writes a due day for people and programs: the local date, and its last moment with offset. */
export const dueOn = (day: Day, timeZone: TimeZone) => ({
  dueDate: dateOf(day),
  dueAt: endOfDay(dateOf(day), timeZone),
});
