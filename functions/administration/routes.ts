import { del, get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { type AskedRoutes, askedRoutes } from "./asked-routes.ts";
import type { LimitsDesk } from "./limits-desk.ts";
import { ownCalendarRoutes } from "./own-calendar-page.ts";
import { pages } from "./pages.ts";
import type { Registry } from "./registry.ts";

const agency = "/v1/admin/agencies/{id}";
const officer = "/v1/admin/officers/{id}";
const request = "/v1/admin/requests/{id}";

/** What changes agencies and officers. */
const ofEntries = (asked: AskedRoutes): Route[] => [
  get("/v1/admin/agencies", asked.agencies),
  get(agency, asked.agency),
  put(agency, asked.putAgency),
  post(`${agency}/closing`, asked.closeAgency),
  post(`${agency}/address-confirmation`, asked.freeAgency),
  get(`${agency}/history`, asked.agencyHistory),
  get(`${agency}/answer-templates`, asked.answerTemplates),
  put(`${agency}/answer-templates`, asked.keepAnswerTemplates),
  get("/v1/admin/officers", asked.officers),
  get(officer, asked.officer),
  put(officer, asked.putOfficer),
  post(`${officer}/dismissal`, asked.dismiss),
  post(`${officer}/invitation`, asked.inviteAgain),
  post(`${officer}/address-confirmation`, asked.freeOfficer),
  post(`${officer}/authenticator-reset`, asked.resetAuthenticator),
  get(`${officer}/history`, asked.officerHistory),
  get(`${officer}/deputies`, asked.deputies),
  put(`${officer}/absence`, asked.setAbsence),
  del(`${officer}/absence`, asked.endAbsence),
  post("/v1/admin/directory-loads", asked.load),
  get("/v1/admin/requests", asked.requests),
  get(request, asked.request),
  post(`${request}/confirmation`, asked.confirm),
  post(`${request}/refusal`, asked.refuse),
  post(`${request}/withdrawal`, asked.withdraw),
  put("/v1/officer/me/mail-settings", asked.chooseMails),
  get("/v1/officer/me/deputies", asked.ownDeputies),
  put("/v1/officer/me/absence", asked.beAway),
  del("/v1/officer/me/absence", asked.comeBack),
];

/** What changes the calendar and the limits. */
const ofLimits = (asked: AskedRoutes): Route[] => [
  get("/v1/admin/calendars/{year}", asked.calendar),
  put("/v1/admin/calendars/{year}", asked.setCalendar),
  get("/v1/admin/policies", asked.policies),
  put("/v1/admin/policies", asked.setPolicy),
  post("/v1/admin/policies/{version}/application", asked.applyPolicy),
];

/** The routes and pages that change the directory, the calendar and the limits. */
export function routes(registry: Registry, limits: LimitsDesk): Route[] {
  const asked = askedRoutes(registry, limits);
  return [
    ...ofEntries(asked),
    ...ofLimits(asked),
    ...ownCalendarRoutes(registry),
    get("/v1/admin/practice", asked.practice),
    ...pages({ registry, asked }),
  ];
}
