import { type CaseStore, caseStore } from "../../shared/case/case-store.ts";
import { placeOf } from "../../shared/deadline/clock.ts";
import { countingOf } from "../../shared/deadline/counting-store.ts";
import { isOfficeHour, nextOfficeHour } from "../../shared/deadline/stage.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import {
  digest,
  type DueCase,
  type StandingAlert,
  standingAlerts,
} from "../../shared/notification/digest.ts";
import {
  type About,
  type Mail,
  newCaseAlert,
  officerNotice,
  reporterNotice,
  submissionConfirmation,
} from "../../shared/notification/mail.ts";
import { type Mailer, mailClient, sesMailer } from "../../shared/notification/mailer.ts";
import { type MailMessage, mailMessage, type Notification } from "../../shared/notification/notification.ts";
import { type NotificationStore, notificationStore } from "../../shared/notification/notification-store.ts";
import { flushAt, type Gathering, isUrgent } from "../../shared/notification/pile.ts";
import { type Addressed, type PileStore, pileStore } from "../../shared/notification/pile-store.ts";
import type { Recipient } from "../../shared/notification/recipients.ts";
import { agencyOf } from "../../shared/notification/recipients.ts";
import { alertedOf, officersToldOf } from "../../shared/notification/recipients-store.ts";
import { logger, metrics } from "../../shared/observability.ts";
import { worker } from "../../shared/queue.ts";
import { type ReporterStore, reporterStore } from "../../shared/reporter/reporter-store.ts";

export interface Stores {
  cases: Pick<CaseStore, "find">;
  directory: DirectoryStore;
  reporters: ReporterStore;
  notifications: NotificationStore;
  piles: PileStore;
  mailer: Mailer;
}

interface Settings {
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  siteUrl: string | undefined;
  gathering: Gathering;
}

/** How many cases are read at once for one digest. */
const readsAtOnce = 25;

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
  { directory, reporters }: Stores,
  kind: "new-case-alert" | "submission-confirmation" | "reporter-notice",
  about: About,
  { verifyingAgency, siteUrl }: Settings,
): Promise<Mail | undefined> {
  const { trackingNumber, agencyId, location } = about.case;
  const named = agencyId === undefined ? undefined : await directory.agency(agencyId);
  const verifier = named ?? (await directory.agency(verifyingAgency));
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);
  const reporter = kind === "new-case-alert" ? undefined : await reporters.find(trackingNumber);

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
  }
}

/** Waits for all; one that fails does not keep the others from their mail, and has the message come again for it alone. */
const each = async (attempts: readonly Promise<unknown>[]): Promise<void> => {
  const failed = (await Promise.allSettled(attempts)).find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
};

/** What a notification on a pile comes to now: nothing, where its reader need not be told of it any more. */
interface Weighed {
  notification: Addressed;
  recipient: Recipient | undefined;
  due: DueCase[];
  news: About[];
}

/**
 * Sends the mails that one message asks for, each once, or puts them on the piles of people whose mails are gathered. The
 * message may come again at any point: what was marked as sent is not sent again; what died between sending and marking
 * is sent a second time rather than lost.
 */
