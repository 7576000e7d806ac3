import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { calculatorPage } from "./calculator-page.ts";
import { clocksPage } from "./cases/clocks-page.ts";
import { feedPage } from "./cases/feed-page.ts";
import { historyPage } from "./cases/history-page.ts";
import { publicCasePage } from "./cases/public-case-page.ts";
import { supportPage } from "./cases/support-page.ts";
import { agenciesPage } from "./directory/agencies-page.ts";
import { agencyPage } from "./directory/agency-page.ts";
import { posterPages } from "./directory/poster-page.ts";
import { guidePages } from "./guide-pages.ts";
import { homePage } from "./home-page.ts";
import { leavePages } from "./own-case/leaving.ts";
import { myCasePage } from "./own-case/my-case-page.ts";
import { ownFilePage } from "./own-case/own-file-page.ts";
import { trackPage } from "./own-case/track-page.ts";
import type { ReportSurroundings } from "./report/desk.ts";
import { offlinePage } from "./report/offline-page.ts";
import { reportPages } from "./report/pages.ts";
import { statusPage, type StatusSurroundings } from "./status-page.ts";

/** The routes that the pages of everybody ask. */
export interface AskedRoutes {
  submit: Endpoint;
  track: Endpoint;
  clocks: Endpoint;
  list: Endpoint;
  deadlines: Endpoint;
  agencies: Endpoint;
  suggestions: Endpoint;
  categories: Endpoint;
  regions: Endpoint;
  duplicates: Endpoint;
  support: Endpoint;
  agency: Endpoint;
  figures: Endpoint;
  proof: Endpoint;
  health: Endpoint;
  file: Endpoint;
}

/** The pages of everybody. */
export const pages = (
  frame: Frame,
  asked: AskedRoutes,
  surroundings: ReportSurroundings & StatusSurroundings,
): Route[] => [
  ...homePage(frame, asked.deadlines, asked.figures),
  ...calculatorPage(frame, asked.deadlines),
  ...guidePages(frame),
  ...trackPage(frame, asked.track),
  ...leavePages(frame, surroundings.drafts),
  ...myCasePage(frame, asked),
  ...ownFilePage(frame, asked.file),
  ...statusPage(frame, asked, surroundings),
  ...reportPages(frame, asked, surroundings),
  ...feedPage(frame, asked),
  ...publicCasePage(frame, asked.track),
  ...clocksPage(frame, asked.clocks),
  ...historyPage(frame, asked),
  ...supportPage(frame, asked),
  ...agenciesPage(frame, asked.agencies),
  ...agencyPage(frame, asked),
  ...posterPages(frame, asked.agency),
  ...offlinePage(frame),
];
