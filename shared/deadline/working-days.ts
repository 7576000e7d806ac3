import type { Text } from "../language.ts";
import { type Calendar, isWeekend, longestRunOfFreeDays } from "./calendar.ts";
import { dateOf, type Day, dayOf, weekday } from "./local-date.ts";

export { endOfDay, localDate } from "./local-date.ts";

const weekendName: Record<number, Text> = {
  0: { id: "Minggu", en: "Sunday" },
  6: { id: "Sabtu", en: "Saturday" },
};

/** Why a day is free; undefined for a working day. */
export function reasonFree(day: Day, { freeDays }: Calendar): Text | undefined {
  const name = freeDays.get(day);
  if (name !== undefined) return { id: name, en: name };
  return weekendName[weekday(day)];
}

export const isWorkingDay = (day: Day, { freeDays }: Calendar): boolean =>
  !isWeekend(day) && !freeDays.has(day);

/** A day that did not count, and why. */
export interface Skipped {
  day: Day;
  why: "weekend" | "holiday" | "paused";
  name: Text;
}

export interface Counting {
  /** Day 0, which itself never counts. */
  from: Day;
  days: number;
  unit: "working-days" | "calendar-days";
  calendar: Calendar;
  /** Whether the clock stands still at the end of this day, which then does not count. */
  pausedAtEndOf?: (day: Day) => boolean;
}

const paused: Text = { id: "Jam berhenti", en: "Clock paused" };

/** Pauses are bounded by the case's own history; this bounds a mistake in it. */
const longestCount = 20_000;

/**
 * The day on which the last of `days` counted days ends; tells every day that it skipped where `skipped` is given.
 * Refuses to count on where 60 days follow one another without one that counts because they are free.
 */
export function countDays({ from, days, unit, calendar, pausedAtEndOf }: Counting, skipped?: Skipped[]): Day {
  let day = from;
  let free = 0;
  for (let counted = 0; counted < days;) {
    day++;
    if (day - from > longestCount)
      throw new Error(`Counting from ${dateOf(from)} did not end by ${dateOf(day)}`);
    const off = unit === "working-days" && !isWorkingDay(day, calendar);
    if (off) {
      if (++free > longestRunOfFreeDays)
        throw new Error(`The calendar has no working day in the 60 days before ${dateOf(day)}`);
      skipped?.push({
        day,
        why: calendar.freeDays.has(day) ? "holiday" : "weekend",
        name: reasonFree(day, calendar) ?? paused,
      });
      continue;
    }
    free = 0;
    if (pausedAtEndOf?.(day)) skipped?.push({ day, why: "paused", name: paused });
    else counted++;
  }
  return day;
}

/** How many working days lie after `from`, up to and with `to`; negative the other way round. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isWorkingDay(day, calendar)) count++;
  return count;
}

/** The working day that is `days` working days before (negative) or after a day; with 0 the day itself, or the next working day. */
export function workingDayNear(day: Day, days: number, calendar: Calendar): Day {
  let at = day;
  const step = days < 0 ? -1 : 1;
  for (let left = Math.abs(days); left > 0;) {
    at += step;
    if (Math.abs(at - day) > longestCount)
      throw new Error(`The calendar has no working day near ${dateOf(day)}`);
    if (isWorkingDay(at, calendar)) left--;
  }
  while (days === 0 && !isWorkingDay(at, calendar)) at++;
  return at;
}

/** The nth working day after a local date, which is day 0 itself. */
export const workingDayAfter = (date: string, days: number, calendar: Calendar): string =>
  dateOf(countDays({ from: dayOf(date), days, unit: "working-days", calendar }));
