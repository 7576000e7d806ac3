import type { CaseEvent } from "../case/history.ts";
import type { Agency, Officer } from "../directory/directory.ts";
import { toOfficers } from "./catalogue.ts";

/** Who is mailed: an officer, or the mailbox of an agency that has nobody for it. */
export interface Recipient {
  id: string;
  name: string;
  email: string;
}

/** The agency that an event is about: the one that the case went to, or else the one that has it. */
export const agencyOf = ({ content }: CaseEvent, holder: string): string =>
  (content as { to?: string }).to ?? holder;

/**
 * The officers of an agency who are told of an event: those whose task it is, else its mailbox. Never one who left, and
 * never who did it. At the verifying agency the national administrators stand in for its administrators.
 */
export function officersTold(
  { type, officerId }: CaseEvent,
  agency: Agency,
  officers: readonly Officer[],
  verifyingAgency: string,
): Recipient[] {
  const notice = toOfficers[type];
  if (!notice) return [];
  const roles: readonly string[] =
    agency.id === verifyingAgency ? [...notice.roles, "national-admin"] : notice.roles;
  const charged = officers.filter(({ role, dismissedAt }) => roles.includes(role) && !dismissedAt);
  // The mailbox of an agency is told of every new report anyway.
  if (charged.length === 0)
    return type === "submitted"
      ? []
      : [{ id: "mailbox", name: `Admin SP4N-LAPOR! ${agency.name}`, email: agency.alertEmail }];
  return charged
    .filter(({ id, email }) => id !== officerId && !(type === "submitted" && email === agency.alertEmail))
    .map(({ id, name, email }) => ({ id, name, email }));
}
