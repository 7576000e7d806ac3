import {
  holding,
  type OfficeMark,
  type UndeliverableStore,
} from "../../../shared/notification/addresses/undeliverable-store.ts";
import { isReturned, tellsMore, type Undeliverable } from "../../../shared/reporter/undeliverable.ts";

/** Marks of officers and mailboxes that no mail reaches, in memory. */
export function memoryUndeliverables(): UndeliverableStore {
  const marks = new Map<string, OfficeMark>();
  const store: UndeliverableStore = {
    async mark(mark) {
      const known = marks.get(mark.to);
      const counts = isReturned(mark)
        ? tellsMore(known, mark)
        : known?.addressHash !== mark.addressHash || known.why !== mark.why;
      if (counts) marks.set(mark.to, mark);
    },
    async clear(to) {
      const known = marks.get(to);
      if (known && !isReturned(known)) marks.delete(to);
    },
    of: async (reader) => holding(marks.get(reader.id), reader),
    async ofAll(readers) {
      const found = new Map<string, Undeliverable>();
      for (const reader of readers) {
        const mark = holding(marks.get(reader.id), reader);
        if (mark) found.set(reader.id, mark);
      }
      return found;
    },
  };
  return store;
}
