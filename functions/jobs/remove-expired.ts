import { type Attachment, mayStillCome } from "../../shared/attachment/attachment.ts";
import { type AttachmentStore, attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { type FileStore, fileStore } from "../../shared/attachment/file-store.ts";
import { folders } from "../../shared/attachment/folders.ts";
import {
  expiredBy,
  goneFrom,
  linkedBy,
  removed,
  withoutOriginal,
} from "../../shared/attachment/retention.ts";
import type { Case } from "../../shared/case/case.ts";
import { actOf, bySystem } from "../../shared/case/moves/act-flow.ts";
import { removeExpired as removal } from "../../shared/case/moves/retention.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { each } from "../../shared/notification/telling/each.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { errorForLog, logger, metrics } from "../../shared/platform/observability.ts";
import { patience } from "../../shared/platform/patience.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { storageClient } from "../../shared/platform/storage.ts";
import { forgetSubscribers } from "../../shared/subscriber/forgetting-flow.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";

/** Well inside the function's timeout. The next day's run does what is left over. */
const budgetMs = 13 * 60 * 1000;

interface Kept {
  cases: Pick<CaseStore, "keptUntil" | "get" | "append" | "restate">;
  attachments: Pick<AttachmentStore, "of" | "restate">;
  files: Pick<FileStore, "erase">;
}

/**
 * Removes the reporters' identities and the files of cases whose retention has ended. The index only says where to look: each
 * case is read again, and its data are removed on the version that was read. A case that was reopened or got new evidence in
 * between keeps them. The next run goes on where one died. Two runs at once do each removal once.
 */
export const removeExpired =
  ({ cases, attachments, files }: Kept, { now = () => new Date(), budget = budgetMs } = {}) =>
  async (): Promise<void> => {
    const ends = now().getTime() + budget;
    let done = 0;
    let left = 0;

    /** The case after the removal stands in its history. Undefined where somebody else moved it in between. */
    const decided = async (trackingNumber: string): Promise<Case | undefined> => {
      const found = await cases.get(trackingNumber);
      const moved = found && removal(found, actOf(bySystem, now()));
      if (!moved) return found;
      if (!(await cases.append(found, moved))) return undefined;
      done++;
      logger.info("data removed", { trackingNumber, sequence: moved.event.sequence });
      return moved.case;
    };

    /** Erases the files that came before the decision. The case is written last, so the next run repeats what died here. */
    const eraseFiles = async ({ filesExpiredAt, originalsExpiredAt, filesRemovedAt, ...found }: Case) => {
      if (!filesExpiredAt && !originalsExpiredAt && !filesRemovedAt) return;
      const { trackingNumber } = found;
      const all = (await attachments.of(trackingNumber)).attachments;
      const idsOf = (some: readonly Attachment[]) => some.map(({ attachmentId }) => attachmentId);

      const expired = expiredBy(all, filesExpiredAt);
      if (filesExpiredAt) {
        const [gone, known] = [idsOf(expired), idsOf(all)];
        // This also erases what a broken inspection left behind.
        await files.erase(
          trackingNumber,
          folders,
          (id, stored) =>
            gone.includes(id) || (!known.includes(id) && stored.getTime() <= Date.parse(filesExpiredAt)),
        );
      }
      if (filesRemovedAt)
        for (const folder of folders) {
          const gone = idsOf(goneFrom(folder, all));
          if (gone.length > 0) await files.erase(trackingNumber, [folder], (id) => gone.includes(id));
        }
      const linked = linkedBy(all, originalsExpiredAt).filter((one) => !expired.includes(one));
      const inspected = linked.filter(({ state }) => state === "clean");
      const originals = idsOf(inspected);
      if (originals.length > 0) await files.erase(trackingNumber, ["sealed"], (id) => originals.includes(id));

      for (const one of expired) await attachments.restate(removed(one));
      for (const one of inspected) await attachments.restate(withoutOriginal(one));
      // Where the case has moved meanwhile, this writes nothing: the next run finds nothing more to erase and writes it then.
      // Files that are still being inspected are left to the next run too.
      const awaited = linked.some((one) => mayStillCome(one, now()));
      await cases.restate({ ...found, ...(awaited && { originalsExpiredAt }) });
      logger.info("files removed", { trackingNumber, files: expired.length, originals: originals.length });
    };

    const failed: unknown[] = [];
    for await (const portion of cases.keptUntil(now().toISOString()))
      for (const trackingNumber of portion) {
        if (now().getTime() > ends) {
          left++;
          continue;
        }
        try {
          const found = await decided(trackingNumber);
          if (found) await eraseFiles(found);
        } catch (error) {
          // A case that fails must not stop the removal of everybody else's data.
          logger.error("removal failed", { trackingNumber, error: errorForLog(error) });
          failed.push(error);
        }
      }
    if (done > 0) metrics.addMetric("DataRemoved", "Count", done);
    if (left > 0) logger.warn("removals left for the next run", { count: left });
    if (failed.length > 0) throw failed[0];
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  REPORTERS_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  NOTIFICATIONS_TABLE: text,
};
const env = settings(variables);

const dynamo = dynamoClient();
const cases = caseStore(dynamo, { cases: env.CASES_TABLE, reporters: { table: env.REPORTERS_TABLE } });
const subscribers = subscriberStore(dynamo, env.NOTIFICATIONS_TABLE);
const ofCases = removeExpired({
  cases,
  attachments: attachmentStore(dynamo, env.CASES_TABLE),
  files: fileStore(storageClient(patience.wholeFiles), env.ATTACHMENTS_BUCKET),
});
/** What fails of the one keeps nothing of the other. */
export const handler = () => each([forgetSubscribers({ cases, subscribers }, new Date()), ofCases()]);
