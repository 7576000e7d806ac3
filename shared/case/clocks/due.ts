import * as z from "zod";
import { type Clock, type Counting, officeOf, stateOf } from "../../deadline/clock.ts";
import { isOfficeHour } from "../../deadline/office.ts";
import type { ClockName, PolicyVersion } from "../../deadline/policy.ts";
import { stageToTell } from "../../deadline/stage.ts";
import { type Act, type Case, type Moved, moved } from "../case.ts";
import { endOfReplyWindow, recountedClocks, withClocks } from "./case-clocks.ts";

/** Why dates are counted anew, and by which decree or for which reason. */
export interface Recount {
  cause: "new-calendar" | "new-policy";
  basis: string;
  /** Of a policy that an administrator applies to cases which began with another. */
  policy?: PolicyVersion;
}

/** The message that has the open cases of a shard counted anew, from a place on. */
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

/** The decree by which a case's dates are counted now, for a change that nobody announced to this case. */
const decreeOf = (found: Case, { calendar }: Counting): string => {
  const years = found.clocks.map(({ due }) => Number(due?.slice(0, 4) ?? 0));
  return calendar.years.get(Math.max(...years))?.decree ?? "-";
};

/**
 * What is due on a case at an instant, one move at a time, the most final first: it closes by itself, counts as withdrawn,
 * is offered to the Ombudsman, or its officers are told of a stage of the ladder. Nothing outside the agency's working
 * hours; undefined where nothing is due. Dates are trusted only as far as today's calendar confirms them.
 */
export function check(found: Case, act: Act, counting: Counting): Moved | undefined {
  const { at } = act;
  const place = officeOf(counting);
  if (!isOfficeHour(at, place)) return undefined;
  const changed = recount(found, { cause: "new-calendar", basis: decreeOf(found, counting) }, act, counting);
  if (changed) return changed;

  const late = (name: ClockName): Clock | undefined =>
    found.clocks.find(
      (one) => one.name === name && one.endedAt === undefined && stateOf(one, at, place) === "missed",
    );

  if (found.status === "answered" && late("reply")) {
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
  }

  const unanswered = late("completing-file");
  if (found.status === "awaiting-reporter" && unanswered)
    return moved(
      found,
      act,
      "lapsed",
      { due: unanswered.due ?? "" },
      { status: "withdrawn", awaits: undefined, resumesAs: undefined },
    );

  const incomplete = late("completion");
  if (incomplete && !found.offeredAt && !found.referredAt)
    return moved(
      found,
      act,
      "ombudsman-offered",
      { due: incomplete.due ?? "" },
      { offeredAt: at.toISOString() },
    );

  const told = found.clocks.map((one) => {
    const stage = stageToTell(one, at, place);
    return stage ? { ...one, told: stage } : one;
  });
  const alerts = told.flatMap((one, index) =>
    one !== found.clocks[index] && one.told && one.due
      ? [{ clock: one.name, stage: one.told, due: one.due }]
      : [],
  );
  return alerts.length > 0 ? moved(found, act, "warned", { alerts }, { clocks: told }) : undefined;
}

/** When a case on which nothing is due has to be looked at next. */
export const nextCheckOf = (found: Case, at: Date, counting: Counting): string | undefined =>
  withClocks(found, found.clocks, at, counting).nextCheckAt;
