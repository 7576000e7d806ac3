import type { ChangeRequest } from "../../../shared/directory/administration/request.ts";
import type { EntryKind } from "../../../shared/directory/entry-history.ts";
import type { RequestStore, RequestWrite } from "../../../shared/directory/request-store.ts";

export interface MemoryRequests extends RequestStore {
  stored: Map<string, ChangeRequest>;
  /** Tells whether a write would be taken. The directory in memory asks, to store an entry with it or neither. */
  takes(write: RequestWrite): boolean;
}

/** Requests that need a second person, in memory. */
export function memoryRequests(): MemoryRequests {
  const stored = new Map<string, ChangeRequest>();
  const lastOf = new Map<string, string>();
  const pointer = (kind: EntryKind, id: string) => `${kind}#${id}`;
  const takes = (write: RequestWrite): boolean =>
    "ends" in write
      ? stored.get(write.ends.id)?.state === "open"
      : lastOf.get(pointer(write.opens.about.kind, write.opens.about.id)) === write.insteadOf;
  return {
    stored,
    takes,
    find: async (id) => structuredClone(stored.get(id)),
    async lastAbout(kind, entryId) {
      const id = lastOf.get(pointer(kind, entryId));
      return id === undefined ? undefined : { id, request: structuredClone(stored.get(id)) };
    },
    async page({ after = "", limit }) {
      const ids = [...stored.keys()].sort().filter((id) => id > after);
      const items = ids.slice(0, limit).flatMap((id) => structuredClone(stored.get(id)) ?? []);
      return { items, after: ids.length > limit ? items.at(-1)?.id : undefined };
    },
    async write(write) {
      if (!takes(write)) return false;
      const request = structuredClone("ends" in write ? write.ends : write.opens);
      stored.set(request.id, request);
      if ("opens" in write) lastOf.set(pointer(request.about.kind, request.about.id), request.id);
      return true;
    },
  };
}
