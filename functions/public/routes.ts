import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { get, post, type Route } from "../../shared/http/endpoint.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { SearchIndexes } from "../../shared/search/newest-index-flow.ts";
import { openDoor } from "../../shared/traffic/door-flow.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { calculateDeadlines } from "./calculate-deadlines.ts";
import { feedCases } from "./cases-feed.ts";
import { checkHealth } from "./check-health.ts";
import { fetchAttachment } from "./fetch-attachment.ts";
import { giveChallenge } from "./give-challenge.ts";
import { listCases } from "./list-cases.ts";
import { listAgencies, listCategories, listRegions } from "./list-directory.ts";
import { proveHistory } from "./prove-history.ts";
import { showClocks } from "./show-clocks.ts";
import { submitCase } from "./submit-case.ts";
import { trackCase } from "./track-case.ts";

/** The routes of everybody. All of them share one door, which lives as long as the function. */
export const routes = ({
  cases,
  directory,
  traffic,
  threshold,
  evidence,
  filesOf,
  reporters,
  indexes,
  verifyingAgency,
  siteUrl,
  now,
}: Surroundings & {
  cases: CaseStore;
  traffic: TrafficStore;
  threshold: Threshold;
  evidence: Omit<Evidence, "limits">;
  reporters: Pick<ReporterStore, "undeliverable">;
  indexes: SearchIndexes;
  siteUrl?: string | undefined;
  now: () => Date;
}): Route[] => {
  const door = openDoor(traffic, threshold);
  const lists = { cases, directory, indexes };
  return [
    post("/v1/cases", submitCase({ cases, directory, door, verifyingAgency, siteUrl }, now)),
    get("/v1/cases", listCases(lists)),
    get(
      "/v1/cases/{trackingNumber}",
      trackCase(cases, directory, { evidence, reporters, traffic, filesOf, verifyingAgency }, now),
    ),
    get("/v1/cases/{trackingNumber}/clocks", showClocks(cases, directory, traffic, now)),
    get("/v1/cases/{trackingNumber}/proof", proveHistory(cases, traffic, now)),
    get("/v1/challenges", giveChallenge(door, traffic, now)),
    get(
      "/v1/cases/{trackingNumber}/attachments/{attachmentId}",
      fetchAttachment(cases, { evidence, traffic }, now),
    ),
    get("/v1/deadlines", calculateDeadlines(directory, now)),
    get("/v1/agencies", listAgencies(directory)),
    get("/v1/categories", listCategories(directory)),
    get("/v1/regions", listRegions(directory)),
    get("/laporan.atom", feedCases(lists, siteUrl, { form: "atom", language: "id" })),
    get("/laporan.json", feedCases(lists, siteUrl, { form: "json", language: "id" })),
    get("/en/laporan.atom", feedCases(lists, siteUrl, { form: "atom", language: "en" })),
    get("/en/laporan.json", feedCases(lists, siteUrl, { form: "json", language: "en" })),
    get("/v1/health", checkHealth(directory, verifyingAgency)),
  ];
};
