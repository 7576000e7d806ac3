import { logger } from "../../platform/observability.ts";
import type { Mail } from "../mails/mail.ts";
import { addresseeOf, type Notification } from "../notification.ts";
import type { NotificationStore } from "../notification-store.ts";
import { dispatch, type PostStores } from "./post-flow.ts";

/** The stores that sending one mail needs. */
export interface SendingStores extends PostStores {
  notifications: NotificationStore;
}

/** What came of a mail. */
const outcomes = {
  sent: "mail sent",
  undeliverable: "mail undeliverable",
  nobody: "nobody to write to",
} as const;

/**
 * Sends the mail of a notification once, however often its message comes: claims it, writes it, sends it, marks it as sent.
 * A crash between sending and marking sends it a second time rather than never. What an address refuses for good is done with.
 * Answers whether a mail was written now: it was not where that was done before, or where there is nobody to write to.
 */
export async function sendOnce(
  { notifications, ...stores }: SendingStores,
  notification: Notification,
  at: Date,
  write: () => Promise<Mail | undefined>,
): Promise<boolean> {
  const claim = await notifications.claim(notification, at);
  if (claim === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
  if (claim === "done") return false;
  try {
    const mail = await write();
    const outcome = mail ? await dispatch(stores, addresseeOf(notification), mail, at) : "nobody";
    await notifications.markSent(notification, at);
    logger.info(outcomes[outcome], { ...notification });
    return mail !== undefined;
  } catch (error) {
    await notifications.release(notification);
    throw error;
  }
}
