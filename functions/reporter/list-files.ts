import * as z from "zod";
import { attachmentsFor } from "../../shared/attachment/reading.ts";
import { circumstancesOf } from "../../shared/case/moves/circumstances-flow.ts";
import { legalMoves } from "../../shared/case/moves/conditions.ts";
import { caseOfReceipt } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { attachmentView } from "../../shared/case/views/attachment-view.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Counter } from "./counter.ts";

/** The files of a case, as its reporter sees them, and whether they may send one more. */
export const filesView = z.object({ files: z.array(attachmentView), mayAttach: z.boolean() });

/** What the page of files asks. The contract has the same in the view of the case, which another function answers. */
export const listFiles = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Lampiran sebuah laporan", en: "The files of a case" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: filesView },
    },
    async ({ path: { trackingNumber } }, caller) => {
      const found = await caseOfReceipt(counter, trackingNumber, caller);
      const at = counter.now();
      const [{ attachments }, circumstances] = await Promise.all([
        counter.evidence.attachments.of(trackingNumber),
        circumstancesOf(counter, found, at),
      ]);
      return ok({
        files: attachmentsFor(found, attachments, "reporter", caller.language, at),
        mayAttach: legalMoves(found, { role: "reporter", own: true }, circumstances).includes("attach"),
      });
    },
  );
