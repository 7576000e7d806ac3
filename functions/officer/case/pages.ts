import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";

/** A case as officers work on it, its files, and where it may belong. */
export const casePages = (_desk: Desk): Route[] => [];
