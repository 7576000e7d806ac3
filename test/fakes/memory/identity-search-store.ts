import type { IdentitySearchEvent, SearchLog } from "../../../shared/case/identity-search/identity-search.ts";
import type { IdentitySearchStore } from "../../../shared/case/identity-search/identity-search-store.ts";

/** Who searched by identity, in memory. */
export function memorySearches(): IdentitySearchStore {
  const logs = new Map<string, SearchLog>();
  const histories = new Map<string, IdentitySearchEvent[]>();
  return {
    log: async (officerId) => structuredClone(logs.get(officerId)),
    async append(before, { event, log }) {
      const { officerId } = event;
      if (logs.get(officerId)?.sequence !== before?.sequence) return false;
      logs.set(officerId, structuredClone(log));
      histories.set(officerId, [...(histories.get(officerId) ?? []), structuredClone(event)]);
      return true;
    },
    logs: async () => structuredClone([...logs.values()]),
    history: async (officerId) => structuredClone(histories.get(officerId) ?? []),
  };
}
