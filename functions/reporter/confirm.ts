import { confirm, confirmation } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/confirmation` */
export const confirmCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "confirm",
      summary: { id: "Nilai jawaban dan nyatakan selesai", en: "Rate the answer and confirm" },
      body: confirmation,
    },
    async (body, { found, act, counting }) => confirm(found, body, { ...act, counting: await counting() }),
  );
