import { reply, replying } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/replies` */
export const replyToCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "reply",
      summary: { id: "Tanggapi sebagai pelapor", en: "Reply as the reporter" },
      body: replying,
    },
    (body, { found, act }) => reply(found, body, act),
  );
