import * as z from "zod";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { newChallenge } from "../../shared/traffic/challenge-flow.ts";
import type { Door } from "../../shared/traffic/door-flow.ts";
import { hardnessAfter } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

const challenge = z
  .object({
    parameters: z.looseObject({
      algorithm: z.string(),
      nonce: z.string(),
      salt: z.string(),
      cost: z.int(),
      keyLength: z.int(),
      keyPrefix: z.string(),
    }),
    signature: z.string().optional(),
  })
  .meta({ id: "Challenge" });

/** `GET /v1/challenges`: gives a proof-of-work challenge of ALTCHA. The caller's network decides how hard it is. */
export const giveChallenge = (door: Door, traffic: TrafficStore, now = () => new Date()) =>
  endpoint(
    {
      summary: {
        id: "Tantangan untuk diselesaikan (ALTCHA) bila kiriman sedang sangat banyak",
        en: "A challenge to solve (ALTCHA) while there is very much traffic",
      },
      input: {},
      output: { 200: challenge },
    },
    async (_request, { network }) => {
      const at = now();
      const [ofReport, wrong] = await Promise.all([
        door.hardnessOfNext(network, at),
        traffic.countOf(["receipt", network], at),
      ]);
      const hardness = Math.max(1, ofReport, hardnessAfter(wrong));
      return ok(await newChallenge(traffic, { hardness, at }));
    },
  );
