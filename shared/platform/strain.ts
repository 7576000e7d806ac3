import type { Text } from "../language.ts";
import { Refusal } from "../refusal.ts";
import { metrics } from "./observability.ts";

/** What waits while the system is strained, so that reports, tracking and moves go on. */
export type CanWait = "search" | "export";

/** What one call of a store took. */
export interface Call {
  milliseconds: number;
  /** Whether it was refused because too much is asked. */
  throttled: boolean;
}

/** Knows whether the stores are asked too much, as one instance of a function sees it. */
export interface Strain {
  /** Notes a call. */
  note(call: Call): void;
  isStrained(): boolean;
  /** Refuses what can wait while the system is strained. */
  holdBack(what: CanWait): void;
}

/** Calls count for so long. So it also takes no longer until everything goes on as before. */
const windowMilliseconds = 60_000;
/** An instance answers one request at a time: it makes no more calls than these that are worth counting. */
const mostCalls = 200;
/** On a quiet day DynamoDB answers in a few milliseconds. */
const slowMilliseconds = 1_000;
/** One slow call is an accident. */
const fewestSlow = 5;
const fewestThrottled = 3;
/** Clients come again after so long, when the calls of this moment count no more. */
const retrySeconds = 60;

const waits: Record<CanWait, Text> = {
  search: {
    id: "Pencarian sedang kami tunda, karena sistem sangat sibuk. Laporan tetap dapat dikirim dan dilacak. Coba lagi dalam satu menit.",
    en: "Searches wait right now, because the system is very busy. Reports can still be sent and tracked. Try again in a minute.",
  },
  export: {
    id: "Unduhan daftar sedang kami tunda, karena sistem sangat sibuk. Laporan tetap dapat dikirim, dilacak, dan dikerjakan. Coba lagi dalam satu menit.",
    en: "Downloads of lists wait right now, because the system is very busy. Reports can still be sent, tracked and worked on. Try again in a minute.",
  },
};

/** Says of what can wait that it has to, so that the rest goes on. Nothing has failed. */
export class HeldBack extends Refusal {}

/** Watches over the calls of one instance. With `always` whatever can wait does so, as the stage asks. */
export function strainMeter({
  always = false,
  now = () => performance.now(),
}: { always?: boolean; now?: () => number } = {}): Strain {
  let calls: (Call & { at: number })[] = [];
  const isStrained = () => {
    const from = now() - windowMilliseconds;
    calls = calls.filter(({ at }) => at > from);
    const throttled = calls.filter((call) => call.throttled).length;
    const slow = calls.filter(({ milliseconds }) => milliseconds >= slowMilliseconds).length;
    return throttled >= fewestThrottled || (slow >= fewestSlow && slow * 2 > calls.length);
  };
  return {
    note: (call) => {
      calls = [...calls.slice(1 - mostCalls), { ...call, at: now() }];
    },
    isStrained: () => always || isStrained(),
    holdBack: (what) => {
      if (!always && !isStrained()) return;
      metrics.addMetric("HeldBack", "Count", 1);
      throw new HeldBack("unavailable", waits[what], { headers: { "retry-after": String(retrySeconds) } });
    },
  };
}
