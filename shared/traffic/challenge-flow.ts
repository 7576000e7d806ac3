import { type Challenge, createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import * as z from "zod";
import { nameUnder } from "./day-key.ts";
import { counterFor, hardnessAfter, type Occasion, proofNeeded, utcDate } from "./load.ts";
import type { TrafficStore } from "./traffic-store.ts";
import { isTicket } from "./waiting.ts";
import { acceptTicket } from "./waiting-flow.ts";

const cost = 1_000;
const validSeconds = 10 * 60;

/** What a form's ALTCHA field sends in base64: a challenge of ours and its solution. */
const payload = z.object({
  challenge: z.looseObject({
    parameters: z.looseObject({
      nonce: z.string(),
      data: z.object({ hardness: z.int(), day: z.iso.date(), until: z.int() }),
    }),
    signature: z.string(),
  }),
  solution: z.looseObject({ counter: z.int(), derivedKey: z.string() }),
});

/** The occasion is part of the signature, so the challenge itself names neither a network nor a case. */
const secretsOf = async (traffic: TrafficStore, day: string, occasion: Occasion) => {
  const key = await traffic.keyOf("challenges", day);
  return {
    hmacSignatureSecret: nameUnder(key, ["challenge", ...occasion]),
    hmacKeySignatureSecret: nameUnder(key, ["solution", ...occasion]),
  };
};

/**
 * A challenge of ALTCHA. Its solver derives some thousand keys, we derive one. Our own field says how long it holds, because
 * ALTCHA's field goes by the clock of the machine.
 */
export async function newChallenge(
  traffic: TrafficStore,
  { occasion, hardness, at }: { occasion: Occasion; hardness: number; at: Date },
): Promise<Challenge> {
  const day = utcDate(at);
  return createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost,
    counter: counterFor(hardness),
    deriveKey,
    data: { hardness, day, until: Math.floor(at.getTime() / 1000) + validSeconds },
    ...(await secretsOf(traffic, day, occasion)),
  });
}

const decoded = (proof: string): z.infer<typeof payload> | undefined => {
  try {
    return payload.safeParse(JSON.parse(Buffer.from(proof, "base64").toString())).data;
  } catch {
    return undefined;
  }
};

/**
 * Refuses a request without a solved challenge that was given for this occasion, that is hard enough and that nobody else has
 * used. A challenge that was given out just before it got harder counts. `by` says whose request it is, so that a repeat of it
 * passes. A ticket of the waiting room counts too, for the network that took it.
 */
export async function needProof(
  traffic: TrafficStore,
  {
    proof,
    network,
    occasion,
    hardness,
    by,
    at,
  }: {
    proof: string | undefined;
    network: string;
    occasion: Occasion;
    hardness: number;
    by: string;
    at: Date;
  },
): Promise<void> {
  if (proof !== undefined && isTicket(proof)) {
    if (await acceptTicket(traffic, proof, { network, occasion, by, at })) return;
    throw proofNeeded(occasion, hardness);
  }
  const given = proof === undefined ? undefined : decoded(proof);
  if (!given) throw proofNeeded(occasion, hardness);
  const { challenge, solution } = given;
  const { nonce, data } = challenge.parameters;
  const recent = [utcDate(at), utcDate(new Date(at.getTime() - validSeconds * 1000))];
  if (data.hardness < hardness - 1 || data.until * 1000 < at.getTime() || !recent.includes(data.day))
    throw proofNeeded(occasion, hardness);
  const { verified } = await verifySolution({
    challenge: challenge as unknown as Challenge,
    solution,
    deriveKey,
    ...(await secretsOf(traffic, data.day, occasion)),
  });
  if (!verified || !(await traffic.use(nonce, by, new Date(data.until * 1000))))
    throw proofNeeded(occasion, hardness);
}

/**
 * How hard a challenge a receipt for a case has to come with, from a network. It depends on what that network tried, and not on
 * whether there is such a case.
 */
export async function hardnessOfReceipt(
  traffic: TrafficStore,
  network: string,
  trackingNumber: string,
  at: Date,
): Promise<number> {
  const [ofCase, ofNetwork] = await Promise.all([
    traffic.countOf(["receipt", network, trackingNumber], at),
    traffic.countOf(["receipt", network], at),
  ]);
  return hardnessAfter({ ofCase, ofNetwork });
}
