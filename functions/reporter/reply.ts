import { reply, replying } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/replies` */
export const replyToCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "reply",
      // The question was taken back at the same moment. What the reporter says is kept.
      crosses: ({ status, resumesAs }, current) =>
        status === "awaiting-reporter" && current.status === (resumesAs ?? "submitted"),
      summary: { id: "Tanggapi sebagai pelapor", en: "Reply as the reporter" },
      body: replying,
    },
    (body, { found, act }) => reply(found, body, act),
  );
