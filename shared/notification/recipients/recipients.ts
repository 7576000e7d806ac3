import type { Case } from "../../case/case.ts";
import type { CaseEvent } from "../../case/history.ts";
import { situationOf } from "../../case/moves/table.ts";
import type { stages } from "../../deadline/ladder.ts";
import type { Agency, Officer, OfficerRole } from "../../directory/directory.ts";
import { mailboxId } from "../notification.ts";
import { audienceOf } from "./audience.ts";
import { inCharge, rolesOf, withStandIns } from "./in-charge.ts";

/** Who is mailed: an officer, or the mailbox of an agency. */
export interface Recipient {
  /** An officer's id, or "mailbox@<agency>", which is no officer's. */
  id: string;
  name: string;
  email: string;
  /** Where they work. Mails that can wait come in its working hours. */
  agencyId: string;
  mails: Officer["mails"];
}

/** An agency and everybody who works there, or did. */
export interface Staffed {
  agency: Agency;
  officers: readonly Officer[];
}

export const asRecipient = ({ id, name, email, agencyId, mails }: Officer): Recipient => ({
  id,
  name,
  email,
  agencyId,
  mails,
});

/** The mailbox of an agency, as a recipient. Its name does not say of which: mails about discreet cases name no agency. */
export const mailboxOf = ({ id, alertEmail }: Agency): Recipient => ({
  id: mailboxId(id),
  name: "Admin SP4N-LAPOR!",
  email: alertEmail,
  agencyId: id,
  mails: "immediate",
});

/** The officers of an agency in these roles. Those who left are not among them. */
const inRoles = ({ officers }: Staffed, roles: readonly OfficerRole[]): Officer[] =>
  officers.filter(({ role, dismissedAt }) => roles.includes(role) && !dismissedAt);

/**
 * The agency of a path upwards whose head decides on a reopened case: the first one that has a head. Where none has, it is the
 * first one.
 */
export const nearestWithHead = (path: readonly [Staffed, ...Staffed[]]): Staffed =>
  path.find((at) => inRoles(at, ["agency-head"]).length > 0) ?? path[0];

/** The agency that an event sends the case to, or else the one that has it. */
export const agencyOf = ({ content }: CaseEvent, holder: string): string =>
  (content as { to?: string }).to ?? holder;

/** Whether an event sends the case to an agency. */
export const sendsOn = ({ content }: CaseEvent): boolean => "to" in content && content.to !== undefined;

/** Whether an event after this one sent the case to an agency. Whoever got it was told of that, with all that was before. */
export const wasHandedOnSince = (events: readonly CaseEvent[], sequence: number): boolean =>
  events.slice(sequence).some(sendsOn);

/** Who is told of an event: `recipients`, and the deputies of the officers whom it concerns. */
interface Told {
  recipients: Recipient[];
  concerned: Officer[];
}

/**
 * The officers of an agency who are told of an event, or else its mailbox. Whoever did it is not told, and neither is
 * anybody who left. A case with an objection is passed up to those who decide on that.
 */
export function officersTold(
  { type, officerId }: CaseEvent,
  at: Staffed,
  { objection }: Pick<Case, "objection">,
  verifyingAgency: string,
): Told {
  const { officers } = audienceOf(objection && type === "passed-up" ? "objected" : type);
  if (!officers) return { recipients: [], concerned: [] };
  const { agency } = at;
  const charged = inRoles(at, withStandIns(rolesOf(officers), agency, verifyingAgency));
  // The mailbox of an agency is told of every new report anyway.
  if (charged.length === 0)
    return { recipients: type === "submitted" ? [] : [mailboxOf(agency)], concerned: [] };
  const concerned = charged.filter(({ id }) => id !== officerId);
  return { recipients: concerned.map(asRecipient), concerned };
}

/** Leaves out whoever reads the mailbox of the agency, which is told of every new report anyway. */
export const withoutMailbox = (recipients: readonly Recipient[], { alertEmail }: Agency): Recipient[] =>
  recipients.filter(({ email }) => email !== alertEmail);

/** Whoever archived a case decides on no objection to that. */
export const withoutArchiver = <T extends { id: string }>(people: readonly T[], { objection }: Case): T[] =>
  people.filter(({ id }) => id !== objection?.against.officerId);

const orMailbox = (officers: readonly Officer[], { agency }: Staffed): Recipient[] =>
  officers.length > 0 ? officers.map(asRecipient) : [mailboxOf(agency)];

const isNational = ({ agency }: Staffed): boolean => agency.type === "managing-institution";

/** The administrators of the topmost agency that has any: of the province first, then of a managing institution above it. */
function coordinatorsOf(above: readonly Staffed[]): Officer[] {
  const regional = above.filter((at) => !isNational(at)).toReversed();
  const administrators = [...regional, ...above.filter(isNational)].map((at) =>
    inRoles(at, ["agency-admin"]),
  );
  return administrators.find((found) => found.length > 0) ?? [];
}

/**
 * Who is alerted at a stage of the ladder. `path` leads from the agency that has the case up to the top. There is always
 * somebody, if only a mailbox. Nobody who left is alerted.
 */
export function alerted(
  to: (typeof stages)[number]["to"],
  found: Case,
  path: readonly [Staffed, ...Staffed[]],
  verifier: Staffed,
): Recipient[] {
  const [holder] = path;
  switch (to) {
    case "officer": {
      const situation = situationOf(found);
      const charged = path.map((at) =>
        inRoles(at, withStandIns(inCharge(situation), at.agency, verifier.agency.id)),
      );
      // Whoever verifies or decides above may do so here too. Work on a case is its own agency's.
      const mayBeAbove = ["submitted", "reopened", "objected"].includes(situation);
      const nearest = mayBeAbove ? charged.find((officers) => officers.length > 0) : charged[0];
      return orMailbox(withoutArchiver(nearest ?? [], found), holder);
    }
    case "agency-head": {
      const heads = path.map((at) => inRoles(at, ["agency-head"]));
      return orMailbox(heads.find((found) => found.length > 0) ?? [], holder);
    }
    case "coordinator": {
      const coordinators = coordinatorsOf(path.slice(1));
      return coordinators.length > 0
        ? coordinators.map(asRecipient)
        : orMailbox(inRoles(verifier, ["national-admin"]), verifier);
    }
  }
}
