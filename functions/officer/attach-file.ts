import * as z from "zod";
import { attaching } from "../../shared/attachment/announcement.ts";
import { roomForFile, uploadForm } from "../../shared/attachment/upload-flow.ts";
import { asOfficer, whereLegal } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { created } from "../../shared/http/reply.ts";
import type { Desk } from "./desk.ts";

/**
 * `POST /v1/officer/cases/{trackingNumber}/attachments`: gives a form to upload one file with. `leadsTo`: where the browser goes on
 * after the upload, for the form of a page.
 */
export const attachFile = (desk: Desk, leadsTo?: string) =>
  officerEndpoint(
    {
      summary: {
        id: "Minta tempat mengunggah lampiran sebagai petugas",
        en: "Ask for a place to upload an attachment as an officer",
      },
      input: { path: z.strictObject({ trackingNumber }), body: attaching },
      output: { 201: uploadForm },
      refusals: {
        conflict: contradictsCase,
        "too-many-requests": "Enough upload forms were asked for within a day.",
      },
    },
    async ({ path, body }, { officer }) => {
      const before = await asOfficer(desk, await desk.cases.get(path.trackingNumber), officer);
      const { found, by } = before;
      const form = await whereLegal(desk, before, "attach", () =>
        roomForFile(desk.evidence, found, body, { by, at: desk.now(), leadsTo }),
      );
      return created(form, `/v1/officer/cases/${found.trackingNumber}/attachments/${form.attachmentId}`);
    },
  );
