import { type Act, hasEnded } from "../../shared/case/case.ts";
import { clocked } from "../../shared/case/clocks/case-clocks.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { queueNames } from "../../shared/case/lists/queues.ts";
import { actOf, bySystem } from "../../shared/case/moves/act-flow.ts";
import { handOver } from "../../shared/case/moves/officer.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import type { Counting } from "../../shared/deadline/clock.ts";
import { type HandOverTask, handOverTask } from "../../shared/directory/administration/agency.ts";
import type { Agency } from "../../shared/directory/directory.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { logger } from "../../shared/platform/observability.ts";
import { settings, text, webAddress } from "../../shared/platform/settings.ts";

interface Stores {
  cases: Pick<CaseStore, "get" | "append" | "queue">;
  entries: Pick<EntryStore, "find">;
  directory: DirectoryStore;
  /** The message queue that this function itself works off. */
  handOvers: Outbox;
}

const pageSize = 25;
const attemptsAtOneCase = 3;

/** The open agency that follows a closed one: its successor or else the one above it, and so on. */
async function heirOf(
  { entries }: Stores,
  closed: Agency,
  { verifyingAgency }: { verifyingAgency: string },
): Promise<string> {
  const passed = new Set<string>();
  for (let at: Agency | undefined = closed; at && !passed.has(at.id);) {
    if (!at.closedAt) return at.id;
    passed.add(at.id);
    const next: string | null = at.successor ?? at.parent;
    at = next === null ? undefined : (await entries.find("agency", next))?.entry;
  }
  return verifyingAgency;
}

/** Hands one case over if it still waits at the closed agency. Another move in between goes first. */
async function handOverOne(
  { cases }: Stores,
  trackingNumber: string,
  { from, to, counting, act }: { from: string; to: string; counting: Counting; act: () => Act },
): Promise<boolean> {
  for (let attempt = 1; attempt <= attemptsAtOneCase; attempt++) {
    // The index is late: for a moment it still lists cases that were handed over already.
    const found = await cases.get(trackingNumber);
    if (found?.holder !== from || hasEnded(found)) return false;
    if (await cases.append(found, clocked(found, handOver(found, to, act()), counting))) return true;
  }
  throw new Error("A case was moved by others again and again while it was to be handed over");
}

/**
 * Hands the open cases of a closed agency to the one that follows it. A message may come twice: cases that were handed over
 * are no longer at the closed agency. After `casesPerRun` cases a new message takes over the rest.
 */
export const handOverCases =
  (
    stores: Stores,
    settings: { verifyingAgency: string },
    { now = () => new Date(), casesPerRun = 200 } = {},
  ) =>
  async ({ agencyId }: HandOverTask): Promise<void> => {
    const { cases, entries, directory, handOvers } = stores;
    const closed = (await entries.find("agency", agencyId))?.entry;
    if (!closed?.closedAt) return logger.warn("agency is not closed, its cases stay", { agencyId });
    const to = await heirOf(stores, closed, settings);
    const counting = await countingOf(directory, to);
    const act = () => actOf(bySystem, now());

    let handedOver = 0;
    const finish = () => logger.info("cases handed over", { agencyId, to, count: handedOver });
    for (const queue of queueNames) {
      let after: string | undefined;
      do {
        const page = await cases.queue(queue, [agencyId], { after, limit: pageSize });
        for (const { trackingNumber } of page.items) {
          if (handedOver >= casesPerRun) {
            if ((await handOvers.send([{ agencyId } satisfies HandOverTask])).length > 0)
              throw new Error("The message queue did not take the message about the cases that are left");
            return finish();
          }
          if (await handOverOne(stores, trackingNumber, { from: agencyId, to, counting, act })) handedOver++;
        }
        after = page.after;
      } while (after !== undefined);
    }
    finish();
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
  HAND_OVERS_QUEUE_URL: webAddress,
  VERIFYING_AGENCY: text,
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  handOverTask,
  handOverCases(
    {
      cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
      entries: entryStore(dynamo, env.DIRECTORY_TABLE),
      directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
      handOvers: outbox(sqsClient(), env.HAND_OVERS_QUEUE_URL),
    },
    { verifyingAgency: env.VERIFYING_AGENCY },
  ),
);
