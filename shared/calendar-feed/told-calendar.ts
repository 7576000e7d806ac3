import * as z from "zod";
import { type DueEvent, dueEvent, eventKey } from "./due-event.ts";

/** A calendar holds at most so many events: the nearest ones, then those that were cancelled last. */
export const mostEvents = 1_000;
/** A cancelled event is told for so long. By then every calendar that is still in use has asked again. */
export const cancelledForDays = 30;
const cancelledForMs = cancelledForDays * 24 * 60 * 60 * 1000;

/** What the calendar of an officer told when it was last asked for. */
export const toldCalendar = z.strictObject({ version: z.int().positive(), events: z.array(dueEvent) });
export type ToldCalendar = z.infer<typeof toldCalendar>;

const isSame = (a: DueEvent, b: DueEvent): boolean => a.date === b.date && a.over === b.over;

/**
 * An event as it is told next. What the clock does not know of moves an event too: a case that leaves an officer and comes back. Its
 * number rises all the same.
 */
function toldNext(event: DueEvent, before: DueEvent | undefined, at: string): DueEvent {
  if (!before) return event;
  if (event.sequence > before.sequence) return { ...event, at: event.at > before.at ? event.at : before.at };
  return isSame(event, before) ? before : { ...event, sequence: before.sequence + 1, at };
}

const cancelled = (before: DueEvent, at: string): DueEvent =>
  before.over ? before : { ...before, over: true, sequence: before.sequence + 1, at };

const byDate = (a: DueEvent, b: DueEvent): number =>
  a.date === b.date ? (eventKey(a) < eventKey(b) ? -1 : 1) : a.date < b.date ? -1 : 1;
const newestFirst = (a: DueEvent, b: DueEvent): number => (a.at > b.at ? -1 : 1);

/**
 * What a calendar tells now. An event that is over is told only where it was told before, and for 30 days: whoever never read of a
 * date need not read that it is gone. An event of before that nothing is known of any more has left the officer.
 */
export function toldNow(before: readonly DueEvent[], known: readonly DueEvent[], now: Date): DueEvent[] {
  const at = now.toISOString();
  const earlier = new Map(before.map((event) => [eventKey(event), event]));
  const here = new Set(known.map(eventKey));
  const next = [
    ...known
      .filter((event) => !event.over || earlier.has(eventKey(event)))
      .map((event) => toldNext(event, earlier.get(eventKey(event)), at)),
    ...before.filter((event) => !here.has(eventKey(event))).map((event) => cancelled(event, at)),
  ];
  const open = next.filter(({ over }) => !over).sort(byDate);
  const over = next
    .filter((event) => event.over && now.getTime() - Date.parse(event.at) < cancelledForMs)
    .sort(newestFirst);
  return [...open, ...over].slice(0, mostEvents);
}
