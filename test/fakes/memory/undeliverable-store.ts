import {
  asMark,
  holding,
  type OfficeMark,
  type UndeliverableStore,
} from "../../../shared/notification/addresses/undeliverable-store.ts";

/** Marks of officers and mailboxes that no mail reaches, in memory. */
export function memoryUndeliverables(): UndeliverableStore {
  const marks = new Map<string, OfficeMark>();
  const store: UndeliverableStore = {
    async mark(told) {
      const [mark, known] = [asMark(told), marks.get(told.to)];
      if (known?.addressHash !== mark.addressHash || known.why !== mark.why) marks.set(mark.to, mark);
    },
    async clear(to) {
      if (marks.get(to)?.why !== "bounced") marks.delete(to);
    },
    of: async (reader) => holding(marks.get(reader.id), reader),
    async ofAll(readers) {
      const found = new Map<string, { since: string; why: OfficeMark["why"] }>();
      for (const reader of readers) {
        const mark = holding(marks.get(reader.id), reader);
        if (mark) found.set(reader.id, mark);
      }
      return found;
    },
  };
  return store;
}
