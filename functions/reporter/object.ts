import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { objecting, objectToArchival } from "../../shared/case/moves/objection/objection.ts";
import { reviewOf } from "../../shared/case/moves/objection/review-flow.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/objection` */
export const objectToArchivalOfCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "object",
      summary: { id: "Ajukan keberatan atas pengarsipan", en: "Object to the archival" },
      body: objecting,
    },
    async (body, { found, act, counting: countingHere }) => {
      const [review, office] = await Promise.all([reviewOf(counter, found), countingHere()]);
      const counting = await countingOf(counter.directory, review.to);
      return objectToArchival(found, body, { ...act, review, office, counting });
    },
  );
