import * as z from "zod";
import { caseOfReceipt } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Counter } from "./counter.ts";

const choice = z.strictObject({ mails: z.boolean() });

/**
 * `PUT /v1/cases/{trackingNumber}/mail-settings`: switches mails about this case on or off. The answer does not tell
 * whether the reporter left an address.
 */
export const chooseMails = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: {
        id: "Terima atau hentikan email tentang laporan ini",
        en: "Get or stop emails about this report",
      },
      input: { path: z.strictObject({ trackingNumber }), body: choice },
      output: { 200: choice },
    },
    async ({ path: { trackingNumber }, body }, caller) => {
      await caseOfReceipt(counter, trackingNumber, caller);
      await counter.reporters.stopMails(trackingNumber, !body.mails);
      // Whoever asks for mails says that their address takes them. One mail shows whether it does.
      if (body.mails) await counter.reporters.freeAddress(trackingNumber, counter.now());
      return ok(body);
    },
  );
