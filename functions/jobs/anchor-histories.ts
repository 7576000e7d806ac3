import { randomUUID } from "node:crypto";
import { type Anchor, daysBefore } from "../../shared/case/store/anchor.ts";
import { type AnchorStore, anchorStore } from "../../shared/case/store/anchor-store.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { logger } from "../../shared/platform/observability.ts";
import { patience } from "../../shared/platform/patience.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { storageClient } from "../../shared/platform/storage.ts";

/** Days that a run looks back: what an outage of a week left out is caught up. */
const catchUpDays = 7;

/**
 * Copies the newest hash of every case that moved on a finished day to where nobody can overwrite it, and those of all agencies
 * and officers. A case that has moved again since is in the copy of that later day. Every run writes parts of its own, so that
 * one that died half-way is simply done again; only a finished day is marked as such.
 */
export const anchorHistories =
  (
    cases: Pick<CaseStore, "movedOn">,
    entries: Pick<EntryStore, "heads">,
    anchors: AnchorStore,
    { now = () => new Date(), newRun = (): string => randomUUID(), linesPerPart = 50_000 } = {},
  ) =>
  async (): Promise<void> => {
    for (const day of daysBefore(now(), catchUpDays)) {
      if (await anchors.isComplete(day)) continue;
      const run = newRun();
      let part = 0;
      let lines: Anchor[] = [];
      let count = 0;
      const flush = async () => {
        if (lines.length === 0) return;
        await anchors.write(day, run, "cases", part++, lines);
        count += lines.length;
        lines = [];
      };
      for await (const portion of cases.movedOn(day)) {
        lines.push(...portion);
        if (lines.length >= linesPerPart) await flush();
      }
      await flush();
      // As they are now: few enough to be copied whole, and a day that was missed has them from today.
      let entryPart = 0;
      for await (const portion of entries.heads())
        if (portion.length > 0) await anchors.write(day, run, "directory", entryPart++, portion);
      await anchors.complete(day);
      logger.info("histories anchored", { day, cases: count, parts: part });
    }
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
  ANCHORS_BUCKET: text,
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = anchorHistories(
  caseStore(dynamo, { cases: env.CASES_TABLE }),
  entryStore(dynamo, env.DIRECTORY_TABLE),
  anchorStore(storageClient(patience.wholeFiles), env.ANCHORS_BUCKET),
);
