import { type TimeZone, zoneOffsetHours } from "../language.ts";
import type { Calendar } from "./calendar.ts";

const dayLength = 24 * 60 * 60 * 1000;

/** The local date (2026-11-23) that it is at an instant. */
export const localDate = (at: Date, timeZone: TimeZone): string =>
  new Date(at.getTime() + zoneOffsetHours[timeZone] * 60 * 60 * 1000).toISOString().slice(0, 10);

/** The last moment of a local date, with its offset: "2026-12-08T23:59:59.999+08:00". */
export const endOfDay = (date: string, timeZone: TimeZone): string =>
  `${date}T23:59:59.999+${String(zoneOffsetHours[timeZone]).padStart(2, "0")}:00`;

const dayAfter = (date: string): string => new Date(Date.parse(date) + dayLength).toISOString().slice(0, 10);

const isWorkingDay = (date: string, { freeDays }: Calendar): boolean => {
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !freeDays.has(date);
};

/** Longer than any run of free days that a decree ever set. */
const longestRunOfFreeDays = 60;

/**
 * The nth working day after a local date, which is day 0 itself; refuses a calendar that has no working day within 60
 * days, because counting on would never end.
 */
export function workingDayAfter(date: string, days: number, calendar: Calendar): string {
  let at = date;
  for (let counted = 0; counted < days; counted++) {
    let free = 0;
    do {
      at = dayAfter(at);
      if (++free > longestRunOfFreeDays)
        throw new Error(`The calendar has no working day in the 60 days before ${at}`);
    } while (!isWorkingDay(at, calendar));
  }
  return at;
}
