import { localDate } from "../../deadline/calendar/local-date.ts";
import {
  inWords,
  localDateInWords,
  type TimeZone,
  zoneOffsetHours,
} from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";

/** Most of our offices are in this zone. Lists show dates in it, because a list does not say where each office is. */
export const usualZone: TimeZone = "Asia/Makassar";

/** The zone in which the office of a case counts, as the offsets of due dates tell it. */
export function zoneOfClocks(clocks: readonly { dueAt: string | null }[] = []): TimeZone {
  const hours = clocks.flatMap(({ dueAt }) => /\+(\d\d):00$/.exec(dueAt ?? "")?.[1] ?? []).map(Number)[0];
  const zones: readonly TimeZone[] = [usualZone, "Asia/Jakarta", "Asia/Jayapura"];
  return zones.find((zone) => zoneOffsetHours[zone] === hours) ?? usualZone;
}

const isDate = (moment: string): boolean => /^\d{4}-\d\d-\d\d$/.test(moment);

/** Writes a moment as the public is told it: an instant with its time, or a date where it is told no more. */
export const whenInWords = (moment: string, zone: TimeZone, language: Language): string =>
  isDate(moment) ? localDateInWords(moment, language) : inWords(moment, zone, language);

/** The date of a moment, in words. */
export const dayInWordsOf = (moment: string, zone: TimeZone, language: Language): string =>
  localDateInWords(isDate(moment) ? moment : localDate(new Date(moment), zone), language);
