import * as z from "zod";
import { attachmentPath, attachmentsFor } from "../../shared/attachment/reading.ts";
import { removal, removeFile } from "../../shared/attachment/removal-flow.ts";
import { asOfficer, viewAfter } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { readerOf } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { type Desk, etagOf } from "./desk.ts";

/**
 * `POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/removal`: removes a file that the officer's agency attached.
 * Asked for again it changes nothing.
 */
export const removeAttachment = (desk: Desk) =>
  officerEndpoint(
    {
      summary: {
        id: "Hapus lampiran instansi sendiri",
        en: "Remove a file that one's own agency attached",
      },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), body: removal },
      output: { 200: officerView },
      refusals: { conflict: contradictsCase },
    },
    async ({ path: { trackingNumber, attachmentId }, body }, { officer, language }) => {
      const before = await asOfficer(desk, await desk.cases.get(trackingNumber), officer);
      const made = await removeFile(desk, before, { attachmentId, ...body, language });
      const { attachments } = await desk.evidence.attachments.of(trackingNumber);
      const files = attachmentsFor(made.after, attachments, readerOf(officer.role), language, made.at);
      return ok({ ...(await viewAfter(desk, made, language)), attachments: files }, etagOf(made.after));
    },
  );
