import * as z from "zod";
import { removableBy } from "../../shared/attachment/attachment.ts";
import { attachmentsFor } from "../../shared/attachment/reading.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { circumstancesOf } from "../../shared/case/moves/circumstances-flow.ts";
import { legalMoves } from "../../shared/case/moves/conditions.ts";
import { followersSeenBy, joinsSeenBy } from "../../shared/case/moves/joining/joining-flow.ts";
import { asOfficer, mayOpenAs } from "../../shared/case/moves/move-flow.ts";
import { noCaseForOfficer } from "../../shared/case/moves/refusals.ts";
import { readerOf, situationInWords } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { fileViewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { supportsSeen } from "../../shared/support/support-flow.ts";
import { type Desk, etagOf } from "./desk.ts";

/** `GET /v1/officer/cases/{trackingNumber}`: shows the whole case without the reporter's identity. */
export const showCase = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Lihat sebuah laporan sebagai petugas", en: "See a case as an officer" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: officerView },
    },
    async ({ path }, { officer, language }) => {
      const file = await desk.cases.find(path.trackingNumber);
      if (!file) throw noCaseForOfficer();
      const { who } = await asOfficer(desk, file.case, officer);
      const reader = readerOf(officer.role);
      const at = desk.now();
      const mayOpen = mayOpenAs(desk, officer);
      const [names, counting, { attachments }, joins, supports, followers] = await Promise.all([
        namesOf(desk.directory, file),
        countingOf(desk.directory, file.case.holder),
        desk.evidence.attachments.of(path.trackingNumber),
        joinsSeenBy(desk.cases, file, reader, mayOpen),
        supportsSeen(desk.cases, file.case),
        followersSeenBy(desk.cases, file.case, mayOpen),
      ]);
      const circumstances = await circumstancesOf(desk, file.case, at, counting);
      const legal = legalMoves(file.case, who, circumstances);
      const removable = legal.includes("remove-attachment")
        ? removableBy(attachments, who, circumstances)
        : undefined;
      return ok(
        {
          ...fileViewOf(file, reader, names, language, { ...counting, at }, joins),
          ...supports,
          ...(followers.length > 0 && {
            followedBy: followers.map((other) => ({
              trackingNumber: other.trackingNumber,
              status: other.status,
              statusText: situationInWords(other, language),
            })),
          }),
          attachments: attachmentsFor(file.case, attachments, reader, language, at).map((one) =>
            removable?.has(one.attachmentId) ? { ...one, mayRemove: true as const } : one,
          ),
          legalMoves: legal,
        },
        etagOf(file.case),
      );
    },
  );
