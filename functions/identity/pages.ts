import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { contactPage } from "./contact-page.ts";
import { dataPage } from "./data-page.ts";
import { deletionPage } from "./deletion-page.ts";

/** The routes that the pages about a reporter's own data ask. */
export interface AskedRoutes {
  /** The case as its reporter sees it. */
  see: Endpoint;
  export: Endpoint;
  correct: Endpoint;
  delete: Endpoint;
}

/** The pages about a reporter's own data. */
export const pages = (frame: Frame, asked: AskedRoutes): Route[] => [
  ...dataPage(frame, asked.see, asked.export),
  ...deletionPage(frame, asked.see, asked.delete),
  ...contactPage(frame, asked),
];
