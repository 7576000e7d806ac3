import * as z from "zod";
import { caseStore } from "../../shared/case/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import { cachedForAMinute, endpoint, get, ok, post, type Route, serve } from "../../shared/http.ts";
import { openApi } from "../../shared/openapi.ts";
import { checkHealth } from "./check-health.ts";
import { listAgencies, listCategories, listRegions } from "./list-directory.ts";
import { submitCase } from "./submit-case.ts";
import { trackCase } from "./track-case.ts";

const dynamo = dynamoClient();
const cases = caseStore(dynamo, { cases: env("CASES_TABLE"), reporters: env("REPORTERS_TABLE") });
const directory = directoryStore(dynamo, env("DIRECTORY_TABLE"));

const describeApi = endpoint(
  {
    summary: { id: "Dokumen ini", en: "This document" },
    input: {},
    output: { 200: z.looseObject({ openapi: z.string() }) },
  },
  async () => ok(openApi(routes), cachedForAMinute),
);

export const routes: Route[] = [
  post("/v1/cases", submitCase(cases, directory)),
  get("/v1/cases/{trackingNumber}", trackCase(cases, directory)),
  get("/v1/agencies", listAgencies(directory)),
  get("/v1/categories", listCategories(directory)),
  get("/v1/regions", listRegions(directory)),
  get("/v1/health", checkHealth(directory, env("VERIFYING_AGENCY"))),
  get("/v1/openapi.json", describeApi),
];

export const handler = serve(routes);
