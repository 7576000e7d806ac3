import type { Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { reportAlikePage } from "./report-alike-page.ts";
import { reportCheckPage } from "./report-check-page.ts";
import { type AskedByReport, reportDesk, type ReportSurroundings } from "./report-desk.ts";
import { reportElsewherePage } from "./report-elsewhere-page.ts";
import { reportIdentityPage } from "./report-identity-page.ts";
import { reportPlacePage } from "./report-place-page.ts";
import { reportRecipientPage } from "./report-recipient-page.ts";
import { reportSentPage } from "./report-sent-page.ts";
import { reportStartPage } from "./report-start-page.ts";
import { reportStoryPage } from "./report-story-page.ts";

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
