import { endOfObjectionWindow } from "../../shared/case/clocks/case-clocks.ts";
import { mayOpenAs } from "../../shared/case/moves/move-flow.ts";
import { archive, archiving } from "../../shared/case/moves/officer.ts";
import { isShut } from "../../shared/case/views/joins.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/archival`: archives a case for a reason. */
export const archiveCase = (desk: Desk) =>
  officerMove(
    desk,
    { move: "archive", summary: { id: "Arsipkan sebuah laporan", en: "Archive a case" }, body: archiving },
    async (body, { found, act, counting, officer }) => {
      const original = body.duplicateOf === undefined ? undefined : await desk.cases.get(body.duplicateOf);
      // Another agency's secret case does not exist for this officer.
      const mayKnow = original && (!isShut(original) || (await mayOpenAs(desk, officer)(original)));
      const objectUntil = endOfObjectionWindow(found, act.at, await counting());
      return archive(found, body, { ...act, objectUntil, original: mayKnow ? original : undefined });
    },
  );
