import { separate, separation } from "../../shared/case/moves/joining/joining.ts";
import { agenciesNow, verifierFor } from "../../shared/directory/succession-flow.ts";
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
    async (body, { found, act }) => {
      const { directory, verifyingAgency } = counter;
      const verifier = await verifierFor(agenciesNow(directory), found.agencyId, verifyingAgency);
      return separate(found, body, { ...act, verifier, verifyingAgency });
    },
  );
