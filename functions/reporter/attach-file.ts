import * as z from "zod";
import { attaching } from "../../shared/attachment/announcement.ts";
import { roomForFile, uploadForm } from "../../shared/attachment/upload-flow.ts";
import { whereLegal } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { created } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import type { Counter } from "./counter.ts";

/**
 * `POST /v1/cases/{trackingNumber}/attachments`: a form to upload one file with. A page asks it with the address to which the bucket
 * leads the browser afterwards.
 */
export const attachFile = (
  counter: Counter,
  leadsTo?: (trackingNumber: string, language: Language) => string | undefined,
) =>
  reporterEndpoint(
    {
      summary: { id: "Minta tempat mengunggah lampiran", en: "Ask for a place to upload an attachment" },
      input: { path: z.strictObject({ trackingNumber }), body: attaching },
      output: { 201: uploadForm },
      refusals: {
        conflict: contradictsCase,
        "too-many-requests": "Enough upload forms were asked for within a day.",
      },
    },
    async ({ path, body }, caller) => {
      const before = await asReporter(counter, path.trackingNumber, caller);
      const { found, by } = before;
      const { language } = caller;
      const form = await whereLegal(counter, before, "attach", () =>
        roomForFile(counter.evidence, found, body, {
          by,
          at: counter.now(),
          language,
          leadsTo: leadsTo?.(found.trackingNumber, language),
        }),
      );
      return created(form, `/v1/cases/${found.trackingNumber}/attachments/${form.attachmentId}`);
    },
  );
