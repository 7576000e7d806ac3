import { withdraw, withdrawal } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/withdrawal` */
export const withdrawCase = (counter: Counter) =>
  reporterMove(
    counter,
    { move: "withdraw", summary: { id: "Cabut laporan", en: "Withdraw a report" }, body: withdrawal },
    (body, { found, act }) => withdraw(found, body, act),
  );
