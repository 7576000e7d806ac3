import * as z from "zod";
import { attachmentPath, refuseUnlessReadable, whichCopy } from "../../shared/attachment/reading.ts";
import { asOfficer } from "../../shared/case/moves/move-flow.ts";
import { readerOf } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { elsewhere } from "../../shared/http/reply.ts";
import type { Desk } from "./desk.ts";

/** `GET /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}`: redirects to the inspected copy of a file. */
export const fetchAttachment = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Unduh lampiran sebagai petugas", en: "Download an attachment as an officer" },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), query: whichCopy },
      output: { 302: z.undefined() },
    },
    async ({ path, query }, { officer }) => {
      const { cases, evidence } = desk;
      const { found } = await asOfficer(desk, await cases.get(path.trackingNumber), officer);
      const place = query.thumbnail === "true" ? "thumbnails" : "clean";
      const one = await evidence.attachments.find(found.trackingNumber, path.attachmentId);
      refuseUnlessReadable(one, readerOf(officer.role), place);
      return elsewhere(await (await evidence.files()).download(place, one));
    },
  );
