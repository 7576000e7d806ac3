import * as z from "zod";
import { attachmentsFor } from "../../../shared/attachment/reading.ts";
import type { Evidence } from "../../../shared/attachment/upload-flow.ts";
import { reportOf } from "../../../shared/case/case.ts";
import { countingOf } from "../../../shared/case/clocks/counting-flow.ts";
import { circumstancesOf, type Surroundings } from "../../../shared/case/moves/circumstances-flow.ts";
import { legalMoves } from "../../../shared/case/moves/conditions.ts";
import { joinsSeenBy } from "../../../shared/case/moves/joining/joining-flow.ts";
import { noSuchCase } from "../../../shared/case/receipt/receipt.ts";
import { caseOfReceipt } from "../../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { heldNotice, stillWaits } from "../../../shared/case/submission/held.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { fileViewOf } from "../../../shared/case/views/case-view.ts";
import { namesOf } from "../../../shared/case/views/names-flow.ts";
import { publicView, reporterView } from "../../../shared/case/views/schemas.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { undeliverableNotice } from "../../../shared/reporter/answer-notice.ts";
import type { ReporterStore } from "../../../shared/reporter/reporter-store.ts";
import { supportsSeen } from "../../../shared/support/support-flow.ts";
import type { TrafficStore } from "../../../shared/traffic/traffic-store.ts";

/** `GET /v1/cases/{trackingNumber}`: shows the case as the public sees it, or as its reporter does. */
export const trackCase = (
  cases: CaseStore,
  directory: DirectoryStore,
  {
    evidence,
    reporters,
    traffic,
    ...surroundings
  }: Omit<Surroundings, "directory"> & {
    evidence: Pick<Evidence, "attachments">;
    reporters: Pick<ReporterStore, "undeliverable">;
    traffic: TrafficStore;
  },
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: { id: "Ikuti sebuah laporan", en: "Follow a case" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: z.union([reporterView, publicView]) },
      takesReceipt: true,
    },
    async ({ path: { trackingNumber } }, { receipt, language, ...from }) => {
      if (receipt !== undefined)
        await caseOfReceipt({ cases, traffic, now }, trackingNumber, { receipt, ...from });
      const file = await cases.find(trackingNumber);
      if (!file) throw noSuchCase();
      const reader = receipt === undefined ? "public" : "reporter";
      const [names, counting, joins, supports] = await Promise.all([
        namesOf(directory, file),
        countingOf(directory, file.case.holder),
        joinsSeenBy(cases, file, reader),
        supportsSeen(cases, file.case),
      ]);
      const at = now();
      const view = { ...fileViewOf(file, reader, names, language, { ...counting, at }, joins), ...supports };
      if (reader === "public") return ok(view);
      const [{ attachments }, circumstances, mark] = await Promise.all([
        evidence.attachments.of(trackingNumber),
        circumstancesOf({ directory, ...surroundings }, file.case, at, counting),
        file.case.identityOnFile ? reporters.undeliverable(trackingNumber) : undefined,
      ]);
      const unreached = mark ? [undeliverableNotice(mark, language)] : [];
      const held = stillWaits(file)
        ? [
            heldNotice(
              {
                mailed: reportOf(file).reachableByMail,
                dueAt: view.clocks?.find(({ clock }) => clock === "verification")?.dueAt,
                timeZone: counting.timeZone,
              },
              language,
            ),
          ]
        : [];
      const notices = [...unreached, ...held];
      return ok({
        ...view,
        ...(notices.length > 0 && { notices }),
        attachments: attachmentsFor(file.case, attachments, reader, language, at),
        legalMoves: legalMoves(file.case, { role: "reporter", own: true }, circumstances),
      });
    },
  );
