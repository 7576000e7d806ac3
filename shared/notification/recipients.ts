import type { Case } from "../case/case.ts";
import type { CaseEvent } from "../case/history.ts";
import { situationOf } from "../case/moves/table.ts";
import type { stages } from "../deadline/ladder.ts";
import type { Agency, Officer, OfficerRole } from "../directory/directory.ts";
import { team, toOfficers } from "./catalogue.ts";

/** Who is mailed: an officer, or the mailbox of an agency that has nobody for it. */
export interface Recipient {
  /** An officer's id, or "mailbox@<agency>", which no officer's can be. */
  id: string;
  name: string;
  email: string;
  /** Where they work: mails that can wait come in its working hours. */
  agencyId: string;
  mails: Officer["mails"];
}

/** An agency and everybody who works there, or did. */
export interface Staffed {
  agency: Agency;
  officers: readonly Officer[];
}

const asRecipient = ({ id, name, email, agencyId, mails }: Officer): Recipient => ({
  id,
  name,
  email,
  agencyId,
  mails,
});

/** The mailbox of an agency, as somebody to write to. */
export const mailboxOf = ({ id, name, alertEmail }: Agency): Recipient => ({
  id: `mailbox@${id}`,
  name: `Admin SP4N-LAPOR! ${name}`,
  email: alertEmail,
  agencyId: id,
  mails: "immediate",
});

/** Those of an agency in these roles who have not left. */
const inRoles = ({ officers }: Staffed, roles: readonly OfficerRole[]): Officer[] =>
  officers.filter(({ role, dismissedAt }) => roles.includes(role) && !dismissedAt);

/** The agency that an event is about: the one that the case went to, or else the one that has it. */
export const agencyOf = ({ content }: CaseEvent, holder: string): string =>
  (content as { to?: string }).to ?? holder;

/** At the verifying agency the national administrators stand in for its administrators. */
const withStandIns = (roles: readonly OfficerRole[], agency: Agency, verifyingAgency: string) =>
  agency.id === verifyingAgency ? [...roles, "national-admin" as const] : roles;

/**
 * The officers of an agency who are told of an event: those whose task it is, else its mailbox. Never one who left, and
 * never who did it.
 */
export function officersTold(
  { type, officerId }: CaseEvent,
  at: Staffed,
  verifyingAgency: string,
): Recipient[] {
  const notice = toOfficers[type];
  if (!notice) return [];
  const { agency } = at;
  const charged = inRoles(at, withStandIns(notice.roles, agency, verifyingAgency));
  // The mailbox of an agency is told of every new report anyway.
  if (charged.length === 0) return type === "submitted" ? [] : [mailboxOf(agency)];
  return charged
    .filter(({ id, email }) => id !== officerId && !(type === "submitted" && email === agency.alertEmail))
    .map(asRecipient);
}

/** Whose turn it is at the agency that has a case: who may make the next move (shared/case/moves/table.ts). */
const inCharge = (found: Case): readonly OfficerRole[] => {
  const situation = situationOf(found);
  if (situation === "reopened") return ["agency-head"];
  return ["submitted", "verified", "undecided"].includes(situation) ? ["agency-admin"] : team;
};

/**
 * Who is alerted at a stage of the ladder. `path` is the agency that has the case and all above it, from itself to the
 * top; there is always somebody, if only a mailbox, and never one who left.
 */
export function alerted(
  to: (typeof stages)[number]["to"],
  found: Case,
  path: readonly [Staffed, ...Staffed[]],
  verifier: Staffed,
): Recipient[] {
  const [holder] = path;
  const orMailbox = (officers: Officer[], { agency }: Staffed) =>
    officers.length > 0 ? officers.map(asRecipient) : [mailboxOf(agency)];
  switch (to) {
    case "officer":
      return orMailbox(
        inRoles(holder, withStandIns(inCharge(found), holder.agency, verifier.agency.id)),
        holder,
      );
    case "agency-head": {
      const heads = path.map((at) => inRoles(at, ["agency-head"]));
      return orMailbox(heads.find((found) => found.length > 0) ?? [], holder);
    }
    case "coordinator": {
      const top = path.at(-1) ?? holder;
      const coordinators = top === holder ? [] : inRoles(top, ["agency-admin"]);
      return coordinators.length > 0
        ? coordinators.map(asRecipient)
        : orMailbox(inRoles(verifier, ["national-admin"]), verifier);
    }
  }
}
