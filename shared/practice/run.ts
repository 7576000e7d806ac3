import * as z from "zod";
import { type Case, type CaseFile, submit } from "../case/case.ts";
import { opened } from "../case/clocks/case-clocks.ts";
import { check } from "../case/clocks/due.ts";
import { calendarOf } from "../deadline/calendar/calendar.ts";
import { atHour, dateOf, type Day, dayOf, localDay } from "../deadline/calendar/local-date.ts";
import { localDateInWords } from "../deadline/calendar/time-zone.ts";
import {
  reasonFree,
  skippedDays,
  workingDayNear,
  workingDaysBetween,
} from "../deadline/calendar/working-days.ts";
import { type Clock, countOf, stateOf } from "../deadline/clock.ts";
import { clockText } from "../deadline/clock-view.ts";
import type { ClockName } from "../deadline/policy.ts";
import type { Text } from "../language.ts";
import { Refusal, refuseFields } from "../refusal.ts";
import { practiceCounting, practiceVerifier } from "./agencies.ts";
import { fileAfter, moveInPractice, practiceAct } from "./moves.ts";
import type { Rulebook } from "./rulebook.ts";
import {
  type ChoiceTask,
  type DueTask,
  type Lesson,
  type MoveTask,
  type PracticePost,
  type PracticeTask,
  practisedMoves,
  type Scenario,
  scenarioIds,
} from "./scenario.ts";

const step = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("move"),
    move: z.enum(practisedMoves),
    body: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ kind: z.literal("days"), days: z.literal([1, 5]) }),
  /** Without a date the trainee was shown the answer. */
  z.strictObject({ kind: z.literal("due"), date: z.iso.date().optional() }),
  z.strictObject({ kind: z.literal("choice"), option: z.string().max(40) }),
]);
/** What a trainee did. */
export type Step = z.infer<typeof step>;

/** More than the longest scenario needs, with many days one by one. */
const mostSteps = 80;
/** DynamoDB takes 400 KB an item, and nobody has to write a novel here. */
const mostBytes = 60_000;

/** A scenario that somebody practises. What they see follows from their steps, by the rules of real cases. */
export const practiceRun = z.strictObject({
  scenario: z.enum(scenarioIds),
  /** The edition of the scenario that it began with. */
  edition: z.int().positive(),
  /** The rulebook that it began with. */
  rules: z.string(),
  /** The practice clock began on this local date. */
  begunOn: z.iso.date(),
  steps: z.array(step).max(mostSteps),
  /** Counts the changes, so that two tabs do not overwrite each other. */
  version: z.int().positive(),
});
export type PracticeRun = z.infer<typeof practiceRun>;

/** Where somebody stands in a scenario. */
export interface PracticeState {
  scenario: Scenario;
  file: CaseFile;
  /** What the practice clock shows. */
  at: Date;
  /** The task at hand. Undefined once all are done. */
  task: PracticeTask | undefined;
  /** How many tasks are done. */
  done: number;
  /** What was wrong with the last step. It has to be taken back. */
  astray: Lesson | undefined;
  /** What the last step taught: why it was right. */
  taught: (Lesson & { clock?: Clock }) | undefined;
}

const zone = "Asia/Makassar";
const opensAt = 9;
/** A step takes the trainee five minutes of the practice clock. */
const stepMs = 5 * 60 * 1000;
const system = { role: "system" } as const;

/** In whose place the trainee acts now. */
export const postOf = ({ task, scenario }: Pick<PracticeState, "task" | "scenario">): PracticePost =>
  task?.as ?? scenario.post;

const morningOf = (day: Day): Date => new Date(atHour(day, opensAt, zone));

/** The local date of the practice clock. */
export const practiceToday = ({ at }: Pick<PracticeState, "at">): string =>
  dateOf(localDay(at.getTime(), zone));

