import { type TimeZone, zoneOffsetHours } from "./time-zone.ts";

/**
 * A local date as the number of whole days since 1970-01-01, so that no arithmetic touches a clock. Each of Indonesia's
 * zones has had one offset since 1988, and no summer time. A test compares the table of offsets with Intl's.
 */
export type Day = number;

const dayMs = 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;

/** Remembers the last 10,000 answers at most. The same few thousand dates are asked for again and again. */
const remembering = <Asked, Answer>(answer: (asked: Asked) => Answer): ((asked: Asked) => Answer) => {
  const known = new Map<Asked, Answer>();
  return (asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    if (known.size >= 10_000) known.clear();
    const now = answer(asked);
    known.set(asked, now);
    return now;
  };
};

/** Turns "2026-11-23" into a day. */
export const dayOf = remembering((date: string): Day => Date.parse(`${date}T00:00:00Z`) / dayMs);

/** Writes a day as "2026-11-23". */
export const dateOf = remembering((day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10));

/** Gives the calendar year of a day. */
const yearOf = remembering((day: Day): number => new Date(day * dayMs).getUTCFullYear());

/** Lists the calendar years from one day to another. */
export const yearsBetween = (from: Day, to: Day): number[] =>
  Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, index) => yearOf(from) + index);

/** Gives the day that it is in a zone at an instant, in milliseconds. */
export const localDay = (at: number, timeZone: TimeZone): Day =>
  Math.floor((at + zoneOffsetHours[timeZone] * hourMs) / dayMs);

/** Gives the first millisecond after a local day. */
export const dayEnd = (day: Day, timeZone: TimeZone): number =>
  (day + 1) * dayMs - zoneOffsetHours[timeZone] * hourMs;

/** Gives the day of the week, from 0 for Sunday to 6 for Saturday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7;

/** Gives the local date (2026-11-23) at an instant. */
export const localDate = (at: Date, timeZone: TimeZone): string => dateOf(localDay(at.getTime(), timeZone));

/** Writes the last moment of a local date with its offset: "2026-12-08T23:59:59.999+08:00". */
export const endOfDay = (date: string, timeZone: TimeZone): string =>
  `${date}T23:59:59.999+${String(zoneOffsetHours[timeZone]).padStart(2, "0")}:00`;

/** Gives a local hour of a day as an instant, in milliseconds. */
export const atHour = (day: Day, hour: number, timeZone: TimeZone): number =>
  day * dayMs + (hour - zoneOffsetHours[timeZone]) * hourMs;
