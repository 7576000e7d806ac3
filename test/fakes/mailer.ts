import type { Tagged } from "../../shared/notification/mail-feedback.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { AddressRefused, type Mailer } from "../../shared/notification/mails/mailer-store.ts";

/** A mail service that keeps the mails it got. It fails for the addresses in `refuse`, and refuses those in `forGood` for good. */
export function memoryMailer(
  refuse: readonly string[] = [],
  forGood: ReadonlySet<string> = new Set(),
): Mailer & { sent: Mail[]; tagged: Tagged[] } {
  const sent: Mail[] = [];
  const tags: Tagged[] = [];
  return {
    sent,
    /** What the mails are tagged with, in the same order. */
    tagged: tags,
    async send(mail, tagged) {
      if (refuse.includes(mail.to)) throw new Error("The mail service refused this address");
      if (forGood.has(mail.to)) throw new AddressRefused("refused");
      sent.push(mail);
      tags.push(tagged);
    },
  };
}
