import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { get, post, type Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import { openDoor } from "../../shared/traffic/door-flow.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import type { DraftStore } from "../../shared/visitor/draft-store.ts";
import { calculateDeadlines } from "./calculate-deadlines.ts";
import { checkHealth } from "./check-health.ts";
import { fetchAttachment } from "./fetch-attachment.ts";
import { giveChallenge } from "./give-challenge.ts";
import { listCases } from "./list-cases.ts";
import { listAgencies, listCategories, listRegions } from "./list-directory.ts";
import { pages } from "./pages.ts";
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
  verifyingAgency,
  drafts,
  frame,
  now,
}: Surroundings & {
  cases: CaseStore;
  traffic: TrafficStore;
  threshold: Threshold;
  evidence: Omit<Evidence, "limits">;
  reporters: Pick<ReporterStore, "undeliverable">;
  /** The reports that visitors are writing. */
  drafts: DraftStore;
  /** What the pages share. */
  frame: Frame;
  now: () => Date;
}): Route[] => {
  const door = openDoor(traffic, threshold);
  const { siteUrl } = frame;
  const asked = {
    submit: submitCase({ cases, directory, door, verifyingAgency, siteUrl }, now),
    list: listCases(cases, directory),
    track: trackCase(cases, directory, { evidence, reporters, traffic, filesOf, verifyingAgency }, now),
    clocks: showClocks(cases, directory, traffic, now),
    proof: proveHistory(cases, traffic, now),
    deadlines: calculateDeadlines(directory, now),
    agencies: listAgencies(directory),
    categories: listCategories(directory),
    regions: listRegions(directory),
    health: checkHealth(directory, verifyingAgency),
  };
  return [
    post("/v1/cases", asked.submit),
    get("/v1/cases", asked.list),
    get("/v1/cases/{trackingNumber}", asked.track),
    get("/v1/cases/{trackingNumber}/clocks", asked.clocks),
    get("/v1/cases/{trackingNumber}/proof", asked.proof),
    get("/v1/challenges", giveChallenge(door, traffic, now)),
    get(
      "/v1/cases/{trackingNumber}/attachments/{attachmentId}",
      fetchAttachment(cases, { evidence, traffic }, now),
    ),
    get("/v1/deadlines", asked.deadlines),
    get("/v1/agencies", asked.agencies),
    get("/v1/categories", asked.categories),
    get("/v1/regions", asked.regions),
    get("/v1/health", asked.health),
    ...pages(frame, asked, { drafts, directory, verifyingAgency }),
  ];
};
