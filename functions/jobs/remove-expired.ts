import { randomBytes } from "node:crypto";
import {
  type Attachment,
  expiredBy,
  filePlaces,
  isAwaited,
  linkedBy,
  removed,
} from "../../shared/attachment/attachment.ts";
import { type AttachmentStore, attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { type FileStore, fileStore } from "../../shared/attachment/file-store.ts";
import type { Case } from "../../shared/case/case.ts";
import { removeExpired as removal } from "../../shared/case/moves/retention.ts";
import { storageClient } from "../../shared/case/store/anchor-store.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { errorForLog, logger, metrics } from "../../shared/observability.ts";
import { settings, text } from "../../shared/settings.ts";

/** Well inside the function's timeout; what is left over is done the next day. */
const budgetMs = 13 * 60 * 1000;

interface Kept {
  cases: Pick<CaseStore, "keptUntil" | "get" | "append" | "restate">;
  attachments: Pick<AttachmentStore, "of" | "restate">;
  files: Pick<FileStore, "erase">;
}

/**
 * Removes who reported the cases whose time to keep it is over, and their files. What the index says is only where to look:
 * each case is read again and removed on the version that was read, so one that was reopened or got new evidence in between
 * stays. A run that died is taken up by the next; two at once do each removal once.
 */
export const removeExpired =
  ({ cases, attachments, files }: Kept, { now = () => new Date(), budget = budgetMs } = {}) =>
  async (): Promise<void> => {
    const ends = now().getTime() + budget;
    let done = 0;
    let left = 0;

    /** The case after its removal was put on record; as it is, where that was done before. */
    const decided = async (trackingNumber: string): Promise<Case | undefined> => {
      const found = await cases.get(trackingNumber);
      const act = { by: { role: "system" as const }, at: now(), salt: randomBytes(16).toString("base64url") };
      const moved = found && removal(found, act);
      if (!moved) return found;
      if (!(await cases.append(found, moved))) return undefined;
      done++;
      logger.info("data removed", { trackingNumber, sequence: moved.event.sequence });
      return moved.case;
    };

    /** What came after the decision stays. The case is told last, so that who dies here begins again. */
    const eraseFiles = async ({ filesExpiredAt, originalsExpiredAt, ...found }: Case) => {
      if (!filesExpiredAt && !originalsExpiredAt) return;
      const { trackingNumber } = found;
      const all = (await attachments.of(trackingNumber)).attachments;
      const idsOf = (some: readonly Attachment[]) => some.map(({ attachmentId }) => attachmentId);

      const expired = expiredBy(all, filesExpiredAt);
      if (filesExpiredAt) {
        const [gone, known] = [idsOf(expired), idsOf(all)];
        // Also what an inspection left behind that nobody remembers.
        await files.erase(
          trackingNumber,
          filePlaces,
          (id, stored) =>
            gone.includes(id) || (!known.includes(id) && stored.getTime() <= Date.parse(filesExpiredAt)),
        );
      }
      const linked = linkedBy(all, originalsExpiredAt).filter((one) => !expired.includes(one));
      const inspected = linked.filter(({ state }) => state === "clean");
      const originals = idsOf(inspected);
      if (originals.length > 0) await files.erase(trackingNumber, ["sealed"], (id) => originals.includes(id));

      for (const one of expired) await attachments.restate(removed(one));
      for (const one of inspected) await attachments.restate({ ...one, originalRemoved: true });
      // Where the case has moved meanwhile, the next run finds nothing more to erase and tells it then. What is still being
      // inspected is left to the next run too.
      const awaited = linked.some((one) => isAwaited(one, now()));
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
          // One case that cannot be dealt with must not keep everybody else's data.
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
};
const env = settings(variables);

const dynamo = dynamoClient();
const cases = env.CASES_TABLE;
export const handler = removeExpired({
  cases: caseStore(dynamo, { cases, reporters: { table: env.REPORTERS_TABLE } }),
  attachments: attachmentStore(dynamo, cases),
  files: fileStore(storageClient(), env.ATTACHMENTS_BUCKET),
});
