import { type Case, hasEnded } from "../../shared/case/case.ts";
import { clocked } from "../../shared/case/clocks/case-clocks.ts";
import { countingOnce } from "../../shared/case/clocks/counting-flow.ts";
import { type QueueName, queueNames } from "../../shared/case/lists/queues.ts";
import { actOf, bySystem } from "../../shared/case/moves/act-flow.ts";
import { handOver, passUp } from "../../shared/case/moves/handing/handing.ts";
import { deciders, holderNow, waitsForVerification } from "../../shared/case/moves/handing/holder-flow.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import type { Counting } from "../../shared/deadline/clock.ts";
import { type HandOverTask, handOverTask } from "../../shared/directory/administration/agency.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { hasAdministrator, hasOneOf, recordedTree } from "../../shared/directory/succession-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { logger } from "../../shared/platform/observability.ts";
import { settings, text, webAddress } from "../../shared/platform/settings.ts";

interface Stores {
  cases: Pick<CaseStore, "get" | "append" | "queue">;
  entries: Pick<EntryStore, "find" | "under">;
  directory: DirectoryStore;
  /** The message queue that this function itself works off. */
  handOvers: Outbox;
}

/** A case that waits for verification is in one of these queues. */
const unverified: readonly QueueName[] = ["verification", "awaiting-reporter"];
const pageSize = 25;
const attemptsAtOneCase = 3;

/** What a run hands over: all open cases of a closed agency, or those that nobody at an open one may verify or decide on. */
interface Leaving {
  from: string;
  closed: boolean;
  /** Whether objections stay, because somebody at the agency may decide on them. */
  decides?: boolean;
}

/** Finds out what leaves an agency. Undefined where its cases stay. */
async function leavingFrom(
  { entries }: Stores,
  agencyId: string,
  verifyingAgency: string,
): Promise<Leaving | undefined> {
  const tree = recordedTree(entries);
  const agency = await tree.agency(agencyId);
  if (agency?.closedAt) return { from: agencyId, closed: true };
  const stays = !agency || agencyId === verifyingAgency || (await hasAdministrator(tree, agencyId));
  return stays
    ? undefined
    : { from: agencyId, closed: false, decides: await hasOneOf(tree, agencyId, deciders) };
}

const leaves = (found: Case | undefined, { from, closed, decides }: Leaving): found is Case =>
  found?.holder === from &&
  !hasEnded(found) &&
  (closed || (found.objection ? !decides : waitsForVerification(found)));

/** Hands one case over if it still waits at the agency. Another move in between goes first. */
async function handOverOne(
  { cases, entries }: Stores,
  trackingNumber: string,
  leaving: Leaving,
  {
    verifyingAgency,
    countingAt,
    now,
  }: { verifyingAgency: string; countingAt: (agencyId: string) => Promise<Counting>; now: () => Date },
): Promise<boolean> {
  for (let attempt = 1; attempt <= attemptsAtOneCase; attempt++) {
    // The index is late: for a moment it still lists cases that were handed over already.
    const found = await cases.get(trackingNumber);
    if (!leaves(found, leaving)) return false;
    // It is asked for each case: the successor may be closed while this runs.
    const to = await holderNow(recordedTree(entries), found, { verifyingAgency });
    if (to === found.holder) return false;
    const move = (leaving.closed ? handOver : passUp)(found, to, actOf(bySystem, now()));
    if (await cases.append(found, clocked(found, move, await countingAt(to)))) return true;
  }
  throw new Error("A case was moved by others again and again while it was to be handed over");
}

/**
 * Hands the open cases of a closed agency to the one that has come in its place, and the cases that nobody at an open agency
 * may verify or decide on to the nearest above where somebody may. A message may come twice: cases that were handed over are no
 * longer at the agency. Cases that have ended stay: whoever takes one up again sends it to the right agency. After
 * `casesPerRun` cases a new message takes over the rest.
 */
export const handOverCases =
  (
    stores: Stores,
    { verifyingAgency }: { verifyingAgency: string },
    { now = () => new Date(), casesPerRun = 200 } = {},
  ) =>
  async ({ agencyId }: HandOverTask): Promise<void> => {
    const { cases, directory, handOvers } = stores;
    const leaving = await leavingFrom(stores, agencyId, verifyingAgency);
    if (!leaving) return logger.info("agency is open and verifies itself, its cases stay", { agencyId });
    const how = { verifyingAgency, countingAt: countingOnce(directory), now };

    let handedOver = 0;
    const finish = () => logger.info("cases handed over", { agencyId, count: handedOver });
    for (const queue of leaving.closed ? queueNames : unverified) {
      let after: string | undefined;
      do {
        const page = await cases.queue(queue, [agencyId], { after, limit: pageSize });
        for (const { trackingNumber } of page.items) {
          if (handedOver >= casesPerRun) {
            if ((await handOvers.send([{ agencyId } satisfies HandOverTask])).length > 0)
              throw new Error("The message queue did not take the message about the cases that are left");
            return finish();
          }
          if (await handOverOne(stores, trackingNumber, leaving, how)) handedOver++;
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
