import * as z from "zod";
import type { CalendarVersion } from "./calendar/calendar.ts";
import { edition, editionOf } from "./calendar/edition.ts";
import { dateOf, type Day, dayEnd, dayOf, localDay } from "./calendar/local-date.ts";
import { type TimeZone, timeZones } from "./calendar/time-zone.ts";
import { isWorkingDay, workingDaysBetween } from "./calendar/working-days.ts";
import { type Deadline, deadlineOf } from "./deadline.ts";
import { stageNames } from "./ladder.ts";
import type { Office } from "./office.ts";
import {
  basisIn,
  type ClockName,
  clockNames,
  type Limit,
  limit,
  limitOf,
  type PolicyVersion,
  type Subject,
} from "./policy.ts";

const cause = z.enum(["paused", "resumed", "extended", "new-agency", "new-calendar", "new-policy"]);
export type Cause = z.infer<typeof cause>;

/** A move of a due date. A paused clock has no date. */
export const dateMove = z.strictObject({
  at: z.iso.datetime(),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  cause,
});

/** A limit that runs on a case. It holds what it takes to count it again at any time, under any calendar. */
export const clock = z.strictObject({
  name: z.enum(clockNames),
  startedAt: z.iso.datetime(),
  /** The clock began with this limit. */
  limit: limit
    .pick({ days: true, unit: true, certainty: true, extendableBy: true })
    /** The legal basis in Indonesian. The policy has it in English. */
    .extend({ legalBasis: z.string() }),
  policyVersion: z.int().positive(),
  /** So many working days were granted on top, with a written reason. */
  extendedBy: z.int().positive().optional(),
  pauses: z.array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime().optional() })),
  /** The clock is due at the end of this local date. It has none while it is paused. */
  due: z.iso.date().optional(),
  provisional: z.boolean().optional(),
  /** The due date was counted in this zone, by this edition of the calendar. Clocks of before 2026-11-27 do not name it. */
  countedBy: z.strictObject({ timeZone: z.enum(timeZones), ...edition.shape }).optional(),
  /** The stage of the ladder that was told last for this due date. Another date starts the ladder anew. */
  told: z.enum(stageNames).optional(),
  /** What was told for earlier due dates. Where the clock gets such a date again, none of it is told twice. */
  toldBefore: z.array(z.strictObject({ due: z.iso.date(), stage: z.enum(stageNames) })).optional(),
  endedAt: z.iso.datetime().optional(),
  /** "cancelled" means that nobody had to act any more. */
  outcome: z.enum(["met", "missed", "cancelled"]).optional(),
  /** Lists every move of the due date with its cause. */
  moves: z.array(dateMove),
});
export type Clock = z.infer<typeof clock>;

/** The clocks of a case are counted by this while an agency holds the case. */
export interface Counting extends Office {
  policies: readonly PolicyVersion[];
  /** All versions of the calendar, by which the dates of earlier counts are explained. */
  calendars: readonly CalendarVersion[];
  /** The agency and all above it. */
  agencyPath: readonly string[];
}

/** Gives the office that a case's clocks are counted for. */
export const officeOf = ({ timeZone, calendar }: Counting): Office => ({ timeZone, calendar });

/** An event can do one of these to a clock. */
export type Effect =
  "start" | "start-unless-running" | "restart" | "stop" | "cancel" | "pause" | "resume" | "reopen";

/** Tells what one event does to each clock. */
export type Effects = Partial<Record<ClockName, Effect>>;

/** A running clock is neither ended nor paused. */
const isRunning = (one: Clock): boolean => one.endedAt === undefined && !isPaused(one);

const isPaused = ({ endedAt, pauses }: Clock): boolean => {
  const last = pauses.at(-1);
  return endedAt === undefined && last !== undefined && last.to === undefined;
};

/** Tells whether a clock stands still at the end of a local day. */
const pausedAtEndOf =
  ({ pauses }: Clock, timeZone: TimeZone) =>
  (day: Day): boolean => {
    const end = dayEnd(day, timeZone);
    return pauses.some(
      ({ from, to }) => Date.parse(from) < end && (to === undefined || Date.parse(to) >= end),
    );
  };

/** Counts to the due date of a clock. */
export const countOf = (one: Clock, { timeZone, calendar }: Office) =>
  deadlineOf(
    { ...one.limit, days: one.limit.days + (one.extendedBy ?? 0) },
    localDay(Date.parse(one.startedAt), timeZone),
    calendar,
    one.pauses.length > 0 ? pausedAtEndOf(one, timeZone) : undefined,
  );

