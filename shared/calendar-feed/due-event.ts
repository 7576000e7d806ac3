import * as z from "zod";
import type { Case } from "../case/case.ts";
import type { Clock } from "../deadline/clock.ts";
import { clockNames } from "../deadline/policy.ts";

/** What a calendar tells of one clock of a case. All clocks of one name in a case are one event, which moves. */
export const dueEvent = z.strictObject({
  trackingNumber: z.string(),
  clock: z.enum(clockNames),
  /** The local date at the agency on which the clock is due, or was due last. */
  date: z.iso.date(),
  /** Rises with every change. Calendars keep the version with the highest one. */
  sequence: z.int().nonnegative(),
  /** When it last changed. */
  at: z.iso.datetime(),
  /** Nothing is due any more: the clock has ended or stands still, or the case has left the officer. */
  over: z.literal(true).optional(),
});
export type DueEvent = z.infer<typeof dueEvent>;

/** Names the event in the calendar of an officer. It stays the same as long as the case lives. */
export const eventKey = ({ trackingNumber, clock }: Pick<DueEvent, "trackingNumber" | "clock">): string =>
  `${trackingNumber}-${clock}`;

/**
 * Counts what has happened to a clock, so that every change counts higher than all before it: each move of its date, each pause, and
 * its end. A clock that runs again after its end has one more pause, so a pause counts twice.
 */
const changesOf = ({ moves, pauses, endedAt }: Clock): number =>
  1 + moves.length + 2 * pauses.length + (endedAt === undefined ? 0 : 1);

const lastChange = ({ startedAt, moves, pauses, endedAt }: Clock): string =>
  [
    startedAt,
    ...moves.map(({ at }) => at),
    ...pauses.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])),
    ...(endedAt === undefined ? [] : [endedAt]),
  ].reduce((latest, at) => (at > latest ? at : latest));

/** The date that a clock has, or had before it stood still. */
const dateOfClock = ({ due, moves }: Clock): string | undefined =>
  due ?? moves.findLast(({ from }) => from !== null)?.from ?? undefined;

/** The events of the clocks of a case. A clock that never had a date has none. */
export function eventsOf({ trackingNumber, clocks }: Pick<Case, "trackingNumber" | "clocks">): DueEvent[] {
  const byName = Map.groupBy(clocks, ({ name }) => name);
  return [...byName].flatMap(([clock, all]) => {
    const last = all.at(-1);
    const date = last && dateOfClock(last);
    if (!last || date === undefined) return [];
    const isOver = last.endedAt !== undefined || last.due === undefined;
    return {
      trackingNumber,
      clock,
      date,
      sequence: all.reduce((sum, one) => sum + changesOf(one), -1),
      at: all.map(lastChange).reduce((latest, at) => (at > latest ? at : latest)),
      ...(isOver && { over: true as const }),
    };
  });
}
