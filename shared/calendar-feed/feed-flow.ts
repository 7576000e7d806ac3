import type { Case } from "../case/case.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { type DueEvent, eventsOf } from "./due-event.ts";
import { mostEvents, toldNow } from "./told-calendar.ts";
import type { ToldCalendarStore } from "./told-calendar-store.ts";

/** What the calendar of an officer is read from. */
interface CalendarRoom {
  cases: Pick<CaseStore, "queue">;
  toldCalendars: ToldCalendarStore;
  now: () => Date;
}

/**
 * The cases that wait with these agencies, at most as many as a calendar has room for. Those on which officers have to act before a date
 * come first, by that date.
 */
async function waitingWith({ cases }: CalendarRoom, holders: readonly string[]): Promise<Case[]> {
  const found: Case[] = [];
  if (holders.length === 0) return found;
  // "due-soon" without a window reads all queues in which it is the officers' turn.
  for (const queue of ["due-soon", "awaiting-reporter", "answered"] as const) {
    let after: string | undefined;
    do {
      const limit = mostEvents - found.length;
      if (limit === 0) return found;
      const page = await cases.queue(queue, holders, { window: {}, after, limit });
      found.push(...page.items);
      after = page.after;
    } while (after !== undefined);
  }
  return found;
}

/**
 * What the calendar of a person tells now: the clocks of the cases that wait with these agencies. It remembers what it told, so that the
 * next call can cancel what is gone. Two calls at once tell the same, and one of them remembers it.
 */
export async function calendarTold(
  room: CalendarRoom,
  subject: string,
  holders: readonly string[],
): Promise<DueEvent[]> {
  const now = room.now();
  const [last, waiting] = await Promise.all([room.toldCalendars.last(subject), waitingWith(room, holders)]);
  const before = last?.events ?? [];
  const events = toldNow(before, waiting.flatMap(eventsOf), now);
  if (JSON.stringify(events) !== JSON.stringify(before))
    await room.toldCalendars.keep(subject, { ...last, version: (last?.version ?? 0) + 1, events }, now);
  return events;
}
