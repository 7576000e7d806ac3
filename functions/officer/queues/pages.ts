import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";

/** The desk of an officer, their queues, and what they do with several cases at once. */
export const queuePages = (_desk: Desk): Route[] => [];
