import { keyFor } from "../../../shared/traffic/day-key.ts";
import { type Counted, countEnd, dayExpiry, windowEnd } from "../../../shared/traffic/load.ts";
import type { TrafficExpiry } from "../../../shared/traffic/traffic-expiry-store.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/** Counters in memory. */
export function memoryTraffic(): TrafficStore & TrafficExpiry {
  const counts = new Map<string, number>();
  const outlines = new Map<string, string[]>();
  const used = new Map<string, string>();
  const expiries = new Map<string, number>();
  const nameOf = (parts: readonly string[], expiresAt: number) => {
    const name = JSON.stringify([...parts, expiresAt]);
    expiries.set(name, expiresAt);
    return name;
  };
  const countName = (counted: Counted, at: Date) => nameOf(["count", ...counted], countEnd(counted, at));
  const outlinesName = (network: string, at: Date) => nameOf(["outlines", network], windowEnd(at));
  return {
    keyOf: async (purpose, day) => keyFor(`secret of ${day}`, purpose),
    countOf: async (counted, at) => counts.get(countName(counted, at)) ?? 0,
    async count(counted, at, more = 1) {
      const sum = (counts.get(countName(counted, at)) ?? 0) + more;
      counts.set(countName(counted, at), sum);
      return sum;
    },
    outlinesOf: async (network, at) => [...(outlines.get(outlinesName(network, at)) ?? [])],
    async keepOutlines(network, kept, at) {
      outlines.set(outlinesName(network, at), [...kept]);
    },
    async use(what, by, until) {
      const name = nameOf(["used", what], windowEnd(until));
      if ((used.get(name) ?? by) !== by) return false;
      used.set(name, by);
      return true;
    },
    async isFirstOfDay(what, at) {
      const name = nameOf(["of-day", ...what], dayExpiry(at));
      if (used.has(name)) return false;
      used.set(name, "anybody");
      return true;
    },
    async *expired(at) {
      yield [...expiries].filter(([, expiry]) => expiry * 1000 <= at.getTime()).map(([name]) => name);
    },
    async remove(name) {
      for (const each of [counts, outlines, used, expiries]) each.delete(name);
    },
  };
}
