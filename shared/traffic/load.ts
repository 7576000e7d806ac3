import { createHmac, randomInt } from "node:crypto";
import * as z from "zod";
import { problemFields, Refusal } from "../refusal.ts";

/** What is counted, and of whom: ["report", network], ["receipt", network, trackingNumber], ["all-reports"]. */
export type Counted = readonly [what: "receipt" | "report" | "all-reports", ...of: string[]];

/** Counts begin anew with each window. Whole windows make a UTC day, so that a window has one key. */
const windowSeconds = 10 * 60;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
/** The date in UTC, by which keys go. */
export const utcDate = (at: Date): string => at.toISOString().slice(0, 10);
export const windowEnd = (at: Date): number =>
  (Math.floor(secondsOf(at) / windowSeconds) + 1) * windowSeconds;
const secondsLeft = (at: Date): number => windowEnd(at) - secondsOf(at);

/** The name of a counter. Only who has the key can tell which network or case it is about. */
export const counterName = (key: string, counted: Counted, at: Date): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([...counted, windowEnd(at)]))
    .digest("base64url");

/** Wrong receipts from one network: after so many for one case it waits, after so many in all each look-up costs work. */
export const wrongReceipts = { ofCase: 10, ofNetwork: 100 } as const;

/** When reports cost work, and whether any are held. */
export interface Threshold {
  /** So many reports of one network cost nothing in a window. */
  ofNetwork: number;
  /** So many of all networks together cost nothing. */
  ofAll: number;
  /** Whether a report is held that says nearly the same as another of its network. */
  holdsAlike: boolean;
}

/**
 * How many reports one instance of a function may count by itself, without adding them to the shared count. With k instances
 * the shared count lacks at most k times as many. 0 where a threshold is so low that none may be missing.
 */
export const countedAlone = ({ ofNetwork, ofAll }: Pick<Threshold, "ofNetwork" | "ofAll">) => ({
  ofNetwork: Math.floor(ofNetwork / 4),
  ofAll: Math.floor(ofAll / 50),
});

/** The hardest challenge takes a phone about a quarter of a minute: whoever shares a busy network gets through. */
const hardest = 5;

const doublings = (count: number, free: number): number =>
  count <= free ? 0 : Math.min(hardest, 1 + Math.floor(Math.log2(count / free)));

/** How hard the challenge is that a report has to solve: 0 asks for none, and each step doubles the work. */
export const hardnessOf = (
  reports: { ofNetwork: number; ofAll: number },
  threshold: Pick<Threshold, "ofNetwork" | "ofAll">,
): number =>
  Math.max(doublings(reports.ofNetwork, threshold.ofNetwork), doublings(reports.ofAll, threshold.ofAll));

/** Refuses who tried too many receipts on one case from one network. Every other network reaches the case. */
export const tooManyTries = (at: Date) =>
  new Refusal(
    "too-many-requests",
    {
      id: "Terlalu banyak tanda terima yang salah dari jaringan ini untuk laporan ini. Tunggu beberapa menit, lalu coba lagi.",
      en: "Too many wrong receipts for this report from this network. Wait some minutes and try again.",
    },
    { headers: { "retry-after": String(secondsLeft(at)) } },
  );

/** At the lowest hardness a solver derives at least so many keys, and at most twice as many. */
const leastWork = 2_000;

/** The number that a challenge hides. A solver finds it by trying all numbers below it. */
export const counterFor = (hardness: number): number => {
  const least = leastWork * 2 ** (Math.max(1, hardness) - 1);
  return randomInt(least, 2 * least);
};

/** How hard the challenge is that comes with a receipt, after so many wrong ones from the same network. */
export const hardnessAfter = (wrong: number): number =>
  wrong < wrongReceipts.ofNetwork ? 0 : Math.max(1, doublings(wrong, wrongReceipts.ofNetwork));

/** Where to get a challenge. */
const challengesAt = problemFields({ challenges: z.string() });

/** Refuses a request that has to bring a solved challenge, and brings none or one that does not count. */
export const proofNeeded = () =>
  new Refusal(
    "proof-needed",
    {
      id: "Banyak sekali kiriman saat ini. Ambil tantangan di /v1/challenges, selesaikan, lalu kirim lagi dengan jawabannya dalam tajuk Proof-Of-Work. Laporan Anda belum tersimpan.",
      en: "There is very much traffic now. Get a challenge at /v1/challenges, solve it and send again with the solution in the header Proof-Of-Work. Nothing has been stored yet.",
    },
    { more: challengesAt({ challenges: "/v1/challenges" }) },
  );
