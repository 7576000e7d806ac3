import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { placeOf } from "../../shared/deadline/clock.ts";
import { isOfficeHour, nextOfficeHour } from "../../shared/deadline/stage.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { worker } from "../../shared/message-queue.ts";
import {
  digest,
  type DueCase,
  type StandingAlert,
  standingAlerts,
} from "../../shared/notification/digest.ts";
import {
  type About,
  followerNotice,
  formerAddressNotice,
  type Mail,
  newCaseAlert,
  officerNotice,
  reporterNotice,
  submissionConfirmation,
} from "../../shared/notification/mail.ts";
import { mailClient, type Mailer, sesMailer } from "../../shared/notification/mailer.ts";
import { type MailMessage, mailMessage, type Notification } from "../../shared/notification/notification.ts";
import { type NotificationStore, notificationStore } from "../../shared/notification/notification-store.ts";
import { flushAt, type Gathering, isUrgent, newCasesMailAt } from "../../shared/notification/pile.ts";
import { type Addressed, type PileStore, pileStore } from "../../shared/notification/pile-store.ts";
import type { Recipient } from "../../shared/notification/recipients.ts";
import { agencyOf, mailboxOf } from "../../shared/notification/recipients.ts";
import { alertedOf, officersToldOf } from "../../shared/notification/recipients-flow.ts";
import { logger, metrics } from "../../shared/observability.ts";
import { reporterSeal, type ReporterStore, reporterStore } from "../../shared/reporter/reporter-store.ts";
import { mailAddress, settings, text, webAddress, wholeNumber } from "../../shared/settings.ts";

export interface Stores {
  cases: Pick<CaseStore, "find" | "get" | "followersOf">;
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

/** The agency that verifies a case: the one that its reporter named, or else the one for all others. */
async function verifierOf({ directory }: Stores, { agencyId }: About["case"], { verifyingAgency }: Settings) {
  const named = agencyId === undefined ? undefined : await directory.agency(agencyId);
  const verifier = named ?? (await directory.agency(verifyingAgency));
  if (!verifier) throw new Error(`The directory has no agency ${verifyingAgency} to verify reports`);
  return { named, verifier };
}

/** The mail that a notification stands for, from what the stores say now; undefined when there is nobody to write to. */
async function compose(
  stores: Stores,
  kind: "new-case-alert" | "submission-confirmation" | "reporter-notice" | "former-address-notice",
  about: About,
  settings: Settings,
): Promise<Mail | undefined> {
  const { directory, reporters } = stores;
  const { siteUrl } = settings;
  const { trackingNumber, location } = about.case;
  if (kind === "former-address-notice") {
    const former = await reporters.formerAddress(trackingNumber, about.event.sequence);
    return former && formerAddressNotice(former, about);
  }
  const { named, verifier } = await verifierOf(stores, about.case, settings);
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
    await gatherUntil(notification, to, at, due);
  };

