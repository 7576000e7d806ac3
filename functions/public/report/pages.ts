import type { Route } from "../../../shared/http/endpoint.ts";
import type { Frame } from "../../../shared/http/page/visit.ts";
import { reportAlikePage } from "./alike-page.ts";
import { reportCheckPage } from "./check-page.ts";
import { type AskedByReport, reportDesk, type ReportSurroundings } from "./desk.ts";
import { reportElsewherePage } from "./elsewhere-page.ts";
import { reportIdentityPage } from "./identity-page.ts";
import { reportPlacePage } from "./place-page.ts";
import { reportRecipientPage } from "./recipient-page.ts";
import { reportSentPage } from "./sent-page.ts";
import { reportStartPage } from "./start-page.ts";
import { reportStoryPage } from "./story-page.ts";

/** The pages on which a report is written and sent. */
export function reportPages(frame: Frame, asked: AskedByReport, surroundings: ReportSurroundings): Route[] {
  const desk = reportDesk(frame, asked, surroundings);
  return [
    ...reportStartPage(desk),
    ...reportStoryPage(desk),
    ...reportPlacePage(desk),
    ...reportAlikePage(desk),
    ...reportRecipientPage(desk),
    ...reportIdentityPage(desk),
    ...reportCheckPage(desk),
    ...reportSentPage(desk),
    ...reportElsewherePage(frame),
  ];
}
