import { type RecountRequest, recountRequest } from "../../shared/case/clocks/due.ts";
import { recountCase } from "../../shared/case/clocks/recount-flow.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { logger } from "../../shared/platform/observability.ts";
import { settings, text, webAddress } from "../../shared/platform/settings.ts";

/** Well inside the function's timeout. */
const budgetMs = 60_000;
const atOnce = 10;

/**
 * Counts the open cases of one shard anew after a decree or a policy, page by page. Hands the rest on as a message when its
 * time is over. No case is counted twice, so copies of a message do nothing.
 */
export const recountClocks =
  (
    cases: Pick<CaseStore, "running" | "get" | "append">,
    directory: DirectoryStore,
    rest: Outbox,
    { now = () => new Date(), budget = budgetMs } = {},
  ) =>
  async (request: RecountRequest): Promise<void> => {
    const { shard, cause, basis, policyVersion } = request;
    const policy =
      policyVersion === undefined
        ? undefined
        : (await directory.policies()).find(({ version }) => version === policyVersion);
    if (policyVersion !== undefined && !policy)
      throw new Error(`Policy ${policyVersion} is not known here yet`);
    const how = { cause, basis, ...(policy && { policy }) };
    const ends = now().getTime() + budget;
    let moved = 0;
    for (let after = request.after; ;) {
      const page = await cases.running(shard, after);
      const waiting = [...page.cases];
      const work = async () => {
        for (let found = waiting.shift(); found; found = waiting.shift())
          if (await recountCase({ cases, directory }, found, how, now())) moved++;
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      after = page.after;
      if (after === undefined) break;
      if (now().getTime() > ends) {
        const refused = await rest.send([{ ...request, after }]);
        if (refused.length > 0) throw new Error("The message queue did not take the rest of this recount");
        break;
      }
    }
    if (moved > 0) logger.info("dates counted anew", { shard, cause, count: moved });
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
  RECOUNTS_QUEUE_URL: webAddress,
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  recountRequest,
  recountClocks(
    caseStore(dynamo, { cases: env.CASES_TABLE }),
    directoryStore(dynamo, env.DIRECTORY_TABLE),
    outbox(sqsClient(), env.RECOUNTS_QUEUE_URL),
  ),
);
