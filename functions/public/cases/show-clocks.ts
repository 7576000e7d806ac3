import * as z from "zod";
import { countingOf } from "../../../shared/case/clocks/counting-flow.ts";
import { joinsSeenBy } from "../../../shared/case/moves/joining/joining-flow.ts";
import { noSuchCase } from "../../../shared/case/receipt/receipt.ts";
import { caseOfReceipt } from "../../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { clocksSeenBy } from "../../../shared/case/views/case-view.ts";
import { publicClockView } from "../../../shared/case/views/schemas.ts";
import { untoldTimes } from "../../../shared/case/views/timeline.ts";
import { seenAs } from "../../../shared/case/views/visibility.ts";
import { clockView } from "../../../shared/deadline/clock-view.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/** `GET /v1/cases/{trackingNumber}/clocks`: shows every clock of a case, with all that led to its date. */
export const showClocks = (
  cases: CaseStore,
  directory: DirectoryStore,
  traffic: TrafficStore,
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: {
        id: "Batas waktu sebuah laporan, dengan penjelasannya",
        en: "The clocks of a case, explained",
      },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: z.object({ clocks: z.union([z.array(clockView), z.array(publicClockView)]) }) },
      takesReceipt: true,
    },
    async ({ path: { trackingNumber } }, { receipt, language, ...from }) => {
      if (receipt !== undefined) {
        const found = await caseOfReceipt({ cases, traffic, now }, trackingNumber, { receipt, ...from });
        const reading = { ...(await countingOf(directory, found.holder)), at: now() };
        return ok({ clocks: clocksSeenBy(found, "reporter", reading, language) });
      }
      const file = await cases.find(trackingNumber);
      if (!file) throw noSuchCase();
      const [counting, joins] = await Promise.all([
        countingOf(directory, file.case.holder),
        joinsSeenBy(cases, file, "public"),
      ]);
      const untold = untoldTimes(file, seenAs(file.case, "public"), joins);
      return ok({ clocks: clocksSeenBy(file.case, "public", { ...counting, at: now(), untold }, language) });
    },
  );
