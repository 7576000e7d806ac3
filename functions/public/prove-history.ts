import * as z from "zod";
import { eventProof, proofOf } from "../../shared/case/history.ts";
import { noSuchCase } from "../../shared/case/receipt/receipt.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { historyFormat } from "../../shared/chain.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";

const proof = z.object({
  /** Names the format of the hashes, which docs/history-format.md describes. */
  format: z.literal(historyFormat),
  trackingNumber: z.string(),
  /** The last event, as the state of the case names it. */
  head: z.object({ sequence: z.int(), hash: z.string() }),
  events: z.array(eventProof),
});

/**
 * `GET /v1/cases/{trackingNumber}/proof`: shows the history of a case. A salted hash replaces everything that anybody
 * told. `npm run verify:history` checks the proof without us.
 */
export const proveHistory = (cases: CaseStore) =>
  endpoint(
    {
      summary: {
        id: "Bukti bahwa riwayat laporan tidak diubah",
        en: "Proof that the history of a case has not been changed",
      },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: proof },
    },
    async ({ path }) => {
      const file = await cases.find(path.trackingNumber);
      if (!file) throw noSuchCase();
      const { version, lastHash, trackingNumber: number } = file.case;
      return ok({
        format: historyFormat,
        trackingNumber: number,
        head: { sequence: version, hash: lastHash },
        events: file.events.map(proofOf),
      });
    },
  );
