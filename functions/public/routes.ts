import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { LastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { get, post, type Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Strain } from "../../shared/platform/strain.ts";
import { qrOf } from "../../shared/poster/qr.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { SearchIndexes } from "../../shared/search/newest-index-flow.ts";
import { publicCasesOnce } from "../../shared/statistics/public-figures-flow.ts";
import { openDoor } from "../../shared/traffic/door-flow.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import type { DraftStore } from "../../shared/visitor/draft-store.ts";
import { calculateDeadlines } from "./calculate-deadlines.ts";
import { feedCases } from "./cases/cases-feed.ts";
import { fetchAttachment } from "./cases/fetch-attachment.ts";
import { listCases } from "./cases/list-cases.ts";
import { listDuplicates } from "./cases/list-duplicates.ts";
import { proveHistory } from "./cases/prove-history.ts";
import { showClocks } from "./cases/show-clocks.ts";
import { supportCase } from "./cases/support-case.ts";
import { checkHealth } from "./check-health.ts";
import { listAgencies, listCategories } from "./directory/list-directory.ts";
import { listRegions } from "./directory/list-regions.ts";
import { showAgency } from "./directory/show-agency.ts";
import { suggestAgenciesFor } from "./directory/suggest-agencies.ts";
import { trackCase } from "./own-case/track-case.ts";
import { pages } from "./pages.ts";
import { giveChallenge } from "./report/give-challenge.ts";
import { submitCase } from "./report/submit-case.ts";
import { showFigures } from "./show-figures.ts";

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
  strain,
  verifyingAgency,
  drafts,
  lastSweep,
  frame,
  now,
}: Surroundings & {
  cases: CaseStore;
  traffic: TrafficStore;
  threshold: Threshold;
  evidence: Omit<Evidence, "limits">;
  reporters: Pick<ReporterStore, "undeliverable">;
  indexes: SearchIndexes;
  strain: Strain;
  /** The reports that visitors are writing. */
  drafts: DraftStore;
  lastSweep: Pick<LastSweepStore, "last">;
  /** What the pages share. */
  frame: Frame;
  now: () => Date;
}): Route[] => {
  const door = openDoor(traffic, threshold);
  const { siteUrl } = frame;
  const lists = { cases, directory, indexes, strain, now };
  const publicCases = publicCasesOnce(cases, now);
  const asked = {
    submit: submitCase({ cases, directory, door, verifyingAgency, siteUrl }, now),
    list: listCases(lists),
    track: trackCase(cases, directory, { evidence, reporters, traffic, filesOf, verifyingAgency }, now),
    clocks: showClocks(cases, directory, traffic, now),
    proof: proveHistory(cases, traffic, now),
    deadlines: calculateDeadlines(directory, now),
    agencies: listAgencies(directory),
    suggestions: suggestAgenciesFor(directory),
    categories: listCategories(directory),
    regions: listRegions(directory),
    duplicates: listDuplicates({ cases, directory, door }, now),
    support: supportCase({ cases, traffic, door }, now),
    agency: showAgency(directory, publicCases),
    figures: showFigures({ cases, directory }, publicCases),
    health: checkHealth(directory, verifyingAgency),
    file: fetchAttachment(cases, { evidence, traffic }, now),
  };
  return [
    post("/v1/cases", asked.submit),
    get("/v1/cases", asked.list),
    post("/v1/cases/duplicates", asked.duplicates),
    post("/v1/cases/{trackingNumber}/supports", asked.support),
    get("/v1/cases/{trackingNumber}", asked.track),
    get("/v1/cases/{trackingNumber}/clocks", asked.clocks),
    get("/v1/cases/{trackingNumber}/proof", asked.proof),
    get("/v1/challenges", giveChallenge(door, traffic, now)),
    get("/v1/cases/{trackingNumber}/attachments/{attachmentId}", asked.file),
    get("/v1/deadlines", asked.deadlines),
    get("/v1/agencies", asked.agencies),
    get("/v1/agencies/suggestions", asked.suggestions),
    get("/v1/agencies/{agencyId}", asked.agency),
    get("/v1/figures", asked.figures),
    get("/v1/categories", asked.categories),
    get("/v1/regions", asked.regions),
    get("/laporan.atom", feedCases(lists, siteUrl, { form: "atom", language: "id" })),
    get("/laporan.json", feedCases(lists, siteUrl, { form: "json", language: "id" })),
    get("/en/laporan.atom", feedCases(lists, siteUrl, { form: "atom", language: "en" })),
    get("/en/laporan.json", feedCases(lists, siteUrl, { form: "json", language: "en" })),
    get("/v1/health", asked.health),
    ...pages(frame, asked, { drafts, directory, verifyingAgency, qrOf, lastSweep }),
  ];
};
