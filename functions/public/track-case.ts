import * as z from "zod";
import type { CaseStore } from "../../shared/case/case-store.ts";
import { namesOf } from "../../shared/case/move-store.ts";
import { caseOfHolder } from "../../shared/case/holder-store.ts";
import { noSuchCase } from "../../shared/case/receipt.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { fileViewOf, publicView, reporterView } from "../../shared/case/view.ts";
import { countingOf } from "../../shared/deadline/counting-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint, ok } from "../../shared/http.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** `GET /v1/cases/{trackingNumber}`: the case as the public sees it, or as its reporter does. */
export const trackCase = (
  cases: CaseStore,
  directory: DirectoryStore,
  traffic: TrafficStore,
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: { id: "Ikuti sebuah laporan", en: "Follow a case" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: z.union([reporterView, publicView]) },
      takesReceipt: true,
    },
    async ({ path }, { receipt, language, network, proof }) => {
      const { trackingNumber } = path;
      if (receipt !== undefined)
        await caseOfHolder({ cases, traffic }, { trackingNumber, receipt, network, proof, at: now() });
      const file = await cases.find(trackingNumber);
      if (!file) throw noSuchCase();
      const [names, counting] = await Promise.all([
        namesOf(directory, file),
        countingOf(directory, file.case.holder),
      ]);
      const reader = receipt === undefined ? "public" : "reporter";
      return ok(fileViewOf(file, reader, names, language, { ...counting, at: now() }));
    },
  );
