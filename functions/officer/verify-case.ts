import { verification, verify } from "../../shared/case/moves/officer.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/verification` */
export const verifyCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "verify",
      summary: { id: "Verifikasi sebuah laporan", en: "Verify a case" },
      body: verification,
    },
    async (body, { found, act, within, target }) =>
      verify(found, body, {
        ...act,
        within,
        verifyingAgency: desk.verifyingAgency,
        target: await target(body.agencyId),
        knownCategory:
          body.category !== undefined && (await desk.directory.categoryName(body.category)) !== undefined,
      }),
  );
