import { Refusal } from "../../refusal.ts";
import type { AccountStore } from "../account-store.ts";
import type { Officer } from "../directory.ts";
import type { Recorded } from "../entry-history.ts";
import type { EntryStore } from "../entry-store.ts";
import type { InvitationStore } from "../invitation-store.ts";
import {
  accountsElsewhere,
  alreadyActive,
  invitationHoldsMs,
  invitedJustNow,
  invitedOften,
  neverSignedIn,
  noAccount,
} from "./invitation.ts";
import type { OfficerEntry } from "./officer.ts";

/** What giving and ending accounts needs. */
export interface Accounts {
  entries: Pick<EntryStore, "holdersOf">;
  /** Keeps the officers' accounts. It is absent where the issuer is somebody else's. */
  accounts: AccountStore | undefined;
  invitations: InvitationStore;
  now: () => Date;
}

/** The account that an officer will sign in with, and the other officers who ever had it. */
interface Account {
  subject: string;
  /** Whether it was there already. Nobody has mailed an invitation then. */
  wasThere: boolean;
  others: Recorded<"officer">[];
}

/** Whether an officer signs in with this account now. */
const usesNow =
  (subject: string) =>
  ({ entry }: Recorded<"officer">): boolean =>
    entry.subject === subject && !entry.dismissedAt;

/** The other posts of a person: officers who sign in with this account now. */
export async function activePosts(
  { entries }: Pick<Accounts, "entries">,
  subject: string,
): Promise<Recorded<"officer">[]> {
  return (await entries.holdersOf(subject)).filter(usesNow(subject));
}

/**
 * Tells whether an officer still needs an account. An account is an e-mail address, so a new address needs a new account.
 */
const needsAccount = (before: Recorded<"officer"> | undefined, email: string): boolean =>
  !before || !!before.entry.dismissedAt || before.entry.email.toLowerCase() !== email.toLowerCase();

/** Another officer has the account. */
export const accountTaken = (): Refusal =>
  new Refusal("conflict", {
    id: "Akun ini sudah dipakai petugas lain. Pakai alamat email lain, atau ubah petugas yang sudah ada. Orang yang sama dapat memegang jabatan kedua di instansi lain, dengan alamat yang sama.",
    en: "This account belongs to another officer. Use another email address, or change the officer who is there. One person may hold a second post at another agency, with the same address.",
  });

/** Refuses an account that somebody else has. One person has one post at an agency, and one address in all posts. */
function refuseUnlessOnePerson(
  others: readonly Recorded<"officer">[],
  subject: string,
  wanted: OfficerEntry,
) {
  const isOther = ({ entry: { agencyId, email } }: Recorded<"officer">) =>
    agencyId === wanted.agencyId || email.toLowerCase() !== wanted.email.toLowerCase();
  if (others.filter(usesNow(subject)).some(isOther)) throw accountTaken();
}

/** Opens an account for an address. One whose last officer has left makes way for a new one: nobody inherits it. */
async function openedOrFound({ entries }: Accounts, accounts: AccountStore, email: string) {
  const found = await accounts.open(email);
  if (found.isNew) return found;
  const holders = await entries.holdersOf(found.subject);
  if (holders.length === 0 || holders.some(usesNow(found.subject))) return found;
  await accounts.close(found.subject);
  return accounts.open(email);
}

/** Opens an account for an address, which mails an invitation there, unless there were too many today. */
async function opened(stores: Accounts, accounts: AccountStore, email: string) {
  const at = stores.now();
  const from = await stores.invitations.mayOpenFrom(email, at);
  if (from) throw invitedOften(from, at);
  const account = await openedOrFound(stores, accounts, email);
  if (account.isNew) await stores.invitations.countOpened(email, at);
  return account;
}

/** Finds or opens the account that an officer will sign in with. */
export async function accountFor(
  stores: Accounts,
  id: string,
  before: Recorded<"officer"> | undefined,
  wanted: OfficerEntry,
): Promise<Account> {
  const { accounts, entries } = stores;
  const account =
    accounts && needsAccount(before, wanted.email) ? await opened(stores, accounts, wanted.email) : undefined;
  const subject = account?.subject ?? wanted.subject ?? before?.entry.subject;
  if (subject === undefined) throw new Error("The officer has no account");
  const others = (await entries.holdersOf(subject)).filter(({ entry }) => entry.id !== id);
  refuseUnlessOnePerson(others, subject, wanted);
  return { subject, wasThere: account?.isNew === false, others };
}

/** Ends an account, unless another post of the same person still needs it. */
export async function closeUnlessUsed(stores: Accounts, subject: string): Promise<void> {
  if (stores.accounts && (await activePosts(stores, subject)).length === 0)
    await stores.accounts.close(subject);
}

/** Mails the invitation again where that is of use, and not too often. */
export async function remind({ accounts, invitations, now }: Accounts, officer: Officer): Promise<void> {
  if ((await accounts?.stateOf(officer.subject)) !== "invited") return;
  if (await invitations.countAgain(officer.subject, now())) return;
  await accounts?.inviteAgain(officer.email);
}

/** Mails the invitation again, or refuses with what to do instead. Returns until when it holds. */
export async function inviteAgain(
  { accounts, invitations, now }: Accounts,
  officer: Officer,
): Promise<{ sentAt: Date; expiresAt: Date }> {
  if (!accounts) throw accountsElsewhere();
  const state = officer.dismissedAt ? "none" : await accounts.stateOf(officer.subject);
  if (state === "none") throw noAccount();
  if (state === "active") throw alreadyActive();
  const at = now();
  const from = await invitations.countAgain(officer.subject, at);
  if (from) throw invitedJustNow(from, at);
  await accounts.inviteAgain(officer.email);
  return { sentAt: at, expiresAt: new Date(at.getTime() + invitationHoldsMs) };
}

/** Finds the accounts whose authenticator may be reset. Refuses with what to do instead. */
export async function resettable({ accounts }: Accounts, officer: Officer): Promise<AccountStore> {
  if (!accounts) throw accountsElsewhere();
  const state = officer.dismissedAt ? "none" : await accounts.stateOf(officer.subject);
  if (state === "none") throw noAccount();
  if (state === "invited") throw neverSignedIn();
  return accounts;
}
