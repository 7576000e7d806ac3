import * as z from "zod";
import { receiptRenderings } from "../../shared/case/receipt/receipt-sheet.ts";
import { idempotencyKey } from "../../shared/case/submission/idempotency-key.ts";
import { submission } from "../../shared/case/submission/submission.ts";
import { type Reception, submissionAnswer, submitReport } from "../../shared/case/submission/submit-flow.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { created } from "../../shared/http/reply.ts";
import { proofOfWork } from "../../shared/traffic/load.ts";

const input = {
  header: z.object({
    "idempotency-key": idempotencyKey,
    "proof-of-work": proofOfWork,
  }),
  body: submission,
};

/** `POST /v1/cases`: opens a case. The same Idempotency-Key with the same body gets the same answer, receipt included. */
export const submitCase = (
  { siteUrl, ...reception }: Reception & { siteUrl?: string | undefined },
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: {
        id: "Kirim pengaduan, aspirasi, atau permintaan informasi",
        en: "Submit a complaint, an aspiration or an information request",
      },
      input,
      output: { 201: submissionAnswer },
      refusals: { conflict: "The Idempotency-Key was used for another report." },
      hasRenderings: true,
    },
    async ({ header, body }, { language, network, proof }) => {
      const { answer, timeZone } = await submitReport(reception, body, {
        channel: "api",
        idempotencyKey: header["idempotency-key"],
        proof,
        network,
        language,
        at: now(),
      });
      const { trackingNumber, receipt, clocks, notices = [] } = answer;
      const waits = notices.find(({ code }) => code === "held")?.text;
      const { startedAt: receivedAt, dueAt } = clocks.find(({ clock }) => clock === "verification") ?? {};
      return {
        ...created(answer, `/v1/cases/${trackingNumber}`),
        renderings: receiptRenderings(
          { trackingNumber, receipt, receivedAt, dueAt, waits, timeZone, siteUrl },
          language,
        ),
      };
    },
  );
