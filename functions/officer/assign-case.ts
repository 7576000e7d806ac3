import { assign, assignment, territoryOf } from "../../shared/case/moves/handing/handing.ts";
import { type Desk, officerMove, targetOf } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/assignment`: gives a case to the agency or unit that has to act. */
export const assignCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "assign",
      summary: {
        id: "Disposisikan laporan kepada instansi atau unit",
        en: "Assign a case to an agency or unit",
      },
      body: assignment,
    },
    async (body, { found, act, officer }) =>
      assign(found, body, {
        ...act,
        within: territoryOf(officer, "assign"),
        target: await targetOf(desk, body.agencyId),
      }),
  );
