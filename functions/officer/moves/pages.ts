import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";

/** One page for each move that an officer can make. */
export const movePages = (_desk: Desk): Route[] => [];
