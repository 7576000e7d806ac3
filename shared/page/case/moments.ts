import { localDate } from "../../deadline/calendar/local-date.ts";
import { inWords, localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";

const zones: Readonly<Record<string, TimeZone>> = {
  "+07:00": "Asia/Jakarta",
  "+08:00": "Asia/Makassar",
  "+09:00": "Asia/Jayapura",
};

const offset = /[+-]\d\d:\d\d$/;

/** What a view tells of when it was counted: its limits carry the offset of the agency that had to keep them. */
interface Counted {
  clocks?: readonly { dueAt: string | null }[] | undefined;
  timeline?: readonly { content?: Readonly<Record<string, unknown>> | undefined }[] | undefined;
}

/**
 * The time zone that a view of a case was counted in. The newest limit that a clock has tells it, or else the newest that an
 * event named: while all clocks stand still, none has one.
 */
export function zoneSeen({ clocks = [], timeline = [] }: Counted): TimeZone {
  const named = timeline.flatMap(({ content = {} }) => Object.values(content));
  const limits = [...named, ...clocks.map(({ dueAt }) => dueAt)];
  const zone = limits
    .map((limit) => (typeof limit === "string" ? zones[offset.exec(limit)?.[0] ?? ""] : undefined))
    .findLast((known) => known !== undefined);
  return zone ?? "Asia/Makassar";
}

/** A moment of a view in words. The views of some cases hold dates in place of instants. */
export const momentSeen = (at: string, zone: TimeZone, language: Language): string =>
  /^\d{4}-\d\d-\d\d$/.test(at) ? localDateInWords(at, language) : inWords(at, zone, language);

/** The local date of a moment of a view. A limit is the end of a day where its agency is: it is that day for whoever reads it. */
const dateSeen = (at: string, zone: TimeZone): string =>
  /^\d{4}-\d\d-\d\d$/.test(at) || offset.test(at) ? at.slice(0, 10) : localDate(new Date(at), zone);

/** The day of a moment of a view in words. */
export const daySeen = (at: string, zone: TimeZone, language: Language): string =>
  localDateInWords(dateSeen(at, zone), language);
