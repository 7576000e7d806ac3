import { isAway, isNear } from "../../../directory/administration/absence.ts";
import type { Agency, Officer, OfficerRole } from "../../../directory/directory.ts";
import { type Move, neverPassedOn, permittedMoves, readerOf, type Situation, situations } from "../table.ts";

/** Whether somebody in this role works on cases. Observers and auditors watch. */
export const worksOnCases = (role: OfficerRole): boolean => readerOf(role) === "officer";

const passedOn = (situation: Situation, role: OfficerRole): Move[] =>
  permittedMoves(situation, { role, own: true }).filter((move) => !neverPassedOn.includes(move));

/** Only heads and administrators decide these. A deputy does so for them. */
const decisions: readonly Move[] = ["withhold", "restore", "uphold"];
/** Only a head decides on a reopened case. */
const forHeadsAlone: Situation = "reopened";

const covers = (role: OfficerRole, of: OfficerRole, among: readonly Situation[], but: readonly Move[]) =>
  among.every((situation) => {
    const own = [...passedOn(situation, role), ...but];
    return passedOn(situation, of).every((move) => own.includes(move));
  });

const everyday = situations.filter((situation) => situation !== forHeadsAlone);

/** Whether somebody in one role may stand in for another: they may make the same moves already, but for decisions. */
export const mayStandIn = (role: OfficerRole, absent: OfficerRole): boolean =>
  worksOnCases(absent) && worksOnCases(role) && covers(role, absent, everyday, decisions);

/** Whether standing in lets an officer do for that time what their own role may not. */
export const gainsBy = (role: OfficerRole, absent: OfficerRole): boolean =>
  !covers(role, absent, situations, []);

/**
 * Whether a deputy takes an absent officer's place on a local date. A deputy who left, works elsewhere, has another role or is
 * away as well takes it no more, and nobody stands in for a deputy.
 */
export const takesPlace = (absent: Officer, deputy: Officer, agency: Agency, today: string): boolean =>
  isAway(absent, today) &&
  absent.deputyId === deputy.id &&
  !deputy.dismissedAt &&
  !isAway(deputy, today) &&
  isNear(deputy, agency) &&
  mayStandIn(deputy.role, absent.role);
