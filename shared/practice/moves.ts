import type * as z from "zod";
import type { Act, Actor, Case, CaseFile, Moved } from "../case/case.ts";
import { clocked, endOfObjectionWindow } from "../case/clocks/case-clocks.ts";
import { type Circumstances, conditions } from "../case/moves/conditions.ts";
import {
  assign,
  assignment,
  returnCase,
  returning,
  type Target,
  type Territory,
  verification,
  verify,
} from "../case/moves/handing/handing.ts";
import { openIdentity, opening } from "../case/moves/identity.ts";
import { join, joining } from "../case/moves/joining/joining.ts";
import {
  answer,
  answering,
  archive,
  archiving,
  ask,
  extend,
  extension,
  progress,
  progressNote,
  question,
  refer,
  referral,
} from "../case/moves/officer.ts";
import { neverTheirs, notNow, toldWhereItStands, whereItStands } from "../case/moves/refusals.ts";
import {
  appeal,
  appealing,
  confirm,
  confirmation,
  consent,
  consenting,
  reply,
  replying,
} from "../case/moves/reporter.ts";
import { mayEver, type Move, permittedMoves, situationOf, type Standing } from "../case/moves/table.ts";
import type { Counting } from "../deadline/clock.ts";
import type { Refusal } from "../refusal.ts";
import {
  practiceAgencies,
  practiceCounting,
  practiceLevelAbove,
  practicePath,
  practiceVerifier,
} from "./agencies.ts";
import type { Rulebook } from "./rulebook.ts";
import type { OtherCase, PracticePost, ScriptedMove } from "./scenario.ts";

/** What a rule of a real case needs to know besides the case. */
interface Deciding {
  found: Case;
  act: Act;
  counting: Counting;
  by: PracticePost | undefined;
  other: OtherCase;
}

const targetOf = (id: string | undefined): Target | undefined =>
  id !== undefined && Object.hasOwn(practiceAgencies, id)
    ? { id, path: practicePath(id), closed: false }
    : undefined;

/** To which agencies somebody may hand cases on. */
export const territoryOfPost = (post: PracticePost | undefined, move: "verify" | "assign"): Territory =>
  post === undefined || mayEver(move, { role: post.role, own: false }) ? "anywhere" : post.agencyId;

const levelsOf = (found: Case) => ({
  levelAbove: practiceLevelAbove(found.holder),
  verifyingAgency: practiceVerifier,
});

/** A move with the schema and the rule that real cases have. */
const ruled = <B extends z.ZodType>(body: B, rule: (body: z.output<B>, on: Deciding) => Moved) => ({
  body: body as z.ZodType,
  decide: (read: unknown, on: Deciding): Moved => rule(read as z.output<B>, on),
});

const rules = {
  verify: ruled(verification, (body, { found, act, by }) =>
    verify(found, body, {
      ...act,
      within: territoryOfPost(by, "verify"),
      verifyingAgency: practiceVerifier,
      named: body.agencyId ? undefined : found.agencyId,
      target: targetOf(body.agencyId),
      knownCategory: body.category === undefined,
    }),
  ),
  assign: ruled(assignment, (body, { found, act, by }) =>
    assign(found, body, {
      ...act,
      within: territoryOfPost(by, "assign"),
      target: targetOf(body.agencyId),
    }),
  ),
  return: ruled(returning, (body, { found, act }) => returnCase(found, body, { ...act, ...levelsOf(found) })),
  ask: ruled(question, (body, { found, act }) => ask(found, body, act)),
  progress: ruled(progressNote, (body, { found, act }) => progress(found, body, act)),
  answer: ruled(answering, (body, { found, act, counting }) => answer(found, body, { ...act, counting })),
  extend: ruled(extension, (body, { found, act, counting }) =>
    extend(found, body, { ...act, office: counting }),
  ),
  archive: ruled(archiving, (body, { found, act, counting, other }) =>
    archive(found, body, {
      ...act,
      original: body.duplicateOf === undefined ? undefined : other(body.duplicateOf),
      objectUntil: endOfObjectionWindow(found, act.at, counting),
    }),
  ),
  join: ruled(joining, (body, { found, act, other }) =>
    join(found, body, { ...act, original: other(body.trackingNumber) }),
  ),
  refer: ruled(referral, (body, { found, act, counting }) =>
    refer(found, body, { ...act, office: counting }),
  ),
  "open-identity": ruled(opening, ({ reason }, { found, act }) =>
    openIdentity(found, { reason, how: "shown" }, act),
  ),
  reply: ruled(replying, (body, { found, act }) => reply(found, body, act)),
  confirm: ruled(confirmation, (body, { found, act, counting }) =>
    confirm(found, body, { ...act, counting }),
  ),
  appeal: ruled(appealing, (body, { found, act }) =>
    appeal(found, body, {
      ...act,
      levelAbove: practiceLevelAbove(found.answeredBy ?? found.holder),
      verifyingAgency: practiceVerifier,
    }),
  ),
  consent: ruled(consenting, (body, { found, act }) => consent(found, body, act)),
} as const satisfies Partial<Record<Move, ReturnType<typeof ruled>>>;

