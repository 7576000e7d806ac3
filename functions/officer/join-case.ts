import type { Case } from "../../shared/case/case.ts";
import { join, joining } from "../../shared/case/moves/joining/joining.ts";
import { firstOf } from "../../shared/case/moves/joining/joining-flow.ts";
import { mayOpenAs } from "../../shared/case/moves/move-flow.ts";
import { isShut } from "../../shared/case/views/joins.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/joining`: makes a case follow the first report about the same thing. */
export const joinCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "join",
      summary: {
        id: "Gabungkan dengan laporan pertama tentang hal yang sama",
        en: "Join a case to the first one about the same thing",
      },
      body: joining,
    },
    async (body, { found, act, officer }) => {
      const mayOpen = mayOpenAs(desk, officer);
      // Another agency's secret case does not exist for this officer.
      const mayKnow = async (other: Case) => !isShut(other) || (await mayOpen(other));
      return join(found, body, {
        ...act,
        original: await firstOf(desk.cases, body.trackingNumber, mayKnow),
      });
    },
  );
