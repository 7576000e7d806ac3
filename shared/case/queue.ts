import { createHash } from "node:crypto";
import * as z from "zod";
import type { Case } from "./case.ts";
import { type Situation, situationOf } from "./moves.ts";
import { caseClass, type CaseClass } from "./submission.ts";
import { isHidden } from "./view.ts";

export const queueNames = [
  "verification",
  "assigned",
  "in-progress",
  "awaiting-reporter",
  "answered",
] as const;
export type QueueName = (typeof queueNames)[number];

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

export const queuePartition = (holder: string, queue: QueueName): string => `${holder}#${queue}`;

/** By age, the oldest first, each place its own. */
const order = ({ submittedAt, trackingNumber }: Case): string => `${submittedAt}#${trackingNumber}`;

/** Where a case stands in the queue of whoever holds it; nothing once nobody has to act. */
export function queueEntry(found: Case): { queue?: string; queueOrder?: string } {
  const queue = queueOf[situationOf(found)];
  return queue ? { queue: queuePartition(found.holder, queue), queueOrder: order(found) } : {};
}

/** The feed is written by everybody at once, so it is spread; a page of it is read from all parts. */
export const feedPartitions = ["public#0", "public#1", "public#2", "public#3"] as const;

/** Where a case stands in the public feed; nothing while its content is hidden. */
export function feedEntry(found: Case): { feed?: string; feedOrder?: string } {
  if (isHidden(found)) return {};
  const [byte = 0] = createHash("sha256").update(found.trackingNumber).digest();
  return { feed: feedPartitions[byte % feedPartitions.length] ?? feedPartitions[0], feedOrder: order(found) };
}

/** What a page of cases is asked for by. `after` is where the page before ended. */
export interface Search {
  class?: CaseClass;
  category?: string;
  region?: string;
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
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9A-Z-]+$/.test(after)) return after;
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
