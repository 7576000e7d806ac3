import type { DraftStore } from "../../../shared/visitor/draft-store.ts";
import { officerDraftsOf } from "../../../shared/visitor/officer-draft-flow.ts";

/** Drafts in memory, as sealed as elsewhere. */
export function memoryDrafts(): DraftStore & { size(): number } {
  const items = new Map<string, { sealed: string; version: number; expiresAt: number }>();
  return {
    async get(id, at) {
      const found = items.get(id);
      return found && found.expiresAt > at.getTime() / 1000 ? found.sealed : undefined;
    },
    async put(id, stored) {
      const before = items.get(id);
      if (before && before.version !== stored.version - 1) return false;
      items.set(id, stored);
      return true;
    },
    async remove(id) {
      items.delete(id);
    },
    size: () => items.size,
  };
}

/** Drafts of officers in memory. */
export const memoryOfficerDrafts = (now = () => new Date()) =>
  officerDraftsOf(memoryDrafts(), { hash: async (text) => `keyed ${text}`, now });
