import { localDate } from "../../deadline/calendar/local-date.ts";
import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Case } from "../case.ts";
import type { CaseReader } from "./visibility.ts";

/**
 * Whether a reader is shown the times of a case by date only. Somebody who saw a person at a telephone at 10.04 looks for the
 * report of 10.05.
 */
export const isByDay = (
  { anonymous, secret, redaction }: Pick<Case, "anonymous" | "secret" | "redaction">,
  reader: CaseReader,
): boolean => reader === "public" && (anonymous || secret || redaction === "hidden");

/** An instant as events and cases hold it. The end of a local day has an offset; it tells no more than a date. */
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Writes an instant as the local date; any other text stays. */
export const dayOfInstant = (text: string, timeZone: TimeZone): string =>
  instant.test(text) ? localDate(new Date(text), timeZone) : text;

/** A value in which every instant is a local date, or only those that are named. */
export function byDay<T>(value: T, timeZone: TimeZone, only?: ReadonlySet<string>): T {
  if (typeof value === "string")
    return (only && !only.has(value) ? value : dayOfInstant(value, timeZone)) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => byDay(one, timeZone, only)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]: [string, unknown]) => [field, byDay(inner, timeZone, only)]),
  ) as T;
}
