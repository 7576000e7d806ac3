import type { AccountStore } from "../../../shared/directory/account-store.ts";
import { afterChange, type EntryKind, type Recorded } from "../../../shared/directory/entry-history.ts";
import type { EntryStore } from "../../../shared/directory/entry-store.ts";
import type { Registry } from "../registry.ts";

/** Whatever a trial writes is forgotten with it. */
type Written = { [K in EntryKind]: Map<string, Recorded<K>> };

const invented = "trial-";
const inventedFor = (email: string): string => `${invented}${email.toLowerCase()}`;
const isInvented = (subject: string): boolean => subject.startsWith(invented);

/** The directory as it would be: what was written over it in this trial, and below that what is recorded. Each is read once. */
function entriesOver(entries: EntryStore, written: Written): EntryStore {
  const read: { [K in EntryKind]: Map<string, Promise<Recorded<K> | undefined>> } = {
    agency: new Map(),
    officer: new Map(),
  };
  return {
    ...entries,
    async find(kind, id) {
      const over = written[kind].get(id);
      if (over) return over;
      const known = read[kind].get(id) ?? entries.find(kind, id);
      read[kind].set(id, known);
      return known;
    },
    async record(_before, change) {
      written[change.kind].set(change.entry.id, afterChange(change));
      return "recorded";
    },
    async under(kind, id) {
      const recorded = await entries.under(kind, id);
      const over = [...written[kind].values()].map(({ entry }) => entry);
      const isOver = new Set(over.map((one) => one.id));
      return [
        ...recorded.filter((one) => !isOver.has(one.id)),
        ...over.filter((one) => ("subject" in one ? one.agencyId : one.parent) === id),
      ];
    },
    async holdersOf(subject) {
      const over = [...written.officer.values()].filter(({ entry }) => entry.subject === subject);
      if (isInvented(subject)) return over;
      const recorded = await entries.holdersOf(subject);
      return [...recorded.filter(({ entry }) => !written.officer.has(entry.id)), ...over];
    },
  };
}

/** Opens and ends no account and mails nobody. One address is one account: the one that it has already, or an invented one. */
function noNewAccounts({ find }: AccountStore): AccountStore {
  const ended = new Set<string>();
  return {
    find,
    async open(email) {
      const known = await find(email);
      return known === undefined || ended.has(known)
        ? { subject: inventedFor(email), isNew: true }
        : { subject: known, isNew: false };
    },
    stateOf: async () => "active",
    inviteAgain: async () => {},
    close: async (subject) => void ended.add(subject),
    resetAuthenticator: async () => {},
  };
}

const takesAll = { send: async () => [] };

/** A registry on which every rule and flow runs as ever, and which stores, mails and hands over nothing. */
export const trialOver = (registry: Registry): Registry => ({
  ...registry,
  entries: entriesOver(registry.entries, { agency: new Map(), officer: new Map() }),
  accounts: registry.accounts && noNewAccounts(registry.accounts),
  invitations: { ...registry.invitations, countAgain: async () => undefined, countOpened: async () => {} },
  requests: { ...registry.requests, write: async () => true },
  handOvers: takesAll,
  mails: takesAll,
});
