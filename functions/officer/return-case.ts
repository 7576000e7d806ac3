import { returnCase, returning } from "../../shared/case/moves/handing/handing.ts";
import { agencyReturning, levelToReturnTo } from "../../shared/case/moves/handing/holder-flow.ts";
import { agenciesNow } from "../../shared/directory/succession-flow.ts";
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
    async (body, { found, act, officer }) => {
      const { directory, verifyingAgency } = desk;
      const from = await agencyReturning(directory, found, officer);
      const levelAbove = await levelToReturnTo(agenciesNow(directory), found, from);
      return returnCase(found, body, { ...act, from, levelAbove, verifyingAgency });
    },
  );
