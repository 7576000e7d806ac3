import type { AccountStore } from "../../../shared/directory/account-store.ts";
import type { Officer } from "../../../shared/directory/directory.ts";

/**
 * Accounts in memory: the subject of an e-mail address is "account-of-<address>", and after it was released
 * "account-of-<address>-2" and so on. Whom the directory began with has an account already.
 */
export function memoryAccounts(people: readonly Officer[] = []): AccountStore & {
  /** The accounts that were opened here, and whether they are there still. */
  enabled: Map<string, boolean>;
  /** The addresses that were invited again. */
  again: string[];
  /** The subjects whose authenticator was reset. */
  reset: string[];
  /** Somebody signs in for the first time. */
  signIn(email: string): void;
} {
  const enabled = new Map<string, boolean>();
  const again: string[] = [];
  const reset: string[] = [];
  const subjects = new Map(people.map(({ email, subject }) => [email.toLowerCase(), subject]));
  const released = new Map<string, number>();
  const active = new Set(people.map(({ subject }) => subject));
  return {
    enabled,
    again,
    reset,
    signIn(email) {
      active.add(subjects.get(email.toLowerCase()) ?? "");
    },
    async open(email) {
      const address = email.toLowerCase();
      const known = subjects.get(address);
      if (known !== undefined) return { subject: known, isNew: false };
      const times = released.get(address) ?? 0;
      const subject = `account-of-${address}${times === 0 ? "" : `-${times + 1}`}`;
      subjects.set(address, subject);
      enabled.set(subject, true);
      return { subject, isNew: true };
    },
    find: async (email) => subjects.get(email.toLowerCase()),
    async stateOf(subject) {
      if (![...subjects.values()].includes(subject)) return "none";
      return active.has(subject) ? "active" : "invited";
    },
    async inviteAgain(email) {
      again.push(email);
    },
    async close(subject) {
      for (const [address, known] of subjects)
        if (known === subject) {
          subjects.delete(address);
          released.set(address, (released.get(address) ?? 0) + 1);
        }
      if (enabled.has(subject)) enabled.set(subject, false);
    },
    async resetAuthenticator(subject) {
      reset.push(subject);
    },
  };
}
