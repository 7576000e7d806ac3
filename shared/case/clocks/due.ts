import * as z from "zod";
import { type Clock, type Counting, stateOf } from "../../deadline/clock.ts";
import { isOfficeHour } from "../../deadline/office.ts";
import type { ClockName, PolicyVersion } from "../../deadline/policy.ts";
import { stageToTell } from "../../deadline/stage.ts";
import { type Act, type Case, type Moved, moved } from "../case.ts";
import { endOfObjectionWindow, endOfReplyWindow, recountedClocks, withClocks } from "./case-clocks.ts";

/** Why dates are counted anew, and by which decree or for which reason. */
export interface Recount {
  cause: "new-calendar" | "new-policy";
  basis: string;
  /** The policy that an administrator applies to cases which began with another. */
  policy?: PolicyVersion;
}

/** The message that has the open cases of a shard counted anew, those after `after`. */
export const recountRequest = z.strictObject({
  shard: z.int().min(0).max(255),
  cause: z.enum(["new-calendar", "new-policy"]),
  basis: z.string(),
  policyVersion: z.int().positive().optional(),
  after: z.string().max(200).optional(),
});
export type RecountRequest = z.infer<typeof recountRequest>;

/** Counts the open clocks of a case anew; undefined where that changes nothing. */
export function recount(
  found: Case,
  { cause, basis, policy }: Recount,
  act: Act,
  counting: Counting,
): Moved | undefined {
  const clocks = recountedClocks(found, act.at.toISOString(), counting, policy);
  const dates = clocks.flatMap(({ name, due: to, provisional }, index) => {
    const before = found.clocks[index];
    const from = before?.due;
    // A date that was provisional and stays is news too: the decree has confirmed it.
    const changed = from !== to || provisional !== before?.provisional;
    return from !== undefined && to !== undefined && changed ? [{ clock: name, from, to }] : [];
  });
  const newPolicy = policy !== undefined && policy.version !== found.policyVersion;
  if (dates.length === 0 && !newPolicy) return undefined;
  return moved(
    found,
    act,
    "recounted",
    { cause, basis, clocks: dates },
    { clocks, ...(policy && { policyVersion: policy.version }) },
  );
}

/** The decree by which the dates of a case are counted now, for a change that nobody announced to this case. */
const decreeOf = (found: Case, { calendar }: Counting): string => {
  const years = found.clocks.map(({ due }) => Number(due?.slice(0, 4) ?? 0));
  return calendar.years.get(Math.max(...years))?.decree ?? "-";
};

type DueMove = (found: Case, act: Act, counting: Counting) => Moved | undefined;

/**
 * What is due on a case at an instant: one move at a time, the most final first. Undefined where nothing is due, and outside
 * the agency's working hours. A date is acted on only after today's calendar has confirmed it.
 */
export const check: DueMove = (found, act, counting) =>
  isOfficeHour(act.at, counting) ? firstOf(dueMoves, found, act, counting) : undefined;

function firstOf(moves: readonly DueMove[], found: Case, act: Act, counting: Counting): Moved | undefined {
  for (const move of moves) {
    const due = move(found, act, counting);
    if (due) return due;
  }
  return undefined;
}

const confirmDates: DueMove = (found, act, counting) =>
  recount(found, { cause: "new-calendar", basis: decreeOf(found, counting) }, act, counting);

/** The open clock of this name, where its date has passed. */
const lateClock = (found: Case, name: ClockName, at: Date, counting: Counting): Clock | undefined =>
  found.clocks.find(
    (one) => one.name === name && one.endedAt === undefined && stateOf(one, at, counting) === "missed",
  );

/** Closes an answered case that its reporter has said nothing to. */
const closeUnanswered: DueMove = (found, act, counting) => {
  const { at } = act;
  if (found.status !== "answered" || !lateClock(found, "reply", at, counting)) return undefined;
  const appealUntil = endOfReplyWindow(found, at, counting);
  return moved(
    found,
    act,
    "closed",
    { appealUntil },
    {
      status: "closed",
      closure: "automatic",
      closedAt: at.toISOString(),
      replyUntil: undefined,
      appealUntil,
    },
  );
};

/** Counts a case as withdrawn whose reporter did not complete the file in time. */
const lapse: DueMove = (found, act, counting) => {
  const late = found.status === "awaiting-reporter" && lateClock(found, "completing-file", act.at, counting);
  if (!late) return undefined;
  // The reporter may object, so where the case was asked from stays.
  const objectUntil = endOfObjectionWindow(found, act.at, counting);
  return moved(
    found,
    act,
    "lapsed",
    { due: late.due ?? "", objectUntil },
    { status: "withdrawn", objectUntil },
  );
};

/** Offers the Ombudsman to the reporter, once. */
const offerOmbudsman: DueMove = (found, act, counting) => {
  const { at } = act;
  const late = lateClock(found, "completion", at, counting);
  if (!late || found.offeredAt || found.referredAt) return undefined;
  return moved(found, act, "ombudsman-offered", { due: late.due ?? "" }, { offeredAt: at.toISOString() });
};

/** Tells officers of the stage of the ladder that a clock has reached. */
const warn: DueMove = (found, act, counting) => {
  const told = found.clocks.map((one) => {
    const stage = stageToTell(one, act.at, counting);
    return stage ? { ...one, told: stage } : one;
  });
  const alerts = told.flatMap((one, index) =>
    one !== found.clocks[index] && one.told && one.due
      ? [{ clock: one.name, stage: one.told, due: one.due }]
      : [],
  );
  return alerts.length > 0 ? moved(found, act, "warned", { alerts }, { clocks: told }) : undefined;
};

const dueMoves: readonly DueMove[] = [confirmDates, closeUnanswered, lapse, offerOmbudsman, warn];

/** When a case on which nothing is due has to be looked at next. */
export const nextCheckOf = (found: Case, at: Date, counting: Counting): string | undefined =>
  withClocks(found, found.clocks, at, counting).nextCheckAt;
