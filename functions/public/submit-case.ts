import { randomBytes, randomInt } from "node:crypto";
import * as z from "zod";
import { submit, type Submitted } from "../../shared/case/case.ts";
import { opened } from "../../shared/case/clocks/case-clocks.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { newReceipt, receiptEntropy } from "../../shared/case/receipt/receipt.ts";
import { receiptForms } from "../../shared/case/receipt/receipt-sheet.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { keyHash, openForRetry, sealForRetry } from "../../shared/case/submission/retry.ts";
import { checkAgainstDirectory, submission } from "../../shared/case/submission/submission.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { clockView, viewOfClock } from "../../shared/deadline/clock.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { created, type Reply } from "../../shared/http/reply.ts";
import { metrics } from "../../shared/observability.ts";
import { Refusal } from "../../shared/refusal.ts";
import { outlineOf, outlinesKept, resembles } from "../../shared/text/outline.ts";
import { needProof } from "../../shared/traffic/challenge-flow.ts";
import { dayOf, hardnessOf, partsOfAll, type Threshold } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

const answer = z.object({
  trackingNumber: z.string(),
  receipt: z.string(),
  status: z.literal("submitted"),
  clocks: z.array(clockView),
});

const input = {
  // Version 4 only: the key seals the receipt for a repeat, so it has to be random.
  header: z.object({
    "idempotency-key": z.uuidv4(),
    /** A solved challenge of /v1/challenges: asked for while there is very much traffic. */
    "proof-of-work": z.string().max(4_096).optional(),
  }),
  body: submission,
};

const usedForAnother = () =>
  new Refusal("conflict", {
    id: "Idempotency-Key ini sudah dipakai untuk laporan lain. Buat kunci baru untuk laporan baru.",
    en: "This Idempotency-Key has been used for another report. Make a new key for a new report.",
  });

/** What a report comes in by: how much has come already, and from how much on it costs work. */
export interface Door {
  traffic: TrafficStore;
  threshold: Threshold;
}

const attempts = 3;

/** Who verifies what names no agency, and where the pages are. */
export interface Reception {
  verifyingAgency: string;
  siteUrl?: string | undefined;
}

/** `POST /v1/cases`: opens a case. The same Idempotency-Key with the same body gets the same answer, receipt included. */
export const submitCase = (
  cases: CaseStore,
  directory: DirectoryStore,
  { traffic, threshold }: Door,
  { verifyingAgency, siteUrl }: Reception,
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
      hasForms: true,
    },
    async ({ header, body }, { language, network, proof }) => {
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

      const key = header["idempotency-key"];
      const ofNetwork = ["report", network] as const;
      const [counting, before, all, dayKey] = await Promise.all([
        countingOf(directory, body.agencyId ?? verifyingAgency),
        traffic.count(ofNetwork, at),
        traffic.count(["all-reports", String(randomInt(partsOfAll))], at),
        traffic.keyOf(dayOf(at)),
      ]);
      const hardness = hardnessOf({ ofNetwork: before.count, ofAll: all.count * partsOfAll }, threshold);
      if (hardness > 0) await needProof(traffic, { proof, hardness, by: keyHash(key), at });
      // Never refused and never lost: whoever verifies sees it with its mark, and nobody is mailed about it.
      const outline = outlineOf(dayKey, `${body.title} ${body.text}`);
      const held = threshold.holdsAlike && resembles(outline, before.outlines);

      const answered = (given: Omit<z.input<typeof answer>, "status">): Reply => {
        const { trackingNumber, receipt, clocks } = given;
        const { startedAt: receivedAt, dueAt } = clocks.find(({ clock }) => clock === "verification") ?? {};
        const { timeZone } = counting;
        return {
          ...created(given, `/v1/cases/${trackingNumber}`),
          forms: receiptForms({ trackingNumber, receipt, receivedAt, dueAt, timeZone, siteUrl }, language),
        };
      };

      for (let attempt = 1; attempt <= attempts; attempt++) {
        const receipt = newReceipt(random(receiptEntropy));
        const drafted = submit(body, {
          trackingNumber: newTrackingNumber(random(trackingNumberEntropy)),
          receipt,
          salt: random(16).toString("base64url"),
          language,
          verifyingAgency,
          held,
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
          metrics.addMetric(held ? "CaseHeld" : "CaseSubmitted", "Count", 1);
          if (threshold.holdsAlike && !held)
            await traffic.keepOutlines(ofNetwork, [...before.outlines, outline].slice(-outlinesKept), at);
          return answered(fresh);
        }
        if (outcome.earlier) {
          const first = answer.safeParse(openForRetry(outcome.earlier, key, body));
          if (!first.success) throw usedForAnother();
          return answered(first.data);
        }
      }
      throw new Error(`No free tracking number in ${attempts} attempts`);
    },
  );
