import * as z from "zod";
import { type Act, type Case, type Moved, moved } from "../case/case.ts";
import { countingOf } from "../case/clocks/counting-flow.ts";
import { attacherOf, type Surroundings } from "../case/moves/circumstances-flow.ts";
import { isOnSideOf } from "../case/moves/conditions.ts";
import { type Approach, type Made, makeMove, whereLegal } from "../case/moves/move-flow.ts";
import { readerOf } from "../case/moves/table.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import type { Language } from "../language.ts";
import { errorForLog, logger } from "../platform/observability.ts";
import { Refusal } from "../refusal.ts";
import { written } from "../text/writing.ts";
import { type Attachment, isOfReporter } from "./attachment.ts";
import { folders } from "./folders.ts";
import { maySee, noSuchAttachment } from "./reading.ts";
import { goneFrom, takenBack } from "./retention.ts";
import type { Evidence } from "./upload-flow.ts";

interface Stores extends Surroundings {
  cases: Pick<CaseStore, "find" | "get" | "append">;
  evidence: Pick<Evidence, "attachments" | "files">;
  now: () => Date;
}

/** What an officer may say who removes a file. The reporter reads it. */
export const removal = z.strictObject({ reason: written(1_000).optional() });

const attachedByOthers = () =>
  new Refusal("forbidden", {
    id: "Berkas ini dilampirkan pihak lain. Yang dapat menghapusnya hanyalah pihak yang melampirkannya: pelapor berkasnya sendiri, dan petugas berkas instansinya.",
    en: "Somebody else attached this file. Only those who attached it can remove it: the reporter their own, and officers those of their agency.",
  });

/** Whether somebody stands on the side that attached a file. */
async function isTheirs({ directory }: Stores, one: Attachment, { who }: Approach): Promise<boolean> {
  if (who.role === "reporter" || isOfReporter(one)) return who.role === "reporter" && isOfReporter(one);
  return isOnSideOf(await attacherOf(directory, one.by.agencyId ?? ""), who);
}

/** The file that somebody wants to remove. Refuses one that they do not see, or that others attached. */
const fileToRemove = (stores: Stores, from: Approach, attachmentId: string): Promise<Attachment> =>
  whereLegal(stores, from, "remove-attachment", async () => {
    const one = await stores.evidence.attachments.find(from.found.trackingNumber, attachmentId);
    // Nothing of a refused file is kept.
    if (!one || one.state === "refused" || !maySee(one, readerOf(from.who.role))) throw noSuchAttachment();
    if (!(await isTheirs(stores, one, from))) throw attachedByOthers();
    return one;
  });

/** The original of what officers attached is left to the Ombudsman, once the case is with them. What reporters sent is theirs. */
const keepsOriginal = ({ referredAt }: Case, one: Attachment): boolean =>
  referredAt !== undefined && one.state === "clean" && !isOfReporter(one);

const removalOf = (found: Case, one: Attachment, reason: string | undefined, act: Act): Moved =>
  moved(
    found,
    act,
    "attachment-removed",
    {
      attachmentId: one.attachmentId,
      ...(reason && { reason }),
      ...(keepsOriginal(found, one) && { originalKept: true }),
    },
    { filesRemovedAt: found.filesRemovedAt ?? act.at.toISOString() },
  );

/** Erases what was removed. What fails here is done by the daily job. */
async function eraseRemoved({ files }: Stores["evidence"], left: Attachment): Promise<void> {
  const { trackingNumber, attachmentId } = left;
  const from = folders.filter((folder) => goneFrom(folder, [left]).length > 0);
  try {
    await (await files()).erase(trackingNumber, from, (id) => id === attachmentId);
  } catch (error) {
    logger.error("removed file left to the daily job", {
      trackingNumber,
      attachmentId,
      error: errorForLog(error),
    });
  }
}

/** A removal leans on nothing that others do, so it is decided anew where they were faster. */
const attempts = 5;

/** The case once its history says that the file is removed. It stays as it is where the file is gone already. */
async function removedOnce(
  stores: Stores,
  from: Approach,
  {
    attachmentId,
    reason,
    language,
  }: { attachmentId: string; reason?: string | undefined; language: Language },
  attempt = 1,
): Promise<Made> {
  const { found, who, by } = from;
  const one = await fileToRemove(stores, from, attachmentId);
  const at = stores.now();
  if (one.state === "removed")
    return { after: found, who, by, at, counting: await countingOf(stores.directory, found.holder) };
  const originalKept = keepsOriginal(found, one);
  const left = takenBack(one, { role: by.role, at, originalKept });
  const append: CaseStore["append"] = (before, move) =>
    stores.evidence.attachments.remove(left, before, move);
  const request = { move: "remove-attachment", body: { attachmentId, reason }, language } as const;
  try {
    return await makeMove({ ...stores, cases: { ...stores.cases, append } }, from, request, (on) =>
      removalOf(on.found, one, reason, on.act),
    );
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== "conflict") throw error;
    const current = await stores.cases.get(found.trackingNumber);
    if (!current || current.version === found.version || attempt === attempts) throw error;
    return removedOnce(stores, { ...from, found: current }, { attachmentId, reason, language }, attempt + 1);
  }
}

/**
 * Removes a file that its own side attached, also while it waits for its inspection: the inspection finds it settled and keeps
 * nothing. From the move on nobody opens it. Asked for again, the removal erases what it left before.
 */
export async function removeFile(
  stores: Stores,
  from: Approach,
  request: { attachmentId: string; reason?: string | undefined; language: Language },
): Promise<Made> {
  const made = await removedOnce(stores, from, request);
  const left = await stores.evidence.attachments.find(made.after.trackingNumber, request.attachmentId);
  if (left?.removedAt) await eraseRemoved(stores.evidence, left);
  return made;
}
