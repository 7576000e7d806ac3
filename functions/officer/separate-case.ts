import { separate, separation } from "../../shared/case/moves/joining/joining.ts";
import { agenciesNow, verifierFor } from "../../shared/directory/succession-flow.ts";
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
    async (body, { found, act }) => {
      const { directory, verifyingAgency } = desk;
      const verifier = await verifierFor(agenciesNow(directory), found.agencyId, verifyingAgency);
      return separate(found, body, { ...act, verifier, verifyingAgency });
    },
  );
