import * as z from "zod";
import { joinsSeenBy } from "../../shared/case/moves/joining/joining-flow.ts";
import { asOfficer, mayOpenAs } from "../../shared/case/moves/move-flow.ts";
import { noCaseForOfficer } from "../../shared/case/moves/refusals.ts";
import { readerOf } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { proofSeenBy, proofView } from "../../shared/case/views/proof-view.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Desk } from "./desk.ts";

/**
 * `GET /v1/officer/cases/{trackingNumber}/proof`: shows who may read the case the headings of all its events, to be checked by
 * `npm run verify:history`.
 */
export const proveHistory = (desk: Desk) =>
  officerEndpoint(
    {
      summary: {
        id: "Bukti lengkap bahwa riwayat laporan tidak diubah",
        en: "Full proof that the history of a case has not been changed",
      },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: proofView },
    },
    async ({ path }, { officer }) => {
      const file = await desk.cases.find(path.trackingNumber);
      if (!file) throw noCaseForOfficer();
      await asOfficer(desk, file.case, officer);
      const reader = readerOf(officer.role);
      return ok(
        proofSeenBy(file, reader, await joinsSeenBy(desk.cases, file, reader, mayOpenAs(desk, officer))),
      );
    },
  );
