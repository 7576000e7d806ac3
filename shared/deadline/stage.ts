import { type Day, dayEnd, dayOf } from "./calendar/local-date.ts";
import { workingDayNear } from "./calendar/working-days.ts";
import { type Clock, zoneOf } from "./clock.ts";
import { type Stage, stageNames, stages } from "./ladder.ts";
import { nextOfficeHour, type Office, openingOf } from "./office.ts";
import type { ClockName } from "./policy.ts";

/** Officers are reminded of these clocks. The other clocks end by themselves. */
const reminded: readonly ClockName[] = ["verification", "response", "completion", "objection-decision"];

/** Tells whether officers are reminded of a clock. */
export const isReminded = ({ name }: Pick<Clock, "name">): boolean => reminded.includes(name);

const stageAt = (due: Day, offset: number, office: Office): number =>
  openingOf(workingDayNear(due, offset, office.calendar), office);

/**
 * Lists the stages of a clock and when each begins. A stage before the clock began is left out: its officers have just
 * been told of the case.
 */
const ladderOf = ({ startedAt }: Clock, due: Day, office: Office): { stage: Stage; from: number }[] =>
  stages
    .map(({ stage, offset }) => ({ stage, from: stageAt(due, offset, office) }))
    .filter(({ from }) => from > Date.parse(startedAt));

/** The stage that a running clock has reached. An earlier stage that was never told is overtaken and stays untold. */
function stageOf(one: Clock, at: Date, office: Office): Stage | undefined {
  if (one.endedAt !== undefined || one.due === undefined || !isReminded(one)) return undefined;
  return ladderOf(one, dayOf(one.due), office).findLast(({ from }) => from <= at.getTime())?.stage;
}

/** Finds the stage that has to be told now. That is the stage reached, unless it or a later one was told. */
export function stageToTell(one: Clock, at: Date, office: Office): Stage | undefined {
  const reached = stageOf(one, at, office);
  if (reached === undefined) return undefined;
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return stageNames.indexOf(reached) > told ? reached : undefined;
}

/** Finds when the next thing happens to a running clock: a stage of its ladder, or the end of a reporter's clock. */
function nextEvent(one: Clock, due: Day, office: Office): number | undefined {
  if (!isReminded(one)) return dayEnd(due, zoneOf(one, office));
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return ladderOf(one, due, office).find(({ stage }) => stageNames.indexOf(stage) > told)?.from;
}

/**
 * A clock whose last stage is over keeps this instant, far ahead, in the index of checks. A new decree may still move its
 * date.
 */
const never = Date.parse("9999-12-31T00:00:00Z");

/**
 * Finds when a clock has to be looked at next, in milliseconds: within working hours, and not before `at`. Returns
 * undefined for a clock that is paused or has ended.
 */
export function nextLook(one: Clock, at: Date, office: Office): number | undefined {
  if (one.endedAt !== undefined || one.due === undefined) return undefined;
  const from = nextEvent(one, dayOf(one.due), office);
  return from === undefined ? never : nextOfficeHour(new Date(Math.max(from, at.getTime())), office);
}

/** Finds when a case has to be looked at next, as an ISO instant. Returns undefined while no clock runs on it. */
export function nextCheckAt(clocks: readonly Clock[], at: Date, office: Office): string | undefined {
  const looks = clocks.flatMap((one) => nextLook(one, at, office) ?? []);
  return looks.length > 0 ? new Date(Math.min(...looks)).toISOString() : undefined;
}
