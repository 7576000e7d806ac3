import { localDate } from "../../deadline/calendar/local-date.ts";
import { inWords, localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";

const zones: Readonly<Record<string, TimeZone>> = {
  "+07:00": "Asia/Jakarta",
  "+08:00": "Asia/Makassar",
  "+09:00": "Asia/Jayapura",
};

/** The time zone that a view of a case was counted in: its due moments carry the offset. */
export function zoneSeen({
  clocks = [],
}: {
  clocks?: readonly { dueAt: string | null }[] | undefined;
}): TimeZone {
  const due = clocks.findLast(({ dueAt }) => dueAt !== null)?.dueAt;
  return zones[due?.slice(-6) ?? ""] ?? "Asia/Makassar";
}

/** A moment of a view in words. The views of some cases hold dates in place of instants. */
export const momentSeen = (at: string, zone: TimeZone, language: Language): string =>
  /^\d{4}-\d\d-\d\d$/.test(at) ? localDateInWords(at, language) : inWords(at, zone, language);

/** The local date of a moment of a view. */
const dateSeen = (at: string, zone: TimeZone): string =>
  /^\d{4}-\d\d-\d\d$/.test(at) ? at : localDate(new Date(at), zone);

/** The day of a moment of a view in words. */
export const daySeen = (at: string, zone: TimeZone, language: Language): string =>
  localDateInWords(dateSeen(at, zone), language);
