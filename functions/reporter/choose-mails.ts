import * as z from "zod";
import { noSuchCase, receiptFits } from "../../shared/case/receipt.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { ok, reporterEndpoint } from "../../shared/http.ts";
import type { Counter } from "./counter.ts";

const choice = z.strictObject({ mails: z.boolean() });

/**
 * `PUT /v1/cases/{trackingNumber}/mail-settings`: whether mails about this case go out. Answers the same whether or not
 * an address was left.
 */
export const chooseMails = ({ cases, reporters }: Counter) =>
  reporterEndpoint(
    {
      summary: {
        id: "Terima atau hentikan surat tentang laporan ini",
        en: "Get or stop mails about this report",
      },
      input: { path: z.strictObject({ trackingNumber }), body: choice },
      output: { 200: choice },
    },
    async ({ path, body }, { receipt }) => {
      const found = await cases.get(path.trackingNumber);
      if (!found || !receiptFits(receipt, found.receiptHash)) throw noSuchCase();
      await reporters.stopMails(path.trackingNumber, !body.mails);
      return ok(body);
    },
  );
