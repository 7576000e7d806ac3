import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { refuseFields } from "../../../shared/refusal.ts";
import { hardnessOfReceipt, newChallenge } from "../../../shared/traffic/challenge-flow.ts";
import type { Door } from "../../../shared/traffic/door-flow.ts";
import { lightRequests, type Occasion } from "../../../shared/traffic/load.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

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
  for: z
    .enum(lightRequests)
    .optional()
    .describe(
      "With it the challenge is for a support of the case that trackingNumber names, or for a search",
    ),
  trackingNumber: trackingNumber
    .optional()
    .describe(
      "With it the challenge is for the receipt of that case and counts for that alone; without it, for a report",
    ),
});

function occasionOf({ for: light, trackingNumber }: z.output<typeof query>, network: string): Occasion {
  if (light === "search") return ["search", network];
  if (light === undefined)
    return trackingNumber === undefined ? ["report"] : ["receipt", network, trackingNumber];
  if (trackingNumber === undefined)
    throw refuseFields([
      {
        in: "query",
        path: "trackingNumber",
        message: {
          id: "Sebutkan nomor pelacakan laporan yang Anda dukung.",
          en: "Name the tracking number of the report that you support.",
        },
      },
    ]);
  return ["support", network, trackingNumber];
}

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
    async ({ query }, { network }) => {
      const at = now();
      const occasion = occasionOf(query, network);
      const [what, , trackingNumber] = occasion;
      const hardness = await (what === "receipt"
        ? hardnessOfReceipt(traffic, network, trackingNumber, at)
        : door.hardnessOfNext(what === "report" ? network : occasion, at));
      return ok(await newChallenge(traffic, { occasion, hardness: Math.max(1, hardness), at }));
    },
  );
