import { randomBytes } from "node:crypto";
import { keyedOutline, outlineOf, outlinesKept, resembles } from "../text/outline.ts";
import { needProof } from "./challenge-flow.ts";
import { openUnder, sealUnder } from "./day-key.ts";
import {
  type Counted,
  countedAlone,
  counterName,
  countsOfLight,
  hardnessOf,
  hardnessOfLight,
  type LightRequest,
  type Threshold,
  utcDate,
  windowEnd,
} from "./load.ts";
import type { TrafficStore } from "./traffic-store.ts";

/**
 * Which other reports one is compared with, earlier and later ones: those of its network, the anonymous ones of everybody, or
 * none. Were an anonymous report compared within its network, whoever sends its words from an office, before it or after it,
 * would learn from the mark whether it came from there.
 */
export type Compared = "in-its-network" | "everywhere" | "nowhere";

/** Who sends a report, and what of it is counted and compared. */
export interface Arriving {
  network: string;
  text: string;
  compared: Compared;
  /** A solved challenge, where they brought one. */
  proof: string | undefined;
  /** Whose request it is, so that a repeat of it may bring the same challenge. */
  by: string;
  at: Date;
}

export interface Admitted {
  /** Whether nearly the same came in these minutes. */
  alike: boolean;
  /** Has later reports compared with this one. */
  remember(): Promise<void>;
}

/** What every report comes in by, whatever its channel: it counts them, asks for proofs and sees which are alike. */
export interface Door {
  /** Counts a report. Refuses it where it has to bring a solved challenge and brings none. */
  admit(arriving: Arriving): Promise<Admitted>;
  /** Counts a support or a search apart from reports. Refuses it where it has to bring a solved challenge and brings none. */
  admitLight(light: LightRequest, given: Pick<Arriving, "proof" | "by" | "at">): Promise<void>;
  /** How hard a challenge the next report of a network, or the next light request, has to solve. */
  hardnessOfNext(next: string | LightRequest, at: Date): Promise<number>;
}

/** What this instance knows of one network, or of all together, in the window of now. */
interface Tally {
  /** Reports that the shared count lacks. */
  alone: number;
  /** The shared count, and the outlines of all instances, when this one last added to them. */
  shared: number;
  sharedOutlines: string[];
  /** Outlines that nobody else knows yet, sealed: their hashes have no key yet, and could be guessed word by word. */
  ownOutlines: Buffer[];
  /** What they are sealed under. */
  secret: string;
}

const freshSecret = () => randomBytes(32).toString("base64url");

const allReports: Counted = ["all-reports"];
/** Stands in for the name of a network where reports of all networks are compared. */
const everywhere = "everywhere";

/**
 * The door of one instance of a function. It counts in its own memory and adds to the shared count only when it has counted as
 * many as it may by itself (`countedAlone`), so that on an ordinary day a report costs no request here.
 */
