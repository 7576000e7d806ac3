import type * as z from "zod";
import type { AttachmentStore } from "../attachment/attachment-store.ts";
import { attachmentsFor } from "../attachment/reading.ts";
import { countingOf } from "../case/clocks/counting-flow.ts";
import { circumstancesOf, type Surroundings } from "../case/moves/circumstances-flow.ts";
import { legalMoves } from "../case/moves/conditions.ts";
import { joinsSeenBy } from "../case/moves/joining/joining-flow.ts";
import { noSuchCase } from "../case/receipt/receipt.ts";
import { type Brought, caseOfReceipt } from "../case/receipt/receipt-flow.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { fileViewOf } from "../case/views/case-view.ts";
import { namesOf } from "../case/views/names-flow.ts";
import type { reporterView } from "../case/views/schemas.ts";
import type { Language } from "../language.ts";
import type { TrafficStore } from "../traffic/traffic-store.ts";

interface Stores extends Surroundings {
  cases: Pick<CaseStore, "find" | "get">;
  attachments: Pick<AttachmentStore, "of">;
  traffic: TrafficStore;
  now: () => Date;
}

/** The whole case as whoever brings its receipt sees it, with the moves that they can make now. */
export async function ownCase(
  { attachments, now, ...stores }: Stores,
  trackingNumber: string,
  { language, ...brought }: Brought & { language: Language },
): Promise<z.input<typeof reporterView>> {
  const { cases, directory } = stores;
  await caseOfReceipt({ ...stores, now }, trackingNumber, brought);
  const file = await cases.find(trackingNumber);
  if (!file) throw noSuchCase();
  const at = now();
  const [names, counting, joins, files] = await Promise.all([
    namesOf(directory, file),
    countingOf(directory, file.case.holder),
    joinsSeenBy(cases, file, "reporter"),
    attachments.of(trackingNumber),
  ]);
  const circumstances = await circumstancesOf(stores, file.case, at, counting);
  return {
    ...fileViewOf(file, "reporter", names, language, { ...counting, at }, joins),
    attachments: attachmentsFor(file.case, files.attachments, "reporter", language, at),
    legalMoves: legalMoves(file.case, { role: "reporter", own: true }, circumstances),
  } as z.input<typeof reporterView>;
}