  const gatherUntil = async (notification: Notification, to: Recipient, at: Date, due: Date) => {
    const waiting = { notification: { ...notification, to: to.id }, flushAt: due.toISOString() };
    const outcome = await piles.add(waiting, at);
    if (outcome === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
    if (outcome === "added") logger.info("mail gathered", waiting);
  };

  /** Tells somebody of a new case: at once where none came lately, else with the others, of which there may be a flood. */
  const tellOfNew = async (message: Notification, to: Recipient, write: () => Promise<Mail | undefined>) => {
    const at = now();
    const later = (from: Date) => new Date(from.getTime() + gathering.newCaseSeconds * 1000);
    if (gathering.newCaseSeconds === 0 || (await piles.takeTurn(to.id, at, later(at))))
      return sendOne({ ...message, to: to.id }, write);
    const due = newCasesMailAt(at, gathering, await placeOfWork(to.agencyId));
    // What comes after that mail waits in its turn.
    await piles.holdBack(to.id, later(due));
    await gatherUntil(message, to, at, due);
  };

  const tellMailbox = async (message: Notification) => {
    const about = await aboutOf(stores, message, settings);
    const { verifier } = await verifierOf(stores, about.case, settings);
    await tellOfNew(message, mailboxOf(verifier), () => compose(stores, "new-case-alert", about, settings));
  };

  const tellOfficers = async (message: Notification) => {
    const about = await aboutOf(stores, message, settings);
    const told = await officersToldOf(directory, about.event, about.case, verifyingAgency);
    await each(
      told.map((recipient) => {
        const write = async () => officerNotice(recipient, about);
        if (recipient.mails === "daily") return gather(message, recipient, false);
        return about.event.type === "submitted"
          ? tellOfNew(message, recipient, write)
          : sendOne({ ...message, to: recipient.id }, write);
      }),
    );
  };

  /**
   * Tells the reporters of all cases that follow this one, also through others. Those who were told already are passed over,
   * so that a message that comes again goes on where it broke off.
   */
  const tellFollowers = async ({ trackingNumber: first, sequence, ...rest }: Notification) => {
    let about: About | undefined;
    const seen = new Set([first]);
    // A set gives what is added to it while it is gone through.
    for (const number of seen) {
      let after: string | undefined;
      do {
        const page = await stores.cases.followersOf(number, after);
        const unseen = page.numbers.filter((one) => !seen.has(one));
        if (unseen.length > 0)
          about ??= await aboutOf(stores, { ...rest, trackingNumber: first, sequence }, settings);
        const news = about;
        if (news)
          await each(
            unseen.map((trackingNumber) => {
              seen.add(trackingNumber);
              const notice = { kind: "follower-notice", trackingNumber, sequence, follows: first } as const;
              return sendOne(notice, () => toFollower(trackingNumber, news));
            }),
          );
        after = page.after;
      } while (after !== undefined);
    }
  };

  /** Nothing for whoever has separated theirs in the meantime. */
  const toFollower = async (trackingNumber: string, about: About): Promise<Mail | undefined> => {
    const [found, reporter] = await Promise.all([
      stores.cases.get(trackingNumber),
      reporters.find(trackingNumber),
    ]);
    if (found?.joinedTo === undefined || reporter?.email === undefined || reporter.mailsStopped)
      return undefined;
    return followerNotice({ ...reporter, email: reporter.email }, { ...about, case: found });
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
    if (notification.kind === "new-case-alert") {
      const { verifier } = await verifierOf(stores, about.case, settings);
      const mailbox = mailboxOf(verifier);
      return { notification, recipient: mailbox.id === to ? mailbox : undefined, due: [], news: [about] };
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
      case "new-case-alert":
        return tellMailbox(message);
      case "deadline-alert":
        return gatherAlerts(message, await alertsNow(await aboutOf(stores, message, settings)));
      case "followers":
        return tellFollowers(message);
      case "follower-notice":
        throw new Error("A notice to a follower is sent with those to all others, and is no message");
      default:
        await sendOne(message, async () =>
          compose(stores, kind, await aboutOf(stores, message, settings), settings),
        );
        // Also for a message that comes again after a crash right here.
        if (kind === "submission-confirmation") await reporters.forgetReceipt(message.trackingNumber);
        if (kind === "former-address-notice")
          await reporters.forgetFormerAddress(message.trackingNumber, message.sequence);
    }
  };
};

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
  REPORTERS_TABLE: text,
  IDENTITY_KEY: text,
  NOTIFICATIONS_TABLE: text,
  SENDER_ADDRESS: mailAddress,
  CONFIGURATION_SET: text,
  VERIFYING_AGENCY: text,
  SITE_URL: webAddress.optional(),
  ALERT_SECONDS: wholeNumber(),
  DAILY_MAIL_SECONDS: wholeNumber(),
  NEW_CASE_SECONDS: wholeNumber(),
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  mailMessage,
  sendEmail(
    {
      cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
      directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
      reporters: reporterStore(dynamo, env.REPORTERS_TABLE, reporterSeal({ key: env.IDENTITY_KEY })),
      notifications: notificationStore(dynamo, env.NOTIFICATIONS_TABLE),
      piles: pileStore(dynamo, env.NOTIFICATIONS_TABLE),
      mailer: sesMailer(mailClient(), {
        sender: env.SENDER_ADDRESS,
        configurationSet: env.CONFIGURATION_SET,
      }),
    },
    {
      verifyingAgency: env.VERIFYING_AGENCY,
      siteUrl: env.SITE_URL,
      gathering: {
        alertSeconds: env.ALERT_SECONDS,
        dailySeconds: env.DAILY_MAIL_SECONDS,
        newCaseSeconds: env.NEW_CASE_SECONDS,
      },
    },
  ),
);
