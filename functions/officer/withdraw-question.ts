import { questionWithdrawal, withdrawQuestion } from "../../shared/case/moves/taking-back/question.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/question-withdrawal`: takes the open question to the reporter back. */
export const withdrawOpenQuestion = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "withdraw-question",
      summary: {
        id: "Tarik kembali pertanyaan kepada pelapor",
        en: "Take the question to the reporter back",
      },
      body: questionWithdrawal,
    },
    (body, { found, act }) => withdrawQuestion(found, body, act),
  );
