import { setTimeout as wait } from "node:timers/promises";

export type Pause = (milliseconds: number) => Promise<void>;

/** Pauses that `signal` cuts short. */
export const pauseUntil =
  (signal: AbortSignal): Pause =>
  (milliseconds) =>
    wait(milliseconds, undefined, { signal }).catch(() => {}); // aborted: whoever paused asks the signal
