import { refer, referral } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/referral`: gives a case to the Ombudsman, with its reporter's consent. */
export const referCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "refer",
      summary: { id: "Teruskan laporan ke Ombudsman", en: "Refer a case to the Ombudsman" },
      body: referral,
    },
    async (body, { found, act, counting }) => refer(found, body, { ...act, office: await counting() }),
  );
