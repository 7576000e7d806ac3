import { createHash } from "node:crypto";
import type { Counting } from "../../deadline/clock.ts";
import type { Officer, OfficerRole } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { agenciesInCharge } from "../../directory/succession-flow.ts";
import type { Language } from "../../language.ts";
import { Refusal } from "../../refusal.ts";
import type { Act, Actor, Case, CaseFile, Moved } from "../case.ts";
import { clocked } from "../clocks/case-clocks.ts";
import { countingOnce } from "../clocks/counting-flow.ts";
import type { CaseStore } from "../store/case-store.ts";
import { viewOf } from "../views/case-view.ts";
import type { Joins } from "../views/joins.ts";
import { namesOf } from "../views/names-flow.ts";
import { isTold } from "../views/timeline.ts";
import { actOf, byOfficer } from "./act-flow.ts";
import { circumstancesOf, type Surroundings } from "./circumstances-flow.ts";
import { legalMoves } from "./conditions.ts";
import { standsInFor } from "./deputies/deputy-flow.ts";
import { inChargeOf } from "./handing/holder-flow.ts";
import { joinsSeenBy } from "./joining/joining-flow.ts";
import {
  neverTheirs,
  noCaseForOfficer,
  noSuchVersion,
  notNow,
  otherCaseChanged,
  overtaken,
  toldWhereItStands,
  whereItStands,
} from "./refusals.ts";
import {
  mayEver,
  mayRead,
  type Move,
  permittedMoves,
  readerOf,
  situationOf,
  type Standing,
} from "./table.ts";

/** Somebody in front of a case, and how its history names them. */
export interface Approach {
  found: Case;
  who: Standing;
  by: Actor;
}

/** Whether an officer archived a case whose reporter objects to that. A person may hold several posts: their account is one. */
async function archived(
  directory: Pick<DirectoryStore, "officer">,
  { objection }: Case,
  { id, subject }: Partial<Pick<Officer, "id" | "subject">>,
): Promise<boolean> {
  const archiver = objection?.against.officerId;
  if (archiver === undefined || id === undefined) return false;
  if (archiver === id) return true;
  const [one, other] = await Promise.all([
    directory.officer(archiver),
    subject === undefined ? directory.officer(id) : { subject },
  ]);
  return other?.subject !== undefined && one?.subject === other.subject;
}

/** What an officer is to a case. */
export async function standingOf(
  { directory }: { directory: DirectoryStore },
  found: Case,
  {
    role,
    agencyId,
    ...officer
  }: Pick<Officer, "role" | "agencyId"> & Partial<Pick<Officer, "id" | "subject">>,
  how?: { asRecorded: boolean },
): Promise<Standing<OfficerRole>> {
  const [inCharge, isArchiver, deciding] = await Promise.all([
    inChargeOf(directory, found, how),
    archived(directory, found, officer),
    found.objection ? agenciesInCharge(directory, found.holder, how) : undefined,
  ]);
  const own = inCharge.includes(agencyId);
  const isReviewed = own && deciding?.includes(agencyId) === false;
  return { role, own, agencyId, ...(isArchiver && { isArchiver }), ...(isReviewed && { isReviewed }) };
}

/** What the officers whose place somebody takes are to a case. */
async function deputyStandings(
  stores: { directory: DirectoryStore },
  found: Case,
  absent: readonly Pick<Officer, "role" | "agencyId">[],
): Promise<Pick<Standing, "deputyOf">> {
  if (absent.length === 0) return {};
  const standings = absent.map(async ({ role, agencyId }) => ({
    ...(await standingOf(stores, found, { role, agencyId })),
    agencyId,
  }));
  return { deputyOf: await Promise.all(standings) };
}

/** Tells of any other case whether an officer may read it. */
export const mayOpenAs =
  (stores: { directory: DirectoryStore }, officer: Pick<Officer, "role" | "agencyId">) =>
  async (other: Case): Promise<boolean> =>
    mayRead(await standingOf(stores, other, officer));

/** An officer in front of a case. Refuses, as not found, one that is not there and one that they may not read. */
export async function asOfficer(
  stores: { directory: DirectoryStore; now: () => Date },
  found: Case | undefined,
  officer: Officer,
): Promise<Approach> {
  if (!found) throw noCaseForOfficer();
  const [remembered, absent] = await Promise.all([
    standingOf(stores, found, officer),
    standsInFor(stores.directory, officer, stores.now()),
  ]);
  // The agency that has it may have been closed a moment ago, in favour of theirs.
  const standing = mayRead(remembered)
    ? remembered
    : await standingOf(stores, found, officer, { asRecorded: true });
  if (!mayRead(standing)) throw noCaseForOfficer();
  const who = { ...standing, ...(await deputyStandings(stores, found, absent)) };
  return { found, who, by: byOfficer(officer) };
}

