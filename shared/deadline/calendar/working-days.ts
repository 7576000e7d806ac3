import type { Text } from "../../language.ts";
import { type Calendar, isWeekend, longestRunOfFreeDays } from "./calendar.ts";
import { dateOf, type Day, dayOf, weekday } from "./local-date.ts";

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
  date: string;
  why: "weekend" | "holiday" | "paused";
  name: Text;
}

/** A span of a calendar, counted once. Whatever is asked of the span later is looked up. */
interface Tally {
  /** The day before the first one that is counted. */
  start: Day;
  end: Day;
  /** At `day - start`: the working days after `start`, up to and with that day. */
  upTo: Uint32Array;
  working: Day[];
  free: Skipped[];
  /** More free days follow one another than a calendar may have. */
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

/** The tally of a calendar, which reaches at least from `start` to `end`. It grows by half, so that it seldom has to. */
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

/** Pauses are bounded by the case's own history; this bounds a mistake in it. */
const longestCount = 20_000;

/** The working day that is `days` (not 0) after a day, or before it; undefined where that is not near. */
function nthWorkingDay(day: Day, days: number, calendar: Calendar): Day | undefined {
  for (let reach = 2 * Math.abs(days) + longestRunOfFreeDays; ; reach *= 2) {
    const tally = tallyOf(calendar, days < 0 ? day - reach : day, days < 0 ? day : day + reach);
    const index = days < 0 ? workingUpTo(tally, day - 1) + days : workingUpTo(tally, day) + days - 1;
    const found = index < 0 ? undefined : tally.working[index];
    if (found !== undefined && Math.abs(found - day) <= longestCount) return found;
    if (reach > longestCount) return undefined;
  }
}

/** What is counted: so many days from a day on. */
export interface DayCount {
  /** Day 0, which itself never counts. */
  from: Day;
  days: number;
  unit: "working-days" | "calendar-days";
  calendar: Calendar;
  /** Whether the clock stands still at the end of this day, which then does not count. */
  pausedAtEndOf?: ((day: Day) => boolean) | undefined;
}

/**
 * The day on which the last of the counted days ends. Refuses to count on where more than 60 days follow one another that
 * are all free.
 */
export const countDays = (count: DayCount): Day => lookedUp(count) ?? dayByDay(count);

/** The day by the tally of the calendar; undefined where each day has to be looked at. */
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

/** Every day that a count passed over on its way to `last`, in order. */
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

/** The free days after `from`, up to and with `to`. */
function freeDaysBetween(from: Day, to: Day, calendar: Calendar): Skipped[] {
  const tally = tallyOf(calendar, from, to);
  return tally.free.slice(freeUpTo(tally, from), freeUpTo(tally, to));
}

/** How many working days lie after `from`, up to and with `to`; negative the other way round. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  const tally = tallyOf(calendar, Math.min(from, to), Math.max(from, to));
  return workingUpTo(tally, to) - workingUpTo(tally, from);
}

/** The working day that is `days` working days before (negative) or after a day; with 0 the day itself, or the next working day. */
export function workingDayNear(day: Day, days: number, calendar: Calendar): Day {
  const found = days === 0 ? nthWorkingDay(day - 1, 1, calendar) : nthWorkingDay(day, days, calendar);
  if (found === undefined) throw new Error(`The calendar has no working day near ${dateOf(day)}`);
  return found;
}

/** The nth working day after a local date, which is day 0 itself. */
export const workingDayAfter = (date: string, days: number, calendar: Calendar): string =>
  dateOf(countDays({ from: dayOf(date), days, unit: "working-days", calendar }));
