import { post, type Route } from "../../shared/http/endpoint.ts";
import { type EvidenceRoom, openOriginal } from "./open-original.ts";

/** The only route that needs the right to read sealed originals. */
export const routes = (room: EvidenceRoom): Route[] => [
  post("/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening", openOriginal(room)),
];
