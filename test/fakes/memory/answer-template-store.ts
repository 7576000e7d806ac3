import type { AnswerTemplateStore, KeptTemplates } from "../../../shared/directory/answer-template-store.ts";

/** Examples of answers in memory. */
export function memoryAnswerTemplates(): AnswerTemplateStore {
  const kept = new Map<string, KeptTemplates>();
  return {
    of: async (agencyId) => structuredClone(kept.get(agencyId) ?? { version: 0, templates: [] }),
    async put(agencyId, given) {
      const before = kept.get(agencyId);
      if (before && before.version !== given.version - 1) return false;
      kept.set(agencyId, structuredClone(given));
      return true;
    },
  };
}
