import type { CaseStore } from "../case/store/case-store.ts";
import { errorForLog, logger, metrics } from "../platform/observability.ts";
import { lookAgainAt } from "./subscriber.ts";
import type { SubscriberStore, ToForget } from "./subscriber-store.ts";

interface Stores {
  cases: Pick<CaseStore, "get">;
  subscribers: Pick<SubscriberStore, "toForget" | "forgetAsking" | "forgetAll" | "lookAgain">;
}

/** Forgets what is due, and nothing that may be kept: the case says when it ended. */
async function forgetDue(
  { cases, subscribers }: Stores,
  { trackingNumber, id }: ToForget,
  at: Date,
): Promise<boolean> {
  if (id !== undefined) {
    await subscribers.forgetAsking({ trackingNumber, id });
    return true;
  }
  const look = lookAgainAt(await cases.get(trackingNumber), at);
  if (look > at) {
    await subscribers.lookAgain(trackingNumber, look);
    return false;
  }
  await subscribers.forgetAll(trackingNumber);
  return true;
}

/**
 * Forgets the addresses that nobody confirmed within a day, and those that follow cases which ended 30 days ago. What fails is
 * found again by the next run.
 */
export async function forgetSubscribers(stores: Stores, at: Date): Promise<void> {
  const failed: unknown[] = [];
  let forgotten = 0;
  for await (const portion of stores.subscribers.toForget(at))
    for (const one of portion)
      try {
        if (await forgetDue(stores, one, at)) forgotten++;
      } catch (error) {
        logger.error("addresses of subscribers kept", {
          trackingNumber: one.trackingNumber,
          error: errorForLog(error),
        });
        failed.push(error);
      }
  if (forgotten > 0) metrics.addMetric("SubscribersForgotten", "Count", forgotten);
  if (failed.length > 0) throw failed[0];
}
