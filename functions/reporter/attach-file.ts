import * as z from "zod";
import { attaching } from "../../shared/attachment/attachment.ts";
import { roomForFile, uploadForm } from "../../shared/attachment/upload-flow.ts";
import { refuseUnlessLegal } from "../../shared/case/moves/table.ts";
import { caseOfHolder } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { created } from "../../shared/http/reply.ts";
import { type Counter, who } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/attachments`: a form to upload one file with. */
export const attachFile = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Minta tempat mengunggah lampiran", en: "Ask for a place to upload an attachment" },
      input: { path: z.strictObject({ trackingNumber }), body: attaching },
      output: { 201: uploadForm },
    },
    async ({ path: { trackingNumber }, body }, { receipt, network, proof }) => {
      const at = counter.now();
      const found = await caseOfHolder(counter, { trackingNumber, receipt, network, proof, at });
      refuseUnlessLegal(found, "attach", who);
      const form = await roomForFile(counter.evidence, found, body, {
        by: { role: "reporter" },
        at,
      });
      return created(form, `/v1/cases/${found.trackingNumber}/attachments/${form.attachmentId}`);
    },
  );
