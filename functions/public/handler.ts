import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles, lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { lastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { get } from "../../shared/http/endpoint.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameOf, frameVariables } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { json, settings, text, trueOrFalse, wholeNumber } from "../../shared/platform/settings.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { reporterSeal, reporterStore } from "../../shared/reporter/reporter-store.ts";
import { indexesAtHand, lazyIndexPlace } from "../../shared/search/newest-index-flow.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { waitingRoom } from "../../shared/traffic/waiting-flow.ts";
import { draftStore } from "../../shared/visitor/draft-store.ts";
import { describeApi } from "./describe-api.ts";
import { routes } from "./routes.ts";

/** The environment of this function. */
export const variables = {
  IDENTITY_KEY: text,
  IDENTITY_HASH_KEY: text,
  CASES_TABLE: text,
  REPORTERS_TABLE: text,
  DIRECTORY_TABLE: text,
  TRAFFIC_TABLE: text,
  TRAFFIC_KEY: text,
  FREE_REPORTS_OF_NETWORK: wholeNumber(),
  FREE_REPORTS_OF_ALL: wholeNumber(),
  HOLDS_ALIKE: trueOrFalse,
  HOLDS_BACK: trueOrFalse,
  ATTACHMENTS_BUCKET: text,
  ATTACHMENT_LIMITS: json(attachmentLimits),
  SEARCH_BUCKET: text,
  VERIFYING_AGENCY: text,
  ...frameVariables,
  DRAFTS_TABLE: text,
};
const env = settings(variables);

const strain = strainMeter({ always: env.HOLDS_BACK });
const dynamo = dynamoClient(strain);
const seal = reporterSeal({ key: env.IDENTITY_KEY, hashKey: env.IDENTITY_HASH_KEY });
const attachments = attachmentStore(dynamo, env.CASES_TABLE);
const now = () => new Date();
const traffic = trafficStore(dynamo, env.TRAFFIC_TABLE, keyedHashOf(env.TRAFFIC_KEY));
const frame = frameOf(env, { waiting: waitingRoom(traffic), now });

const table = [
  ...routes({
    cases: caseStore(dynamo, {
      cases: env.CASES_TABLE,
      reporters: { table: env.REPORTERS_TABLE, seal },
    }),
    directory: directoryStore(dynamo, env.DIRECTORY_TABLE),
    traffic,
    threshold: {
      ofNetwork: env.FREE_REPORTS_OF_NETWORK,
      ofAll: env.FREE_REPORTS_OF_ALL,
      holdsAlike: env.HOLDS_ALIKE,
    },
    evidence: { attachments, files: lazyFiles(env.ATTACHMENTS_BUCKET) },
    filesOf: knownFiles({ attachments, limits: env.ATTACHMENT_LIMITS }),
    reporters: reporterStore(dynamo, env.REPORTERS_TABLE),
    indexes: indexesAtHand(lazyIndexPlace(env.SEARCH_BUCKET)),
    strain,
    verifyingAgency: env.VERIFYING_AGENCY,
    drafts: draftStore(dynamo, env.DRAFTS_TABLE),
    lastSweep: lastSweepStore(dynamo, env.DIRECTORY_TABLE),
    frame,
    now,
  }),
  get("/v1/openapi.json", describeApi),
];

export const handler = serve(table, undefined, { errorPage: errorPageOf(frame) });
