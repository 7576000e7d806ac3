import { type Challenge, solveChallengeWorkers } from "altcha-lib";
import { workerAddress } from "./worker-address.ts";

/** Old phones have many slow cores, and need one for the person. */
const workersAtMost = 4;

/** Each policy of Trusted Types is made once a page. */
let address: string | undefined;

/**
 * Fetches a challenge of ALTCHA and solves it in workers. Answers what goes into the header Proof-Of-Work, or undefined where
 * the person cancels or time is over. Rejects where a challenge cannot be had.
 */
export async function proofFor(
  challenges: string,
  workerPath: string,
  controller: AbortController,
): Promise<string | undefined> {
  const response = await fetch(challenges, {
    credentials: "same-origin",
    cache: "no-store",
    signal: controller.signal,
  });
  if (!response.ok) throw new Error(`A challenge answers ${response.status}`);
  const challenge = (await response.json()) as Challenge;
  address ??= workerAddress("proof-worker", workerPath);
  const from = address;
  const solution = await solveChallengeWorkers({
    challenge,
    controller,
    concurrency: Math.min(workersAtMost, Math.max(1, (navigator.hardwareConcurrency || 2) - 1)),
    createWorker: () => new Worker(from),
    // A challenge holds for ten minutes. A very old phone gets nearly all of them.
    timeout: 8 * 60_000,
  });
  return solution ? btoa(JSON.stringify({ challenge, solution })) : undefined;
}
