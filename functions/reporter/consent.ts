import { consent, consenting } from "../../shared/case/moves/reporter.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/referral-consent` */
export const consentToReferral = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "consent",
      summary: { id: "Setujui penerusan ke Ombudsman", en: "Agree to a referral to the Ombudsman" },
      body: consenting,
    },
    (body, { found, act }) => consent(found, body, act),
  );
