import { addNote, internalNote } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/notes`: leaves a note for officers only. */
export const noteInternally = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "note",
      summary: { id: "Catatan internal antarpetugas", en: "An internal note among officers" },
      body: internalNote,
    },
    (body, { found, act }) => addNote(found, body, act),
  );
