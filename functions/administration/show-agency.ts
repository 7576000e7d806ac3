import * as z from "zod";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { agencyView, readable, type Registry } from "./registry.ts";

/** `GET /v1/admin/agencies/{id}`: shows an agency. */
export const showAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Lihat sebuah instansi sebagai admin", en: "See an agency as an administrator" },
      input: { path: z.strictObject({ id: agencyId }) },
      output: { 200: agencyView },
    },
    async ({ path }, { officer }) => {
      const { found } = await readable(registry, "agency", path.id, officer);
      return ok(found.entry, etag(found.version));
    },
  );
