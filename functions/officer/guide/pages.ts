import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";

/** What officers do at each move, by when, and on what basis. */
export const guidePages = (_desk: Desk): Route[] => [];
