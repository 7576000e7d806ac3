import { archive, archiving } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/archival`: archives a case for a reason. */
export const archiveCase = (desk: Desk) =>
  officerMove(
    desk,
    { move: "archive", summary: { id: "Arsipkan sebuah laporan", en: "Archive a case" }, body: archiving },
    async (body, { found, act }) =>
      archive(found, body, {
        ...act,
        original: body.duplicateOf === undefined ? undefined : await desk.cases.get(body.duplicateOf),
      }),
  );
