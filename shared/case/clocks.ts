import { type Clock, clocksAfter, type Counting, placeOf, recounted, triggerOf } from "../deadline/clock.ts";
import { localDate } from "../deadline/local-date.ts";
import { nextCheckAt } from "../deadline/stage.ts";
import { policyOn, type PolicyVersion } from "../deadline/policy.ts";
import type { Case, Moved } from "./case.ts";

const subjectOf = (found: Case, { agencyPath }: Counting) => ({
  class: found.class,
  supervised: found.supervised ?? false,
  agencyPath,
});

/** The policy that a case began with, whatever came into force since. */
const policyOf = (found: Case, { policies, timeZone }: Counting): PolicyVersion =>
  policies.find(({ version }) => version === found.policyVersion) ??
  policyOn(policies, localDate(new Date(found.submittedAt), timeZone));

/** When the clocks have to be looked at next; a case that no clock runs on needs no look. */
const withClocks = (found: Case, clocks: Clock[], counting: Counting): Case => {
  const { nextCheckAt: _, ...rest } = found;
  const next = nextCheckAt(clocks, placeOf(counting));
  return { ...rest, clocks, ...(next && { nextCheckAt: next }) };
};

/** A case that was just submitted, with its first clock, counted where its holder is. */
export function opened(found: Case, counting: Counting): Case {
  const policy = policyOf(found, counting);
  const clocks = clocksAfter(
    [],
    { trigger: "submitted", at: found.submittedAt },
    { ...placeOf(counting), policy, of: subjectOf(found, counting) },
  );
  return withClocks({ ...found, policyVersion: policy.version }, clocks, counting);
}

/**
 * A move with what it does to the clocks. `counting` is of whoever holds the case after it; clocks that run on are
 * counted anew where that is another place than before.
 */
export function clocked(before: Case, { case: after, event }: Moved, counting: Counting): Moved {
  const at = event.at;
  const clocks = clocksAfter(
    before.clocks,
    { trigger: triggerOf(event.type, after.status), at },
    { ...placeOf(counting), policy: policyOf(after, counting), of: subjectOf(after, counting) },
  );
  const counted =
    after.holder === before.holder
      ? clocks
      : clocks.map((one) =>
          one.endedAt === undefined && one.due !== undefined
            ? recounted(one, at, "new-agency", placeOf(counting))
            : one,
        );
  return { case: withClocks(after, counted, counting), event };
}
