import { del, get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { chooseOwnMails } from "./choose-own-mails.ts";
import { closeAgency } from "./close-agency.ts";
import { confirmRequest } from "./confirm-request.ts";
import { dismissOfficer } from "./dismiss-officer.ts";
import { refuseRequest, withdrawRequest } from "./end-request.ts";
import { inviteOfficerAgain } from "./invite-officer-again.ts";
import type { LimitsDesk } from "./limits-desk.ts";
import { limitsRoutes } from "./limits-routes.ts";
import { listOfficers } from "./list-officers.ts";
import { listRequests } from "./list-requests.ts";
import { practicePages } from "./practice-page.ts";
import { putAgency } from "./put-agency.ts";
import { putOfficer } from "./put-officer.ts";
import type { Registry } from "./registry.ts";
import { resetAuthenticator } from "./reset-authenticator.ts";
import { beAway, comeBack, endOfficersAbsence, setOfficersAbsence } from "./set-absence.ts";
import { showAgency } from "./show-agency.ts";
import { showHistory } from "./show-history.ts";
import { showOfficer } from "./show-officer.ts";
import { showPractice } from "./show-practice.ts";
import { showRequest } from "./show-request.ts";

const agency = "/v1/admin/agencies/{id}";
const officer = "/v1/admin/officers/{id}";
const request = "/v1/admin/requests/{id}";

/** The routes that change the directory, the calendar and the limits. */
export const routes = (registry: Registry, limits: LimitsDesk): Route[] => [
  get(agency, showAgency(registry)),
  put(agency, putAgency(registry)),
  post(`${agency}/closing`, closeAgency(registry)),
  get(`${agency}/history`, showHistory(registry, "agency")),
  get("/v1/admin/officers", listOfficers(registry)),
  get(officer, showOfficer(registry)),
  put(officer, putOfficer(registry)),
  post(`${officer}/dismissal`, dismissOfficer(registry)),
  post(`${officer}/invitation`, inviteOfficerAgain(registry)),
  post(`${officer}/authenticator-reset`, resetAuthenticator(registry)),
  get(`${officer}/history`, showHistory(registry, "officer")),
  get("/v1/admin/requests", listRequests(registry)),
  get(request, showRequest(registry)),
  post(`${request}/confirmation`, confirmRequest(registry)),
  post(`${request}/refusal`, refuseRequest(registry)),
  post(`${request}/withdrawal`, withdrawRequest(registry)),
  put("/v1/officer/me/mail-settings", chooseOwnMails(registry)),
  put("/v1/officer/me/absence", beAway(registry)),
  del("/v1/officer/me/absence", comeBack(registry)),
  put(`${officer}/absence`, setOfficersAbsence(registry)),
  del(`${officer}/absence`, endOfficersAbsence(registry)),
  ...limitsRoutes(limits),
  get("/v1/admin/practice", showPractice(registry)),
  ...practicePages(registry.frame, showPractice(registry)),
];
