import * as z from "zod";
import type { CaseStore } from "../../shared/case/case-store.ts";
import { noSuchCase, receiptFits } from "../../shared/case/receipt.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { clockView, viewOfClock } from "../../shared/deadline/clock.ts";
import { countingOf } from "../../shared/deadline/counting-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint, ok } from "../../shared/http.ts";

/** `GET /v1/cases/{trackingNumber}/clocks`: every clock of a case with everything that led to its date. */
export const showClocks = (cases: CaseStore, directory: DirectoryStore, now = () => new Date()) =>
  endpoint(
    {
      summary: {
        id: "Batas waktu sebuah laporan, dengan penjelasannya",
        en: "The clocks of a case, explained",
      },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: z.object({ clocks: z.array(clockView) }) },
      takesReceipt: true,
    },
    async ({ path }, { receipt, language }) => {
      const found = await cases.get(path.trackingNumber);
      if (!found) throw noSuchCase();
      if (receipt !== undefined && !receiptFits(receipt, found.receiptHash)) throw noSuchCase();
      const place = await countingOf(directory, found.holder);
      return ok({ clocks: found.clocks.map((one) => viewOfClock(one, now(), place, language)) });
    },
  );
