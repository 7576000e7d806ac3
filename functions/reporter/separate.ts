import { separate, separation } from "../../shared/case/moves/joining.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/separation` */
export const separateCase = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "separate",
      summary: {
        id: "Nyatakan bahwa ini bukan laporan yang sama",
        en: "Say that this is not the same report",
      },
      body: separation,
    },
    (body, { found, act }) => separate(found, body, { ...act, verifyingAgency: counter.verifyingAgency }),
  );