/** What a count leaves on its clock: the date that holds, and what it was counted by. */
const asCounted = ({ day, count, provisional }: Deadline, timeZone: TimeZone, due = dateOf(day)) => ({
  due,
  countedBy: { timeZone, ...editionOf(count.calendar, count.from, day) },
  ...(provisional && { provisional }),
});

/** What was told of a clock, by due date, with what was told for the present one last. */
const toldByDate = ({ due, told, toldBefore = [] }: Clock): NonNullable<Clock["toldBefore"]> =>
  due === undefined || told === undefined
    ? toldBefore
    : [...toldBefore.filter((one) => one.due !== due), { due, stage: told }];

/** Tells whether reporters are told the date of this clock in writing. Such a date becomes later, and never earlier. */
export const isToldToReporter = ({ name }: Pick<Clock, "name">): boolean =>
  name === "reply" || name === "completing-file";

/**
 * The zone in which a clock is counted and ends. That of a reporter stays the one in which they were told its date: further
 * east the day ends earlier.
 */
export const zoneOf = (one: Clock, { timeZone }: Pick<Office, "timeZone">): TimeZone =>
  (isToldToReporter(one) ? one.countedBy?.timeZone : undefined) ?? timeZone;

/** Keeps a date that a reporter was told, where the count would now end earlier. */
const notEarlier = (one: Clock, before: string | undefined, counted: string | undefined) =>
  isToldToReporter(one) && before !== undefined && counted !== undefined && counted < before
    ? before
    : counted;

/**
 * Counts the due date of a clock anew. If the date moves, the clock records the move, and its ladder of alerts goes on where
 * it stood when the clock had that date before.
 */
export function recounted(one: Clock, at: string, why: Cause, { timeZone: now, calendar }: Office): Clock {
  const office = { timeZone: zoneOf(one, { timeZone: now }), calendar };
  const { due: before, provisional: _p, countedBy: _c, told: _t, toldBefore: _b, ...rest } = one;
  const deadline = isPaused(one) ? undefined : countOf(one, office);
  const due = notEarlier(one, before, deadline && dateOf(deadline.day));
  const moved = due === before ? [] : [{ at, from: before ?? null, to: due ?? null, cause: why }];
  const allTold = toldByDate(one);
  const told = due === undefined ? undefined : allTold.findLast((telling) => telling.due === due);
  const toldBefore = allTold.filter((telling) => telling !== told);
  return {
    ...rest,
    moves: [...one.moves, ...moved],
    ...(told && { told: told.stage }),
    ...(toldBefore.length > 0 && { toldBefore }),
    ...(deadline && asCounted(deadline, office.timeZone, due)),
  };
}

/** Picks the part of a limit that a clock keeps. */
const termsOf = ({ days, unit, legalBasis, certainty, extendableBy }: Limit): Clock["limit"] => ({
  days,
  unit,
  legalBasis: basisIn(legalBasis, "id"),
  certainty,
  ...(extendableBy && { extendableBy }),
});

function started(name: ClockName, at: string, policy: PolicyVersion, of: Subject, office: Office): Clock {
  const one: Clock = {
    name,
    startedAt: at,
    limit: termsOf(limitOf(policy, name, of)),
    policyVersion: policy.version,
    pauses: [],
    moves: [],
  };
  return { ...one, ...asCounted(countOf(one, office), office.timeZone) };
}

/** Tells whether the due day of a running clock is over. */
const isPast = (one: Clock, at: string, office: Pick<Office, "timeZone">): boolean =>
  one.due !== undefined && Date.parse(at) >= dayEnd(dayOf(one.due), zoneOf(one, office));

/** Ends a clock where it ran: its date is counted for the last time, and stays as it is from then on. */
const endedAs = (outcome: (last: Clock) => Clock["outcome"], one: Clock, at: string, ran: Office): Clock => {
  const last = one.due === undefined ? one : recounted(one, at, "new-calendar", ran);
  return { ...last, endedAt: at, outcome: outcome(last) };
};

/** A clock that begins anew. It is not due before the date of the open one, where the reporter was told that date. */
const notBefore = (open: Clock | undefined, begun: Clock): Clock => {
  const due = open?.endedAt === undefined ? notEarlier(begun, open?.due, begun.due) : begun.due;
  return due === undefined ? begun : { ...begun, due };
};

