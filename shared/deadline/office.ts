import type { Language } from "../language.ts";
import type { Calendar } from "./calendar/calendar.ts";
import { atHour, dateOf, type Day, localDay } from "./calendar/local-date.ts";
import type { TimeZone } from "./calendar/time-zone.ts";
import { isWorkingDay, reasonFree, workingDayNear } from "./calendar/working-days.ts";

/** The zone that an agency works in, and the calendar that it works by. */
export interface Office {
  timeZone: TimeZone;
  calendar: Calendar;
}

/** An office is open from eight to four, local time, on working days. */
const opens = 8;
const closes = 16;

/** Tells when an agency opens on a working day, in milliseconds. */
export const openingOf = (day: Day, { timeZone }: Office): number => atHour(day, opens, timeZone);

/** Tells whether an agency is at work at an instant. */
export function isOfficeHour(at: Date, office: Office): boolean {
  const { timeZone, calendar } = office;
  const time = at.getTime();
  const today = localDay(time, timeZone);
  return (
    isWorkingDay(today, calendar) &&
    time >= openingOf(today, office) &&
    time < atHour(today, closes, timeZone)
  );
}

/** Finds the next instant, in milliseconds, at which an agency is at work. That is `at` itself if it is at work then. */
export function nextOfficeHour(at: Date, office: Office): number {
  const { timeZone, calendar } = office;
  if (isOfficeHour(at, office)) return at.getTime();
  const today = localDay(at.getTime(), timeZone);
  const later = at.getTime() >= atHour(today, closes, timeZone) ? today + 1 : today;
  return openingOf(workingDayNear(later, 0, calendar), office);
}

/** Tells why the office is closed today, and when it opens again. Returns undefined while it is open. */
export function closedOffice(
  today: Day,
  calendar: Calendar,
  language: Language,
): { reason: string; opensOn: string } | undefined {
  if (isWorkingDay(today, calendar)) return undefined;
  return {
    reason: reasonFree(today, calendar)?.[language] ?? "",
    opensOn: dateOf(workingDayNear(today, 0, calendar)),
  };
}
