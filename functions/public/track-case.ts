import * as z from "zod";
import type { CaseStore } from "../../shared/case/case-store.ts";
import { receiptFits } from "../../shared/case/receipt.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { asPublic, asReporter, publicView, reporterView } from "../../shared/case/view.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint, ok } from "../../shared/http.ts";
import { Refusal } from "../../shared/refusal.ts";

/** The same for an unknown number and a wrong receipt, so that nobody learns which it was. */
const notFound = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor pelacakan dan tanda terima ini. Periksa keduanya.",
    en: "There is no report with this tracking number and receipt. Check both.",
  });

/** `GET /v1/cases/{trackingNumber}`: the case as the public sees it, or as its reporter does. */
export const trackCase = (cases: CaseStore, directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Ikuti sebuah laporan", en: "Follow a case" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: z.union([reporterView, publicView]) },
      takesReceipt: true,
    },
    async ({ path }, { receipt, language }) => {
      const file = await cases.find(path.trackingNumber);
      if (!file) throw notFound();
      if (receipt !== undefined && !receiptFits(receipt, file.case.receiptHash)) throw notFound();
      const { agencyId, location, category } = file.case;
      const [agency, region, categoryName] = await Promise.all([
        agencyId && directory.agency(agencyId),
        location && directory.region(location.regionCode),
        category && directory.categoryName(category),
      ]);
      const names = {
        agency: agency ? agency.name : undefined,
        region: region?.name,
        category: categoryName || undefined,
      };
      return ok(receipt === undefined ? asPublic(file, names, language) : asReporter(file, names, language));
    },
  );
