import { localDate } from "../deadline/calendar/local-date.ts";
import { Refusal } from "../refusal.ts";
import type { PracticeStore, Trainee } from "./practice-store.ts";
import { type Rulebook, rulebookOf } from "./rulebook.ts";
import {
  goesOn,
  newRun,
  type PracticeRun,
  type PracticeState,
  stateOfRun,
  type Step,
  withoutLastStep,
  withStep,
} from "./run.ts";
import type { Scenario, ScenarioId } from "./scenario.ts";

interface Room {
  practice: PracticeStore;
  now: () => Date;
  /** Counts runs that are begun and finished, and nobody who makes them. */
  countRun: (what: "PracticeBegun" | "PracticeFinished", scenario: ScenarioId) => void;
}

/** A run with what it has come to. */
export interface Practised {
  run: PracticeRun;
  state: PracticeState;
  book: Rulebook;
}

/** Why a run cannot be gone on with: nothing was begun, or the scenario or the rules have changed since. */
export type NotGoingOn = "not-begun" | "changed";

/** What practice counts by now. */
const rulesOfPractice = async ({ practice }: Pick<Room, "practice">): Promise<Rulebook> =>
  rulebookOf(await practice.rules());

/** The run of a trainee, where it stands. Or why there is none to go on with. */
export async function runOf(
  { practice, now }: Pick<Room, "practice" | "now">,
  trainee: Trainee | undefined,
  scenario: Scenario,
): Promise<Practised | NotGoingOn> {
  if (!trainee) return "not-begun";
  const [found, book] = await Promise.all([
    practice.run(trainee, scenario.id, now()),
    rulesOfPractice({ practice }),
  ]);
  if (!found) return "not-begun";
  if ("unreadable" in found || !goesOn(found.run, scenario, book)) return "changed";
  return { run: found.run, state: stateOfRun(found.run, scenario, book), book };
}

const otherTab = () =>
  new Refusal("conflict", {
    id: "Latihan ini sudah maju di tab atau perangkat lain. Yang Anda kirim belum dicatat. Lihat keadaannya sekarang, lalu lanjutkan.",
    en: "This practice has gone on in another tab or on another device. What you sent is not recorded. See where it stands now, then go on.",
  });

/** Begins a scenario, or begins it again: what was there of it is gone. */
export async function beginRun(
  { practice, now, countRun }: Room,
  trainee: Trainee,
  scenario: Scenario,
): Promise<PracticeRun> {
  const at = now();
  const [found, book] = await Promise.all([
    practice.run(trainee, scenario.id, at),
    rulesOfPractice({ practice }),
  ]);
  const before = found && ("run" in found ? found.run : found.unreadable).version;
  const run = newRun(scenario, {
    today: localDate(at, "Asia/Makassar"),
    book,
    version: (before ?? 0) + 1,
  });
  if (!(await practice.putRun(trainee, run, at))) throw otherTab();
  countRun("PracticeBegun", scenario.id);
  return run;
}

/** Refuses whoever has seen another version. A second click on the same button is one. */
function refuseUnlessSeen({ version }: PracticeRun, seen: number): void {
  if (version !== seen) throw otherTab();
}

/** Takes one step further. The end of a scenario is recorded. */
export async function takeStep(
  { practice, now, countRun }: Room,
  trainee: Trainee,
  { run, book, state: { scenario } }: Practised,
  { step, seen }: { step: Step; seen: number },
): Promise<PracticeState> {
  refuseUnlessSeen(run, seen);
  const { run: longer, state } = withStep(run, step, scenario, book);
  const at = now();
  // Recorded first: a step that is stored is not taken again.
  const isDone = !state.task && !state.astray;
  if (isDone) await practice.putFinish(trainee, scenario.id, at);
  if (!(await practice.putRun(trainee, longer, at))) throw otherTab();
  if (isDone) countRun("PracticeFinished", scenario.id);
  return state;
}

/** Takes the last step back. */
export async function takeBack(
  { practice, now }: Pick<Room, "practice" | "now">,
  trainee: Trainee,
  { run }: Practised,
  seen: number,
): Promise<void> {
  refuseUnlessSeen(run, seen);
  if (run.steps.length === 0) return;
  if (!(await practice.putRun(trainee, withoutLastStep(run), now()))) throw otherTab();
}
