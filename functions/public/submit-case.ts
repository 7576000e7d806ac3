import { randomBytes } from "node:crypto";
import * as z from "zod";
import { type Submitted, submit } from "../../shared/case/case.ts";
import type { CaseStore } from "../../shared/case/case-store.ts";
import { opened } from "../../shared/case/clocks.ts";
import { newReceipt, receiptEntropy } from "../../shared/case/receipt.ts";
import { openForRetry, sealForRetry } from "../../shared/case/retry.ts";
import { checkAgainstDirectory, submission } from "../../shared/case/submission.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { clockView, viewOfClock } from "../../shared/deadline/clock.ts";
import { countingOf } from "../../shared/deadline/counting-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { created, endpoint } from "../../shared/http.ts";
import { metrics } from "../../shared/observability.ts";
import { Refusal } from "../../shared/refusal.ts";

const answer = z.object({
  trackingNumber: z.string(),
  receipt: z.string(),
  status: z.literal("submitted"),
  clocks: z.array(clockView),
});

const input = {
  // Version 4 only: the key seals the receipt for a repeat, so it has to be random.
  header: z.object({ "idempotency-key": z.uuidv4() }),
  body: submission,
};

const usedForAnother = () =>
  new Refusal("conflict", {
    id: "Idempotency-Key ini sudah dipakai untuk laporan lain. Buat kunci baru untuk laporan baru.",
    en: "This Idempotency-Key has been used for another report. Make a new key for a new report.",
  });

const attempts = 3;

/** `POST /v1/cases`: opens a case. The same Idempotency-Key with the same body gets the same answer, receipt included. */
export const submitCase = (
  cases: CaseStore,
  directory: DirectoryStore,
  verifyingAgency: string,
  now = () => new Date(),
  random = randomBytes,
) =>
  endpoint(
    {
      summary: {
        id: "Kirim pengaduan, aspirasi, atau permintaan informasi",
        en: "Submit a complaint, an aspiration or an information request",
      },
      input,
      output: { 201: answer },
    },
    async ({ header, body }, { language }) => {
      const at = now();
      const [agency, region, category] = await Promise.all([
        body.agencyId && directory.agency(body.agencyId),
        body.location && directory.region(body.location.regionCode),
        body.category && directory.categoryName(body.category),
      ]);
      checkAgainstDirectory(
        body,
        { agency: !!agency && !agency.closedAt, region: !!region, category: !!category },
        at,
      );

      const counting = await countingOf(directory, body.agencyId ?? verifyingAgency);

      const key = header["idempotency-key"];
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const receipt = newReceipt(random(receiptEntropy));
        const drafted = submit(body, {
          trackingNumber: newTrackingNumber(random(trackingNumberEntropy)),
          receipt,
          salt: random(16).toString("base64url"),
          language,
          verifyingAgency,
          at,
        });
        const submitted: Submitted = { ...drafted, case: opened(drafted.case, counting) };
        const { trackingNumber, status } = submitted.case;
        const clocks = submitted.case.clocks.map((one) => viewOfClock(one, at, counting, language));
        const fresh = { trackingNumber, receipt, status, clocks };
        const outcome = await cases.submit(
          submitted,
          sealForRetry(key, body, fresh, { at, nonce: random(12) }),
        );
        if (outcome.stored) {
          metrics.addMetric("CaseSubmitted", "Count", 1);
          return created(fresh, `/v1/cases/${trackingNumber}`);
        }
        if (outcome.earlier) {
          const first = answer.safeParse(openForRetry(outcome.earlier, key, body));
          if (!first.success) throw usedForAnother();
          return created(first.data, `/v1/cases/${first.data.trackingNumber}`);
        }
      }
      throw new Error(`No free tracking number in ${attempts} attempts`);
    },
  );
