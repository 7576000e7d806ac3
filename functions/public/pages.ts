import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { calculatorPage } from "./calculator-page.ts";
import { guidePages } from "./guide-pages.ts";
import { homePage } from "./home-page.ts";
import { myCasePage } from "./my-case-page.ts";
import { myFilePage } from "./my-file-page.ts";
import { offlinePage } from "./offline-page.ts";
import { trackPage } from "./track-page.ts";

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
export const pages = (frame: Frame, asked: AskedRoutes): Route[] => [
  ...homePage(frame, asked.deadlines),
  ...calculatorPage(frame, asked.deadlines),
  ...guidePages(frame),
  ...trackPage(frame, asked.track),
  ...myCasePage(frame, asked.track),
  ...myFilePage(frame, asked.file),
  ...offlinePage(frame),
];
