import { progress, progressNote } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/progress`: tells everybody who may read the case what is being done. */
export const noteProgress = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "progress",
      summary: { id: "Catat perkembangan untuk semua orang", en: "Note progress for everybody" },
      body: progressNote,
    },
    (body, { found, act }) => progress(found, body, act),
  );
