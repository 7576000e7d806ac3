import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { needProof, newChallenge } from "../../shared/traffic/challenge-flow.ts";
import { hardnessOf } from "../../shared/traffic/load.ts";
import { memoryTraffic } from "../fakes/memory/traffic-store.ts";
import { median, table } from "./table.ts";

const rounds = 3;
/** As in production: infra/config.ts. */
const threshold = { ofNetwork: 20, ofAll: 1_000 };
const reports = 1_000;

const occasion = ["report"] as const;
const at = new Date("2026-11-23T01:30:00Z");
const asHeader = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64");

/**
 * What proofs of work cost on one core of this machine: each hardness once solved, once checked, and what they add up to for who
 * sends a thousand reports from one network in ten minutes or from a thousand while the whole system is busy. We take it that a
 * core of a cheap phone needs four times as long, and that it has several.
 */
export async function proofsCost(): Promise<string> {
  const traffic = memoryTraffic();
  const solving: number[] = [0];
  const rows: string[][] = [];
  for (let hardness = 1; hardness <= 5; hardness++) {
    const took: number[] = [];
    const checked: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const challenge = await newChallenge(traffic, { occasion, hardness, at });
      let began = performance.now();
      const solution = await solveChallenge({ challenge, deriveKey });
      took.push(performance.now() - began);
      began = performance.now();
      const proof = asHeader({ challenge, solution });
      await needProof(traffic, { proof, network: "192.0.2.0/24", occasion, hardness, by: "bench", at });
      checked.push(performance.now() - began);
    }
    solving.push(median(took));
    rows.push([
      `hardness ${hardness}, one report`,
      median(took).toFixed(0),
      (median(took) / median(checked)).toFixed(0),
      (median(took) / (solving[1] ?? 1)).toFixed(1),
    ]);
  }
  const allOf = (countOf: (n: number) => { ofNetwork: number; ofAll: number }) =>
    Array.from({ length: reports }, (_, n) => solving[hardnessOf(countOf(n + 1), threshold)] ?? 0).reduce(
      (sum, ms) => sum + ms,
    );
  for (const [name, total] of [
    ["1,000 reports of one network", allOf((n) => ({ ofNetwork: n, ofAll: n }))],
    [
      "1,000 of a thousand networks, after 1,000 others",
      allOf((n) => ({ ofNetwork: 1, ofAll: reports + n })),
    ],
  ] as const)
    rows.push([name, total.toFixed(0), "-", (total / (solving[1] ?? 1)).toFixed(1)]);
  return table(["proof of work", "ms to solve", "solving/checking", "this/one report at hardness 1"], rows);
}

if (import.meta.main) console.log(await proofsCost());
