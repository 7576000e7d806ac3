import * as z from "zod";
import type { Case } from "../case.ts";

/** One line of a daily copy: the newest event of a case that moved, by its hash. */
export const anchor = z.strictObject({
  trackingNumber: z.string(),
  sequence: z.int().positive(),
  hash: z.string(),
});
export type Anchor = z.infer<typeof anchor>;

/** The moves of a day are spread over so many partitions of the index. */
const spread = 4;

/** The partitions of the index that hold the cases which moved last on this day (2026-11-24, UTC). */
export const movePartitions = (day: string): string[] =>
  Array.from({ length: spread }, (_, index) => `moved#${day}#${index}`);

/** Where a case stands in the index of moves: under the day of its last move. */
export function moveEntry({ trackingNumber, movedAt }: Pick<Case, "trackingNumber" | "movedAt">): {
  movedOn: string;
} {
  const shard = [...trackingNumber].reduce((sum, character) => sum + character.charCodeAt(0), 0) % spread;
  return { movedOn: `moved#${movedAt.slice(0, 10)}#${shard}` };
}

/** The name of one part of a day's copy of a kind, as one run wrote it. */
export const anchorKey = (day: string, run: string, of: "cases" | "directory", part: number): string =>
  `anchors/${day}/${run}-${of}-${String(part).padStart(5, "0")}.jsonl`;

/** The days (UTC) before an instant, the oldest first. The next run makes up for one that was missed. */
export const daysBefore = (at: Date, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(at.getTime() - (count - index) * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  );