export function openDoor(traffic: TrafficStore, threshold: Threshold): Door {
  let tallies = new Map<string, Tally>();
  let secret = "";
  let until = 0;

  /** The name of a tally is under a secret of its window, so that no network stays in memory. */
  const nameOf = (counted: Counted, at: Date): string => {
    if (until !== windowEnd(at)) {
      until = windowEnd(at);
      secret = freshSecret();
      tallies = new Map();
    }
    return counterName(secret, counted, at);
  };
  const tallyOf = (counted: Counted, at: Date): Tally => {
    const name = nameOf(counted, at);
    const tally = tallies.get(name) ?? {
      alone: 0,
      shared: 0,
      sharedOutlines: [],
      ownOutlines: [],
      secret: freshSecret(),
    };
    tallies.set(name, tally);
    return tally;
  };

  const add = async (tally: Tally, counted: Counted, allowedAlone: number, at: Date): Promise<number> => {
    tally.alone++;
    const more = tally.alone;
    if (more > allowedAlone) {
      tally.alone = 0;
      try {
        tally.shared = await traffic.count(counted, at, more);
      } catch (error) {
        tally.alone += more;
        throw error;
      }
    }
    return tally.shared + tally.alone;
  };

  const ownOf = (tally: Tally): string[] => tally.ownOutlines.map((one) => openUnder(tally.secret, one));

  /** Whether an instance has just added its count to the shared one: then it shares outlines too. */
  const hasShared = (tally: Tally): boolean => tally.alone === 0;

  /** Hands over what this instance alone knows, together with its count. */
  const share = async (tally: Tally, network: string, at: Date): Promise<void> => {
    if (!hasShared(tally) || tally.ownOutlines.length === 0) return;
    const key = await traffic.keyOf("outlines", utcDate(at));
    const own = ownOf(tally).map((outline) => keyedOutline(key, outline));
    tally.ownOutlines = [];
    tally.sharedOutlines = [...tally.sharedOutlines, ...own].slice(-outlinesKept);
    await traffic.keepOutlines(network, tally.sharedOutlines, at);
  };

  const isAlike = async (tally: Tally, outline: string, at: Date): Promise<boolean> =>
    resembles(outline, ownOf(tally)) ||
    (tally.sharedOutlines.length > 0 &&
      resembles(keyedOutline(await traffic.keyOf("outlines", utcDate(at)), outline), tally.sharedOutlines));

  return {
    async admit({ network, text, compared, proof, by, at }) {
      const counted: Counted = ["report", network];
      const alone = countedAlone(threshold);
      const [mine, all] = [tallyOf(counted, at), tallyOf(allReports, at)];
      const [ofNetwork, ofAll] = await Promise.all([
        add(mine, counted, alone.ofNetwork, at),
        add(all, allReports, alone.ofAll, at),
      ]);
      const hardness = hardnessOf({ ofNetwork, ofAll }, threshold);
      if (hardness > 0) await needProof(traffic, { proof, network, occasion: ["report"], hardness, by, at });
      if (!threshold.holdsAlike) return { alike: false, remember: async () => {} };
      const rooms = [
        { tally: mine, name: network, holds: compared === "in-its-network" },
        { tally: all, name: everywhere, holds: compared === "everywhere" },
      ];
      for (const { tally, name } of rooms)
        if (hasShared(tally)) tally.sharedOutlines = await traffic.outlinesOf(name, at);
      const outline = outlineOf(text);
      const alike =
        (compared === "in-its-network" && (await isAlike(mine, outline, at))) ||
        (compared !== "nowhere" && (await isAlike(all, outline, at)));
      return {
        alike,
        async remember() {
          for (const { tally, name, holds } of rooms) {
            // Of those that are alike only the first is compared with.
            if (!alike && holds)
              tally.ownOutlines = [...tally.ownOutlines, sealUnder(tally.secret, outline)].slice(
                -outlinesKept,
              );
            await share(tally, name, at);
          }
        },
      };
    },

    async admitLight(light, { proof, by, at }) {
      const counts = await Promise.all(
        countsOfLight(light, threshold).map(async ({ counted, free, alone }) => ({
          count: await add(tallyOf(counted, at), counted, alone, at),
          free,
        })),
      );
      const hardness = hardnessOfLight(counts);
      if (hardness > 0)
        await needProof(traffic, { proof, network: light[1], occasion: light, hardness, by, at });
    },

    async hardnessOfNext(asked, at) {
      const next = async (counted: Counted) =>
        (await traffic.countOf(counted, at)) + (tallies.get(nameOf(counted, at))?.alone ?? 0) + 1;
      if (typeof asked !== "string")
        return hardnessOfLight(
          await Promise.all(
            countsOfLight(asked, threshold).map(async ({ counted, free }) => ({
              count: await next(counted),
              free,
            })),
          ),
        );
      const [ofNetwork, ofAll] = await Promise.all([next(["report", asked]), next(allReports)]);
      return hardnessOf({ ofNetwork, ofAll }, threshold);
    },
  };
}
