import * as z from "zod";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { reachedOfficerView, readable, type Registry, viewsOfOfficers } from "./registry.ts";

/** `GET /v1/admin/officers/{id}`: shows an officer. */
export const showOfficer = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Lihat seorang petugas sebagai admin", en: "See an officer as an administrator" },
      input: { path: z.strictObject({ id: officerId }) },
      output: { 200: reachedOfficerView },
    },
    async ({ path }, { officer, language }) => {
      const { found } = await readable(registry, "officer", path.id, officer);
      const [view] = await viewsOfOfficers(registry, [found.entry], language);
      return ok(view, etag(found.version));
    },
  );
