import { answer, answering } from "../../shared/case/officer-moves.ts";
import { nationalCalendar } from "../../shared/deadline/calendar.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/answer` */
export const answerCase = (desk: Desk) =>
  officerMove(
    desk,
    { move: "answer", summary: { id: "Jawab sebuah laporan", en: "Answer a case" }, body: answering },
    async (body, { found, act }) => {
      const holder = await desk.directory.agency(found.holder);
      if (!holder) throw new Error(`The directory has no agency ${found.holder}, which holds a case`);
      return answer(found, body, { ...act, timeZone: holder.timeZone, calendar: nationalCalendar() });
    },
  );
