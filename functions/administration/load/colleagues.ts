import type { Officer } from "../../../shared/directory/directory.ts";
import type { EntryStore } from "../../../shared/directory/entry-store.ts";

/** The officers of agencies. Each agency is read once, because a load has many officers of few agencies. */
export interface Colleagues {
  of(agencyId: string): Promise<readonly Officer[]>;
  /** The load has changed an officer who was there. Whom it adds need not be known: no two rows have one address at one agency. */
  forget(agencyId: string): void;
}

export function colleaguesOver({ under }: Pick<EntryStore, "under">): Colleagues {
  const known = new Map<string, Promise<readonly Officer[]>>();
  return {
    of(agencyId) {
      const found = known.get(agencyId) ?? under("officer", agencyId);
      known.set(agencyId, found);
      return found;
    },
    forget: (agencyId) => void known.delete(agencyId),
  };
}
