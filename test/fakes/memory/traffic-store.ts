import { type Counted, windowEnd } from "../../../shared/traffic/load.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/** Counters in memory. */
export function memoryTraffic(): TrafficStore {
  const counters = new Map<string, { count: number; outlines: string[] }>();
  const used = new Map<string, string>();
  const counterOf = (counted: Counted, at: Date) => {
    const name = JSON.stringify([...counted, windowEnd(at)]);
    const found = counters.get(name) ?? { count: 0, outlines: [] };
    counters.set(name, found);
    return found;
  };
  return {
    keyOf: async (day) => `key of ${day} `.padEnd(43, "."),
    countOf: async (counted, at) => counterOf(counted, at).count,
    async count(counted, at, more = 1) {
      const found = counterOf(counted, at);
      found.count += more;
      return structuredClone(found);
    },
    async keepOutlines(counted, outlines, at) {
      counterOf(counted, at).outlines = [...outlines];
    },
    async use(what, by) {
      if ((used.get(what) ?? by) !== by) return false;
      used.set(what, by);
      return true;
    },
  };
}