export interface MoveRequest {
  move: Move;
  /** As parsed; the same again soon after is a second click. */
  body: unknown;
  /** The version that the caller has seen, where they said so. */
  seen?: number | undefined;
  language: Language;
  /** Whether the move means the same after what came between, so that it is decided anew instead of refused. */
  crosses?: (before: Case, current: Case) => boolean;
}

/** What the rule of a move decides on. */
export interface Deciding {
  found: Case;
  act: Act;
  /** What the clocks of the case are counted by before the move. */
  counting: () => Promise<Counting>;
}

export type Decide = (on: Deciding) => Moved | Promise<Moved>;

/** A case after a move, and what it is shown by. */
export interface Made {
  after: Case;
  who: Standing;
  by: Actor;
  at: Date;
  /** What its clocks are counted by after the move. */
  counting: Counting;
}

/** The same request again within this time is a second click or a retry, not a second move. */
const secondClickMs = 10 * 60 * 1000;

/** How often a move is decided that leans on another case, where that one keeps changing. */
const attempts = 3;

/** What a moved case is shown from. */
interface Showing extends Surroundings {
  cases: Pick<CaseStore, "get">;
}

/** What somebody is to a case that has moved on since they came to it: a move may take it out of an officer's reach. */
const standingNow = async (
  stores: { directory: DirectoryStore },
  found: Case,
  { who, by: { agencyId, officerId } }: Pick<Approach, "who" | "by">,
): Promise<Standing> => {
  const { role } = who;
  if (role === "reporter" || agencyId === undefined) return who;
  return {
    ...(await standingOf(stores, found, { role, agencyId, id: officerId })),
    // They may have archived it in another post of theirs.
    ...(who.isArchiver && { isArchiver: true }),
    ...(await deputyStandings(stores, found, who.deputyOf ?? [])),
  };
};

/** What a rule decides, with its effects on the clocks, and what these are counted by from then on. */
async function decidedOn(
  { found, act }: Pick<Deciding, "found" | "act">,
  decide: Decide,
  countingAt: (agencyId: string) => Promise<Counting>,
): Promise<{ move: Moved; counting: Counting }> {
  const decided = await decide({ found, act, counting: () => countingAt(found.holder) });
  const [counting, ran] = await Promise.all([countingAt(decided.case.holder), countingAt(found.holder)]);
  return { move: clocked(found, decided, counting, ran), counting };
}

/** A move that nobody has made: the case before and after it, its event, and what the clocks are counted by after it. */
export interface Foreseen {
  before: Case;
  after: Case;
  event: Moved["event"];
  counting: Counting;
}

/** What a move would do, decided by its rule as of now. It stores nothing, and refuses whatever the move would refuse. */
export const foreseeMove = (
  stores: Surroundings & { now: () => Date },
  approach: Approach,
  move: Move,
  decide: Decide,
): Promise<Foreseen> =>
  whereLegal(stores, approach, move, async () => {
    const { found, by } = approach;
    const act = actOf(by, stores.now());
    const foreseen = await decidedOn({ found, act }, decide, countingOnce(stores.directory));
    return {
      before: found,
      after: foreseen.move.case,
      event: foreseen.move.event,
      counting: foreseen.counting,
    };
  });

/** Whether somebody is told of nothing that happened to a case since a version of it: an internal note, an alert. */
const isUntoldSince = ({ events }: CaseFile, version: number, { role }: Standing): boolean =>
  events
    .filter(({ sequence }) => sequence > version)
    .every((event) => !isTold(event, readerOf(role), new Set()));

const mayStillRead = ({ role, own }: Standing): boolean => role === "reporter" || mayRead({ role, own });

/** What somebody may know of the cases that the one in front of them was joined to. */
const joinsFor = (
  { cases, directory }: Pick<Showing, "cases" | "directory">,
  file: CaseFile,
  { who: { role }, by: { agencyId } }: Pick<Approach, "who" | "by">,
): Promise<Joins> =>
  joinsSeenBy(
    cases,
    file,
    readerOf(role),
    role === "reporter" || agencyId === undefined ? undefined : mayOpenAs({ directory }, { role, agencyId }),
  );

/** Where a case stands for somebody at an instant. It is read only where they are refused something. */
const whereNow = async (surroundings: Surroundings, found: Case, who: Standing, at: Date) =>
  whereItStands(found, who, await circumstancesOf(surroundings, found, at));

