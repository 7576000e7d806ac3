import type { Mail } from "../../shared/notification/mails/mail.ts";
import type { Mailer } from "../../shared/notification/mails/mailer-store.ts";

/** A mail service that keeps the mails it got. `refuse` names addresses that it refuses. */
export function memoryMailer(refuse: readonly string[] = []): Mailer & { sent: Mail[] } {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      if (refuse.includes(mail.to)) throw new Error("The mail service refused this address");
      sent.push(mail);
    },
  };
}
