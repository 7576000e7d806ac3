import type { DigestDue } from "../../shared/notification/mail-message.ts";
import { type PileStore, pileStore } from "../../shared/notification/piles/pile-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { type Outbox, outbox, sqsClient } from "../../shared/platform/message-queue.ts";
import { logger } from "../../shared/platform/observability.ts";
import { settings, text, webAddress } from "../../shared/platform/settings.ts";

/**
 * Finds the people for whom gathered mails are due, and puts one message for each on the message queue of mails. Who is still due
 * at the next run is found again; a message that comes twice sends nothing twice.
 */
export const findDueDigests =
  (piles: Pick<PileStore, "due">, mails: Outbox, now = () => new Date()) =>
  async (): Promise<void> => {
    const found = new Set<string>();
    for await (const portion of piles.due(now())) {
      const fresh = portion.filter((to) => !found.has(to));
      const notTaken = await mails.send(fresh.map((to): DigestDue => ({ kind: "digest", to })));
      if (notTaken.length > 0) throw new Error(`The message queue did not take ${notTaken.length} digests`);
      for (const to of fresh) found.add(to);
    }
    if (found.size > 0) logger.info("digests due", { count: found.size });
  };

/** What the stack tells this function. */
export const variables = {
  NOTIFICATIONS_TABLE: text,
  EMAILS_QUEUE_URL: webAddress,
};
const env = settings(variables);

export const handler = findDueDigests(
  pileStore(dynamoClient(), env.NOTIFICATIONS_TABLE),
  outbox(sqsClient(), env.EMAILS_QUEUE_URL),
);
