import { refuseUnlessEvidence } from "../../shared/attachment/reading.ts";
import { answer, answering } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/answer`: answers a case, with evidence if there is some. */
export const answerCase = (desk: Desk) =>
  officerMove(
    desk,
    { move: "answer", summary: { id: "Jawab sebuah laporan", en: "Answer a case" }, body: answering },
    async (body, { found, act, counting }) => {
      if (body.evidence.length > 0) {
        const { attachments } = await desk.evidence.attachments.of(found.trackingNumber);
        refuseUnlessEvidence(body.evidence, attachments);
      }
      return answer(found, body, { ...act, counting: await counting() });
    },
  );
