import { addressMarkStore } from "../../shared/notification/addresses/address-mark-store.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { type MailFeedback, mailFeedback } from "../../shared/notification/mail-feedback.ts";
import {
  type FeedbackStores,
  noteFeedback as note,
} from "../../shared/notification/telling/feedback-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { worker } from "../../shared/platform/message-queue.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";

/** Notes what the mail service tells of mails that did not arrive. The same message again changes nothing. */
export const noteFeedback =
  (stores: FeedbackStores, now = () => new Date()) =>
  (message: MailFeedback): Promise<void> =>
    note(stores, message, now());

/** What the stack tells this function. */
export const variables = { NOTIFICATIONS_TABLE: text, REPORTERS_TABLE: text };
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  mailFeedback,
  noteFeedback({
    addressMarks: addressMarkStore(dynamo, env.NOTIFICATIONS_TABLE),
    undeliverables: undeliverableStore(dynamo, env.NOTIFICATIONS_TABLE),
    subscribers: subscriberStore(dynamo, env.NOTIFICATIONS_TABLE),
    reporters: reporterStore(dynamo, env.REPORTERS_TABLE),
  }),
);
