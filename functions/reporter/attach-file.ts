import * as z from "zod";
import { attaching } from "../../shared/attachment/announcement.ts";
import { roomForFile, uploadForm } from "../../shared/attachment/upload-flow.ts";
import { refuseUnlessLegal } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { created } from "../../shared/http/reply.ts";
import type { Counter } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/attachments`: a form to upload one file with. */
export const attachFile = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Minta tempat mengunggah lampiran", en: "Ask for a place to upload an attachment" },
      input: { path: z.strictObject({ trackingNumber }), body: attaching },
      output: { 201: uploadForm },
      refusals: { 429: "Enough upload forms were asked for within a day" },
    },
    async ({ path, body }, caller) => {
      const { found, who, by } = await asReporter(counter, path.trackingNumber, caller);
      refuseUnlessLegal(found, "attach", who);
      const form = await roomForFile(counter.evidence, found, body, {
        by,
        at: counter.now(),
        language: caller.language,
      });
      return created(form, `/v1/cases/${found.trackingNumber}/attachments/${form.attachmentId}`);
    },
  );
