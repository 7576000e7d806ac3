import * as z from "zod";
import { agencyEntry } from "../../shared/directory/administration/agency.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { created, etag, ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { askSecondPerson, waits } from "./ask-second-person.ts";
import { agencyChange, agencyChangeBy, agencyRequest, storeAgency } from "./change-agency.ts";
import { agencyView, contradictsEntry, type Registry, seen } from "./registry.ts";

/**
 * `PUT /v1/admin/agencies/{id}`: creates an agency, or makes it what the body says. Another `parent` moves it in the
 * tree. A mailbox outside the listed domains, and a move below another head, wait for a second person.
 */
export const putAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Buat atau ubah instansi, atau pindahkan dalam pohon instansi",
        en: "Create or change an agency, or move it in the tree",
      },
      input: { path: z.strictObject({ id: agencyId }), header: seen, body: agencyEntry },
      output: { 200: agencyView, 201: agencyView, 202: waits },
      refusals: {
        conflict: contradictsEntry,
        "too-many-requests":
          "Too much was asked for at this entry today. Retry-After says when to try again.",
        unavailable:
          "The request is stored, but nobody has been told of it. The same request again does that.",
      },
    },
    async ({ path: { id }, header, body }, { officer: who, language }) => {
      const wanted = await agencyChange(registry, id, body);
      const change = agencyChangeBy(registry, wanted, who);
      const seen = header["if-match"];
      if (change && wanted.matters.length > 0)
        return askSecondPerson(registry, agencyRequest(wanted), { who, seen, language });
      const after = await storeAgency(registry, wanted, change, { seen, language });
      const version = etag(after.version);
      return wanted.before
        ? ok(after.entry, version)
        : created(after.entry, `/v1/admin/agencies/${id}`, version);
    },
  );
