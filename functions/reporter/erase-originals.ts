import * as z from "zod";
import { eraseMarked } from "../../shared/attachment/erasure-flow.ts";
import { attachmentsFor } from "../../shared/attachment/reading.ts";
import { withOriginals } from "../../shared/attachment/retention.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { eraseOriginals, erasure } from "../../shared/case/moves/identity.ts";
import { type Approach, type Made, makeMove, viewAfter } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import type { Counter } from "./counter.ts";

/**
 * `POST /v1/cases/{trackingNumber}/original-erasure`: has the originals of one's own files erased, those that are still inspected
 * too. The copies stay. Asking again erases what came since, and whatever an earlier request left.
 */
export const eraseMyOriginals = (counter: Counter) =>
  reporterEndpoint(
    {
      summary: { id: "Hapus berkas asli lampiran saya", en: "Erase the originals of my files" },
      input: { path: z.strictObject({ trackingNumber }), body: erasure },
      output: { 200: reporterView },
      refusals: { conflict: contradictsCase },
    },
    async ({ path }, caller) => {
      const { language } = caller;
      const before = await asReporter(counter, path.trackingNumber, caller);
      const made = await erased(counter, before, language);
      const { attachments } = await counter.evidence.attachments.of(path.trackingNumber);
      await eraseMarked(counter.evidence, made.after, attachments);
      return ok({
        ...(await viewAfter(counter, made, language)),
        attachments: attachmentsFor(made.after, attachments, "reporter", language, made.at),
      });
    },
  );

/** An erasure leans on nothing that others do, so it is decided anew where they were faster. */
const attempts = 5;

/** The case once its history says that the originals are to go. It stays as it is where there are none. */
async function erased(counter: Counter, before: Approach, language: Language, attempt = 1): Promise<Made> {
  const { found, who, by } = before;
  const at = counter.now();
  const { attachments } = await counter.evidence.attachments.of(found.trackingNumber);
  const files = withOriginals(attachments, found, at).map(({ attachmentId }) => attachmentId);
  if (files.length === 0)
    return { after: found, who, by, at, counting: await countingOf(counter.directory, found.holder) };
  try {
    // The files are part of the request: asked for again after another file came, it is no second click.
    const request = { move: "erase-originals", body: { files }, language } as const;
    return await makeMove(counter, before, request, ({ found, act }) => eraseOriginals(found, act));
  } catch (error) {
    const current = await counter.cases.get(found.trackingNumber);
    if (!current || current.version === found.version || attempt === attempts) throw error;
    return erased(counter, { ...before, found: current }, language, attempt + 1);
  }
}
