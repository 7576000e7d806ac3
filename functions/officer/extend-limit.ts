import { extend, extension } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/extension`: grants the completion limit more days, once. */
export const extendLimit = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "extend",
      summary: {
        id: "Perpanjang batas waktu permohonan informasi publik resmi",
        en: "Extend the limit of a formal information request",
      },
      body: extension,
    },
    async (body, { found, act, counting }) => extend(found, body, { ...act, office: await counting() }),
  );
