import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { errorForLog, logger } from "../../shared/platform/observability.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { type TrafficExpiry, trafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";

/** Well inside the function's timeout. The next run does what is left over. */
const budgetMs = 4 * 60 * 1000;

/** So many are removed at the same time. */
const atOnce = 25;

/**
 * Removes what the Traffic table holds for longer than it may. It does not wait for the table's own expiry, which may take days.
 * The next run goes on where one died, and two runs at once remove everything once. A row that cannot be removed does not keep
 * the others.
 */
export const forgetTraffic =
  (traffic: TrafficExpiry, { now = () => new Date(), budget = budgetMs } = {}) =>
  async (): Promise<void> => {
    const at = now();
    const isLate = () => now().getTime() > at.getTime() + budget;
    const failed: unknown[] = [];
    for await (const portion of traffic.expired(at)) {
      for (let from = 0; from < portion.length && !isLate(); from += atOnce) {
        const removals = portion.slice(from, from + atOnce).map((name) => traffic.remove(name, at));
        for (const outcome of await Promise.allSettled(removals))
          if (outcome.status === "rejected") failed.push(outcome.reason);
      }
      if (isLate()) {
        logger.warn("traffic left for the next run");
        break;
      }
    }
    if (failed.length === 0) return;
    logger.error("traffic could not be removed", { count: failed.length, error: errorForLog(failed[0]) });
    throw failed[0];
  };

/** What the stack tells this function. */
export const variables = { TRAFFIC_TABLE: text };
const env = settings(variables);

export const handler = forgetTraffic(trafficExpiry(dynamoClient(), env.TRAFFIC_TABLE));
