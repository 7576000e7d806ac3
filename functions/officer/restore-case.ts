import { grantObjection } from "../../shared/case/moves/objection/objection.ts";
import { givenBackTo } from "../../shared/case/moves/objection/review-flow.ts";
import { restoration, restore } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/restoration`: takes a case out of the archive, also because an objection is right. */
export const restoreCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "restore",
      summary: { id: "Pulihkan laporan dari arsip", en: "Restore a case from the archive" },
      body: restoration,
    },
    async (body, { found, act }) =>
      found.objection
        ? grantObjection(found, body, { ...act, to: await givenBackTo(desk, found) })
        : restore(found, body, act),
  );
