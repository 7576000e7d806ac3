import { levelToAppealTo } from "../../shared/case/moves/handing/holder-flow.ts";
import { appeal, appealing } from "../../shared/case/moves/reporter.ts";
import { agenciesNow } from "../../shared/directory/succession-flow.ts";
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
      const levelAbove = await levelToAppealTo(agenciesNow(counter.directory), found);
      return appeal(found, body, { ...act, levelAbove, verifyingAgency: counter.verifyingAgency });
    },
  );
