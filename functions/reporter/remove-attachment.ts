import * as z from "zod";
import { attachmentPath, attachmentsFor } from "../../shared/attachment/reading.ts";
import { removeFile } from "../../shared/attachment/removal-flow.ts";
import { viewAfter } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Counter } from "./counter.ts";

/**
 * `POST /v1/cases/{trackingNumber}/attachments/{attachmentId}/removal`: removes a file of one's own, its copy and its original.
 * Asked for again it changes nothing.
 */
export const removeMyAttachment = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Hapus lampiran saya", en: "Remove a file of mine" },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), body: z.strictObject({}) },
      output: { 200: reporterView },
      refusals: { conflict: contradictsCase },
    },
    async ({ path: { trackingNumber, attachmentId } }, caller) => {
      const { language } = caller;
      const before = await asReporter(counter, trackingNumber, caller);
      const made = await removeFile(counter, before, { attachmentId, language });
      const { attachments } = await counter.evidence.attachments.of(trackingNumber);
      return ok({
        ...(await viewAfter(counter, made, language)),
        attachments: attachmentsFor(made.after, attachments, "reporter", language, made.at),
      });
    },
  );
