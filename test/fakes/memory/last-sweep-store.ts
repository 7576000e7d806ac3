import type { LastSweepStore } from "../../../shared/deadline/last-sweep-store.ts";

/** The moment of the last sweep, in memory. */
export function memoryLastSweep(): LastSweepStore {
  let newest: string | undefined;
  return {
    async note(at) {
      if (newest === undefined || newest < at) newest = at;
    },
    last: async () => newest,
  };
}
