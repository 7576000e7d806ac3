import { createHash } from "node:crypto";
import * as z from "zod";
import { type CalendarVersion, calendarVersion, newestYears } from "../deadline/calendar/calendar.ts";
import { allPolicies, type PolicyVersion, policyVersion } from "../deadline/policy.ts";

/** The calendar and the limits that hold, as the administration copies them for practice. */
export const rulesCopy = z.strictObject({
  calendars: z.array(calendarVersion),
  policies: z.array(policyVersion),
});
export type RulesCopy = z.infer<typeof rulesCopy>;

/** What practice counts by: each year once, in its newest version, and all limits. */
export interface Rulebook extends RulesCopy {
  /** Names what it holds. A run that began under another one begins again. */
  edition: string;
}

/** The limits of single agencies and who stored what are left out: practice needs neither. */
const ofAll = ({ stored: _, limits, ...policy }: PolicyVersion): PolicyVersion => ({
  ...policy,
  limits: limits.filter(({ agencyId }) => agencyId === undefined),
});

const withoutProvenance = ({ stored: _, ...year }: CalendarVersion): CalendarVersion => year;

/** The copy for practice of what administrators stored and of what comes with the system. */
export const copyOfRules = (
  storedYears: readonly CalendarVersion[],
  storedPolicies: readonly PolicyVersion[],
): RulesCopy => ({
  calendars: newestYears(storedYears).map(withoutProvenance),
  policies: allPolicies(storedPolicies).map(ofAll),
});

/** How far a copy has come: no version is ever taken back, so the number of all versions only grows. */
export const ageOfCopy = ({ calendars, policies }: RulesCopy): number =>
  [...calendars, ...policies].reduce((sum, { version }) => sum + version, 0);

const known = new Map<string, Rulebook>();

/**
 * The rulebook of a copy. Without one it is what comes with the system; a release may bring a newer version than a copy has. The same
 * copy makes the same object, so that its working days are counted once.
 */
export function rulebookOf(copy: RulesCopy | undefined): Rulebook {
  const { calendars, policies } = copyOfRules(copy?.calendars ?? [], copy?.policies ?? []);
  const edition = createHash("sha256")
    .update(JSON.stringify({ calendars, policies }))
    .digest("base64url")
    .slice(0, 16);
  const book = known.get(edition) ?? { calendars, policies, edition };
  if (known.size > 10) known.clear();
  known.set(edition, book);
  return book;
}
