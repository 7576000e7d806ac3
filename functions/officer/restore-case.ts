import { holderNow } from "../../shared/case/moves/holder-flow.ts";
import { restoration, restore } from "../../shared/case/moves/officer.ts";
import { agenciesNow } from "../../shared/directory/succession-flow.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/restoration`: takes a case out of the archive. */
export const restoreCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "restore",
      summary: { id: "Pulihkan laporan dari arsip", en: "Restore a case from the archive" },
      body: restoration,
    },
    async (body, { found, act }) => {
      const { case: restored } = restore(found, body, act);
      return restore(found, body, {
        ...act,
        inPlace: await holderNow(agenciesNow(desk.directory), restored, desk),
      });
    },
  );
