import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { type RequestStore, requestStore } from "../../shared/directory/request-store.ts";
import {
  type AddressMarkStore,
  addressMarkStore,
} from "../../shared/notification/addresses/address-mark-store.ts";
import { type AddressNames, addressNames } from "../../shared/notification/addresses/address-names-flow.ts";
import {
  type UndeliverableStore,
  undeliverableStore,
} from "../../shared/notification/addresses/undeliverable-store.ts";
import { type StopTokens, stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { type EventToTell, type MailMessage, mailMessage } from "../../shared/notification/mail-message.ts";
import type { MailSettings } from "../../shared/notification/mail-settings.ts";
import { readingOnce } from "../../shared/notification/mails/about-flow.ts";
import { mailClient, type Mailer, sesMailer } from "../../shared/notification/mails/mailer-store.ts";
import { type NotificationStore, notificationStore } from "../../shared/notification/notification-store.ts";
import { type PileStore, pileStore } from "../../shared/notification/piles/pile-store.ts";
import { type FollowTokens, followTokens } from "../../shared/notification/subscribers/following-flow.ts";
import {
  askByMail,
  tellSomeSubscribers,
  tellSubscribers,
} from "../../shared/notification/subscribers/subscribers-flow.ts";
import { mailPile } from "../../shared/notification/telling/digest-flow.ts";
import { tellOfAbsence } from "../../shared/notification/telling/officers/absence-flow.ts";
import { tellOfAccount } from "../../shared/notification/telling/officers/account-flow.ts";
import { alertOfficers } from "../../shared/notification/telling/officers/alerts-flow.ts";
import { tellOfficers, tellVerifier } from "../../shared/notification/telling/officers/officers-flow.ts";
import { tellOfRequest } from "../../shared/notification/telling/officers/requests-flow.ts";
import { tellFollowers } from "../../shared/notification/telling/reporters/followers-flow.ts";
import { tellWhoWaited } from "../../shared/notification/telling/reporters/held-flow.ts";
import { tellReporter } from "../../shared/notification/telling/reporters/reporter-flow.ts";
import { refuseMessageOfUnknown, tellOnceKnown } from "../../shared/notification/telling/unknown-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { type Outbox, outbox, sqsClient, worker } from "../../shared/platform/message-queue.ts";
import { mailAddress, settings, text, webAddress, wholeNumber } from "../../shared/platform/settings.ts";
import { reporterSeal, type ReporterStore, reporterStore } from "../../shared/reporter/reporter-store.ts";
import {
  subscriberSeal,
  type SubscriberStore,
  subscriberStore,
} from "../../shared/subscriber/subscriber-store.ts";
import { type TrafficStore, trafficStore } from "../../shared/traffic/traffic-store.ts";

export interface Stores {
  cases: Pick<CaseStore, "find" | "get" | "followersOf">;
  directory: DirectoryStore;
  requests: Pick<RequestStore, "find">;
  reporters: ReporterStore;
  notifications: NotificationStore;
  piles: PileStore;
  traffic: Pick<TrafficStore, "count">;
  undeliverables: UndeliverableStore;
  addressMarks: Pick<AddressMarkStore, "find">;
  addressNames: AddressNames;
  stopTokens: Pick<StopTokens, "of">;
  subscribers: SubscriberStore;
  followTokens: Pick<FollowTokens, "of">;
  emails: Outbox;
  mailer: Mailer;
}

/** Tells everybody whom one message about an event names. */
async function tellOfEvent(stores: Stores, message: EventToTell, settings: MailSettings, at: Date) {
  switch (message.kind) {
    case "submission-confirmation":
    case "reporter-notice":
    case "former-address-notice":
      return tellReporter(stores, message.kind, message, settings, at);
    case "followers":
      return tellFollowers(stores, message, settings, at);
    case "subscribers":
      return tellSubscribers(stores, message, settings, at);
    case "new-case-alert":
      return tellVerifier(stores, message, settings, at);
    case "officer-notice":
      return tellOfficers(stores, message, settings, at);
    case "deadline-alert":
      return alertOfficers(stores, message, settings, at);
    case "held-report":
      return;
  }
}

/**
 * Sends the mails that one message asks for, each once, or puts them on the piles of people whose mails are gathered. The
 * message may come again at any point: what is marked as sent is not sent again.
 */
export const sendEmail =
  (stores: Stores, settings: MailSettings, now = () => new Date()) =>
  async (message: MailMessage): Promise<void> => {
    const at = now();
    if (message.kind === "request-notice") return tellOfRequest(stores, message, settings, at);
    if (message.kind === "absence-notice") return tellOfAbsence(stores, message, at);
    if (message.kind === "account-notice") return tellOfAccount(stores, message, at);
    if (message.kind === "follow-request") return askByMail(stores, message, settings, at);
    if (message.kind === "unknown-event") return tellOnceKnown(stores, message);
    const reading = { ...stores, cases: readingOnce(stores.cases) };
    if (message.kind === "digest") return mailPile(reading, message.to, settings, at);
    await refuseMessageOfUnknown(reading, message);
    if (message.kind === "some-subscribers") return tellSomeSubscribers(reading, message, settings, at);
    // The confirmation of a report that was held goes out before the news of what ended its waiting.
    const waits = await tellWhoWaited(reading, message, settings, at);
    if (waits && message.kind === "reporter-notice") return;
    await tellOfEvent(reading, message, settings, at);
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
  TRAFFIC_TABLE: text,
  TRAFFIC_KEY: text,
  UNSUBSCRIBING_KEY: text,
  EMAILS_QUEUE_URL: webAddress,
  ALERT_SECONDS: wholeNumber(),
  DAILY_MAIL_SECONDS: wholeNumber(),
  NEW_CASE_SECONDS: wholeNumber(),
  CASE_SECONDS: wholeNumber(),
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  mailMessage,
  sendEmail(
    {
      cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
      directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
      requests: requestStore(dynamo, env.DIRECTORY_TABLE),
      reporters: reporterStore(dynamo, env.REPORTERS_TABLE, reporterSeal({ key: env.IDENTITY_KEY })),
      notifications: notificationStore(dynamo, env.NOTIFICATIONS_TABLE),
      piles: pileStore(dynamo, env.NOTIFICATIONS_TABLE),
      traffic: trafficStore(dynamo, env.TRAFFIC_TABLE, keyedHashOf(env.TRAFFIC_KEY)),
      undeliverables: undeliverableStore(dynamo, env.NOTIFICATIONS_TABLE),
      addressMarks: addressMarkStore(dynamo, env.NOTIFICATIONS_TABLE),
      addressNames: addressNames(keyedHashOf(env.UNSUBSCRIBING_KEY)),
      stopTokens: stopTokens(keyedHashOf(env.UNSUBSCRIBING_KEY)),
      subscribers: subscriberStore(dynamo, env.NOTIFICATIONS_TABLE, subscriberSeal(env.IDENTITY_KEY)),
      followTokens: followTokens(keyedHashOf(env.UNSUBSCRIBING_KEY)),
      emails: outbox(sqsClient(), env.EMAILS_QUEUE_URL),
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
        caseSeconds: env.CASE_SECONDS,
      },
    },
  ),
);
