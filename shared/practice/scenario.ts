import type { Case } from "../case/case.ts";
import type { Move } from "../case/moves/table.ts";
import type { Submission } from "../case/submission/submission.ts";
import type { Calendar } from "../deadline/calendar/calendar.ts";
import type { ClockName } from "../deadline/policy.ts";
import type { OfficerRole } from "../directory/directory.ts";
import type { Ground } from "../guidance/guidance.ts";
import type { Text } from "../language.ts";

export const scenarioIds = [
  "salah-instansi",
  "data-kurang",
  "jeda-lebaran",
  "laporan-rahasia",
  "anonim-berfoto",
  "nilai-rendah",
  "banding",
  "permohonan-informasi",
  "laporan-ganda",
  "ombudsman",
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** The moves that a trainee may try. Each has a page. */
export const practisedMoves = [
  "verify",
  "assign",
  "return",
  "ask",
  "progress",
  "answer",
  "extend",
  "archive",
  "join",
  "refer",
  "open-identity",
] as const satisfies readonly Move[];
export type PractisedMove = (typeof practisedMoves)[number];

/** Whose place a trainee takes. */
export interface PracticePost {
  role: OfficerRole;
  agencyId: string;
}

/** Why a step is right or wrong, in plain words, and where that comes from. */
export interface Lesson {
  text: Text;
  ground?: Ground;
}

/** A move that the scenario itself makes: what happened before, or what somebody else does meanwhile. */
export interface ScriptedMove {
  by: PracticePost | "reporter";
  move: Move;
  body: unknown;
}

interface Task {
  /** What the trainee reads before they choose. */
  says: Text;
  /** In whose place, where that is not the scenario's own. */
  as?: PracticePost;
}

/** The trainee chooses a move and fills its form in. The rules of real cases accept or refuse it. */
export interface MoveTask extends Task {
  kind: "move";
  right: PractisedMove;
  /** Why the right one is right: read after it was made. */
  because: Lesson;
  /** Tempting moves, legal or not, each with why it is wrong here. */
  wrong: Partial<Record<PractisedMove, Lesson>>;
  /** What is wrong with what was filled in, though the rules take it. */
  wrongWith?: (body: Readonly<Record<string, unknown>>) => Lesson | undefined;
}

/** The trainee says when a clock is due. */
export interface DueTask extends Task {
  kind: "due";
  clock: ClockName;
  because: Lesson;
}

/** The trainee answers a question that no move answers. */
export interface ChoiceTask extends Task {
  kind: "choice";
  options: readonly (Lesson & { id: string; says: Text; right?: true })[];
}

/** The trainee lets days pass until something happens. */
export interface WaitTask extends Task {
  kind: "wait";
  /** After so many working days, or on the first day on which a clock is late. */
  until: number | { late: ClockName };
  happens?: ScriptedMove;
}

export type PracticeTask = MoveTask | DueTask | ChoiceTask | WaitTask;

export interface Scenario {
  id: ScenarioId;
  /** Counts up with every change that an unfinished run would trip over. */
  edition: number;
  title: Text;
  /** What it teaches, in a line. */
  about: Text;
  /** What the trainee reads first. */
  story: Text;
  /** An estimate: its words read at 200 a minute, and a minute or two to choose and to type. */
  minutes: number;
  post: PracticePost;
  /** Made up and well formed: no case has it. */
  trackingNumber: string;
  report: Pick<Submission, "class" | "title" | "text" | "anonymous" | "secret"> &
    Partial<Pick<Submission, "agencyId" | "occurredOn">>;
  /** The report left a name. */
  hasIdentity?: true;
  /** A drawn picture that was sent along: its static file, and what it shows, for whoever does not see it. */
  sentAlong?: { file: string; shows: Text };
  /** What happened before the trainee comes. */
  before: readonly ScriptedMove[];
  /** The first report about the same, where this one repeats one. */
  other?: { trackingNumber: string; title: string; text: string };
  /** On which day it begins, where that is not the next working day. */
  begins?: (today: string, calendar: Calendar) => string;
  tasks: readonly PracticeTask[];
  learnt: readonly [Lesson, ...Lesson[]];
}

/** Another report that a scenario knows, as its rules look it up. */
export type OtherCase = (trackingNumber: string) => Case | undefined;