/** Replaces `one`, the latest clock of a name, by what an effect makes of it. */
function affected(
  one: Clock | undefined,
  effect: Effect,
  at: string,
  { office, ran }: { office: Office; ran: Office },
  begin: () => Clock,
): Clock[] {
  const asItIs = one ? [one] : [];
  const ended = (outcome: (last: Clock) => Clock["outcome"]): Clock[] =>
    one && one.endedAt === undefined ? [endedAs(outcome, one, at, ran)] : asItIs;
  const pausesUntil = (end: string): Clock["pauses"] =>
    (one?.pauses ?? []).map((pause) => (pause.to === undefined ? { ...pause, to: end } : pause));

  switch (effect) {
    case "start":
    case "restart":
      return [...ended(() => "cancelled"), notBefore(one, begin())];
    case "start-unless-running":
      return one && one.endedAt === undefined ? [one] : [...asItIs, begin()];
    case "stop":
      return ended((last) => (isPast(last, at, ran) ? "missed" : "met"));
    case "cancel":
      return ended(() => "cancelled");
    case "pause":
      return one && isRunning(one)
        ? [recounted({ ...one, pauses: [...one.pauses, { from: at }] }, at, "paused", office)]
        : asItIs;
    case "resume":
      return one && isPaused(one)
        ? [recounted({ ...one, pauses: pausesUntil(at) }, at, "resumed", office)]
        : asItIs;
    case "reopen": {
      // The time since the clock ended counts as a pause. A clock that was late stays late.
      if (!one?.endedAt) return asItIs;
      const { endedAt, outcome: _, ...open } = one;
      const pauses = [...pausesUntil(endedAt), { from: endedAt, to: at }];
      return [recounted({ ...open, pauses }, at, "resumed", office)];
    }
  }
}

/**
 * Gives the clocks of a case after an event, in the order in which they began. Ended clocks stay, and at most one clock
 * of a name is open. Clocks run on in `office`, and end where they `ran`.
 */
export function clocksAfter(
  clocks: readonly Clock[],
  effects: Effects,
  at: string,
  { policy, of, ran, ...office }: Office & { policy: PolicyVersion; of: Subject; ran?: Office },
): Clock[] {
  const where = { office, ran: ran ?? office };
  let after = [...clocks];
  for (const name of clockNames) {
    const effect = effects[name];
    if (!effect) continue;
    const latest = after.findLastIndex((one) => one.name === name);
    const result = affected(after[latest], effect, at, where, () => started(name, at, policy, of, office));
    after = [...after.filter((_, index) => index !== latest), ...result];
  }
  return after.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** Grants a clock more days. */
export const extended = (one: Clock, days: number, at: string, office: Office): Clock =>
  recounted({ ...one, extendedBy: (one.extendedBy ?? 0) + days }, at, "extended", office);

/** Puts an open clock under the limits of another policy. An ended clock keeps its own. */
export const underPolicy = (
  one: Clock,
  at: string,
  { policy, of, ...office }: Office & { policy: PolicyVersion; of: Subject },
): Clock =>
  one.endedAt === undefined
    ? recounted(
        { ...one, limit: termsOf(limitOf(policy, one.name, of)), policyVersion: policy.version },
        at,
        "new-policy",
        office,
      )
    : one;

/** Finds the first local date on which a running clock is due. */
export const firstDue = (clocks: readonly Clock[]): string | undefined =>
  clocks
    .flatMap(({ due, endedAt }) => (endedAt === undefined && due !== undefined ? [due] : []))
    .sort()
    .at(0);

/** A clock runs, is paused, or has ended in one of three ways. */
export const clockState = z.enum(["running", "paused", "met", "missed", "cancelled"]);

/** Tells the state of a clock at an instant. */
export function stateOf(one: Clock, at: Date, office: Office): z.infer<typeof clockState> {
  if (one.outcome) return one.outcome;
  if (isPaused(one)) return "paused";
  return isPast(one, at.toISOString(), office) ? "missed" : "running";
}

/**
 * Counts the days that a clock has left: up to its due date, or after its pause if it is paused. The number is negative
 * once the clock is late.
 */
export function daysLeft(one: Clock, at: Date, { calendar, ...office }: Office): number {
  const timeZone = zoneOf(one, office);
  const today = localDay(at.getTime(), timeZone);
  if (one.due !== undefined)
    return one.limit.unit === "working-days"
      ? workingDaysBetween(today, dayOf(one.due), calendar)
      : dayOf(one.due) - today;
  const from = localDay(Date.parse(one.startedAt), timeZone);
  const stands = pausedAtEndOf(one, timeZone);
  let counted = 0;
  for (let day = from + 1; day <= today; day++)
    if (!stands(day) && (one.limit.unit === "calendar-days" || isWorkingDay(day, calendar))) counted++;
  return one.limit.days + (one.extendedBy ?? 0) - counted;
}
