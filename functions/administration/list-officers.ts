import * as z from "zod";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { reachedOfficerView, readable, type Registry, viewsOfOfficers } from "./registry.ts";

export const officersListed = z.object({ items: z.array(reachedOfficerView), cursor: z.null() });

/**
 * `GET /v1/admin/officers`: lists everybody who works for an agency, dismissed officers too. Without a named agency it is
 * the administrator's own.
 */
export const listOfficers = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Daftar petugas sebuah instansi", en: "List the officers of an agency" },
      input: { query: z.strictObject({ agency: agencyId.optional() }) },
      output: { 200: officersListed },
      refusals: { "not-found": "There is no such agency where the administrator may look." },
    },
    async ({ query }, { officer, language }) => {
      const id = query.agency ?? officer.agencyId;
      await readable(registry, "agency", id, officer);
      const officers = await registry.entries.under("officer", id);
      const sorted = officers.sort((a, b) => (a.id < b.id ? -1 : 1));
      return ok({ items: await viewsOfOfficers(registry, sorted, language), cursor: null });
    },
  );
