import { randomInt } from "node:crypto";
import * as z from "zod";
import type { Text } from "../language.ts";
import { problemFields, Refusal } from "../refusal.ts";
import { nameUnder } from "./day-key.ts";

/** Sorts of mails that are counted by the address that they go to. */
export type MailSort = "confirmation" | "news" | "farewell" | "follow-request" | "followed-news";

/** Requests that cost less than a report: somebody supports a case, or looks for likely duplicates of what they wrote. */
export type LightRequest =
  readonly ["support", network: string, trackingNumber: string] | readonly ["search", network: string];

/**
 * What is counted, and of whom: ["report", network], ["receipt", network, trackingNumber], ["all-reports"], ["follow", network],
 * ["all-follows"], tickets of a network by what they are for ["ticket", network, "report"], and the mails of a day: ["confirmation", address].
 */
export type Counted = readonly [
  what:
    | "receipt"
    | "report"
    | "all-reports"
    | "follow"
    | "all-follows"
    | "ticket"
    | LightRequest[0]
    | `all-${LightRequest[0]}s`
    | MailSort,
  ...of: string[],
];

/** Counts begin anew with each window. Whole windows make a UTC day, so that a window has one key. */
const windowSeconds = 10 * 60;
const daySeconds = 24 * 60 * 60;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
/** The date in UTC, by which keys go. */
export const utcDate = (at: Date): string => at.toISOString().slice(0, 10);
const endOf = (at: Date, seconds: number): number => (Math.floor(secondsOf(at) / seconds) + 1) * seconds;
export const windowEnd = (at: Date): number => endOf(at, windowSeconds);

/** Mails to one address are counted by the day (UTC). A few of each sort go out, and no more. */
export const mailsOfDay: Record<MailSort, number> = {
  confirmation: 3,
  news: 20,
  farewell: 3,
  "follow-request": 3,
  "followed-news": 20,
};

const isOfDay = ([what]: Counted): boolean => what in mailsOfDay;

/** When a count begins anew, in seconds. */
export const countEnd = (counted: Counted, at: Date): number =>
  endOf(at, isOfDay(counted) ? daySeconds : windowSeconds);

/** When a row expires that tells what happened on a day (UTC). */
export const dayExpiry = (at: Date): number => endOf(at, daySeconds) + 2 * windowSeconds;

/**
 * When the row of a count expires. The end of a day (UTC) is an opening hour in Indonesia, which cases name too: a row of a day
 * expires two windows later, so that it has no second in common with a case.
 */
export const countExpiry = (counted: Counted, at: Date): number =>
  isOfDay(counted) ? dayExpiry(at) : countEnd(counted, at);

/** The name of a counter. Only who has the key can tell which network, address or case it is about. */
export const counterName = (key: string, counted: Counted, at: Date): string =>
  nameUnder(key, [...counted, countEnd(counted, at)]);

/** Wrong receipts from one network: after so many for one case, or in all, each further receipt costs work. */
export const wrongReceipts = { ofCase: 10, ofNetwork: 100 } as const;

