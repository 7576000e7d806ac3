import { consentToOpening, openingConsent } from "../../shared/case/moves/identity.ts";
import { type Counter, reporterMove } from "./counter.ts";

/** `POST /v1/cases/{trackingNumber}/identity-consent`: lets the identity of an anonymous reporter be opened, or takes that back. */
export const consentToIdentityOpening = (counter: Counter) =>
  reporterMove(
    counter,
    {
      move: "consent-identity",
      summary: {
        id: "Izinkan identitas dibuka, atau cabut izinnya",
        en: "Let the identity be opened, or take that back",
      },
      body: openingConsent,
    },
    (body, { found, act }) => consentToOpening(found, body, act),
  );
