import { SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { metrics } from "../../platform/observability.ts";
import type { Mail } from "./mail.ts";

/** The mail service. */
export interface Mailer {
  /** Returns once the service has taken the mail. */
  send(mail: Mail): Promise<void>;
}

export const mailClient = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });

export const sesMailer = (
  ses: SESv2Client,
  { sender, configurationSet }: { sender: string; configurationSet: string },
): Mailer => ({
  async send({ to, subject, text, html }) {
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: sender,
        ConfigurationSetName: configurationSet,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: { Data: subject, Charset: "UTF-8" },
            Body: { Text: { Data: text, Charset: "UTF-8" }, Html: { Data: html, Charset: "UTF-8" } },
            // Keep out-of-office answers from coming back: RFC 3834, and what Exchange reads instead.
            Headers: [
              { Name: "Auto-Submitted", Value: "auto-generated" },
              { Name: "X-Auto-Response-Suppress", Value: "All" },
            ],
          },
        },
      }),
    );
    metrics.addMetric("MailSent", "Count", 1);
  },
});