/** When reports cost work, and whether any are held. */
export interface Threshold {
  /** So many reports of one network cost nothing in a window. */
  ofNetwork: number;
  /** So many of all networks together cost nothing. */
  ofAll: number;
  /** Whether a report is held that says nearly the same as another of the same minutes. */
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

/** So many times as many light requests as reports cost nothing. */
const lighter = { ofNetwork: 3, ofAll: 10 };

/** A count of light requests, and how many of them cost nothing. */
interface LightCount {
  counted: Counted;
  free: number;
  /** So many of them one instance counts by itself. */
  alone: number;
}

/**
 * What a light request is counted by. Supports of one case from one network are counted apart, because a device may have any
 * number of names.
 */
export const countsOfLight = (
  light: LightRequest,
  { ofNetwork, ofAll }: Pick<Threshold, "ofNetwork" | "ofAll">,
): LightCount[] => {
  const [what, network] = light;
  const free = { ofNetwork: lighter.ofNetwork * ofNetwork, ofAll: lighter.ofAll * ofAll };
  const alone = countedAlone(free);
  const ofNetworkAndCase = {
    counted: light,
    free: ofNetwork,
    alone: countedAlone({ ofNetwork, ofAll }).ofNetwork,
  };
  return [
    { counted: [what, network], free: free.ofNetwork, alone: alone.ofNetwork },
    ...(what === "support" ? [ofNetworkAndCase] : []),
    { counted: [`all-${what}s`], free: free.ofAll, alone: alone.ofAll },
  ];
};

/** How hard the challenge is that a light request has to solve, after so many of its kind. */
export const hardnessOfLight = (counts: readonly { count: number; free: number }[]): number =>
  Math.max(0, ...counts.map(({ count, free }) => doublings(count, free)));

/** At the lowest hardness a solver derives at least so many keys, and at most twice as many. */
const leastWork = 2_000;

/** The number that a challenge hides. A solver finds it by trying all numbers below it. */
export const counterFor = (hardness: number): number => {
  const least = leastWork * 2 ** (Math.max(1, hardness) - 1);
  return randomInt(least, 2 * least);
};

/** A reporter solves one for each request, because of what others tried. The receipt is safe by its length, not by this. */
const hardestOfReceipt = 3;

const afterWrong = (count: number, free: number): number =>
  count < free ? 0 : Math.min(hardestOfReceipt, Math.max(1, doublings(count, free)));

/**
 * How hard the challenge is that comes with a receipt, after so many wrong ones from the same network: for the same case, and
 * for any.
 */
export const hardnessAfter = (wrong: { ofCase: number; ofNetwork: number }): number =>
  Math.max(
    afterWrong(wrong.ofCase, wrongReceipts.ofCase),
    afterWrong(wrong.ofNetwork, wrongReceipts.ofNetwork),
  );

/** What a challenge is given for. Its solution counts for nothing else. */
export type Occasion =
  readonly ["report"] | readonly ["receipt", network: string, trackingNumber: string] | LightRequest;

/** What a challenge can be asked for, where it is neither for a report nor for a receipt. */
export const lightRequests = ["support", "search"] as const satisfies LightRequest[0][];

const challengesFor = ([what, , trackingNumber]: Occasion): string => {
  const query = new URLSearchParams({
    ...((what === "support" || what === "search") && { for: what }),
    ...(trackingNumber !== undefined && { trackingNumber }),
  }).toString();
  return query === "" ? "/v1/challenges" : `/v1/challenges?${query}`;
};

/** The header with a solved challenge. */
export const proofOfWork = z
  .string()
  .max(4_096)
  .optional()
  .describe(
    "A solved challenge, which an answer of 428 asks for: base64 of the JSON {challenge, solution}, where `challenge` is the answer of /v1/challenges and `solution` what a client of ALTCHA (version 2) found for it. It counts once, for ten minutes, and only for what it was given for.",
  );

/** Where to get a challenge. */
const challengesAt = problemFields({
  challenges: z.string().describe("With a status of 428: the path that gives the challenge to solve"),
});

interface WhyNeeded {
  why: Text;
  state: Text;
}

/** Why a request has to bring a solved challenge, and what has become of it. */
const whyNeeded: Record<Occasion[0], WhyNeeded> = {
  report: {
    why: { id: "Banyak sekali kiriman saat ini.", en: "There is very much traffic now." },
    state: { id: "Laporan Anda belum tersimpan.", en: "Nothing has been stored yet." },
  },
  receipt: {
    why: {
      id: "Terlalu banyak tanda terima yang salah datang dari jaringan ini, belum tentu dari Anda.",
      en: "Too many wrong receipts have come from this network, perhaps not from you.",
    },
    state: {
      id: "Tanda terima Anda belum diperiksa.",
      en: "Your receipt has not been checked yet.",
    },
  },
  support: {
    why: {
      id: "Banyak sekali dukungan datang saat ini, belum tentu dari Anda.",
      en: "Very many supports are coming in now, perhaps not from you.",
    },
    state: { id: "Dukungan Anda belum dihitung.", en: "Your support has not been counted yet." },
  },
  search: {
    why: {
      id: "Banyak sekali pencarian datang saat ini, belum tentu dari Anda.",
      en: "Very many searches are coming in now, perhaps not from you.",
    },
    state: {
      id: "Anda juga dapat langsung mengirim laporan tanpa pencarian ini.",
      en: "You can also send your report without this search.",
    },
  },
};

/** The refusal of a request that has to bring a solved challenge. Pages let people wait instead. */
export class ProofNeeded extends Refusal {
  readonly occasion: Occasion;
  readonly hardness: number;
  /** Why, and what has become of the request, for people who know nothing of challenges. */
  readonly said: WhyNeeded;
  /** The path that gives the challenge to solve. */
  readonly challenges: string;

  constructor(
    text: Text,
    { occasion, hardness, said }: { occasion: Occasion; hardness: number; said?: WhyNeeded },
  ) {
    const challenges = challengesFor(occasion);
    super("proof-needed", text, { more: challengesAt({ challenges }) });
    this.challenges = challenges;
    this.occasion = occasion;
    this.hardness = hardness;
    this.said = said ?? whyNeeded[occasion[0]];
  }
}

/** Refuses a request that has to bring a solved challenge, and brings none or one that does not count. */
export const proofNeeded = (occasion: Occasion, hardness: number) => {
  const challenges = challengesFor(occasion);
  const { why, state } = whyNeeded[occasion[0]];
  const text = {
    id: `${why.id} Ambil tantangan di ${challenges}, selesaikan, lalu kirim lagi dengan jawabannya dalam tajuk Proof-Of-Work. ${state.id}`,
    en: `${why.en} Get a challenge at ${challenges}, solve it and send again with the solution in the header Proof-Of-Work. ${state.en}`,
  };
  return new ProofNeeded(text, { occasion, hardness });
};
