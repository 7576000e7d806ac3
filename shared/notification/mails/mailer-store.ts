import { BadRequestException, MessageRejected, SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { metrics } from "../../platform/observability.ts";
import { patience, patientClient } from "../../platform/patience.ts";
import type { UndeliverableBecause } from "../../reporter/undeliverable.ts";
import { type Tagged, tagsOf } from "../mail-feedback.ts";
import type { Mail } from "./mail.ts";

/** The mail service refuses an address for good: the same mail again is refused again. Its message holds no address. */
export class AddressRefused extends Error {
  readonly why: UndeliverableBecause;

  constructor(why: UndeliverableBecause) {
    super(`The mail service refused an address: ${why}`);
    this.name = "AddressRefused";
    this.why = why;
  }
}

/** The mail service. */
export interface Mailer {
  /**
   * Returns once the service has taken the mail. Throws `AddressRefused` where it never will. What the service tells of the mail
   * later holds what is tagged.
   */
  send(mail: Mail, tagged: Tagged): Promise<void>;
}

/** What SES says where our own request is at fault, and not the address that it goes to. */
const ownFault = /\b(header|configuration|template|charset|tags?|sender|from)\b/i;

/**
 * What a failure of SES says of the address; undefined where it says nothing of it. A paused account, a limit of ours, and a
 * sender or a domain that is not verified are ours to mend: such a mail is tried again, and whoever is on call is told.
 */
function refusedAddress(error: unknown, sender: string): UndeliverableBecause | undefined {
  const rejected = error instanceof MessageRejected;
  if (!rejected && !(error instanceof BadRequestException)) return undefined;
  const domain = sender.split("@")[1] ?? sender;
  if (error.message.toLowerCase().includes(domain.toLowerCase())) return undefined;
  if (rejected) return "refused";
  return ownFault.test(error.message) ? undefined : "illegal-address";
}

export const mailClient = (): SESv2Client => new SESv2Client(patientClient(patience.mails));

export const sesMailer = (
  ses: SESv2Client,
  { sender, configurationSet }: { sender: string; configurationSet: string },
): Mailer => ({
  async send({ to, subject, text, html, headers = {} }, tagged) {
    const command = new SendEmailCommand({
      FromEmailAddress: sender,
      ConfigurationSetName: configurationSet,
      Destination: { ToAddresses: [to] },
      EmailTags: Object.entries(tagsOf(tagged)).map(([Name, Value]) => ({ Name, Value })),
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: "UTF-8" },
          Body: { Text: { Data: text, Charset: "UTF-8" }, Html: { Data: html, Charset: "UTF-8" } },
          // Keep out-of-office answers from coming back: RFC 3834, and what Exchange reads instead.
          Headers: [
            { Name: "Auto-Submitted", Value: "auto-generated" },
            { Name: "X-Auto-Response-Suppress", Value: "All" },
            ...Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          ],
        },
      },
    });
    try {
      await ses.send(command);
    } catch (error) {
      const why = refusedAddress(error, sender);
      if (why === undefined) throw error;
      metrics.addMetric("AddressRefused", "Count", 1);
      throw new AddressRefused(why);
    }
    metrics.addMetric("MailSent", "Count", 1);
  },
});
