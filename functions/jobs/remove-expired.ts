import { randomBytes } from "node:crypto";
import { type CaseStore, caseStore } from "../../shared/case/case-store.ts";
import { removeExpired as removal } from "../../shared/case/retention.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import { logger, metrics } from "../../shared/observability.ts";

/** Well inside the function's timeout; what is left over is done the next day. */
const budgetMs = 13 * 60 * 1000;

/**
 * Removes who reported the cases whose time to keep it is over. What the index says is only where to look: each case is
 * read again and removed on the version that was read, so one that was reopened or got new evidence in between stays. A run
 * that died is taken up by the next; two at once do each removal once.
 */
export const removeExpired =
  (
    cases: Pick<CaseStore, "keptUntil" | "get" | "append">,
    { now = () => new Date(), budget = budgetMs } = {},
  ) =>
  async (): Promise<void> => {
    const ends = now().getTime() + budget;
    let removed = 0;
    let left = 0;
    for await (const portion of cases.keptUntil(now().toISOString()))
      for (const trackingNumber of portion) {
        if (now().getTime() > ends) {
          left++;
          continue;
        }
        const found = await cases.get(trackingNumber);
        const act = {
          by: { role: "system" as const },
          at: now(),
          salt: randomBytes(16).toString("base64url"),
        };
        const moved = found && removal(found, act);
        if (!found || !moved || !(await cases.append(found, moved))) continue;
        removed++;
        logger.info("identity removed", { trackingNumber, sequence: moved.event.sequence });
      }
    if (removed > 0) metrics.addMetric("IdentityRemoved", "Count", removed);
    if (left > 0) logger.warn("identities left for the next run", { count: left });
  };

export const handler = removeExpired(
  caseStore(dynamoClient(), {
    cases: env("CASES_TABLE"),
    reporters: { table: env("REPORTERS_TABLE") },
  }),
);