type RuledMove = keyof typeof rules;

const isRuled = (move: Move): move is RuledMove => Object.hasOwn(rules, move);

/** What the form of a move has to bring: the schema of the real route. */
export const bodyOfMove = (move: RuledMove): z.ZodType => rules[move].body;

const standingAt = (found: Case, by: ScriptedMove["by"]): Standing =>
  by === "reporter"
    ? { role: "reporter", own: true }
    : { ...by, own: practicePath(found.holder).includes(by.agencyId) };

const actorOf = (by: ScriptedMove["by"]): Actor =>
  by === "reporter" ? { role: "reporter" } : { role: by.role, agencyId: by.agencyId };

/** Nobody checks the chain of a history that is thrown away, so its salt need not be random. */
const salt = "latihan";

/** Who does something in practice, and when. */
export const practiceAct = (by: Actor, at: Date): Act => ({ by, at, salt });

/** What decides, besides the case, whether a move can be made. There are no files in practice. */
const circumstancesIn = (found: Case, at: Date, office: Counting): Circumstances => ({
  at,
  office,
  ...levelsOf(found),
  files: {
    noRoom: {},
    originals: { reporter: [], officers: false, keptForOmbudsman: false },
    toRemove: { reporter: false, agencies: [] },
  },
  attachers: [],
});

const after = ({ events }: CaseFile, { case: found, event }: Moved): CaseFile => ({
  case: found,
  events: [...events, event],
});

/** A case file after a move, with its clocks. */
export function fileAfter(file: CaseFile, moved: Moved, book: Rulebook): CaseFile {
  const ran = practiceCounting(book, file.case.holder);
  const counting = practiceCounting(book, moved.case.holder);
  return after(file, clocked(file.case, moved, counting, ran));
}

/** Why a move cannot be made now, whatever is filled in. */
export function objectionInPractice(
  { case: found }: CaseFile,
  { by, move }: Pick<ScriptedMove, "by" | "move">,
  { at, book }: { at: Date; book: Rulebook },
): Refusal | undefined {
  const who = standingAt(found, by);
  const circumstances = circumstancesIn(found, at, practiceCounting(book, found.holder));
  const where = () => whereItStands(found, who, circumstances);
  if (!mayEver(move, who)) return neverTheirs(move, who, where());
  if (!permittedMoves(situationOf(found), who).includes(move)) return notNow(found, move, where());
  const objection = conditions[move]?.(found, circumstances, who);
  return objection && toldWhereItStands(objection, where());
}

interface PracticeMoment {
  at: Date;
  book: Rulebook;
  other: OtherCase;
}

/** Makes a move whose body has been read already, or which nobody will ever read, because the move is only foreseen. */
export function moveAsRead(
  file: CaseFile,
  { by, move, body }: ScriptedMove,
  { at, book, other }: PracticeMoment,
): CaseFile {
  const { case: found } = file;
  const objection = objectionInPractice(file, { by, move }, { at, book });
  if (objection) throw objection;
  if (!isRuled(move)) throw new Error(`Practice has no rule for the move ${move}`);
  const moved = rules[move].decide(body, {
    found,
    act: practiceAct(actorOf(by), at),
    counting: practiceCounting(book, found.holder),
    by: by === "reporter" ? undefined : by,
    other,
  });
  return fileAfter(file, moved, book);
}

/** Makes a move by the table, the conditions and the rule that real cases have. What they refuse is thrown. */
export const moveInPractice = (file: CaseFile, scripted: ScriptedMove, moment: PracticeMoment): CaseFile =>
  moveAsRead(
    file,
    {
      ...scripted,
      body: isRuled(scripted.move) ? bodyOfMove(scripted.move).parse(scripted.body) : undefined,
    },
    moment,
  );