const submitted = (
  { trackingNumber, title, text, agencyId }: Scenario["report"] & { trackingNumber: string },
  report: Scenario["report"],
  { at, book, hasIdentity }: { at: Date; book: Rulebook; hasIdentity: boolean },
): CaseFile => {
  const { case: found, event } = submit(
    {
      ...report,
      title,
      text,
      ...(agencyId && { agencyId }),
      ...(hasIdentity && { reporter: { name: "Nama Contoh", mailReceipt: false } }),
    },
    {
      trackingNumber,
      receipt: "0000-0000-0000-0000-0000",
      salt: "latihan",
      language: "id",
      verifyingAgency: practiceVerifier,
      at,
    },
  );
  return { case: opened(found, practiceCounting(book, found.holder)), events: [event] };
};

/** The first report about the same, which the scenario's own may follow. */
export const otherIn = (scenario: Scenario, at: Date, book: Rulebook) => {
  const { other, report } = scenario;
  if (!other) return () => undefined;
  const first = submitted({ ...report, ...other }, report, { at, book, hasIdentity: false }).case;
  return (trackingNumber: string): Case | undefined =>
    trackingNumber === first.trackingNumber ? first : undefined;
};

/** On which local date the practice clock of a scenario begins. */
function beganOn(scenario: Scenario, today: string, book: Rulebook): string {
  const calendar = calendarOf(book.calendars);
  return scenario.begins?.(today, calendar) ?? dateOf(workingDayNear(dayOf(today), 0, calendar));
}

/** A run that has just begun. */
export const newRun = (
  scenario: Scenario,
  { today, book, version }: { today: string; book: Rulebook; version: number },
): PracticeRun => ({
  scenario: scenario.id,
  edition: scenario.edition,
  rules: book.edition,
  begunOn: beganOn(scenario, today, book),
  steps: [],
  version,
});

/** Whether a run can go on: neither its scenario nor the rules have changed since it began. */
export const goesOn = ({ edition, rules }: PracticeRun, scenario: Scenario, book: Rulebook): boolean =>
  edition === scenario.edition && rules === book.edition;

/** What is kept of a run while it is played through. */
interface Playing extends PracticeState {
  /** Since when the task at hand is at hand. */
  since: Day;
}

function beginning(scenario: Scenario, begunOn: string, book: Rulebook): Playing {
  const day = dayOf(begunOn);
  const at = morningOf(day);
  const other = otherIn(scenario, at, book);
  let file = submitted({ ...scenario.report, trackingNumber: scenario.trackingNumber }, scenario.report, {
    at,
    book,
    hasIdentity: scenario.hasIdentity ?? false,
  });
  for (const scripted of scenario.before) file = moveInPractice(file, scripted, { at, book, other });
  return {
    scenario,
    file,
    at: new Date(at.getTime() + stepMs),
    task: scenario.tasks[0],
    done: 0,
    astray: undefined,
    taught: undefined,
    since: day,
  };
}

const notThisStep = () =>
  new Refusal("conflict", {
    id: "Latihan ini sudah berada di langkah lain. Lanjutkan dari yang terlihat sekarang.",
    en: "This practice stands at another step. Go on from what is shown now.",
  });

const takeBackFirst = () =>
  new Refusal("conflict", {
    id: "Langkah terakhir keliru. Ambil kembali dulu, lalu pilih lagi.",
    en: "The last step was wrong. Take it back first, then choose again.",
  });

/** The task after a right step. */
const onward = (playing: Playing, taught: Playing["taught"]): Playing => ({
  ...playing,
  done: playing.done + 1,
  task: playing.scenario.tasks[playing.done + 1],
  astray: undefined,
  taught,
  since: localDay(playing.at.getTime(), zone),
});

const ofRight = ({ options }: ChoiceTask) => options.find(({ right }) => right);

/** What is wrong with a move that the rules take. */
const wrongWith = (task: MoveTask, { move, body }: Step & { kind: "move" }): Lesson | undefined =>
  move === task.right ? task.wrongWith?.(body) : task.wrong[move];

