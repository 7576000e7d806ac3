/**
 * npm run -s calendar:read -- FILE.ics --year YEAR --decree TEXT
 *
 * Turns an iCalendar file (RFC 5545) of whole-day events into the body of `PUT /v1/admin/calendars/{year}`, on stdout.
 * An event ends before its DTEND. The command refuses an event that it cannot be sure of, and names it: a recurring one, one
 * with a time of day, or one in another year.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import ICAL from "ical.js";
import * as z from "zod";
import { type CalendarYear, calendarYear, type FreeDay } from "../../shared/deadline/calendar/calendar.ts";
import { dateOf, dayOf } from "../../shared/deadline/calendar/local-date.ts";
import { Mistake, orUsage, runCommand } from "../../shared/platform/command.ts";

const longestEvent = 30;

/** Reads the kind of a free day from the words of its name. A day whose name says nothing else is a national holiday. */
const kindOf = (name: string): FreeDay["kind"] => {
  if (/^cuti bersama/i.test(name)) return "joint-leave";
  return /pemilihan|pemilu|pilkada/i.test(name) ? "election-day" : "national-holiday";
};

function daysOf(component: ICAL.Component, year: number): FreeDay[] {
  const event = new ICAL.Event(component);
  const name = (event.summary ?? "").trim();
  const called = name ? `"${name}"` : `the event ${event.uid || "without a name"}`;
  if (!name) throw new Mistake(`${called} has no SUMMARY to call the day by.`);
  if (event.isRecurring() || component.hasProperty("rdate") || event.isRecurrenceException())
    throw new Mistake(`${called} recurs (RRULE or RDATE). Write each of its days as an event of its own.`);
  if (!event.startDate?.isDate)
    throw new Mistake(`${called} has a time of day. Free days are whole days: DTSTART;VALUE=DATE.`);
  const first = dayOf(event.startDate.toString());
  const end = Math.max(dayOf(event.endDate.toString().slice(0, 10)), first + 1);
  if (end - first > longestEvent)
    throw new Mistake(`${called} lasts ${end - first} days; no holiday is that long.`);
  return Array.from({ length: end - first }, (_, index) => {
    const date = dateOf(first + index);
    if (!date.startsWith(`${year}-`)) throw new Mistake(`${called} is on ${date}, which is not in ${year}.`);
    return { date, kind: kindOf(name), name };
  });
}

/** Reads a year of free days from an iCalendar text. Refuses an event that it cannot be sure of, and names it. */
export function readCalendar(text: string, year: number, decree: string): CalendarYear {
  let calendar: ICAL.Component;
  try {
    const parsed: unknown = ICAL.parse(text);
    calendar = new ICAL.Component(parsed as ConstructorParameters<typeof ICAL.Component>[0]);
  } catch (error) {
    throw new Mistake(`This is not an iCalendar file: ${(error as Error).message}`);
  }
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length === 0) throw new Mistake("This iCalendar file has no events.");
  const days = events.flatMap((event) => daysOf(event, year)).sort((a, b) => a.date.localeCompare(b.date));
  const result = calendarYear.safeParse({ year, decree, days });
  if (!result.success) throw new Mistake(z.prettifyError(result.error));
  return result.data;
}

const usage = "Usage: npm run -s calendar:read -- FILE.ics --year YEAR --decree TEXT";

async function main(): Promise<void> {
  const { file, year, decree } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      options: { year: { type: "string" }, decree: { type: "string" } },
      allowPositionals: true,
    });
    const [file, ...others] = positionals;
    if (!file || others.length > 0) throw new Mistake("Name one iCalendar file.");
    if (!/^\d{4}$/.test(values.year ?? "")) throw new Mistake("--year takes a year of four digits.");
    if (!values.decree) throw new Mistake("--decree takes the name of the decree that the days come from.");
    return { file, year: Number(values.year), decree: values.decree };
  });
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${file} cannot be read (${error.code}).`);
  });
  console.log(JSON.stringify(readCalendar(text, year, decree), undefined, 1));
}

if (import.meta.main) await runCommand(main);
