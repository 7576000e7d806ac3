import { createHmac, randomInt } from "node:crypto";
import * as z from "zod";
import { extension, Refusal } from "../refusal.ts";

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

/** From what on reports cost work, or are held. */
export interface Threshold {
  /** Reports of one network in a window that cost nothing. */
  ofNetwork: number;
  /** The same of all networks together. */
  ofAll: number;
  /** Whether a report is held that is nearly the same as another of its network. */
  holdsAlike: boolean;
}

/** The hardest challenge takes a phone about a quarter of a minute: whoever shares a busy network must get through. */
const hardest = 5;

const doublings = (count: number, free: number): number =>
  count <= free ? 0 : Math.min(hardest, 1 + Math.floor(Math.log2(count / free)));

/** How hard the challenge is that a report has to solve: 0 is none, and each step doubles the work. */
export const hardnessOf = (
  reports: { ofNetwork: number; ofAll: number },
  threshold: Pick<Threshold, "ofNetwork" | "ofAll">,
): number =>
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

/** The count of all reports is kept in so many parts, each written by one in so many: it has to stand a flood itself. */
export const partsOfAll = 16;

/** Derivations of a key that a solver makes at the lowest hardness: at least, and about as many again at most. */
const leastWork = 2_000;

/** The counter that a challenge of some hardness hides; finding it means to try all below it. */
export const counterFor = (hardness: number): number => {
  const least = leastWork * 2 ** (Math.max(1, hardness) - 1);
  return randomInt(least, 2 * least);
};

/** How hard the challenge is that a receipt has to bring from a network that has shown so many wrong ones. */
export const hardnessAfter = (wrong: number): number =>
  wrong < wrongReceipts.ofNetwork ? 0 : Math.max(1, doublings(wrong, wrongReceipts.ofNetwork));

/** Where to get a challenge. */
const challengesAt = extension({ challenges: z.string() });

/** For a request that has to bring a solved challenge, and does not or brings one that does not count any more. */
export const proofNeeded = () =>
  new Refusal(
    "proof-needed",
    {
      id: "Banyak sekali kiriman saat ini. Ambil tantangan di /v1/challenges, selesaikan, lalu kirim lagi dengan jawabannya dalam tajuk Proof-Of-Work. Laporan Anda belum tersimpan.",
      en: "There is very much traffic now. Get a challenge at /v1/challenges, solve it and send again with the solution in the header Proof-Of-Work. Nothing has been stored yet.",
    },
    { more: challengesAt({ challenges: "/v1/challenges" }) },
  );
