import { type Day, dayEnd, dayOf } from "./calendar/local-date.ts";
import { workingDayNear } from "./calendar/working-days.ts";
import type { Clock } from "./clock.ts";
import { type Stage, stageNames, stages } from "./ladder.ts";
import { nextOfficeHour, type Office, openingOf } from "./office.ts";
import type { ClockName } from "./policy.ts";

/** Officers are reminded of these clocks. The others end by themselves. */
const reminded: readonly ClockName[] = ["verification", "response", "completion"];

const stageAt = (due: Day, offset: number, office: Office): number =>
  openingOf(workingDayNear(due, offset, office.calendar), office);

/** The stages of a clock and when each begins. A stage before the clock began is left out: its officers have just been told. */
const ladderOf = ({ startedAt }: Clock, due: Day, office: Office): { stage: Stage; from: number }[] =>
  stages
    .map(({ stage, offset }) => ({ stage, from: stageAt(due, offset, office) }))
    .filter(({ from }) => from > Date.parse(startedAt));

/** The stage that a running clock has reached. An earlier stage that was never told is overtaken and stays untold. */
export function stageOf(one: Clock, at: Date, office: Office): Stage | undefined {
  if (one.endedAt !== undefined || one.due === undefined || !reminded.includes(one.name)) return undefined;
  return ladderOf(one, dayOf(one.due), office).findLast(({ from }) => from <= at.getTime())?.stage;
}

/** The stage that has to be told now: the one reached, unless it or a later one was told. */
export function stageToTell(one: Clock, at: Date, office: Office): Stage | undefined {
  const reached = stageOf(one, at, office);
  if (reached === undefined) return undefined;
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return stageNames.indexOf(reached) > told ? reached : undefined;
}

/** When the next thing happens to a clock that runs: a stage of its ladder, or for the reporter's clocks its end. */
function nextEvent(one: Clock, due: Day, office: Office): number | undefined {
  if (!reminded.includes(one.name)) return dayEnd(due, office.timeZone);
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return ladderOf(one, due, office).find(({ stage }) => stageNames.indexOf(stage) > told)?.from;
}

/** The next look at a clock after its last stage. Nothing is due on it, but a decree may still move its date. */
const never = Date.parse("9999-12-31T00:00:00Z");

/**
 * When a clock has to be looked at next, in milliseconds: within working hours, and not before `at`. Undefined for a clock
 * that is paused or has ended.
 */
export function nextLook(one: Clock, at: Date, office: Office): number | undefined {
  if (one.endedAt !== undefined || one.due === undefined) return undefined;
  const from = nextEvent(one, dayOf(one.due), office);
  return from === undefined ? never : nextOfficeHour(new Date(Math.max(from, at.getTime())), office);
}

/** When a case has to be looked at next, as an ISO instant; undefined while no clock runs on it. */
export function nextCheckAt(clocks: readonly Clock[], at: Date, office: Office): string | undefined {
  const looks = clocks.flatMap((one) => nextLook(one, at, office) ?? []);
  return looks.length > 0 ? new Date(Math.min(...looks)).toISOString() : undefined;
}
