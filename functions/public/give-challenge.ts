import * as z from "zod";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { hardnessOfReceipt, newChallenge } from "../../shared/traffic/challenge-flow.ts";
import type { Door } from "../../shared/traffic/door-flow.ts";
import type { Occasion } from "../../shared/traffic/load.ts";
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

const query = z.strictObject({
  trackingNumber: trackingNumber
    .optional()
    .describe(
      "With it the challenge is for the receipt of that case and counts for that alone; without it, for a report",
    ),
});

/**
 * `GET /v1/challenges`: gives a proof-of-work challenge of ALTCHA. What the caller's network sent decides how hard it is, and
 * never whether there is such a case.
 */
export const giveChallenge = (door: Door, traffic: TrafficStore, now = () => new Date()) =>
  endpoint(
    {
      summary: {
        id: "Tantangan untuk diselesaikan (ALTCHA) bila laporan atau tanda terima yang salah datang sangat banyak",
        en: "A challenge to solve (ALTCHA) while there are very many reports or wrong receipts",
      },
      input: { query },
      output: { 200: challenge },
    },
    async ({ query: { trackingNumber } }, { network }) => {
      const at = now();
      const occasion: Occasion =
        trackingNumber === undefined ? ["report"] : ["receipt", network, trackingNumber];
      const hardness = await (trackingNumber === undefined
        ? door.hardnessOfNext(network, at)
        : hardnessOfReceipt(traffic, network, trackingNumber, at));
      return ok(await newChallenge(traffic, { occasion, hardness: Math.max(1, hardness), at }));
    },
  );
