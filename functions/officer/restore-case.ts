import { holderNow } from "../../shared/case/moves/handing/holder-flow.ts";
import { grantObjection } from "../../shared/case/moves/objection/objection.ts";
import { restoration, restore } from "../../shared/case/moves/officer.ts";
import { agenciesNow } from "../../shared/directory/succession-flow.ts";
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
    async (body, { found, act }) => {
      const { objection } = found;
      const restored = objection
        ? grantObjection(found, body, { ...act, to: objection.from })
        : restore(found, body, act);
      const to = await holderNow(agenciesNow(desk.directory), restored.case, desk);
      return objection
        ? grantObjection(found, body, { ...act, to })
        : restore(found, body, { ...act, inPlace: to });
    },
  );
