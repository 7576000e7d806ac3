import { calendarAddressStore } from "../../shared/calendar-feed/address-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { limitStore } from "../../shared/deadline/limit-store.ts";
import { accountClient, cognitoAccounts } from "../../shared/directory/account-store.ts";
import { answerTemplateStore } from "../../shared/directory/answer-template-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { entryStore } from "../../shared/directory/entry-store.ts";
import { invitationStore } from "../../shared/directory/invitation-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameVariables, officerFrameOf } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { longestDelaySeconds, outbox, sqsClient } from "../../shared/platform/message-queue.ts";
import { settings, text, texts, webAddress, wholeNumber } from "../../shared/platform/settings.ts";
import { practiceStore } from "../../shared/practice/practice-store.ts";
import { openingRoles } from "./registry.ts";
import { routes } from "./routes.ts";

/** The environment of this function. */
export const variables = {
  DIRECTORY_TABLE: text,
  NOTIFICATIONS_TABLE: text,
  USER_POOL_ID: text.optional(),
  CASES_TABLE: text,
  PRACTICE_TABLE: text,
  HAND_OVERS_QUEUE_URL: webAddress,
  VERIFYING_AGENCY: text,
  RECOUNTS_QUEUE_URL: webAddress,
  EMAILS_QUEUE_URL: webAddress,
  MAILBOX_DOMAINS: texts,
  RECOUNT_DELAY_SECONDS: wholeNumber(longestDelaySeconds),
  ...frameVariables,
};
const env = settings(variables);

const dynamo = dynamoClient();
// This directory remembers nothing, so a dismissed administrator changes nothing from then on.
const directory = directoryStore(dynamo, env.DIRECTORY_TABLE, Date.now, 0);
const userPool = env.USER_POOL_ID;
const cases = caseStore(dynamo, { cases: env.CASES_TABLE });
const practice = practiceStore(dynamo, env.PRACTICE_TABLE);
const sqs = sqsClient();
const now = () => new Date();
const frame = officerFrameOf(env, { now });

export const handler = serve(
  routes(
    {
      entries: entryStore(dynamo, env.DIRECTORY_TABLE),
      directory,
      cases,
      accounts: userPool ? cognitoAccounts(accountClient(), userPool) : undefined,
      invitations: invitationStore(dynamo, env.DIRECTORY_TABLE),
      answerTemplates: answerTemplateStore(dynamo, env.DIRECTORY_TABLE),
      handOvers: outbox(sqs, env.HAND_OVERS_QUEUE_URL),
      verifyingAgency: env.VERIFYING_AGENCY,
      requests: requestStore(dynamo, env.DIRECTORY_TABLE),
      undeliverables: undeliverableStore(dynamo, env.NOTIFICATIONS_TABLE),
      mails: outbox(sqs, env.EMAILS_QUEUE_URL),
      mailboxDomains: env.MAILBOX_DOMAINS,
      openingRoles,
      calendarAddresses: calendarAddressStore(dynamo, env.DIRECTORY_TABLE),
      practice,
      frame,
      now,
    },
    {
      limits: limitStore(dynamo, env.DIRECTORY_TABLE),
      cases,
      practice,
      // This directory remembers, because a trial counts many cases of the same agencies.
      directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
      recounts: outbox(sqs, env.RECOUNTS_QUEUE_URL),
      recountDelaySeconds: env.RECOUNT_DELAY_SECONDS,
      now,
    },
  ),
  directory,
  { errorPage: errorPageOf(frame) },
);
