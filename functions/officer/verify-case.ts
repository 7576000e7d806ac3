import type { Case } from "../../shared/case/case.ts";
import { territoryOf, verification, verify } from "../../shared/case/moves/handing/handing.ts";
import { agenciesNow, successorOf } from "../../shared/directory/succession-flow.ts";
import { type Desk, officerMove, targetOf } from "./desk.ts";

/** The open agency that has come in the place of the one that the reporter named. */
const openAgencyNamedIn = async ({ directory }: Desk, { agencyId }: Case): Promise<string | undefined> =>
  agencyId === undefined ? undefined : (await successorOf(agenciesNow(directory), agencyId))?.id;

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
        named: body.agencyId ? undefined : await openAgencyNamedIn(desk, found),
        target: await targetOf(desk, body.agencyId),
        knownCategory:
          body.category !== undefined && (await desk.directory.categoryName(body.category)) !== undefined,
      }),
  );
