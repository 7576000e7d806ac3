import { createHash } from "node:crypto";
import * as z from "zod";
import type { Calendar } from "../../deadline/calendar.ts";
import { firstDue } from "../../deadline/clock.ts";
import { dateOf, dayOf } from "../../deadline/local-date.ts";
import { type CaseClass, caseClass } from "../../deadline/policy.ts";
import { workingDayAfter } from "../../deadline/working-days.ts";
import type { Case } from "../case.ts";
import { type Situation, situationOf } from "../moves/table.ts";
import { isHidden } from "../views/visibility.ts";

export const queueNames = [
  "verification",
  "assigned",
  "in-progress",
  "awaiting-reporter",
  "answered",
] as const;
export type QueueName = (typeof queueNames)[number];

/** Queues that go through others by date: what officers have to act on soon, and should have acted on. */
export const watchNames = ["due-soon", "overdue"] as const;
export type WatchName = (typeof watchNames)[number];

/** The queues in which officers have to act before a date; in the others it is the reporter's turn. */
const watched: readonly QueueName[] = ["verification", "assigned", "in-progress"];
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
};

/** By age, each place its own. */
const order = ({ submittedAt, trackingNumber }: Case): string => `${submittedAt}#${trackingNumber}`;

/** By the date on which it is due, then by age; what has no date comes last. */
const dueOrder = (found: Case): string => `${firstDue(found.clocks) ?? "9999-12-31"}#${order(found)}`;

/** Where a case stands with whoever holds it, queue by queue; nothing once nobody has to act. */
export function queueEntry(found: Case): { queue?: string; queueOrder?: string } {
  const queue = queueOf[situationOf(found)];
  return queue ? { queue: found.holder, queueOrder: `${queue}#${dueOrder(found)}` } : {};
}

/** A place in a queue, taken apart again. */
export function placeIn(queueOrder: string): { queue: QueueName; order: string; due: string } {
  const [queue = "", ...order] = queueOrder.split("#");
  return { queue: queue as QueueName, order: order.join("#"), due: order[0] ?? "" };
}

/** A span of local dates, both ends with it. */
export interface Window {
  from?: string;
  to?: string;
}

/** The window of a watching queue on a local date: three working days ahead, or all that is past. */
export const windowOf = (name: QueueName | WatchName, today: string, calendar: Calendar): Window => {
  if (name === "overdue") return { to: dateOf(dayOf(today) - 1) };
  return name === "due-soon" ? { from: today, to: workingDayAfter(today, dueSoonDays, calendar) } : {};
};

/** "Due soon" begins where the ladder of alerts begins. */
const dueSoonDays = 3;

/** How many cases wait in each queue, and in the watching ones, from their places. */
export function tally(
  places: readonly string[],
  today: string,
  calendar: Calendar,
): Record<QueueName | WatchName, number> {
  const counts = Object.fromEntries([...queueNames, ...watchNames].map((name) => [name, 0])) as Record<
    QueueName | WatchName,
    number
  >;
  const soon = windowOf("due-soon", today, calendar).to ?? today;
  for (const place of places) {
    const { queue, due } = placeIn(place);
    counts[queue]++;
    if (!watched.includes(queue) || due > soon) continue;
    counts[due < today ? "overdue" : "due-soon"]++;
  }
  return counts;
}

/** Cases that clocks run on are spread over these, so that no sweep and no million submissions meet one partition. */
export const checkShards = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export const checkPartition = (shard: number): string => `check#${shard}`;

/** Where a case waits for the next look at its clocks, by when that is; nothing while no clock runs. */
export const checkEntry = ({ trackingNumber, nextCheckAt }: Case): { check?: string } =>
  nextCheckAt === undefined ? {} : { check: checkPartition(firstByte(trackingNumber) % checkShards.length) };

const firstByte = (trackingNumber: string): number =>
  createHash("sha256").update(trackingNumber).digest()[0] ?? 0;

/** The feed is written by everybody at once, so it is spread; a page of it is read from all parts. */
export const feedPartitions = ["public#0", "public#1", "public#2", "public#3"] as const;

/** Where a case stands in the public feed; nothing while its content is hidden. */
export function feedEntry(found: Case): { feed?: string; feedOrder?: string } {
  if (isHidden(found)) return {};
  const part = firstByte(found.trackingNumber) % feedPartitions.length;
  return { feed: feedPartitions[part] ?? feedPartitions[0], feedOrder: order(found) };
}

/** Where a case stands among those of its kabupaten or kota, by age; nothing where it names no region. */
export const placeEntry = (found: Case): { place?: string; placeOrder?: string } =>
  found.location ? { place: `place#${found.location.regionCode}`, placeOrder: order(found) } : {};

/** What a page of cases is asked for by. `after` is where the page before ended. */
export interface Search {
  class?: CaseClass;
  category?: string;
  region?: string;
  /** Of a queue: only what is due in it. */
  window?: Window;
  after: string | undefined;
  limit: number;
}

/** A page; `after` is absent at the end, and present on a short page that has not seen all yet. */
export interface Page {
  items: Case[];
  after: string | undefined;
}

/** What was read of one partition of an index: rows in order, and how far it was read when it did not end. */
export interface Stretch {
  rows: { order: string; case: Case }[];
  reached: string | undefined;
}

/** One page from several partitions: nothing beyond the point up to which all of them have been read. */
export function merged(
  stretches: readonly Stretch[],
  limit: number,
  compare: (a: string, b: string) => number,
): Page {
  const [horizon] = stretches.flatMap(({ reached }) => reached ?? []).sort(compare);
  const rows = stretches
    .flatMap((stretch) => stretch.rows)
    .filter((row) => horizon === undefined || row.order === horizon || compare(row.order, horizon) < 0)
    .sort((a, b) => compare(a.order, b.order));
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => row.case),
    after: page.length < rows.length ? page.at(-1)?.order : horizon,
  };
}

/** A page's end as its readers carry it around. */
export const asCursor = (after: string | undefined): string | null =>
  after === undefined ? null : Buffer.from(after).toString("base64url");

/** The cursor of the page before, exactly as it was given. */
export const cursor = z
  .string()
  .max(200)
  .transform((given, context) => {
    const after = Buffer.from(given, "base64url").toString();
    if (/^(\d{4}-\d\d-\d\d#)?\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9A-Z-]+$/.test(after)) return after;
    context.addIssue({
      code: "custom",
      params: {
        text: {
          id: "Pakai cursor persis seperti yang diberikan halaman sebelumnya.",
          en: "Use the cursor exactly as the page before gave it.",
        },
      },
    });
    return z.NEVER;
  });

/** What lists of cases may be filtered by. */
export const filters = {
  class: caseClass.optional(),
  category: z.string().max(250).optional(),
  region: z
    .string()
    .regex(/^\d{2}(\.\d{2})?$/)
    .optional(),
};

/** Rows of a page, as typed into an address. */
export const pageSize = z
  .stringFormat("limit", /^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100));
