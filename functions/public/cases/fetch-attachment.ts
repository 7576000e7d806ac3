import * as z from "zod";
import { attachmentPath, refuseUnlessReadable, whichCopy } from "../../../shared/attachment/reading.ts";
import type { Evidence } from "../../../shared/attachment/upload-flow.ts";
import { caseOfReceipt } from "../../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../../shared/http/endpoint.ts";
import { elsewhere } from "../../../shared/http/reply.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/**
 * `GET /v1/cases/{trackingNumber}/attachments/{attachmentId}`: redirects the reporter to the inspected copy of a file. The
 * public sees no attachments.
 */
export const fetchAttachment = (
  cases: CaseStore,
  { evidence, traffic }: { evidence: Omit<Evidence, "limits">; traffic: TrafficStore },
  now: () => Date,
) =>
  reporterEndpoint(
    {
      summary: { id: "Unduh lampiran", en: "Download an attachment" },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), query: whichCopy },
      output: { 302: z.undefined() },
    },
    async ({ path: { trackingNumber, attachmentId }, query }, caller) => {
      const found = await caseOfReceipt({ cases, traffic, now }, trackingNumber, caller);
      const place = query.thumbnail === "true" ? "thumbnails" : "clean";
      const one = await evidence.attachments.find(found.trackingNumber, attachmentId);
      refuseUnlessReadable(one, "reporter", place);
      return elsewhere(await (await evidence.files()).download(place, one));
    },
  );
