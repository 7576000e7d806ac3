import { appeal, appealing } from "../../shared/case/moves/reporter.ts";
import { agenciesNow, openAgencyAbove } from "../../shared/directory/succession-flow.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/appeal` */
export const appealCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "appeal",
      summary: { id: "Ajukan banding atas jawaban", en: "Appeal against the answer" },
      body: appealing,
    },
    async (body, { found, act }) => {
      const tree = agenciesNow(counter.directory);
      const levelAbove = await openAgencyAbove(tree, found.answeredBy ?? found.holder);
      return appeal(found, body, { ...act, levelAbove, verifyingAgency: counter.verifyingAgency });
    },
  );
