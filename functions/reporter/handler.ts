import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles, lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameOf, frameVariables } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { json, settings, text } from "../../shared/platform/settings.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { routes } from "./routes.ts";

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  REPORTERS_TABLE: text,
  TRAFFIC_TABLE: text,
  TRAFFIC_KEY: text,
  UNSUBSCRIBING_KEY: text,
  DIRECTORY_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  ATTACHMENT_LIMITS: json(attachmentLimits),
  VERIFYING_AGENCY: text,
  ...frameVariables,
};
const env = settings(variables);

const dynamo = dynamoClient();
const now = () => new Date();
const frame = frameOf(env, now);
const evidence = {
  attachments: attachmentStore(dynamo, env.CASES_TABLE),
  files: lazyFiles(env.ATTACHMENTS_BUCKET),
  limits: env.ATTACHMENT_LIMITS,
};

export const handler = serve(
  routes({
    cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
    reporters: reporterStore(dynamo, env.REPORTERS_TABLE),
    stopTokens: stopTokens(keyedHashOf(env.UNSUBSCRIBING_KEY)),
    traffic: trafficStore(dynamo, env.TRAFFIC_TABLE, keyedHashOf(env.TRAFFIC_KEY)),
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
