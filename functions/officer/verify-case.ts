import { territoryOf, verification, verify } from "../../shared/case/moves/officer.ts";
import { successorOf } from "../../shared/directory/succession-flow.ts";
import { type Desk, officerMove, targetOf } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/verification`: verifies a report, and settles its class and category. */
export const verifyCase = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "verify",
      summary: { id: "Verifikasi sebuah laporan", en: "Verify a case" },
      body: verification,
    },
    async (body, { found, act, officer }) =>
      verify(found, body, {
        ...act,
        within: territoryOf(officer, "verify"),
        verifyingAgency: desk.verifyingAgency,
        named: found.agencyId && (await successorOf(desk.directory, found.agencyId))?.id,
        target: await targetOf(desk, body.agencyId),
        knownCategory:
          body.category !== undefined && (await desk.directory.categoryName(body.category)) !== undefined,
      }),
  );
