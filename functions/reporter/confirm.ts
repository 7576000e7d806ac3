import { confirm, confirmation } from "../../shared/case/reporter-moves.ts";
import { nationalCalendar } from "../../shared/deadline/calendar.ts";
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
    async (body, { found, act }) => {
      const holder = await counter.directory.agency(found.holder);
      if (!holder) throw new Error(`The directory has no agency ${found.holder}, which holds a case`);
      return confirm(found, body, { ...act, timeZone: holder.timeZone, calendar: nationalCalendar() });
    },
  );
