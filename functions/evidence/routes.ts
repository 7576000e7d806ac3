import { get, post, type Route } from "../../shared/http/endpoint.ts";
import { type EvidenceRoom, fetchOriginal, openOriginal } from "./open-original.ts";

/** The only routes that need the right to read sealed originals. */
export const routes = (room: EvidenceRoom): Route[] => [
  post("/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening", openOriginal(room)),
  get("/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/original", fetchOriginal(room)),
];