/**
 * Does what somebody in front of a case asks for, unless the table gives them no such move. Whatever contradicts the state of the
 * case tells where it stands and what they can do. Every request about a case that can be refused so goes through here.
 */
export async function whereLegal<T>(
  { now, ...surroundings }: Surroundings & { now: () => Date },
  { found, who }: Approach,
  move: Move,
  act: () => Promise<T>,
): Promise<T> {
  const where = () => whereNow(surroundings, found, who, now());
  if (!mayEver(move, who)) throw neverTheirs(move, who, await where());
  if (!permittedMoves(situationOf(found), who).includes(move)) throw notNow(found, move, await where());
  try {
    return await act();
  } catch (error) {
    const isConflict = error instanceof Refusal && error.kind === "conflict";
    throw isConflict ? toldWhereItStands(error, await where()) : error;
  }
}

/**
 * Makes a move: refuses it unless it is legal, has its rule decide it, and stores it on the version that it was decided on.
 * Whoever may make it and was overtaken is told by what. Nobody else is told anything of what happened.
 */
export async function makeMove(
  stores: Surroundings & { cases: Pick<CaseStore, "find" | "get" | "append">; now: () => Date },
  before: Approach,
  request: MoveRequest,
  decide: Decide,
): Promise<Made> {
  const { cases, directory, now } = stores;
  const { found, who, by } = before;
  const { move, body, seen, language, crosses } = request;
  const at = now();
  const act = actOf(by, at);
  const countingAt = countingOnce(directory);
  const made = async (after: Case): Promise<Made> => ({
    after,
    who,
    by,
    at,
    counting: await countingAt(after.holder),
  });

  const digest = createHash("sha256")
    .update(JSON.stringify([move, by, body]))
    .digest("base64url");
  const isSecondClick = ({ lastMove }: Case) =>
    lastMove?.digest === digest && at.getTime() - Date.parse(lastMove.at) < secondClickMs;

  const overtakenSince = async (version: number): Promise<Made> => {
    const file = await cases.find(found.trackingNumber);
    if (!file) throw new Error("A case that was there is gone");
    if (isSecondClick(file.case)) return made(file.case);
    const standing = await standingNow({ directory }, file.case, { who, by });
    if (!mayStillRead(standing)) throw noCaseForOfficer();
    // What they are not told of is no reason to refuse them anything.
    if (version < file.case.version && isUntoldSince(file, version, standing))
      return makeMove(
        stores,
        { found: file.case, who: standing, by },
        { ...request, seen: undefined },
        decide,
      );
    const [names, joins, where] = await Promise.all([
      namesOf(directory, file),
      joinsFor({ cases, directory }, file, { who: standing, by }),
      whereNow(stores, file.case, standing, at),
    ]);
    if (version > file.case.version) throw noSuchVersion(where);
    throw overtaken(file, version, { who: standing, where, names, joins, language });
  };

  const decided = async (): Promise<Made> => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { move: timed } = await decidedOn({ found, act }, decide, countingAt);
      const after: Case = { ...timed.case, lastMove: { digest, at: at.toISOString() } };
      if (await cases.append(found, { ...timed, case: after })) return made(after);
      const current = await cases.get(found.trackingNumber);
      if (current && current.version !== found.version && crosses?.(found, current))
        return makeMove(stores, { found: current, who, by }, request, decide);
      if (current?.version !== found.version) return overtakenSince(found.version);
      // The case is as it was, so the one that it is joined to was overtaken. That is decided anew.
    }
    throw otherCaseChanged();
  };

  if (mayEver(move, who)) {
    if (isSecondClick(found)) return made(found);
    // Whoever may make such moves hears first what came between, and then that their own is not legal any more.
    if (seen !== undefined && seen !== found.version) return overtakenSince(seen);
  }
  return whereLegal(stores, before, move, decided);
}

/** A case after a move, as whoever made the move sees it, with the moves that they may make now. */
export async function viewAfter(stores: Showing, { after, who, by, at, counting }: Made, language: Language) {
  const file = { case: after, events: [] };
  const [names, joins, standing, circumstances] = await Promise.all([
    namesOf(stores.directory, file),
    joinsFor(stores, file, { who, by }),
    standingNow(stores, after, { who, by }),
    circumstancesOf(stores, after, at, counting),
  ]);
  return {
    ...viewOf(after, readerOf(who.role), names, language, { ...counting, at }, joins),
    legalMoves: mayStillRead(standing) ? legalMoves(after, standing, circumstances) : [],
  };
}
