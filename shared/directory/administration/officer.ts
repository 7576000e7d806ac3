import * as z from "zod";
import { type FieldRefusal, Refusal, refuseFields } from "../../refusal.ts";
import { agencyId } from "../../text/id.ts";
import { line, written } from "../../text/writing.ts";
import { type Officer, officer } from "../directory.ts";
import { type Change, changed, type EntryAct, type Recorded } from "../entry-history.ts";
import { absenceKept } from "./absence.ts";
import { addressKept } from "./address.ts";
import {
  actorOf,
  type AgencyPath,
  idsOf,
  inExtent,
  isClosed,
  notAvailable,
  notInCharge,
  refuseRole,
  refuseUnlessInCharge,
  rolesInCharge,
  wrong,
} from "./powers.ts";

/** The body of a `PUT`: the whole officer as they have to be. */
export const officerEntry = z.strictObject({
  name: line(200),
  email: z.email().max(254),
  role: officer.shape.role,
  agencyId,
  /** If this is left out, the officer's own choice stays. */
  mails: officer.shape.mails.optional(),
  /** The issuer calls the officer by this. It is given only where accounts are somebody else's. */
  subject: z.stringFormat("subject", /^[\x21-\x7e]{1,255}$/).optional(),
});
export type OfficerEntry = z.output<typeof officerEntry>;

export interface OfficerContext {
  who: Officer;
  at: Date;
  /** The path of the agency that the officer works for now. */
  path: readonly string[];
  /** The path of the agency that they have to work for. */
  agency: AgencyPath;
  /** True if the system makes the accounts. Then nobody names a subject. */
  ownAccounts: boolean;
  /** True if there is another national administrator. */
  otherNationalAdmin: boolean;
}

/** Refuses an invitation or a change of an officer on everything that is known before they have an account. */
export function refuseOfficer(
  before: Recorded<"officer"> | undefined,
  id: string,
  wanted: OfficerEntry,
  { who, path, agency, ownAccounts, otherNationalAdmin }: OfficerContext,
): void {
  const was = before?.entry;
  const active = was && !was.dismissedAt;
  const power = active ? "change-officer" : "invite-officer";
  if (was) {
    refuseUnlessInCharge(power, who, path);
    if (!rolesInCharge[who.role]?.includes(was.role)) throw notInCharge();
  } else refuseRole(power, who);
  if (!rolesInCharge[who.role]?.includes(wanted.role))
    throw new Refusal("forbidden", {
      id: "Anda tidak berwenang memberikan peran ini.",
      en: "You may not give this role.",
    });
  if (was && who.id === id && who.role !== "national-admin")
    if (was.role !== wanted.role || was.agencyId !== wanted.agencyId)
      throw new Refusal("forbidden", {
        id: "Anda tidak dapat mengubah peran atau instansi Anda sendiri.",
        en: "You cannot change your own role or agency.",
      });
  if (active && was.role === "national-admin" && wanted.role !== "national-admin" && !otherNationalAdmin)
    throw lastNationalAdmin();

  const fields: FieldRefusal[] = [];
  if (!active || was.agencyId !== wanted.agencyId) {
    if (agency.length === 0 || !inExtent(power, who, idsOf(agency))) fields.push(notAvailable("agencyId"));
    else if (agency.some(({ entry }) => entry.closedAt)) fields.push(isClosed("agencyId"));
  }
  if (ownAccounts && wanted.subject !== undefined)
    fields.push(
      wrong("subject", {
        id: "Hapus isian ini: akun dibuat oleh sistem.",
        en: "Remove this field: the system makes the account.",
      }),
    );
  if (!ownAccounts && !was && wanted.subject === undefined)
    fields.push(
      wrong("subject", {
        id: "Isi dengan `sub` akun petugas ini pada penerbit tanda masuk.",
        en: "Give the `sub` that the issuer of sign-in knows this officer by.",
      }),
    );
  if (fields.length > 0) throw refuseFields(fields);
}

/**
 * Invites an officer or changes their entry. Returns undefined if it is so already. `subject` is that of their account.
 */
