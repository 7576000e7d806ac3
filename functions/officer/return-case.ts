import { waitsForVerification } from "../../shared/case/moves/holder-flow.ts";
import { returnCase, returning } from "../../shared/case/moves/officer.ts";
import { agenciesNow, openAgencyAbove, verifierFor } from "../../shared/directory/succession-flow.ts";
import { type Desk, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/return`: returns a case that is another agency's to handle. */
export const returnToLevelAbove = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "return",
      summary: {
        id: "Kembalikan laporan yang bukan kewenangan",
        en: "Return a case that is not the agency's to handle",
      },
      body: returning,
    },
    async (body, { found, act }) => {
      const { verifyingAgency } = desk;
      const tree = agenciesNow(desk.directory);
      const above = await openAgencyAbove(tree, found.holder);
      const mustVerify = above !== undefined && waitsForVerification(found);
      const levelAbove = mustVerify ? await verifierFor(tree, above, verifyingAgency) : above;
      return returnCase(found, body, { ...act, levelAbove, verifyingAgency });
    },
  );
