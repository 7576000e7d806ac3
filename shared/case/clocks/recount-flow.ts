import { dayEnd, dayOf } from "../../deadline/calendar/local-date.ts";
import type { Counting } from "../../deadline/clock.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { Case } from "../case.ts";
import { checkShards } from "../lists/checks.ts";
import { actOf, bySystem } from "../moves/act-flow.ts";
import type { CaseStore } from "../store/case-store.ts";
import { clocked } from "./case-clocks.ts";
import { countingOf, countingOnce } from "./counting-flow.ts";
import { type Recount, recount } from "./due.ts";

/** What a change of holidays or limits would do to the open cases. */
export interface Trial {
  /** Cases that a clock runs on, and were counted. */
  counted: number;
  moved: number;
  becomeLate: number;
  noLongerLate: number;
  examples: { trackingNumber: string; clock: string; from: string; to: string }[];
  /** False where there was no time for all cases: the numbers are then of those counted. */
  complete: boolean;
}

const noneYet = (): Trial => ({
  counted: 0,
  moved: 0,
  becomeLate: 0,
  noLongerLate: 0,
  examples: [],
  complete: true,
});
const examplesShown = 10;

/**
 * Counts the dates of all open cases as `directory` would have them, and stores nothing. Ends after `until`
 * (milliseconds), complete or not.
 */
export async function tryRecount(
  { cases, directory }: { cases: Pick<CaseStore, "running">; directory: DirectoryStore },
  how: Recount,
  { now, until }: { now: () => Date; until: number },
): Promise<Trial> {
  const countingFor = countingOnce(directory);
  const at = now();
  const trial = noneYet();
  const goThrough = async (shard: number) => {
    let after: string | undefined;
    do {
      const page = await cases.running(shard, after);
      for (const found of page.cases) tryOne(trial, found, how, at, await countingFor(found.holder));
      after = page.after;
      if (after !== undefined && now().getTime() > until) {
        trial.complete = false;
        return;
      }
    } while (after !== undefined);
  };
  await Promise.all(checkShards.map(goThrough));
  return trial;
}

/** Adds to a trial what counting anew would do to one case. */
function tryOne(trial: Trial, found: Case, how: Recount, at: Date, counting: Counting): void {
  trial.counted++;
  const change = recount(found, how, actOf(bySystem, at), counting);
  if (change?.event.type !== "recounted") return;
  const moves = change.event.content.clocks.filter(({ from, to }) => from !== to);
  if (moves.length === 0) return;
  trial.moved++;
  const isLate = (date: string) => at.getTime() >= dayEnd(dayOf(date), counting.timeZone);
  if (moves.some(({ from, to }) => !isLate(from) && isLate(to))) trial.becomeLate++;
  if (moves.some(({ from, to }) => isLate(from) && !isLate(to))) trial.noLongerLate++;
  const { trackingNumber } = found;
  const room = examplesShown - trial.examples.length;
  trial.examples.push(...moves.slice(0, room).map((move) => ({ trackingNumber, ...move })));
}

const attempts = 6;

/**
 * Counts one open case anew and stores it. True where it was stored. Another move that comes in between counts the
 * case itself, and the case is read and counted again.
 */
export async function recountCase(
  { cases, directory }: { cases: Pick<CaseStore, "get" | "append">; directory: DirectoryStore },
  first: Case,
  how: Recount,
  at: Date,
): Promise<boolean> {
  let found: Case | undefined = first;
  for (let attempt = 0; attempt < attempts && found; attempt++) {
    const counting = await countingOf(directory, found.holder);
    const change = recount(found, how, actOf(bySystem, at), counting);
    if (!change) return false;
    if (await cases.append(found, clocked(found, change, counting))) return true;
    found = await cases.get(found.trackingNumber);
  }
  if (!found) return false;
  throw new Error("A case kept changing while its dates were counted anew");
}
