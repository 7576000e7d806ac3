import { type Move, permittedMoves, type Situation } from "../../case/moves/table.ts";
import { type Agency, type OfficerRole, officerRole } from "../../directory/directory.ts";
import type { OfficerGroup } from "./audience.ts";

/** The move by which an officer goes on with a case. Situations that wait for nobody, or for the reporter, have none. */
const nextMove: Partial<Record<Situation, Move>> = {
  submitted: "verify",
  verified: "assign",
  undecided: "assign",
  assigned: "answer",
  "in-progress": "answer",
  reopened: "answer",
  objected: "uphold",
  "objected-at-top": "uphold",
};

/** At the agency that verifies, national administrators stand in for its administrators. */
export const withStandIns = (
  roles: readonly OfficerRole[],
  { id }: Agency,
  verifyingAgency: string,
): readonly OfficerRole[] => (id === verifyingAgency ? [...roles, "national-admin"] : roles);
const stoodInFor = (role: OfficerRole): OfficerRole => (role === "national-admin" ? "agency-admin" : role);

/** The roles of an agency that may make a move. The head counts only where nobody else may make it. */
function rolesThatMay(move: Move, situation: Situation): readonly OfficerRole[] {
  const allowed = officerRole.options.filter((role) =>
    permittedMoves(situation, { role, own: true }).includes(move),
  );
  const roles = [...new Set(allowed.map(stoodInFor))];
  const others = roles.filter((role) => role !== "agency-head");
  return others.length > 0 ? others : roles;
}

const groups: Record<OfficerGroup, readonly OfficerRole[]> = {
  administrators: rolesThatMay("verify", "submitted"),
  team: rolesThatMay("answer", "assigned"),
  head: rolesThatMay("answer", "reopened"),
};

export const rolesOf = (named: readonly OfficerGroup[]): OfficerRole[] =>
  named.flatMap((group) => groups[group]);

/** Whose turn it is at the agency that has a case: who may make the next move. Where there is none, it is the team. */
export function inCharge(situation: Situation): readonly OfficerRole[] {
  const move = nextMove[situation];
  return move ? rolesThatMay(move, situation) : groups.team;
}
