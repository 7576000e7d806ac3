import type { AccountStore } from "../../../shared/directory/account-store.ts";

/** Accounts in memory: the subject of an e-mail address is "account-of-<address>". */
export function memoryAccounts(): AccountStore & {
  enabled: Map<string, boolean>;
  /** The addresses that were invited again. */
  again: string[];
} {
  const enabled = new Map<string, boolean>();
  const again: string[] = [];
  return {
    enabled,
    again,
    async open(email) {
      const subject = `account-of-${email.toLowerCase()}`;
      enabled.set(subject, true);
      return subject;
    },
    async inviteAgain(email) {
      again.push(email);
    },
    async close(subject) {
      if (enabled.has(subject)) enabled.set(subject, false);
    },
  };
}
