import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { followPage } from "./follow-page.ts";

/** The routes that the pages of reporters and followers ask. */
export interface AskedRoutes {
  follow: Endpoint;
}

/** The pages of reporters, and of those who follow a case. */
export const pages = (frame: Frame, asked: AskedRoutes): Route[] => [...followPage(frame, asked.follow)];
