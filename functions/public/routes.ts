import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { get, post, type Route } from "../../shared/http/endpoint.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import { publicCasesOnce } from "../../shared/statistics/public-figures-flow.ts";
import { openDoor } from "../../shared/traffic/door-flow.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { calculateDeadlines } from "./calculate-deadlines.ts";
import { checkHealth } from "./check-health.ts";
import { fetchAttachment } from "./fetch-attachment.ts";
import { giveChallenge } from "./give-challenge.ts";
import { listCases } from "./list-cases.ts";
import { listAgencies, listCategories, listRegions } from "./list-directory.ts";
import { listDuplicates } from "./list-duplicates.ts";
import { proveHistory } from "./prove-history.ts";
import { showAgency } from "./show-agency.ts";
import { showClocks } from "./show-clocks.ts";
import { showFigures } from "./show-figures.ts";
import { submitCase } from "./submit-case.ts";
import { supportCase } from "./support-case.ts";
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
  verifyingAgency,
  siteUrl,
  now,
}: Surroundings & {
  cases: CaseStore;
  traffic: TrafficStore;
  threshold: Threshold;
  evidence: Omit<Evidence, "limits">;
  reporters: Pick<ReporterStore, "undeliverable">;
  siteUrl?: string | undefined;
  now: () => Date;
}): Route[] => {
  const door = openDoor(traffic, threshold);
  const publicCases = publicCasesOnce(cases, now);
  return [
    post("/v1/cases", submitCase({ cases, directory, door, verifyingAgency, siteUrl }, now)),
    get("/v1/cases", listCases(cases, directory)),
    post("/v1/cases/duplicates", listDuplicates({ cases, directory, door }, now)),
    post("/v1/cases/{trackingNumber}/supports", supportCase({ cases, traffic, door }, now)),
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
    get("/v1/agencies/{agencyId}", showAgency(directory, publicCases)),
    get("/v1/figures", showFigures({ cases, directory }, publicCases)),
    get("/v1/categories", listCategories(directory)),
    get("/v1/regions", listRegions(directory)),
    get("/v1/health", checkHealth(directory, verifyingAgency)),
  ];
};
