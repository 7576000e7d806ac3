import { createHmac } from "node:crypto";
import { Refusal } from "../refusal.ts";

/** What is counted, and of whom: ["report", network], ["receipt", network, trackingNumber] ... */
export type Counted = readonly [what: "receipt" | "report" | "all-reports", ...of: string[]];

/** Counts begin anew after so long. Whole windows make a UTC day, as keys do. */
export const windowSeconds = 10 * 60;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
export const windowEnd = (at: Date): number =>
  (Math.floor(secondsOf(at) / windowSeconds) + 1) * windowSeconds;
export const secondsLeft = (at: Date): number => windowEnd(at) - secondsOf(at);

/** The name of a counter: who does not have the day's key cannot tell from it which network or case it is about. */
export const counterName = (key: string, counted: Counted, at: Date): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([...counted, windowEnd(at)]))
    .digest("base64url");

/** Wrong receipts from one network: so many for one case until it has to wait, so many in all until each costs work. */
export const wrongReceipts = { ofCase: 10, ofNetwork: 100 } as const;

/** What makes a report cost work. */
export interface Threshold {
  /** Reports of one network in a window that cost nothing. */
  ofNetwork: number;
  /** The same of all networks together. */
  ofAll: number;
}

/** The hardest challenge takes a phone about a quarter of a minute: whoever shares a busy network must get through. */
const hardest = 5;

const doublings = (count: number, free: number): number =>
  count <= free ? 0 : Math.min(hardest, 1 + Math.floor(Math.log2(count / free)));

/** How hard the challenge is that a report has to solve: 0 is none, and each step doubles the work. */
export const hardnessOf = (reports: { ofNetwork: number; ofAll: number }, threshold: Threshold): number =>
  Math.max(doublings(reports.ofNetwork, threshold.ofNetwork), doublings(reports.ofAll, threshold.ofAll));

/** For whoever tried too many receipts on one case from one network; the same case can be reached from every other. */
export const tooManyTries = (at: Date) =>
  new Refusal(
    "too-many-requests",
    {
      id: "Terlalu banyak tanda terima yang salah dari jaringan ini untuk laporan ini. Tunggu beberapa menit, lalu coba lagi.",
      en: "Too many wrong receipts for this report from this network. Wait some minutes and try again.",
    },
    { headers: { "retry-after": String(secondsLeft(at)) } },
  );
