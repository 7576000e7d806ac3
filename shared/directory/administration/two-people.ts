import type { Text } from "../../language.ts";
import type { Agency, Officer, OfficerRole } from "../directory.ts";
import type { EntryEvent } from "../entry-history.ts";
import type { AgencyEntry } from "./agency.ts";
import { isAtDomain } from "./mail-domain.ts";
import type { OfficerEntry } from "./officer.ts";

/** What one person does not change alone. */
export const matters = [
  "appointment",
  "address",
  "account",
  "agency",
  "mailbox",
  "place",
  "authenticator",
] as const;
export type Matter = (typeof matters)[number];

export const matterText: Record<Matter, Text> = {
  appointment: {
    id: "penunjukan ke peran yang berwenang atas rahasia",
    en: "appointment to a role with power over secrets",
  },
  address: {
    id: "alamat email petugas yang berwenang atas rahasia",
    en: "email address of an officer with power over secrets",
  },
  account: {
    id: "akun petugas yang berwenang atas rahasia",
    en: "account of an officer with power over secrets",
  },
  agency: {
    id: "instansi petugas yang berwenang atas rahasia",
    en: "agency of an officer with power over secrets",
  },
  mailbox: {
    id: "kotak email instansi di luar domain yang terdaftar",
    en: "mailbox of an agency outside the listed domains",
  },
  place: {
    id: "pemindahan instansi ke bawah kepala instansi lain",
    en: "move of an agency below another agency head",
  },
  authenticator: {
    id: "pengaturan ulang autentikator petugas yang berwenang atas rahasia",
    en: "reset of the authenticator of an officer with power over secrets",
  },
};

/**
 * Lists the roles with power over secrets: those that open what is sealed (`opening`), and the one that appoints to such
 * a role anywhere.
 */
export const guardedRoles = (opening: readonly OfficerRole[]): readonly OfficerRole[] => [
  ...opening,
  "national-admin",
];

/**
 * What of an invitation or a change of an officer needs a second person. Taking a power away needs none. `hasLostPower` says
 * whether one person took it away: then address and account need a second person still. Otherwise whoever takes the power
 * away could give the account another address before asking for the power again, and the old address would never be told.
 */
export function mattersOfOfficer(
  was: Officer | undefined,
  wanted: OfficerEntry,
  guarded: readonly OfficerRole[],
  hasLostPower: boolean,
): Matter[] {
  const found: Matter[] = [];
  const had = was && (hasLostPower || guarded.includes(was.role)) ? was : undefined;
  const holder = was && !was.dismissedAt && guarded.includes(was.role) ? was : undefined;
  if (guarded.includes(wanted.role) && holder?.role !== wanted.role) found.push("appointment");
  if (had && had.email !== wanted.email) found.push("address");
  if (had && wanted.subject !== undefined && had.subject !== wanted.subject) found.push("account");
  if (holder && holder.agencyId !== wanted.agencyId) found.push("agency");
  return found;
}

/** Tells whether one person took a power over secrets away, and two people have agreed on nothing about the officer since. */
export const hasLostPower = (events: readonly EntryEvent[], guarded: readonly OfficerRole[]): boolean =>
  events
    .slice(events.findLastIndex(({ request }) => request?.askedBy) + 1)
    .some(({ changes }) =>
      changes.some(({ field, from }) => field === "role" && guarded.some((role) => role === from)),
    );

/**
 * What of a new or changed agency needs a second person. `heads` are the officers whose power to open secrets would reach
 * the agency only after the change.
 */
export function mattersOfAgency(
  was: Agency | undefined,
  wanted: AgencyEntry,
  { domains, heads }: { domains: readonly string[]; heads: readonly Officer[] },
): Matter[] {
  const found: Matter[] = [];
  if (was?.alertEmail !== wanted.alertEmail && !isAtDomain(domains, wanted.alertEmail)) found.push("mailbox");
  if (was && heads.length > 0) found.push("place");
  return found;
}

const ofAccount = ["email", "subject"];

const settledAt = (events: readonly EntryEvent[]): number =>
  events.findLastIndex(({ by, request }) => by.role === "system" || request?.askedBy);

/**
 * Names the officers whose account an officer came to: other posts of the same person. Two people may have agreed on the
 * post; it is still the same person's.
 */
export const otherPosts = (events: readonly EntryEvent[]): string[] =>
  events.slice(Math.max(settledAt(events), 0)).flatMap(({ sharesWith = [] }) => sharesWith);

/**
 * Names the officers who alone gave an officer an account: who invited them, or changed their address or account. What
 * came before an operator loaded the entry, or before two people agreed on it, does not count any more. Whoever comes to
 * the account of another post has it from that post, and not from whoever gave them the new one.
 */
export const accountGivers = (id: string, events: readonly EntryEvent[]): string[] => [
  ...otherPosts(events),
  ...events
    .slice(settledAt(events) + 1)
    .filter(
      ({ type, changes, sharesWith }) =>
        !sharesWith &&
        (type === "invited" ||
          (type === "changed" && changes.some(({ field }) => ofAccount.includes(field)))),
    )
    .flatMap(({ by }) => (by.officerId === undefined || by.officerId === id ? [] : by.officerId)),
];
