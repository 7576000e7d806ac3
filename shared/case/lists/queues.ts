import type { Calendar } from "../../deadline/calendar/calendar.ts";
import { dateOf, dayOf } from "../../deadline/calendar/local-date.ts";
import { workingDayAfter } from "../../deadline/calendar/working-days.ts";
import { firstDue } from "../../deadline/clock.ts";
import type { Case } from "../case.ts";
import { type Situation, situationOf, situations } from "../moves/table.ts";
import { byAge } from "./page.ts";
import type { Window } from "./search.ts";

/** What a case may wait for at an agency. A case is in one queue at most. */
export const queueNames = [
  "verification",
  "assigned",
  "in-progress",
  "awaiting-reporter",
  "answered",
] as const;
export type QueueName = (typeof queueNames)[number];

/** Windows of dates over those queues: what officers have to act on soon, and what they should have acted on. */
export const watchNames = ["due-soon", "overdue"] as const;
export type WatchName = (typeof watchNames)[number];

/** In these queues officers have to act before a date. In the others it is the reporter's turn. */
const watched: readonly QueueName[] = ["verification", "assigned", "in-progress"];
/** The queues that a page of this name reads. */
export const queuesIn = (name: QueueName | WatchName): readonly QueueName[] =>
  name === "due-soon" || name === "overdue" ? watched : [name];

const queueOf: Partial<Record<Situation, QueueName>> = {
  submitted: "verification",
  verified: "verification",
  undecided: "verification",
  "awaiting-reporter": "awaiting-reporter",
  assigned: "assigned",
  "in-progress": "in-progress",
  reopened: "in-progress",
  answered: "answered",
  objected: "verification",
  "objected-at-top": "verification",
};

/** The situations in which a case waits in these queues. */
export const situationsIn = (name: QueueName | WatchName): Situation[] =>
  situations.filter((situation) => {
    const queue = queueOf[situation];
    return queue !== undefined && queuesIn(name).includes(queue);
  });

/** The position of a case in a list by due date, then by age. A case without a date comes last. */
const dueOrder = (found: Case): string => `${firstDue(found.clocks) ?? "9999-12-31"}#${byAge(found)}`;

/** Where a case waits at its holder, queue by queue; nothing once nobody has to act. */
export function queueEntry(found: Case): { queue?: string; queueOrder?: string } {
  const queue = queueOf[situationOf(found)];
  return queue ? { queue: found.holder, queueOrder: `${queue}#${dueOrder(found)}` } : {};
}

/** Takes a stored position in a queue apart. */
export function positionIn(queueOrder: string): { queue: QueueName; order: string; due: string } {
  const [queue = "", ...order] = queueOrder.split("#");
  return { queue: queue as QueueName, order: order.join("#"), due: order[0] ?? "" };
}

/** The window of a watching queue on a local date: three working days ahead, or all days that are past. */
export const windowOf = (name: QueueName | WatchName, today: string, calendar: Calendar): Window => {
  if (name === "overdue") return { to: dateOf(dayOf(today) - 1) };
  return name === "due-soon" ? { from: today, to: workingDayAfter(today, dueSoonDays, calendar) } : {};
};

/** "Due soon" begins where the ladder of alerts begins. */
const dueSoonDays = 3;

type Counts = Record<QueueName | WatchName, number>;

const names = [...queueNames, ...watchNames];
const countsBy = (count: (name: QueueName | WatchName) => number): Counts =>
  Object.fromEntries(names.map((name) => [name, count(name)])) as Counts;

/** The sum of counts, queue by queue. */
export const sumOf = (all: readonly Counts[]): Counts =>
  countsBy((name) => all.reduce((sum, counts) => sum + counts[name], 0));

/** How many cases wait in each queue and in each watching queue, counted from their positions. */
export function tally(positions: readonly string[], today: string, calendar: Calendar): Counts {
  const counts = countsBy(() => 0);
  if (positions.length === 0) return counts;
  const soon = windowOf("due-soon", today, calendar).to ?? today;
  for (const position of positions) {
    const { queue, due } = positionIn(position);
    counts[queue]++;
    if (!watched.includes(queue) || due > soon) continue;
    counts[due < today ? "overdue" : "due-soon"]++;
  }
  return counts;
}

/** How many cases officers have to act on by the end of this date. */
export const countDueOn = (positions: readonly string[], date: string): number =>
  positions.map(positionIn).filter(({ queue, due }) => watched.includes(queue) && due === date).length;
