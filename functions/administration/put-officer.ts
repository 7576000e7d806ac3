import * as z from "zod";
import { officerEntry } from "../../shared/directory/administration/officer.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { created, etag, ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { askSecondPerson, waits } from "./ask-second-person.ts";
import { officerChange, officerRequest, refuseOfficerChange, storeOfficer } from "./change-officer.ts";
import { contradictsEntry, officerView, type Registry, seen } from "./registry.ts";

/**
 * `PUT /v1/admin/officers/{id}`: invites an officer, or makes them what the body says. A dismissed officer comes back. What
 * gives power over secrets waits for a second person.
 */
export const putOfficer = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Daftarkan petugas, atau ubah peran, instansi, dan datanya",
        en: "Invite an officer, or change their role, agency and details",
      },
      input: { path: z.strictObject({ id: officerId }), header: seen, body: officerEntry },
      output: { 200: officerView, 201: officerView, 202: waits },
      refusals: {
        conflict: contradictsEntry,
        "too-many-requests":
          "The address was invited, or something asked for at this entry, very often today. Retry-After says when to try again.",
        unavailable:
          "The request is stored, but nobody has been told of it. The same request again does that.",
      },
    },
    async ({ path: { id }, header, body }, { officer: who, language }) => {
      const before = await registry.entries.find("officer", id);
      const change = await officerChange(registry, id, before, body);
      refuseOfficerChange(registry, change, who);
      const seen = header["if-match"];
      if (change.matters.length > 0)
        return askSecondPerson(registry, officerRequest(change), { who, seen, language });
      const after = await storeOfficer(registry, change, { who, seen, language });
      const view = officerView.parse(after.entry);
      const version = etag(after.version);
      return before ? ok(view, version) : created(view, `/v1/admin/officers/${id}`, version);
    },
  );
