import { dateOf, endOfDay, localDate, localDay } from "../../deadline/calendar/local-date.ts";
import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import {
  type Clock,
  clocksAfter,
  type Counting,
  officeOf,
  recounted,
  underPolicy,
  zoneOf,
} from "../../deadline/clock.ts";
import { deadlineOf } from "../../deadline/deadline.ts";
import type { Office } from "../../deadline/office.ts";
import {
  type Limit,
  limitOf,
  limitsOfObjections,
  policyOn,
  type PolicyVersion,
} from "../../deadline/policy.ts";
import { nextCheckAt } from "../../deadline/stage.ts";
import type { Case, Moved } from "../case.ts";
import { effects, triggerOf } from "./effects.ts";

const subjectOf = (found: Case, { agencyPath }: Counting) => ({
  class: found.class,
  supervised: found.supervised ?? false,
  formal: found.formal ?? false,
  agencyPath,
});

/** The policy that a case began with. Later policies do not count. */
const policyOf = (found: Case, { policies, timeZone }: Counting): PolicyVersion =>
  policies.find(({ version }) => version === found.policyVersion) ??
  policyOn(policies, localDate(new Date(found.submittedAt), timeZone));

/** The last moment of the open reply window. Its one source is the reporter's clock. */
const replyUntilOf = ({ status }: Case, clocks: readonly Clock[], timeZone: TimeZone) => {
  const reply = clocks.findLast(({ name, endedAt }) => name === "reply" && endedAt === undefined);
  return status === "answered" && reply?.due
    ? { replyUntil: endOfDay(reply.due, zoneOf(reply, { timeZone })) }
    : {};
};

/** A case with these clocks, and with what follows from them: the next look, and the end of the reply window. */
export const withClocks = (found: Case, clocks: Clock[], at: Date, counting: Counting): Case => {
  const { nextCheckAt: _, ...rest } = found;
  const next = nextCheckAt(clocks, at, counting);
  return {
    ...rest,
    clocks,
    ...(next && { nextCheckAt: next }),
    ...replyUntilOf(found, clocks, counting.timeZone),
  };
};

/** A case that was just submitted, with its local date and its first clock. */
export function opened(found: Case, counting: Counting): Case {
  const policy = policyOf(found, counting);
  const clocks = clocksAfter([], effects.submitted, found.submittedAt, {
    ...officeOf(counting),
    policy,
    of: subjectOf(found, counting),
  });
  return withClocks(
    {
      ...found,
      submittedOn: localDate(new Date(found.submittedAt), counting.timeZone),
      policyVersion: policy.version,
    },
    clocks,
    new Date(found.submittedAt),
    counting,
  );
}

/**
 * A move with its effects on the clocks. Every running clock is counted where the holder after the move works, so that no
 * date outlives the calendar or the office that it came from. A clock that the move ends is counted where it `ran`.
 */
export function clocked(before: Case, move: Moved, counting: Counting, ran = counting): Moved {
  const {
    case: after,
    event: { type, at },
  } = move;
  const clocks = clocksAfter(
    after.clocks,
    type === "other" ? {} : effects[triggerOf(type, after.status)],
    at,
    {
      ...officeOf(counting),
      policy: policyOf(after, counting),
      of: subjectOf(after, counting),
      ran: officeOf(ran),
    },
  );
  const why = after.holder === before.holder ? "new-calendar" : "new-agency";
  const counted = clocks.map((one) => countedAgain(one, at, why, counting));
  return { ...move, case: withClocks(after, counted, new Date(at), counting) };
}

const countedAgain = (
  one: Clock,
  at: string,
  why: "new-calendar" | "new-agency",
  counting: Counting,
): Clock => (one.endedAt === undefined && one.due !== undefined ? recounted(one, at, why, counting) : one);

/** The clocks of a case, the open ones counted by the calendar of `counting` and, if given, by the limits of a policy. */
export const recountedClocks = (
  found: Case,
  at: string,
  counting: Counting,
  policy?: PolicyVersion,
): Clock[] =>
  found.clocks.map((one) =>
    policy
      ? underPolicy(one, at, { ...officeOf(counting), policy, of: subjectOf(found, counting) })
      : countedAgain(one, at, "new-calendar", counting),
  );

/** The local date on which a limit ends that begins now. */
const lastDay = (limit: Limit, at: Date, { timeZone, calendar }: Office): string =>
  dateOf(deadlineOf(limit, localDay(at.getTime(), timeZone), calendar).day);

/** The same, of the limit that the policy of a case sets. */
const lastDayOf = (
  name: "reply" | "objection" | "objection-decision",
  found: Case,
  at: Date,
  counting: Counting,
): string => lastDay(limitOf(policyOf(found, counting), name, subjectOf(found, counting)), at, counting);

/** The last moment of a reply window that opens now. The time to appeal against a closing is as long (LAPOR! FAQ). */
export const endOfReplyWindow = (found: Case, at: Date, counting: Counting): string =>
  endOfDay(lastDayOf("reply", found, at, counting), counting.timeZone);

/** The last moment in which the reporter may object to an archival of now. They are told it in writing, so it stays. */
export const endOfObjectionWindow = (found: Case, at: Date, counting: Counting): string =>
  endOfDay(lastDayOf("objection", found, at, counting), counting.timeZone);

/** The same where no policy of the case is at hand: by the limit that comes with the system. */
export const endOfFirstObjectionWindow = (at: Date, office: Office): string =>
  endOfDay(lastDay(limitsOfObjections.objection, at, office), office.timeZone);

/** The date until which an objection of now has to be decided. */
export const dueOfObjection = (found: Case, at: Date, counting: Counting): string =>
  lastDayOf("objection-decision", found, at, counting);
