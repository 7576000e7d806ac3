import * as z from "zod";
import { contradictsCase } from "../../../shared/case/moves/refusals.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { supportCase as countSupport } from "../../../shared/support/support-flow.ts";
import type { Door } from "../../../shared/traffic/door-flow.ts";
import { proofOfWork } from "../../../shared/traffic/load.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

const input = {
  path: z.strictObject({ trackingNumber }),
  header: z.object({ "proof-of-work": proofOfWork }),
  body: z.strictObject({
    device: z
      .uuid()
      .describe("A random name that the device keeps for itself. It counts once a day (UTC) for each case."),
  }),
};

export const supportCounted = z.object({
  trackingNumber: z
    .string()
    .describe("Where the support counts: the first report, where this one was joined to it"),
  supports: z.object({ count: z.int() }),
});

/** `POST /v1/cases/{trackingNumber}/supports`: says "I have this too". A repeat on the same day gets the same answer. */
export const supportCase = (
  stores: { cases: CaseStore; traffic: TrafficStore; door: Door },
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: { id: "Dukung sebuah laporan: saya juga mengalaminya", en: "Support a case: I have this too" },
      input,
      output: { 200: supportCounted },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, body: { device } }, { network, proof }) => {
      const { trackingNumber, count } = await countSupport(stores, {
        trackingNumber: path.trackingNumber,
        device,
        network,
        proof,
        at: now(),
      });
      return ok({ trackingNumber, supports: { count } });
    },
  );
