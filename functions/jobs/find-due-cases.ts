import * as z from "zod";
import { checkShards } from "../../shared/case/lists/checks.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type LastSweepStore, lastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { logger } from "../../shared/platform/observability.ts";
import { settings, text, webAddress } from "../../shared/platform/settings.ts";

/** A sweep over all shards; or the rest of an earlier one: one shard, after `after`. */
export const sweep = z.strictObject({
  shard: z.int().min(0).max(255).optional(),
  after: z.string().max(200).optional(),
  /** The latest due time that this sweep looks for. The first sweep decides it for its rest. */
  until: z.iso.datetime().optional(),
});

/** Well inside the function's timeout. */
const budgetMs = 40_000;

/**
 * Finds the cases whose clocks have to be looked at, and puts one message for each on the message queue of checks. Reads only what is
 * due. Hands the rest on to itself as a message when its time is over. A sweep over all shards is noted once all of them were asked.
 */
export const findDueCases =
  (
    cases: Pick<CaseStore, "toCheck">,
    {
      checks,
      sweeps,
      lastSweep,
    }: { checks: Outbox; sweeps: Outbox; lastSweep: Pick<LastSweepStore, "note"> },
    { now = () => new Date(), budget = budgetMs } = {},
  ) =>
  async ({ shard: only, after: begin, until: given }: z.infer<typeof sweep>): Promise<void> => {
    const until = given ?? now().toISOString();
    const ends = now().getTime() + budget;
    let found = 0;

    const goThrough = async (shard: number) => {
      let after = shard === only ? begin : undefined;
      do {
        const page = await cases.toCheck(shard, until, after);
        const messages = page.numbers.map((trackingNumber) => ({ trackingNumber }));
        const notTaken = await checks.send(messages);
        // The message comes again, and with it the whole page. A second check does nothing.
        if (notTaken.length > 0) throw new Error(`The message queue did not take ${notTaken.length} checks`);
        found += messages.length;
        after = page.after;
        if (after !== undefined && now().getTime() > ends) {
          const refused = await sweeps.send([{ shard, after, until }]);
          if (refused.length > 0) throw new Error("The message queue did not take the rest of this sweep");
          return;
        }
      } while (after !== undefined);
    };

    const outcomes = await Promise.allSettled(
      (only === undefined ? [...checkShards] : [only]).map(goThrough),
    );
    if (found > 0) logger.info("cases to check", { count: found });
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    if (only === undefined) await lastSweep.note(until);
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
  CHECKS_QUEUE_URL: webAddress,
  SWEEPS_QUEUE_URL: webAddress,
};
const env = settings(variables);

const dynamo = dynamoClient();
const sqs = sqsClient();
export const handler = worker(
  sweep,
  findDueCases(caseStore(dynamo, { cases: env.CASES_TABLE }), {
    checks: outbox(sqs, env.CHECKS_QUEUE_URL),
    sweeps: outbox(sqs, env.SWEEPS_QUEUE_URL),
    lastSweep: lastSweepStore(dynamo, env.DIRECTORY_TABLE),
  }),
);
