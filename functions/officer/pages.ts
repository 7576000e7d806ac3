import type { Route } from "../../shared/http/endpoint.ts";
import { casePages } from "./case/pages.ts";
import type { Desk } from "./desk.ts";
import { guidePages } from "./guide/pages.ts";
import { movePages } from "./moves/pages.ts";
import { queuePages } from "./queues/pages.ts";
import { signInPages } from "./sign-in/pages.ts";

/** The pages of officers that need no other powers than their routes. */
export const pages = (desk: Desk): Route[] => [
  ...signInPages(desk),
  ...queuePages(desk),
  ...casePages(desk),
  ...movePages(desk),
  ...guidePages(desk),
];
