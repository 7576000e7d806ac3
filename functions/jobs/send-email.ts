import { type CaseStore, caseStore } from "../../shared/case/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import { type Mail, newCaseAlert, submissionConfirmation } from "../../shared/notification/mail.ts";
import { type Mailer, mailClient, sesMailer } from "../../shared/notification/mailer.ts";
import { type Notification, notification } from "../../shared/notification/notification.ts";
import { type NotificationStore, notificationStore } from "../../shared/notification/notification-store.ts";
import { logger, metrics } from "../../shared/observability.ts";
import { worker } from "../../shared/queue.ts";
import { type ReporterStore, reporterStore } from "../../shared/reporter/reporter-store.ts";

export interface Stores {
  cases: CaseStore;
  directory: DirectoryStore;
  reporters: ReporterStore;
  notifications: NotificationStore;
  mailer: Mailer;
}

interface Settings {
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  siteUrl: string | undefined;
}

/** The mail that a notification stands for, from what the stores say now; undefined when there is nobody to write to. */
const compose = async (
  { cases, directory, reporters }: Stores,
  { kind, trackingNumber }: Notification,
  { verifyingAgency, siteUrl }: Settings,
): Promise<Mail | undefined> => {
  const file = await cases.find(trackingNumber);
  if (!file) throw new Error("The case of this notification is not there");
  const { agencyId, location } = file.case;
  const named = agencyId === undefined ? undefined : await directory.agency(agencyId);
  const verifier = named ?? (await directory.agency(verifyingAgency));
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);

  switch (kind) {
    case "new-case-alert":
      return newCaseAlert(file.case, {
        verifier,
        agencyName: named?.name,
        regionName: location && (await directory.region(location.regionCode))?.name,
        siteUrl,
      });
    case "submission-confirmation": {
      const reporter = await reporters.find(trackingNumber);
      if (!reporter?.email) return undefined;
      return submissionConfirmation(
        file.case,
        { ...reporter, email: reporter.email },
        { agency: named?.name, timeZone: verifier.timeZone, siteUrl },
      );
    }
  }
};

/**
 * Sends the mail of one notification once. The message may come again at any point: what was marked as sent is not sent
 * again; what died between sending and marking is sent a second time rather than lost.
 */
export const sendEmail =
  (stores: Stores, settings: Settings, now = () => new Date()) =>
  async (message: Notification): Promise<void> => {
    const { notifications, mailer, reporters } = stores;
    const claim = await notifications.claim(message, now());
    if (claim === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
    if (claim === "claimed") {
      try {
        const mail = await compose(stores, message, settings);
        if (mail) await mailer.send(mail);
      } catch (error) {
        await notifications.release(message);
        throw error;
      }
      await notifications.markSent(message, now());
      metrics.addMetric("MailSent", "Count", 1);
      logger.info("mail sent", { ...message });
    }
    // Also for a message that comes again after a crash right here.
    if (message.kind === "submission-confirmation") await reporters.forgetReceipt(message.trackingNumber);
  };

const dynamo = dynamoClient();
export const handler = worker(
  notification,
  sendEmail(
    {
      cases: caseStore(dynamo, { cases: env("CASES_TABLE") }),
      directory: directoryStore(dynamo, env("DIRECTORY_TABLE")),
      reporters: reporterStore(dynamo, env("REPORTERS_TABLE")),
      notifications: notificationStore(dynamo, env("NOTIFICATIONS_TABLE")),
      mailer: sesMailer(mailClient(), {
        sender: env("SENDER_ADDRESS"),
        configurationSet: env("CONFIGURATION_SET"),
      }),
    },
    { verifyingAgency: env("VERIFYING_AGENCY"), siteUrl: process.env.SITE_URL },
  ),
);
