import { get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { applyPolicy } from "./apply-policy.ts";
import type { LimitsDesk } from "./limits-desk.ts";
import { listPolicies } from "./list-policies.ts";
import { setCalendar } from "./set-calendar.ts";
import { setPolicy } from "./set-policy.ts";
import { showCalendar } from "./show-calendar.ts";

/** The routes of the calendar and the limits. */
export const limitsRoutes = (desk: LimitsDesk): Route[] => [
  get("/v1/admin/calendars/{year}", showCalendar(desk)),
  put("/v1/admin/calendars/{year}", setCalendar(desk)),
  get("/v1/admin/policies", listPolicies(desk)),
  put("/v1/admin/policies", setPolicy(desk)),
  post("/v1/admin/policies/{version}/application", applyPolicy(desk)),
];
