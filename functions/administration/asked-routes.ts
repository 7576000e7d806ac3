import { keepTemplates, showTemplates } from "./answer-templates/keep-templates.ts";
import { applyPolicy } from "./apply-policy.ts";
import { chooseOwnMails } from "./choose-own-mails.ts";
import { closeAgency } from "./close-agency.ts";
import { confirmRequest } from "./confirm-request.ts";
import { dismissOfficer } from "./dismiss-officer.ts";
import { refuseRequest, withdrawRequest } from "./end-request.ts";
import { freeAgency, freeOfficer } from "./free-address.ts";
import { inviteOfficerAgain } from "./invite-officer-again.ts";
import type { LimitsDesk } from "./limits-desk.ts";
import { listManagedAgencies } from "./list-agencies.ts";
import { listDeputies, listOwnDeputies } from "./list-deputies.ts";
import { listOfficers } from "./list-officers.ts";
import { listPolicies } from "./list-policies.ts";
import { listRequests } from "./list-requests.ts";
import { loadDirectory } from "./load-directory.ts";
import { putAgency } from "./put-agency.ts";
import { putOfficer } from "./put-officer.ts";
import type { Registry } from "./registry.ts";
import { resetAuthenticator } from "./reset-authenticator.ts";
import { beAway, comeBack, endOfficersAbsence, setOfficersAbsence } from "./set-absence.ts";
import { setCalendar } from "./set-calendar.ts";
import { setPolicy } from "./set-policy.ts";
import { showAgency } from "./show-agency.ts";
import { showCalendar } from "./show-calendar.ts";
import { showHistory } from "./show-history.ts";
import { showOfficer } from "./show-officer.ts";
import { showPractice } from "./show-practice.ts";
import { showRequest } from "./show-request.ts";

/** The declared routes of administrators. Their pages ask them too. */
export const askedRoutes = (registry: Registry, limits: LimitsDesk) => ({
  agencies: listManagedAgencies(registry),
  agency: showAgency(registry),
  putAgency: putAgency(registry),
  closeAgency: closeAgency(registry),
  agencyHistory: showHistory(registry, "agency"),
  answerTemplates: showTemplates(registry),
  keepAnswerTemplates: keepTemplates(registry),
  officers: listOfficers(registry),
  officer: showOfficer(registry),
  putOfficer: putOfficer(registry),
  dismiss: dismissOfficer(registry),
  inviteAgain: inviteOfficerAgain(registry),
  freeOfficer: freeOfficer(registry),
  freeAgency: freeAgency(registry),
  resetAuthenticator: resetAuthenticator(registry),
  officerHistory: showHistory(registry, "officer"),
  deputies: listDeputies(registry),
  setAbsence: setOfficersAbsence(registry),
  endAbsence: endOfficersAbsence(registry),
  load: loadDirectory(registry),
  requests: listRequests(registry),
  request: showRequest(registry),
  practice: showPractice(registry),
  confirm: confirmRequest(registry),
  refuse: refuseRequest(registry),
  withdraw: withdrawRequest(registry),
  chooseMails: chooseOwnMails(registry),
  ownDeputies: listOwnDeputies(registry),
  beAway: beAway(registry),
  comeBack: comeBack(registry),
  calendar: showCalendar(limits),
  setCalendar: setCalendar(limits),
  policies: listPolicies(limits),
  setPolicy: setPolicy(limits),
  applyPolicy: applyPolicy(limits),
});
export type AskedRoutes = ReturnType<typeof askedRoutes>;
