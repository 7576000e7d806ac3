import type { AccountStore } from "../../../shared/directory/account-store.ts";

/** Accounts in memory: the subject of an e-mail address is "account-of-<address>". */
export function memoryAccounts(): AccountStore & { enabled: Map<string, boolean> } {
  const enabled = new Map<string, boolean>();
  return {
    enabled,
    async open(email) {
      const subject = `account-of-${email.toLowerCase()}`;
      enabled.set(subject, true);
      return subject;
    },
    async close(subject) {
      if (enabled.has(subject)) enabled.set(subject, false);
    },
  };
}
