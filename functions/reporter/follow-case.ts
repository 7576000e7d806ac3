import * as z from "zod";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { askToFollow, type Following } from "../../shared/notification/subscribers/following-flow.ts";
import { whatHappensNext } from "../../shared/notification/subscribers/following-page.ts";
import { proofOfWork } from "../../shared/traffic/load.ts";

/**
 * `POST /v1/cases/{trackingNumber}/followers`: mails an address whether it follows a public case. It answers the same whether that
 * address follows the case already or not.
 */
export const followCase = (following: Following) =>
  endpoint(
    {
      summary: { id: "Ikuti sebuah laporan lewat email", en: "Follow a public case by email" },
      input: {
        path: z.strictObject({ trackingNumber }),
        header: z.object({ "proof-of-work": proofOfWork }),
        body: z.strictObject({ email: z.email().max(254) }),
      },
      output: { 202: z.object({ trackingNumber: z.string(), text: z.string() }) },
      refusals: { "too-many-requests": "Too many requests to follow cases came from one network." },
    },
    async ({ path: { trackingNumber }, body: { email } }, { language, network, proof }) => {
      await askToFollow(following, { trackingNumber, email, language, network, proof });
      return { status: 202, body: { trackingNumber, text: whatHappensNext[language] } };
    },
  );
