import * as z from "zod";
import { attachmentPath, refuseUnlessReadable, whichCopy } from "../../shared/attachment/attachment.ts";
import type { Evidence } from "../../shared/attachment/upload-store.ts";
import type { CaseStore } from "../../shared/case/case-store.ts";
import { noSuchCase, receiptFits } from "../../shared/case/receipt.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { elsewhere, reporterEndpoint } from "../../shared/http.ts";

/**
 * `GET /v1/cases/{trackingNumber}/attachments/{attachmentId}`: goes on to the inspected copy of a file. For the reporter only:
 * the public sees no attachments.
 */
export const fetchAttachment = (cases: CaseStore, evidence: Omit<Evidence, "limits">) =>
  reporterEndpoint(
    {
      summary: { id: "Unduh lampiran", en: "Download an attachment" },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), query: whichCopy },
      output: { 302: z.undefined() },
    },
    async ({ path, query }, { receipt }) => {
      const found = await cases.get(path.trackingNumber);
      if (!found || !receiptFits(receipt, found.receiptHash)) throw noSuchCase();
      const place = query.thumbnail === "true" ? "thumbnails" : "clean";
      const one = await evidence.attachments.find(found.trackingNumber, path.attachmentId);
      refuseUnlessReadable(one, "reporter", place);
      return elsewhere(await (await evidence.files()).download(place, one));
    },
  );
