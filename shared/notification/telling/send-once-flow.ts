import { logger } from "../../platform/observability.ts";
import type { Mail } from "../mails/mail.ts";
import type { Mailer } from "../mails/mailer-store.ts";
import type { Notification } from "../notification.ts";
import type { NotificationStore } from "../notification-store.ts";

/** The stores that sending one mail needs. */
export interface SendingStores {
  notifications: NotificationStore;
  mailer: Mailer;
}

/**
 * Sends the mail of a notification once, however often its message comes: claims it, writes it, sends it, marks it as sent.
 * A crash between sending and marking sends it a second time rather than never.
 */
export async function sendOnce(
  { notifications, mailer }: SendingStores,
  notification: Notification,
  at: Date,
  write: () => Promise<Mail | undefined>,
): Promise<void> {
  const claim = await notifications.claim(notification, at);
  if (claim === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
  if (claim === "done") return;
  try {
    const mail = await write();
    if (mail) await mailer.send(mail);
    await notifications.markSent(notification, at);
    logger.info(mail ? "mail sent" : "nobody to write to", { ...notification });
  } catch (error) {
    await notifications.release(notification);
    throw error;
  }
}
