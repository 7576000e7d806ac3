import { caseStore } from "../../shared/case/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import { get, serve } from "../../shared/http.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { describeApi } from "./describe-api.ts";
import { routes } from "./routes.ts";

const dynamo = dynamoClient();

export const handler = serve([
  ...routes({
    cases: caseStore(dynamo, { cases: env("CASES_TABLE"), reporters: env("REPORTERS_TABLE") }),
    directory: directoryStore(dynamo, env("DIRECTORY_TABLE")),
    traffic: trafficStore(dynamo, env("TRAFFIC_TABLE")),
    threshold: {
      ofNetwork: Number(env("FREE_REPORTS_OF_NETWORK")),
      ofAll: Number(env("FREE_REPORTS_OF_ALL")),
      holdsAlike: env("HOLDS_ALIKE") === "true",
    },
    verifyingAgency: env("VERIFYING_AGENCY"),
    now: () => new Date(),
  }),
  get("/v1/openapi.json", describeApi),
]);