function playMove(playing: Playing, task: MoveTask, taken: Step & { kind: "move" }, book: Rulebook): Playing {
  const { scenario, at } = playing;
  const { move, body } = taken;
  if (move !== task.right && !task.wrong[move]) throw notThisStep();
  const file = moveInPractice(
    playing.file,
    { by: postOf(playing), move, body },
    { at, book, other: otherIn(scenario, at, book) },
  );
  const astray = wrongWith(task, taken);
  const moved = { ...playing, file, at: new Date(at.getTime() + stepMs) };
  return astray ? { ...moved, astray, taught: undefined } : onward(moved, task.because);
}

/** The clock of a case that a question is about: the open one, or the last. */
export const clockAsked = ({ case: { clocks } }: CaseFile, name: ClockName): Clock | undefined =>
  clocks.find((one) => one.name === name && one.endedAt === undefined) ??
  clocks.findLast((one) => one.name === name);

/** Why a date is not the due date of a clock: how many days are counted until then. */
function whyNot(clock: Clock, date: string, book: Rulebook, holder: string): Text {
  const counting = practiceCounting(book, holder);
  const { count, day } = countOf(clock, counting);
  const asked = dayOf(date);
  const days = { ...count }.days;
  const inWords = { id: localDateInWords(date, "id"), en: localDateInWords(date, "en") };
  if (asked <= count.from)
    return {
      id: `Hitungan mulai ${localDateInWords(dateOf(count.from), "id")}, dan hari itu tidak dihitung. Pilih tanggal sesudahnya.`,
      en: `The count begins on ${localDateInWords(dateOf(count.from), "en")}, and that day does not count. Choose a later date.`,
    };
  const free = count.unit === "working-days" ? reasonFree(asked, counting.calendar) : undefined;
  if (free)
    return {
      id: `${inWords.id} bukan hari kerja (${free.id}). Batas jatuh pada hari kerja.`,
      en: `${inWords.en} is no working day (${free.en}). A limit ends on a working day.`,
    };
  if (asked > day + 400)
    return {
      id: "Tanggal ini terlalu jauh. Hitung lagi dari hari mulai.",
      en: "This date is too far away. Count again from the first day.",
    };
  const counted = asked - count.from - skippedDays(count, asked).length;
  return {
    id: `Sampai ${inWords.id} yang dihitung ${counted} hari. Batasnya ${days} hari. Hari mulai, hari libur, dan hari saat hitungan berhenti tidak dihitung.`,
    en: `Up to ${inWords.en} ${counted} days count. The limit is ${days} days. The first day, free days and days on which the count stands still do not count.`,
  };
}

function playDue(playing: Playing, task: DueTask, { date }: Step & { kind: "due" }, book: Rulebook): Playing {
  const clock = clockAsked(playing.file, task.clock);
  if (clock?.due === undefined) throw new Error(`The clock ${task.clock} has no date to ask for`);
  if (date !== undefined && date !== clock.due)
    throw refuseFields([
      { in: "body", path: "date", message: whyNot(clock, date, book, playing.file.case.holder) },
    ]);
  return onward(playing, { ...task.because, clock });
}

function playChoice(playing: Playing, task: ChoiceTask, { option }: Step & { kind: "choice" }): Playing {
  const chosen = task.options.find(({ id }) => id === option);
  if (!chosen) throw notThisStep();
  const right = ofRight(task);
  if (chosen !== right) throw refuseFields([{ in: "body", path: "option", message: chosen.text }]);
  return onward(playing, right);
}

const isLate = ({ clocks }: Case, name: ClockName, at: Date, book: Rulebook, holder: string): boolean =>
  clocks.some((one) => one.name === name && stateOf(one, at, practiceCounting(book, holder)) === "missed");

