import * as z from "zod";
import { joinsSeenBy } from "../../../shared/case/moves/joining/joining-flow.ts";
import { noSuchCase } from "../../../shared/case/receipt/receipt.ts";
import { caseOfReceipt } from "../../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { proofSeenBy, proofView } from "../../../shared/case/views/proof-view.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/**
 * `GET /v1/cases/{trackingNumber}/proof`: shows the history of a case to the public, or more of it to its reporter. A salted hash
 * replaces everything that anybody told. `npm run verify:history` checks the proof without us.
 */
export const proveHistory = (cases: CaseStore, traffic: TrafficStore, now: () => Date) =>
  endpoint(
    {
      summary: {
        id: "Bukti bahwa riwayat laporan tidak diubah",
        en: "Proof that the history of a case has not been changed",
      },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: proofView },
      takesReceipt: true,
    },
    async ({ path: { trackingNumber } }, { receipt, language: _, ...from }) => {
      if (receipt !== undefined)
        await caseOfReceipt({ cases, traffic, now }, trackingNumber, { receipt, ...from });
      const file = await cases.find(trackingNumber);
      if (!file) throw noSuchCase();
      const reader = receipt === undefined ? "public" : "reporter";
      return ok(proofSeenBy(file, reader, await joinsSeenBy(cases, file, reader)));
    },
  );
