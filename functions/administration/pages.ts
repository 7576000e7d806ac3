import type { Route } from "../../shared/http/endpoint.ts";
import { templatePages } from "./answer-templates/pages.ts";
import { agencyHistoryPage, agencyPage } from "./kelola/agencies/agency-page.ts";
import {
  changeAgencyPage,
  createAgencyPages,
  moveAgencyPage,
} from "./kelola/agencies/change-agency-pages.ts";
import { closeAgencyPages } from "./kelola/agencies/close-agency-page.ts";
import { homePage } from "./kelola/agencies/home-page.ts";
import { calendarPages } from "./kelola/limits/calendar-pages.ts";
import { limitsPages } from "./kelola/limits/limits-pages.ts";
import { loadPages } from "./kelola/load/load-pages.ts";
import { absencePages } from "./kelola/officers/absence-pages.ts";
import { changeOfficerPages } from "./kelola/officers/change-officer-pages.ts";
import { officerPage } from "./kelola/officers/officer-page.ts";
import { officersPage } from "./kelola/officers/officers-page.ts";
import { ownPages } from "./kelola/own-pages.ts";
import { requestsPages } from "./kelola/requests/requests-pages.ts";
import type { Room } from "./kelola/room.ts";
import { practicePages } from "./practice-page.ts";

/** The pages of administrators, and what officers set themselves. */
export const pages = (room: Room): Route[] => [
  ...homePage(room),
  ...agencyPage(room),
  ...agencyHistoryPage(room),
  ...changeAgencyPage(room),
  ...createAgencyPages(room),
  ...moveAgencyPage(room),
  ...closeAgencyPages(room),
  ...officersPage(room),
  ...officerPage(room),
  ...changeOfficerPages(room),
  ...absencePages(room),
  ...requestsPages(room),
  ...templatePages(room),
  ...calendarPages(room),
  ...limitsPages(room),
  ...practicePages(room.registry.frame, room.asked.practice),
  ...loadPages(room),
  ...ownPages(room),
];
