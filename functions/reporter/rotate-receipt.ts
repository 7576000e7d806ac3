import * as z from "zod";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { actOf, byReporter } from "../../shared/case/moves/act-flow.ts";
import { rotateReceipt } from "../../shared/case/moves/reporter.ts";
import { receiptFits, renewedReceipt } from "../../shared/case/receipt/receipt.ts";
import { caseOfReceipt } from "../../shared/case/receipt/receipt-flow.ts";
import { receiptRenderings } from "../../shared/case/receipt/receipt-sheet.ts";
import { idempotencyKey } from "../../shared/case/submission/idempotency-key.ts";
import { keyHash } from "../../shared/case/submission/retry.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Counter } from "./counter.ts";

/** How often it is tried: an officer's move may come in between, and the case is then read again. */
const attempts = 5;

/**
 * `POST /v1/cases/{trackingNumber}/receipt-rotation`: gives a new receipt. The old one stops working at once.
 * A reporter who lost the answer asks again with the old receipt and the same Idempotency-Key.
 */
export const rotateReceiptOfCase = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Ganti tanda terima laporan ini", en: "Replace the receipt of this report" },
      input: {
        path: z.strictObject({ trackingNumber }),
        header: z.object({ "idempotency-key": idempotencyKey }),
      },
      output: { 200: z.object({ trackingNumber: z.string(), receipt: z.string() }) },
      refusals: { "too-many-requests": "The receipt was replaced too often within an hour" },
      hasRenderings: true,
    },
    async ({ path: { trackingNumber }, header }, caller) => {
      const key = header["idempotency-key"];
      const renewed = renewedReceipt(caller.receipt, key);
      const brought = { ...caller, by: keyHash(key) };
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const found = await caseOfReceipt(counter, trackingNumber, brought, renewed);
        const act = actOf(byReporter, counter.now());
        const rotated =
          receiptFits(renewed, found.receiptHash) ||
          (await counter.cases.append(found, rotateReceipt(found, renewed, act)));
        if (!rotated) continue;
        // A mail that still waits to bring the old receipt goes out without it.
        await counter.reporters.forgetReceipt(trackingNumber);
        const { timeZone } = await countingOf(counter.directory, found.holder);
        const given = { trackingNumber, receipt: renewed };
        const sheet = { ...given, receivedAt: found.submittedAt, timeZone, siteUrl: counter.frame.siteUrl };
        return { ...ok(given), renderings: receiptRenderings(sheet, caller.language) };
      }
      throw new Refusal("unavailable", {
        id: "Laporan ini sedang diubah oleh petugas. Tanda terima Anda belum diganti; coba lagi sebentar lagi.",
        en: "Officers are changing this report right now. Your receipt is still the same; try again shortly.",
      });
    },
  );
