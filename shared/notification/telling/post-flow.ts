import { errorForLog, logger } from "../../platform/observability.ts";
import type { ReporterStore } from "../../reporter/reporter-store.ts";
import type { UndeliverableBecause } from "../../reporter/undeliverable.ts";
import type { SubscriberStore } from "../../subscriber/subscriber-store.ts";
import type { UndeliverableStore } from "../addresses/undeliverable-store.ts";
import type { Mail } from "../mails/mail.ts";
import { AddressRefused, type Mailer } from "../mails/mailer-store.ts";
import { caseOfReporterId, subscriberOfRecipient } from "../notification.ts";

/** The stores that know which addresses no mail reaches. */
export interface AddressStores {
  reporters: Pick<ReporterStore, "markUndeliverable" | "markDeliverable">;
  undeliverables: Pick<UndeliverableStore, "mark" | "clear">;
  subscribers: Pick<SubscriberStore, "forget">;
}

/** The stores that sending a mail needs. */
export interface PostStores extends AddressStores {
  mailer: Mailer;
}

/**
 * Notes that no mail reaches somebody: an officer, the mailbox of an agency or the reporter of a case, by their id as a recipient.
 * Whoever learns it comes in here: who sends, and who hears of mails that came back.
 */
export async function noteUndeliverable(
  { reporters, undeliverables, subscribers }: AddressStores,
  { to, email, why }: { to: string; email: string; why: UndeliverableBecause },
  at: Date,
): Promise<void> {
  const trackingNumber = caseOfReporterId(to);
  const since = at.toISOString();
  const subscriber = subscriberOfRecipient(to);
  // Whoever follows a case has no other trace with us, so the address is forgotten instead of marked.
  if (subscriber) await subscribers.forget(subscriber);
  else if (trackingNumber === undefined) await undeliverables.mark({ to, email, why, since });
  else await reporters.markUndeliverable(trackingNumber, { since, why });
  logger.warn("mail undeliverable", { to, why });
}

/** A mail that is on its way is not sent again because a mark could not be removed: the next one removes it. */
async function noteArrival({ reporters, undeliverables }: AddressStores, to: string): Promise<void> {
  if (subscriberOfRecipient(to)) return;
  const trackingNumber = caseOfReporterId(to);
  try {
    if (trackingNumber === undefined) await undeliverables.clear(to);
    else await reporters.markDeliverable(trackingNumber);
  } catch (error) {
    logger.warn("mark of an undeliverable address kept", { to, error: errorForLog(error) });
  }
}

/**
 * Sends a mail. An address that the mail service refuses for good is noted, and its mail counts as done: sent again it would be
 * refused again. `to` is undefined where the address is nobody's any more.
 */
export async function dispatch(
  stores: PostStores,
  to: string | undefined,
  mail: Mail,
  at: Date,
): Promise<"sent" | "undeliverable"> {
  try {
    await stores.mailer.send(mail);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    if (to !== undefined) await noteUndeliverable(stores, { to, email: mail.to, why: error.why }, at);
    return "undeliverable";
  }
  if (to !== undefined) await noteArrival(stores, to);
  return "sent";
}
