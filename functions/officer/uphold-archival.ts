import { uphold, upholding } from "../../shared/case/moves/objection/objection.ts";
import { givenBackTo } from "../../shared/case/moves/objection/review-flow.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/upholding`: refuses an objection; the case stays archived. */
export const upholdArchival = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "uphold",
      summary: { id: "Tolak keberatan atas pengarsipan", en: "Refuse an objection to an archival" },
      body: upholding,
    },
    async (body, { found, act }) => uphold(found, body, { ...act, to: await givenBackTo(desk, found) }),
  );
