import * as z from "zod";
import type { Recount, RecountRequest } from "../../shared/case/clocks/due.ts";
import { type Trial, tryRecount } from "../../shared/case/clocks/recount-flow.ts";
import { checkShards } from "../../shared/case/lists/checks.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { LimitStore } from "../../shared/deadline/limit-store.ts";
import { mayAnywhere } from "../../shared/directory/administration/powers.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { seenVersion } from "../../shared/http/reply.ts";
import type { Outbox } from "../../shared/platform/message-queue.ts";
import type { PracticeStore } from "../../shared/practice/practice-store.ts";
import { Refusal } from "../../shared/refusal.ts";

/** The routes of the calendar and the limits work with this. */
export interface LimitsDesk {
  limits: LimitStore;
  cases: Pick<CaseStore, "running">;
  directory: DirectoryStore;
  /** Takes the messages that have the open cases counted anew. */
  recounts: Outbox;
  /** The messages wait for so long that every function has forgotten the old calendar. */
  recountDelaySeconds: number;
  /** Practice counts by a copy of the calendar and the limits. */
  practice: Pick<PracticeStore, "putRules">;
  now: () => Date;
}

/** Refuses an officer who may not set the calendar and the limits. */
export function refuseUnlessNational(who: Officer): void {
  if (!mayAnywhere("set-limits", who))
    throw new Refusal("forbidden", {
      id: "Hanya admin nasional yang dapat mengubah kalender kerja dan batas waktu.",
      en: "Only a national administrator may change the calendar and the limits.",
    });
}

export const dryRun = z.strictObject({ dryRun: z.enum(["true", "false"]).optional() });

export const trialView = z
  .object({
    /** So many open cases were counted. */
    counted: z.int(),
    moved: z.int(),
    becomeLate: z.int(),
    noLongerLate: z.int(),
    examples: z.array(
      z.object({ trackingNumber: z.string(), clock: z.string(), from: z.iso.date(), to: z.iso.date() }),
    ),
    /** False if there was no time to count all cases. Then the numbers are of those counted. */
    complete: z.boolean(),
  })
  .meta({ id: "Trial" });

/** A trial ends after this time, because its caller waits. */
const trialMs = 20_000;

/** Counts what a change would do to the open cases. Stores nothing. */
export const trialOf = (
  { cases, now }: LimitsDesk,
  directory: DirectoryStore,
  how: Recount,
): Promise<Trial> => tryRecount({ cases, directory }, how, { now, until: now().getTime() + trialMs });

/**
 * Has all open cases counted anew, by one message for each shard. Returns when the counting begins. A repeated call does
 * no harm: no case is counted twice.
 */
export async function recountAll(
  { recounts, recountDelaySeconds: delaySeconds, now }: LimitsDesk,
  request: Omit<RecountRequest, "shard">,
): Promise<string> {
  const refused = await recounts.send(
    checkShards.map((shard) => ({ ...request, shard })),
    { delaySeconds },
  );
  if (refused.length > 0)
    throw new Refusal("unavailable", {
      id: "Perubahan sudah tersimpan, tetapi penghitungan ulang belum dimulai. Kirim permintaan yang sama sekali lagi.",
      en: "The change is stored, but counting anew has not begun. Send the same request once more.",
    });
  return new Date(now().getTime() + delaySeconds * 1000).toISOString();
}

/** Names the newest version that the caller has seen: of a calendar by its ETag, of the limits by the number in quotes. 0 is none. */
export const seen = z.object({ "if-match": seenVersion.optional() });

/** Refuses a caller who decided on an older version. */
export function refuseUnlessSeen(seen: number | undefined, newest: number): void {
  if (seen !== undefined && seen !== newest) throw overtaken();
}

/** Refuses a change that another administrator has overtaken. */
export const overtaken = () =>
  new Refusal("conflict", {
    id: "Admin lain baru saja menyimpan versi berikutnya. Lihat versi itu dulu, lalu putuskan kembali.",
    en: "Another administrator has just stored the next version. Look at it first, then decide anew.",
  });
