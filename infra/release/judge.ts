import type { Finding } from "./compare.ts";

/** What of the findings nobody has accepted, and what was accepted and is not so. */
export const judged = (found: readonly Finding[], accepted: readonly { line: string; reason: string }[]) => ({
  refused: found.filter(({ line }) => accepted.every((one) => one.line !== line)),
  stale: accepted.map(({ line }) => line).filter((line) => found.every((one) => one.line !== line)),
});
