import { get, post, type Route } from "../../shared/http/endpoint.ts";
import { type EvidenceRoom, fetchOriginal, openOriginal, seeOriginal } from "./open-original.ts";
import { originalPage } from "./original-page.ts";

/** The only routes that need the right to read sealed originals. */
export const routes = (room: EvidenceRoom): Route[] => {
  const asked = { see: seeOriginal(room), open: openOriginal(room), fetch: fetchOriginal(room) };
  return [
    post("/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening", asked.open),
    get("/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/original", asked.fetch),
    ...originalPage(room.frame, asked),
  ];
};