export const sendEmail = (stores: Stores, settings: Settings, now = () => new Date()) => {
  const { directory, notifications, piles, mailer, reporters } = stores;
  const { verifyingAgency, gathering } = settings;

  const sendOne = async (notification: Notification, write: () => Promise<Mail | undefined>) => {
    const claim = await notifications.claim(notification, now());
    if (claim === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
    if (claim === "done") return;
    try {
      const mail = await write();
      if (mail) await send(mail);
      await notifications.markSent(notification, now());
      logger.info(mail ? "mail sent" : "nobody to write to", { ...notification });
    } catch (error) {
      await notifications.release(notification);
      throw error;
    }
  };

  const send = async (mail: Mail) => {
    await mailer.send(mail);
    metrics.addMetric("MailSent", "Count", 1);
  };

  const placeOfWork = async (agencyId: string) => placeOf(await countingOf(directory, agencyId));

  /** Puts a notification on its reader's pile, to be mailed when that is due. */
  const gather = async (notification: Notification, to: Recipient, urgent: boolean) => {
    const at = now();
    const due = flushAt(at, { ...to, urgent }, gathering, await placeOfWork(to.agencyId));
    const waiting = { notification: { ...notification, to: to.id }, flushAt: due.toISOString() };
    const outcome = await piles.add(waiting, at);
    if (outcome === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
    if (outcome === "added") logger.info("mail gathered", waiting);
  };

  const tellOfficers = async (message: Notification) => {
    const about = await aboutOf(stores, message, settings);
    const told = await officersToldOf(directory, about.event, about.case, verifyingAgency);
    await each(
      told.map((recipient) =>
        recipient.mails === "daily"
          ? gather(message, recipient, false)
          : sendOne({ ...message, to: recipient.id }, async () => officerNotice(recipient, about)),
      ),
    );
  };

  /** Those alerts of an event that hold now, and whose they are now. */
  const alertsNow = async ({ case: found, event }: About) => {
    if (event.type !== "warned") throw new Error("This event is no alert");
    const place = await placeOfWork(found.holder);
    const alerts = standingAlerts(found, event.content.alerts, now(), place);
    return alertedOf(directory, alerts, found, verifyingAgency);
  };

  const gatherAlerts = (
    { to: _, ...notification }: Notification,
    told: readonly { recipient: Recipient; alerts: StandingAlert[] }[],
  ) =>
    each(
      told.map(({ recipient, alerts }) =>
        gather(
          notification,
          recipient,
          alerts.some(({ stage }) => isUrgent(stage)),
        ),
      ),
    );

  const weigh = async (notification: Addressed): Promise<Weighed> => {
    const about = await aboutOf(stores, notification, settings);
    const { to } = notification;
    if (notification.kind === "officer-notice") {
      const told = await officersToldOf(directory, about.event, about.case, verifyingAgency);
      const recipient = told.find(({ id }) => id === to);
      return { notification, recipient, due: [], news: recipient ? [about] : [] };
    }
    const told = await alertsNow(about);
    const mine = told.find(({ recipient }) => recipient.id === to);
    // They left, or the case did: whoever it is up to now is told instead.
    if (!mine) await gatherAlerts(notification, told);
    const due = (mine?.alerts ?? []).map(({ view }) => ({ about, clock: view }));
    return { notification, recipient: mine?.recipient, due, news: [] };
  };

  /** Mails all that waits on a pile, also what could wait longer, and takes exactly that from it. */
  const mailPile = async (to: string) => {
    const at = now();
    const waiting = await piles.waiting(to);
    // A copy of a message that has been worked on finds nothing due.
    if (!waiting.some((one) => one.flushAt <= at.toISOString())) return;

    const outcomes: PromiseSettledResult<Weighed>[] = [];
    for (let from = 0; from < waiting.length; from += readsAtOnce)
      outcomes.push(
        ...(await Promise.allSettled(
          waiting.slice(from, from + readsAtOnce).map(({ notification }) => weigh(notification)),
        )),
      );
    const weighed = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const told = weighed.filter(({ recipient }) => recipient !== undefined);
    const recipient = told[0]?.recipient;

    if (recipient) {
      const place = await placeOfWork(recipient.agencyId);
      if (!isOfficeHour(at, place)) {
        const opening = new Date(nextOfficeHour(at, place));
        await piles.putOff(
          waiting
            .filter((one) => one.flushAt < opening.toISOString())
            .map(({ notification }) => notification),
          opening,
        );
        return;
      }
      const mail = digest(recipient, {
        due: told.flatMap(({ due }) => due),
        news: told.flatMap(({ news }) => news),
        at,
      });
      if (mail) await send(mail);
    }
    const untold = weighed.filter((one) => one.recipient === undefined);
    const taken = (some: Weighed[]) => some.map(({ notification }) => notification);
    await piles.takeOff(taken(told), "sent", now());
    await piles.takeOff(taken(untold), "dropped", now());
    const failed = outcomes.find((one) => one.status === "rejected");
    logger.info(recipient ? "digest sent" : "nothing left to tell", {
      to,
      told: told.length,
      dropped: untold.length,
      failed: outcomes.length - weighed.length,
    });
    if (failed) throw failed.reason;
  };

  const sendDigest = async (to: string) => {
    if (!(await piles.claim(to, now()))) throw new Error("Another worker is mailing this pile");
    try {
      await mailPile(to);
    } finally {
      await piles.release(to);
    }
  };

  return async (message: MailMessage): Promise<void> => {
    const { kind } = message;
    switch (kind) {
      case "digest":
        return sendDigest(message.to);
      case "officer-notice":
        return tellOfficers(message);
      case "deadline-alert":
        return gatherAlerts(message, await alertsNow(await aboutOf(stores, message, settings)));
      default:
        await sendOne(message, async () =>
          compose(stores, kind, await aboutOf(stores, message, settings), settings),
        );
        // Also for a message that comes again after a crash right here.
        if (kind === "submission-confirmation") await reporters.forgetReceipt(message.trackingNumber);
    }
  };
};

const dynamo = dynamoClient();
export const handler = worker(
  mailMessage,
  sendEmail(
    {
      cases: caseStore(dynamo, { cases: env("CASES_TABLE") }),
      directory: directoryStore(dynamo, env("DIRECTORY_TABLE")),
      reporters: reporterStore(dynamo, env("REPORTERS_TABLE")),
      notifications: notificationStore(dynamo, env("NOTIFICATIONS_TABLE")),
      piles: pileStore(dynamo, env("NOTIFICATIONS_TABLE")),
      mailer: sesMailer(mailClient(), {
        sender: env("SENDER_ADDRESS"),
        configurationSet: env("CONFIGURATION_SET"),
      }),
    },
    {
      verifyingAgency: env("VERIFYING_AGENCY"),
      siteUrl: process.env.SITE_URL,
      gathering: {
        alertSeconds: Number(env("ALERT_SECONDS")),
        dailySeconds: Number(env("DAILY_MAIL_SECONDS")),
      },
    },
  ),
);
