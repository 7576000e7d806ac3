import * as z from "zod";
import { receiptRenderings } from "../../../shared/case/receipt/receipt-sheet.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { idempotencyKey } from "../../../shared/case/submission/idempotency-key.ts";
import { submission } from "../../../shared/case/submission/submission.ts";
import {
  type Reception,
  submissionAnswer,
  submitReport,
} from "../../../shared/case/submission/submit-flow.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { created } from "../../../shared/http/reply.ts";
import { countArrival } from "../../../shared/statistics/arrival-flow.ts";
import { arrivalHeader } from "../../../shared/statistics/arrivals.ts";
import { proofOfWork } from "../../../shared/traffic/load.ts";

const input = {
  header: z.object({
    "idempotency-key": idempotencyKey,
    "proof-of-work": proofOfWork,
    [arrivalHeader]: z
      .string()
      .optional()
      .describe(
        'How the sender came in: "poster-" with the id of the agency whose poster brought them. It is counted and not kept with the report. Any other word is ignored.',
      ),
  }),
  body: submission,
};

/** `POST /v1/cases`: opens a case. The same Idempotency-Key with the same body gets the same answer, receipt included. */
export const submitCase = (
  {
    siteUrl,
    ...reception
  }: Reception & { cases: Pick<CaseStore, "addArrival">; siteUrl?: string | undefined },
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
      const at = now();
      const { answer, timeZone, isNew } = await submitReport(reception, body, {
        channel: "api",
        idempotencyKey: header["idempotency-key"],
        proof,
        network,
        language,
        at,
      });
      if (isNew) await countArrival(reception, header[arrivalHeader], at);
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
