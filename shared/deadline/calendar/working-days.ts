import type { Text } from "../../language.ts";
import { type Calendar, isWeekend, longestRunOfFreeDays } from "./calendar.ts";
import { dateOf, type Day, dayOf, weekday } from "./local-date.ts";

const weekendName: Record<number, Text> = {
  0: { id: "Minggu", en: "Sunday" },
  6: { id: "Sabtu", en: "Saturday" },
};

/** Tells why a day is free. Returns undefined for a working day. */
export function reasonFree(day: Day, { freeDays }: Calendar): Text | undefined {
  const name = freeDays.get(day);
  if (name !== undefined) return { id: name, en: name };
  return weekendName[weekday(day)];
}

export const isWorkingDay = (day: Day, { freeDays }: Calendar): boolean =>
  !isWeekend(day) && !freeDays.has(day);

/** A day that did not count, and the reason. */
export interface Skipped {
  day: Day;
  date: string;
  why: "weekend" | "holiday" | "paused";
  name: Text;
}

/** A span of a calendar that has been counted once. Everything that is asked of it later is looked up. */
interface Tally {
  /** The day before the first counted day. */
  start: Day;
  end: Day;
  /** At `day - start`: the number of working days after `start`, up to and with that day. */
  upTo: Uint32Array;
  working: Day[];
  free: Skipped[];
  /** True if more free days follow one another than a calendar may have. */
  endless: boolean;
}

function tallied(start: Day, end: Day, calendar: Calendar): Tally {
  const upTo = new Uint32Array(end - start + 1);
  const working: Day[] = [];
  const free: Skipped[] = [];
  let run = 0;
  let longest = 0;
  for (let day = start + 1; day <= end; day++) {
    const name = reasonFree(day, calendar);
    if (name === undefined) working.push(day);
    else free.push({ day, date: dateOf(day), why: calendar.freeDays.has(day) ? "holiday" : "weekend", name });
    upTo[day - start] = working.length;
    run = name === undefined ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return { start, end, upTo, working, free, endless: longest > longestRunOfFreeDays };
}

const tallies = new WeakMap<Calendar, Tally>();
const shortestMargin = 100;

/**
 * Gives a tally of a calendar that reaches at least from `start` to `end`. A tally grows by half each time, so it seldom
 * grows.
 */
function tallyOf(calendar: Calendar, start: Day, end: Day): Tally {
  const known = tallies.get(calendar);
  if (known && known.start <= start && end <= known.end) return known;
  const first = Math.min(start, known?.start ?? start);
  const last = Math.max(end, known?.end ?? end);
  const margin = Math.max(shortestMargin, Math.ceil((last - first) / 4));
  const wider = tallied(first - margin, last + margin, calendar);
  tallies.set(calendar, wider);
  return wider;
}

const workingUpTo = ({ start, upTo }: Tally, day: Day): number => upTo[day - start] ?? 0;
const freeUpTo = (tally: Tally, day: Day): number => day - tally.start - workingUpTo(tally, day);

/** The history of a case bounds its pauses. This bounds a mistake in the history. */
const longestCount = 20_000;

/** Finds the working day that is `days` (not 0) after or before a day. Returns undefined if there is none near. */
function nthWorkingDay(day: Day, days: number, calendar: Calendar): Day | undefined {
  for (let reach = 2 * Math.abs(days) + longestRunOfFreeDays; ; reach *= 2) {
    const tally = tallyOf(calendar, days < 0 ? day - reach : day, days < 0 ? day : day + reach);
    const index = days < 0 ? workingUpTo(tally, day - 1) + days : workingUpTo(tally, day) + days - 1;
    const found = index < 0 ? undefined : tally.working[index];
    if (found !== undefined && Math.abs(found - day) <= longestCount) return found;
    if (reach > longestCount) return undefined;
  }
}

/** Asks for a day: so many days after `from`. */
export interface DayCount {
  /** Day 0, which never counts. */
  from: Day;
  days: number;
  unit: "working-days" | "calendar-days";
  calendar: Calendar;
  /** Tells whether the clock stands still at the end of a day. Such a day does not count. */
  pausedAtEndOf?: ((day: Day) => boolean) | undefined;
}

/** Finds the day on which the last counted day ends. Refuses to count past more than 60 free days in a row. */
export const countDays = (count: DayCount): Day => lookedUp(count) ?? dayByDay(count);

/** Looks the day up in the calendar's tally. Returns undefined if the days have to be looked at one by one. */
function lookedUp({ from, days, unit, calendar, pausedAtEndOf }: DayCount): Day | undefined {
  if (pausedAtEndOf || days <= 0 || days > longestCount) return undefined;
  if (unit === "calendar-days") return from + days;
  const day = nthWorkingDay(from, days, calendar);
  return day === undefined || tallyOf(calendar, from, day).endless ? undefined : day;
}

function dayByDay({ from, days, unit, calendar, pausedAtEndOf }: DayCount): Day {
  let day = from;
  let free = 0;
  for (let counted = 0; counted < days;) {
    day++;
    if (day - from > longestCount)
      throw new Error(`Counting from ${dateOf(from)} did not end by ${dateOf(day)}`);
    const off = unit === "working-days" && !isWorkingDay(day, calendar);
    free = off ? free + 1 : 0;
    if (free > longestRunOfFreeDays)
      throw new Error(`The calendar has no working day in the 60 days before ${dateOf(day)}`);
    if (!off && !pausedAtEndOf?.(day)) counted++;
  }
  return day;
}

const paused: Text = { id: "Jam berhenti", en: "Clock paused" };

/** Lists every day that a count passed over on its way to `last`, in order. */
export function skippedDays({ from, unit, calendar, pausedAtEndOf }: DayCount, last: Day): Skipped[] {
  const free = unit === "working-days" ? freeDaysBetween(from, last, calendar) : [];
  if (!pausedAtEndOf) return free;
  const off = new Set(free.map(({ day }) => day));
  const stood: Skipped[] = [];
  for (let day = from + 1; day <= last; day++)
    if (!off.has(day) && pausedAtEndOf(day))
      stood.push({ day, date: dateOf(day), why: "paused", name: paused });
  return [...free, ...stood].sort((a, b) => a.day - b.day);
}

/** Lists the free days after `from`, up to and with `to`. */
function freeDaysBetween(from: Day, to: Day, calendar: Calendar): Skipped[] {
  const tally = tallyOf(calendar, from, to);
  return tally.free.slice(freeUpTo(tally, from), freeUpTo(tally, to));
}

/** Counts the working days after `from`, up to and with `to`. The number is negative if `to` is earlier. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  const tally = tallyOf(calendar, Math.min(from, to), Math.max(from, to));
  return workingUpTo(tally, to) - workingUpTo(tally, from);
}

/**
 * Finds the working day that is `days` working days after a day, or before it if the number is negative. With 0 it finds
 * the day itself if that is a working day, or else the next one.
 */
export function workingDayNear(day: Day, days: number, calendar: Calendar): Day {
  const found = days === 0 ? nthWorkingDay(day - 1, 1, calendar) : nthWorkingDay(day, days, calendar);
  if (found === undefined) throw new Error(`The calendar has no working day near ${dateOf(day)}`);
  return found;
}

/** Finds the nth working day after a local date, which itself is day 0. */
export const workingDayAfter = (date: string, days: number, calendar: Calendar): string =>
  dateOf(countDays({ from: dayOf(date), days, unit: "working-days", calendar }));