/** Whether what is waited for comes on this day. */
function hasCome({ task, file, at, since }: Playing, book: Rulebook): boolean {
  if (task?.kind !== "wait") return false;
  const { until } = task;
  const { holder } = file.case;
  if (typeof until !== "number") return isLate(file.case, until.late, at, book, holder);
  return workingDaysBetween(since, localDay(at.getTime(), zone), calendarOf(book.calendars)) >= until;
}

/** The next working day, with all that the checks of real cases do on its morning, and with what is waited for. */
function nextDay(playing: Playing, book: Rulebook): Playing {
  const calendar = calendarOf(book.calendars);
  const day = workingDayNear(localDay(playing.at.getTime(), zone), 1, calendar);
  const at = morningOf(day);
  let { file } = playing;
  // A check does one thing at a time. No case has so many at once.
  for (let more = 0; more < 10; more++) {
    const due = check(file.case, practiceAct(system, at), practiceCounting(book, file.case.holder));
    if (!due) break;
    file = fileAfter(file, due, book);
  }
  const next: Playing = { ...playing, file, at: new Date(at.getTime() + stepMs), taught: undefined };
  if (!hasCome(next, book) || next.task?.kind !== "wait") return next;
  const { happens } = next.task;
  const then = happens
    ? { ...next, file: moveInPractice(file, happens, { at: next.at, book, other: () => undefined }) }
    : next;
  return onward({ ...then, at: new Date(then.at.getTime() + stepMs) }, undefined);
}

function playDays(playing: Playing, { days }: Step & { kind: "days" }, book: Rulebook): Playing {
  let after = playing;
  // Whoever waits for something stops on the day on which it comes.
  for (let day = 0; day < days && after.done === playing.done; day++) after = nextDay(after, book);
  return after;
}

/** One step further, by the rules of real cases. What they refuse is thrown. */
function played(playing: Playing, taken: Step, book: Rulebook): Playing {
  if (playing.astray) throw takeBackFirst();
  const { task } = playing;
  if (!task) throw notThisStep();
  if (taken.kind === "days") return playDays(playing, taken, book);
  if (taken.kind === "move" && task.kind === "move") return playMove(playing, task, taken, book);
  if (taken.kind === "due" && task.kind === "due") return playDue(playing, task, taken, book);
  if (taken.kind === "choice" && task.kind === "choice") return playChoice(playing, task, taken);
  throw notThisStep();
}

const whole = ({ begunOn, steps }: PracticeRun, scenario: Scenario, book: Rulebook): Playing =>
  steps.reduce((playing, taken) => played(playing, taken, book), beginning(scenario, begunOn, book));

/** Where somebody stands after all their steps. */
export const stateOfRun = (run: PracticeRun, scenario: Scenario, book: Rulebook): PracticeState =>
  whole(run, scenario, book);

const tooMuch = () =>
  new Refusal("conflict", {
    id: "Latihan ini sudah terlalu panjang. Ambil kembali beberapa langkah, atau mulai dari awal.",
    en: "This practice has become too long. Take some steps back, or begin again.",
  });

/** A run after one more step. Refuses what the rules of real cases refuse. */
export function withStep(
  run: PracticeRun,
  taken: Step,
  scenario: Scenario,
  book: Rulebook,
): { run: PracticeRun; state: PracticeState } {
  const longer = { ...run, steps: [...run.steps, taken], version: run.version + 1 };
  if (longer.steps.length > mostSteps || JSON.stringify(longer).length > mostBytes) throw tooMuch();
  return { run: longer, state: played(whole(run, scenario, book), taken, book) };
}

/** A run without its last step. */
export const withoutLastStep = (run: PracticeRun): PracticeRun => ({
  ...run,
  steps: run.steps.slice(0, -1),
  version: run.version + 1,
});

/** What a clock that a question is about is called. */
export const nameOfClock = ({ clock }: DueTask): Text => clockText[clock];
