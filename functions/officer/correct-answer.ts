import { refuseUnlessEvidence } from "../../shared/attachment/reading.ts";
import { answerCorrection, correctAnswer } from "../../shared/case/moves/taking-back/answer.ts";
import { type Desk, fileOf, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/answer-correction`: puts other words and evidence in place of the last answer. */
export const correctLastAnswer = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "correct-answer",
      summary: { id: "Ralat jawaban atas laporan", en: "Correct the answer to a case" },
      body: answerCorrection,
    },
    async (body, { found, act, counting }) => {
      if (body.evidence && body.evidence.length > 0) {
        const { attachments } = await desk.evidence.attachments.of(found.trackingNumber);
        refuseUnlessEvidence(body.evidence, attachments);
      }
      return correctAnswer(await fileOf(desk, found), body, { ...act, counting: await counting() });
    },
  );
