import { ask, question } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/question`: asks the reporter to complete the report. */
export const askReporter = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "ask",
      summary: { id: "Minta pelapor melengkapi laporan", en: "Ask the reporter for more" },
      body: question,
    },
    (body, { found, act }) => ask(found, body, act),
  );
