import { withholding, withholdWords } from "../../shared/case/moves/taking-back/words.ts";
import { type Desk, fileOf, officerMove } from "./desk.ts";

/** `POST /v1/officer/cases/{trackingNumber}/withholding`: withholds words of an officer from the public and the reporter. */
export const withholdOfficersWords = (desk: Desk) =>
  officerMove(
    desk,
    {
      move: "withhold",
      summary: {
        id: "Tutup kata-kata petugas (nama, data pribadi) bagi publik dan pelapor",
        en: "Withhold words of officers (a name, personal data) from the public and the reporter",
      },
      body: withholding,
    },
    async (body, { found, act }) => withholdWords(await fileOf(desk, found), body, act),
  );
