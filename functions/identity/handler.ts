import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { identitySearchStore } from "../../shared/case/identity-search/identity-search-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameOf, frameVariables } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { json, settings, text, wholeNumber } from "../../shared/platform/settings.ts";
import { reporterSeal, reporterStore } from "../../shared/reporter/reporter-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { waitingRoom } from "../../shared/traffic/waiting-flow.ts";
import { routes } from "./routes.ts";

/** What the stack tells this function. */
export const variables = {
  DIRECTORY_TABLE: text,
  REPORTERS_TABLE: text,
  IDENTITY_KEY: text,
  IDENTITY_HASH_KEY: text,
  CASES_TABLE: text,
  TRAFFIC_TABLE: text,
  TRAFFIC_KEY: text,
  IDENTITY_SEARCHES_OF_DAY: wholeNumber(),
  ATTACHMENT_LIMITS: json(attachmentLimits),
  VERIFYING_AGENCY: text,
  ...frameVariables,
};
const env = settings(variables);

const dynamo = dynamoClient();
const now = () => new Date();
const traffic = trafficStore(dynamo, env.TRAFFIC_TABLE, keyedHashOf(env.TRAFFIC_KEY));
const frame = frameOf(env, { waiting: waitingRoom(traffic), now });
const directory = directoryStore(dynamo, env.DIRECTORY_TABLE);
// This one remembers nothing, so whoever loses the power over secrets opens nothing from then on.
const officers = directoryStore(dynamo, env.DIRECTORY_TABLE, Date.now, 0);
const attachments = attachmentStore(dynamo, env.CASES_TABLE);
const table = env.REPORTERS_TABLE;
const seal = reporterSeal({ key: env.IDENTITY_KEY, hashKey: env.IDENTITY_HASH_KEY });

export const handler = serve(
  routes({
    cases: caseStore(dynamo, { cases: env.CASES_TABLE, reporters: { table, seal } }),
    attachments,
    filesOf: knownFiles({ attachments, limits: env.ATTACHMENT_LIMITS }),
    verifyingAgency: env.VERIFYING_AGENCY,
    reporters: reporterStore(dynamo, table, seal),
    traffic,
    directory,
    searches: identitySearchStore(dynamo, env.CASES_TABLE),
    searchesOfDay: env.IDENTITY_SEARCHES_OF_DAY,
    searchTakes: 300,
    frame,
    now,
  }),
  officers,
  { errorPage: errorPageOf(frame) },
);
