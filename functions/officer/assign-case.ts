import { assign, assignment } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/assignment` */
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
    async (body, { found, act, within, target }) =>
      assign(found, body, { ...act, within, target: await target(body.agencyId) }),
  );
