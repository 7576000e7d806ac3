import { separate, separation } from "../../shared/case/moves/joining.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/separation`: ends the joining of a case, which then goes its own way. */
export const separateCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "separate",
      summary: {
        id: "Pisahkan dari laporan yang diikuti",
        en: "Separate a case from the one that it follows",
      },
      body: separation,
    },
    (body, { found, act }) => separate(found, body, { ...act, verifyingAgency: desk.verifyingAgency }),
  );
