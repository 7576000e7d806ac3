import { type CaseStore, caseStore } from "../../shared/case/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import {
  type About,
  type Mail,
  newCaseAlert,
  officerNotice,
  reporterNotice,
  submissionConfirmation,
} from "../../shared/notification/mail.ts";
import { type Mailer, mailClient, sesMailer } from "../../shared/notification/mailer.ts";
import { type Notification, notification } from "../../shared/notification/notification.ts";
import { agencyOf, officersTold, type Recipient } from "../../shared/notification/recipients.ts";
import { type NotificationStore, notificationStore } from "../../shared/notification/notification-store.ts";
import { logger, metrics } from "../../shared/observability.ts";
import { worker } from "../../shared/queue.ts";
import { reporterSeal, type ReporterStore, reporterStore } from "../../shared/reporter/reporter-store.ts";

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

/** The case, the event and the agency that a notification is about, as the stores know them now. */
async function aboutOf(
  { cases, directory }: Stores,
  { trackingNumber, sequence }: Notification,
  { siteUrl }: Settings,
): Promise<About> {
  const file = await cases.find(trackingNumber);
  const event = file?.events[sequence - 1];
  if (!file || !event) throw new Error("The case or the event of this notification is not there");
  const agency = await directory.agency(agencyOf(event, file.case.holder));
  if (!agency) throw new Error("The directory does not have the agency of this notification");
  return { case: file.case, event, agency, siteUrl };
}

/** The mail that a notification stands for, from what the stores say now; undefined when there is nobody to write to. */
async function compose(
  stores: Stores,
  { kind, to }: Notification,
  about: About,
  { verifyingAgency, siteUrl }: Settings,
): Promise<Mail | undefined> {
  const { directory, reporters } = stores;
  const { trackingNumber, agencyId, location } = about.case;
  const named = agencyId === undefined ? undefined : await directory.agency(agencyId);
  const verifier = named ?? (await directory.agency(verifyingAgency));
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);
  const reporter = kind.startsWith("new-case") ? undefined : await reporters.find(trackingNumber);

  switch (kind) {
    case "new-case-alert":
      return newCaseAlert(about.case, {
        verifier,
        agencyName: named?.name,
        regionName: location && (await directory.region(location.regionCode))?.name,
        siteUrl,
      });
    case "submission-confirmation":
      return reporter?.email === undefined
        ? undefined
        : submissionConfirmation(
            about.case,
            { ...reporter, email: reporter.email },
            { agency: named?.name, timeZone: verifier.timeZone, siteUrl },
          );
    case "reporter-notice":
      return reporter?.email === undefined || reporter.mailsStopped
        ? undefined
        : reporterNotice({ ...reporter, email: reporter.email }, about);
    case "officer-notice": {
      const told = await recipientsOf(stores, about, verifyingAgency);
      const recipient = told.find(({ id }) => id === to);
      return recipient && officerNotice(recipient, about);
    }
  }
}

const recipientsOf = async (
  { directory }: Stores,
  { event, agency }: About,
  verifyingAgency: string,
): Promise<Recipient[]> =>
  officersTold(event, agency, await directory.officersOf(agency.id), verifyingAgency);

/**
 * Sends the mails of one notification, each once. The message may come again at any point: what was marked as sent is not
 * sent again; what died between sending and marking is sent a second time rather than lost.
 */
export const sendEmail =
  (stores: Stores, settings: Settings, now = () => new Date()) =>
  async (message: Notification): Promise<void> => {
    const { notifications, mailer, reporters } = stores;

    const sendOne = async (notification: Notification, about: () => Promise<About>) => {
      const claim = await notifications.claim(notification, now());
      if (claim === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
      if (claim === "sent") return;
      try {
        const mail = await compose(stores, notification, await about(), settings);
        if (mail) {
          await mailer.send(mail);
          metrics.addMetric("MailSent", "Count", 1);
        }
        await notifications.markSent(notification, now());
        logger.info(mail ? "mail sent" : "nobody to write to", { ...notification });
      } catch (error) {
        await notifications.release(notification);
        throw error;
      }
    };

    const aboutThis = () => aboutOf(stores, message, settings);
    if (message.kind === "officer-notice") {
      const about = await aboutThis();
      const told = await recipientsOf(stores, about, settings.verifyingAgency);
      // One that fails does not keep the others from their mail; the message comes again for it alone.
      const outcomes = await Promise.allSettled(
        told.map(({ id }) => sendOne({ ...message, to: id }, () => Promise.resolve(about))),
      );
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed) throw failed.reason;
      return;
    }
    await sendOne(message, aboutThis);
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
      reporters: reporterStore(dynamo, env("REPORTERS_TABLE"), reporterSeal({ key: env("IDENTITY_KEY") })),
      notifications: notificationStore(dynamo, env("NOTIFICATIONS_TABLE")),
      mailer: sesMailer(mailClient(), {
        sender: env("SENDER_ADDRESS"),
        configurationSet: env("CONFIGURATION_SET"),
      }),
    },
    { verifyingAgency: env("VERIFYING_AGENCY"), siteUrl: process.env.SITE_URL },
  ),
);
