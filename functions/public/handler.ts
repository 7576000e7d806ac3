import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { get } from "../../shared/http/endpoint.ts";
import { serve } from "../../shared/http/serve.ts";
import { reporterSeal } from "../../shared/reporter/reporter-store.ts";
import { env } from "../../shared/settings.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { describeApi } from "./describe-api.ts";
import { routes } from "./routes.ts";

const dynamo = dynamoClient();
const seal = reporterSeal({ key: env("IDENTITY_KEY"), hashKey: env("IDENTITY_HASH_KEY") });

export const handler = serve([
  ...routes({
    cases: caseStore(dynamo, {
      cases: env("CASES_TABLE"),
      reporters: { table: env("REPORTERS_TABLE"), seal },
    }),
    directory: directoryStore(dynamo, env("DIRECTORY_TABLE")),
    traffic: trafficStore(dynamo, env("TRAFFIC_TABLE")),
    threshold: {
      ofNetwork: Number(env("FREE_REPORTS_OF_NETWORK")),
      ofAll: Number(env("FREE_REPORTS_OF_ALL")),
      holdsAlike: env("HOLDS_ALIKE") === "true",
    },
    evidence: {
      attachments: attachmentStore(dynamo, env("CASES_TABLE")),
      files: lazyFiles(env("ATTACHMENTS_BUCKET")),
    },
    verifyingAgency: env("VERIFYING_AGENCY"),
    siteUrl: process.env.SITE_URL,
    now: () => new Date(),
  }),
  get("/v1/openapi.json", describeApi),
]);