export function officerAs(
  before: Recorded<"officer"> | undefined,
  id: string,
  { mails = before?.entry.mails ?? "immediate", ...wanted }: OfficerEntry,
  {
    who,
    subject,
    ...act
  }: Pick<EntryAct, "at" | "request" | "sharesWith"> & { who: Officer; subject: string },
): Change<"officer"> | undefined {
  const { sessionsEndedAt } = before?.entry ?? {};
  const entry = {
    ...wanted,
    id,
    mails,
    subject,
    ...absenceKept(before?.entry),
    ...(before?.entry.email === wanted.email && addressKept(before.entry)),
    ...(sessionsEndedAt !== undefined && { sessionsEndedAt }),
  };
  const type = before && !before.entry.dismissedAt ? "changed" : "invited";
  return changed("officer", before, entry, { ...act, type, by: actorOf(who) });
}

/** A post of whoever has their authenticator reset, with the path of its agency. */
export interface HeldPost {
  officer: Officer;
  path: readonly string[];
}

/** Whether an officer is in charge of a post. */
const isInCharge = ({ officer, path }: HeldPost, who: Officer): boolean =>
  inExtent("change-officer", who, path) && !!rolesInCharge[who.role]?.includes(officer.role);

/**
 * Refuses the reset of an officer's authenticator. Whoever asks has to be in charge of all posts of the person: the account
 * is one. Nobody resets their own alone, because a session may be in the hands of somebody else.
 */
export function refuseReset(
  { own, others }: { own: HeldPost; others: readonly HeldPost[] },
  who: Officer,
  needsSecond: boolean,
): void {
  refuseUnlessInCharge("change-officer", who, own.path);
  if (!rolesInCharge[who.role]?.includes(own.officer.role)) throw notInCharge();
  if (!others.every((post) => isInCharge(post, who)))
    throw new Refusal("forbidden", {
      id: "Orang ini juga memegang jabatan di luar wewenang Anda, dengan akun yang sama. Mintalah admin di tingkat atas.",
      en: "This person also holds a post that you are not in charge of, with the same account. Ask an administrator of the level above.",
    });
  if (!needsSecond && own.officer.subject === who.subject)
    throw new Refusal("forbidden", {
      id: "Anda tidak dapat mengatur ulang autentikator Anda sendiri. Mintalah admin lain.",
      en: "You cannot reset your own authenticator. Ask another administrator.",
    });
}

const lastNationalAdmin = (): Refusal =>
  new Refusal("conflict", {
    id: "Ini admin nasional yang terakhir. Daftarkan admin nasional lain lebih dulu.",
    en: "This is the last national administrator. Invite another one first.",
  });

export const dismissal = z.strictObject({ reason: written(2_000) });

/** Dismisses an officer: they may do nothing more and get no mail. Returns undefined if they have left already. */
export function dismiss(
  before: Recorded<"officer">,
  { reason }: z.output<typeof dismissal>,
  { who, at, path, otherNationalAdmin }: Pick<OfficerContext, "who" | "at" | "path" | "otherNationalAdmin">,
): Change<"officer"> | undefined {
  const { entry } = before;
  refuseUnlessInCharge("dismiss-officer", who, path);
  if (!rolesInCharge[who.role]?.includes(entry.role)) throw notInCharge();
  if (who.id === entry.id && who.role !== "national-admin")
    throw new Refusal("forbidden", {
      id: "Anda tidak dapat memberhentikan diri sendiri.",
      en: "You cannot dismiss yourself.",
    });
  if (entry.dismissedAt) return undefined;
  if (entry.role === "national-admin" && !otherNationalAdmin) throw lastNationalAdmin();
  return changed(
    "officer",
    before,
    { ...entry, dismissedAt: at.toISOString() },
    { type: "dismissed", by: actorOf(who), at, reason },
  );
}

/** Sets how an officer's own mails come. Returns undefined if they come so already. */
export const chooseMails = (
  before: Recorded<"officer">,
  mails: Officer["mails"],
  at: Date,
): Change<"officer"> | undefined =>
  changed(
    "officer",
    before,
    { ...before.entry, mails },
    {
      type: "changed",
      by: actorOf(before.entry),
      at,
    },
  );
