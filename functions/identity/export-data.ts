import * as z from "zod";
import { attachmentsFor } from "../../shared/attachment/reading.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { joinsSeenBy } from "../../shared/case/moves/joining/joining-flow.ts";
import { keepUntil, retentions } from "../../shared/case/moves/retention.ts";
import { noSuchCase } from "../../shared/case/receipt/receipt.ts";
import { caseOfReceipt } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { fileViewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { languages } from "../../shared/language.ts";
import { identityView, viewOfIdentity } from "../../shared/reporter/reporter.ts";
import type { Vault } from "./vault.ts";

/** All that we know about a reporter, and all that they sent us. */
export const personalData = z.object({
  exportedAt: z.iso.datetime(),
  identity: identityView.nullable(),
  mails: z.boolean(),
  /** The language of our mails to them. */
  language: z.enum(languages).nullable(),
  case: reporterView,
  /** Where each file can be fetched, with the same receipt. */
  files: z.array(z.object({ attachmentId: z.string(), name: z.string(), href: z.string() })),
  retention: z.object({
    days: z.int(),
    basis: z.string(),
    /** Null while the case is open: the time begins when it ends. */
    until: z.string().nullable(),
  }),
});

/**
 * `GET /v1/cases/{trackingNumber}/personal-data`: everything that we hold about whoever brings the receipt. Files are larger
 * than an answer may be, so it says where each can be fetched.
 */
export const exportData = (vault: Vault) =>
  reporterEndpoint(
    {
      summary: { id: "Ambil semua data saya", en: "Get all my data" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: personalData },
    },
    async ({ path }, caller) => {
      const { attachments, cases, directory, reporters, now } = vault;
      const { language } = caller;
      await caseOfReceipt(vault, path.trackingNumber, caller);
      const file = await cases.find(path.trackingNumber);
      if (!file) throw noSuchCase();
      const [identity, files, names, counting, joins] = await Promise.all([
        reporters.find(path.trackingNumber),
        attachments.of(path.trackingNumber),
        namesOf(directory, file),
        countingOf(directory, file.case.holder),
        joinsSeenBy(cases, file, "reporter"),
      ]);
      const at = now();
      const { days, basis } = retentions[file.case.class];
      const held = attachmentsFor(file.case, files.attachments, "reporter", language, at);
      return ok({
        exportedAt: at.toISOString(),
        identity: identity ? viewOfIdentity(identity) : null,
        mails: identity?.email !== undefined && !identity.mailsStopped,
        language: identity?.language ?? null,
        case: {
          ...fileViewOf(file, "reporter", names, language, { ...counting, at }, joins),
          attachments: held,
        },
        files: held
          .filter(({ state }) => state === "clean")
          .map(({ attachmentId, name }) => ({
            attachmentId,
            name,
            href: `/v1/cases/${path.trackingNumber}/attachments/${attachmentId}`,
          })),
        retention: { days, basis: basis[language], until: keepUntil(file.case) ?? null },
      });
    },
  );
