import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";

/** The way in and out for officers. */
export const signInPages = (_desk: Desk): Route[] => [];
