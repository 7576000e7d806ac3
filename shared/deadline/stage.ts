import type { Text } from "../language.ts";
import type { Clock, Place } from "./clock.ts";
import { atHour, type Day, dayEnd, dayOf, localDay } from "./local-date.ts";
import type { ClockName } from "./policy.ts";
import { isWorkingDay, workingDayNear } from "./working-days.ts";

/** The ladder: what is told before and after a clock is due, in working days from its date, and to whom. */
export const stages = [
  { stage: "due-in-3-days", offset: -3, to: "officer" },
  { stage: "due-tomorrow", offset: -1, to: "officer" },
  { stage: "due-today", offset: 0, to: "officer" },
  { stage: "overdue", offset: 1, to: "agency-head" },
  { stage: "long-overdue", offset: 5, to: "coordinator" },
] as const;
export type Stage = (typeof stages)[number]["stage"];
export const stageNames = stages.map(({ stage }) => stage) as [Stage, ...Stage[]];

export const stageText: Record<Stage, Text> = {
  "due-in-3-days": { id: "Jatuh tempo dalam 3 hari kerja", en: "Due in 3 working days" },
  "due-tomorrow": { id: "Jatuh tempo hari kerja berikutnya", en: "Due on the next working day" },
  "due-today": { id: "Jatuh tempo hari ini", en: "Due today" },
  overdue: { id: "Lewat batas waktu", en: "Overdue" },
  "long-overdue": { id: "Lewat batas waktu 5 hari kerja", en: "Overdue by 5 working days" },
};

/** Alerts go out from eight to four, local time, on working days. */
const opens = 8;
const closes = 16;

/** Whether an agency is at work at an instant. */
export function isOfficeHour(at: Date, { timeZone, calendar }: Place): boolean {
  const today = localDay(at.getTime(), timeZone);
  const time = at.getTime();
  return (
    isWorkingDay(today, calendar) &&
    time >= atHour(today, opens, timeZone) &&
    time < atHour(today, closes, timeZone)
  );
}

/** The next instant (milliseconds) at which an agency is at work: this one, where it is. */
export function nextOfficeHour(at: Date, place: Place): number {
  const { timeZone, calendar } = place;
  if (isOfficeHour(at, place)) return at.getTime();
  const today = localDay(at.getTime(), timeZone);
  const later = at.getTime() >= atHour(today, closes, timeZone) ? today + 1 : today;
  return atHour(workingDayNear(later, 0, calendar), opens, timeZone);
}

/** Clocks on which officers are reminded; the others end by themselves. */
const reminded: readonly ClockName[] = ["verification", "response", "completion"];

const stageAt = (due: Day, offset: number, { timeZone, calendar }: Place): number =>
  atHour(workingDayNear(due, offset, calendar), opens, timeZone);

/** The stages of a clock and when each begins. One that was past when the clock began is none: its officers have just been told. */
const ladderOf = ({ startedAt }: Clock, due: Day, place: Place): { stage: Stage; from: number }[] =>
  stages
    .map(({ stage, offset }) => ({ stage, from: stageAt(due, offset, place) }))
    .filter(({ from }) => from > Date.parse(startedAt));

/** The stage that a running clock has reached; an earlier one that was never told is overtaken, and stays untold. */
export function stageOf(one: Clock, at: Date, place: Place): Stage | undefined {
  if (one.endedAt !== undefined || one.due === undefined || !reminded.includes(one.name)) return undefined;
  return ladderOf(one, dayOf(one.due), place).findLast(({ from }) => from <= at.getTime())?.stage;
}

/** The stage that has to be told now: the one reached, unless it or a later one has been. */
export function stageToTell(one: Clock, at: Date, place: Place): Stage | undefined {
  const reached = stageOf(one, at, place);
  if (reached === undefined) return undefined;
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return stageNames.indexOf(reached) > told ? reached : undefined;
}

/** When the next thing happens to a clock that runs: a stage of its ladder, or for the reporter's clocks its end. */
function nextEvent(one: Clock, due: Day, place: Place): number | undefined {
  if (!reminded.includes(one.name)) return dayEnd(due, place.timeZone);
  const told = one.told === undefined ? -1 : stageNames.indexOf(one.told);
  return ladderOf(one, due, place).find(({ stage }) => stageNames.indexOf(stage) > told)?.from;
}

/** For a clock that runs on after its last stage: nothing is due, but a decree may still move its date. */
const never = Date.parse("9999-12-31T00:00:00Z");

/**
 * When a clock has to be looked at next after `at`, in milliseconds: an hour of work, also where what is due was due
 * before. Undefined for a clock that stands still or has ended.
 */
export function nextLook(one: Clock, at: Date, place: Place): number | undefined {
  if (one.endedAt !== undefined || one.due === undefined) return undefined;
  const from = nextEvent(one, dayOf(one.due), place);
  return from === undefined ? never : nextOfficeHour(new Date(Math.max(from, at.getTime())), place);
}

/** When a case has to be looked at next after `at`: an ISO instant; undefined where nothing runs on it. */
export function nextCheckAt(clocks: readonly Clock[], at: Date, place: Place): string | undefined {
  const looks = clocks.flatMap((one) => nextLook(one, at, place) ?? []);
  return looks.length > 0 ? new Date(Math.min(...looks)).toISOString() : undefined;
}
