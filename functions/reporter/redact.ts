import { redact, redaction } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/redaction` */
export const redactCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "redact",
      summary: {
        id: "Ubah atau sembunyikan yang dibaca publik dari laporan ini",
        en: "Reword or hide what the public reads of a report",
      },
      body: redaction,
    },
    (body, { found, act }) => redact(found, body, act),
  );
