import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles, lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameOf, frameVariables } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { followTokens, subscriberIds } from "../../shared/notification/subscribers/following-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { outbox, sqsClient } from "../../shared/platform/message-queue.ts";
import { json, settings, text, webAddress } from "../../shared/platform/settings.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { subscriberSeal, subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { waitingRoom } from "../../shared/traffic/waiting-flow.ts";
import { routes } from "./routes.ts";

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  REPORTERS_TABLE: text,
  TRAFFIC_TABLE: text,
  TRAFFIC_KEY: text,
  UNSUBSCRIBING_KEY: text,
  NOTIFICATIONS_TABLE: text,
  IDENTITY_KEY: text,
  EMAILS_QUEUE_URL: webAddress,
  DIRECTORY_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  ATTACHMENT_LIMITS: json(attachmentLimits),
  VERIFYING_AGENCY: text,
  ...frameVariables,
};
const env = settings(variables);

const dynamo = dynamoClient();
const now = () => new Date();
const traffic = trafficStore(dynamo, env.TRAFFIC_TABLE, keyedHashOf(env.TRAFFIC_KEY));
const frame = frameOf(env, { waiting: waitingRoom(traffic), now });
const linkHash = keyedHashOf(env.UNSUBSCRIBING_KEY);
const evidence = {
  attachments: attachmentStore(dynamo, env.CASES_TABLE),
  files: lazyFiles(env.ATTACHMENTS_BUCKET),
  limits: env.ATTACHMENT_LIMITS,
};

export const handler = serve(
  routes({
    cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
    reporters: reporterStore(dynamo, env.REPORTERS_TABLE),
    stopTokens: stopTokens(linkHash),
    // The function seals addresses and can open none.
    subscribers: subscriberStore(dynamo, env.NOTIFICATIONS_TABLE, subscriberSeal(env.IDENTITY_KEY)),
    subscriberIds: subscriberIds(linkHash),
    followTokens: followTokens(linkHash),
    emails: outbox(sqsClient(), env.EMAILS_QUEUE_URL),
    traffic,
    directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
    evidence,
    filesOf: knownFiles(evidence),
    verifyingAgency: env.VERIFYING_AGENCY,
    frame,
    now,
  }),
  undefined,
  { errorPage: errorPageOf(frame) },
);
