import * as z from "zod";
import { close, closing } from "../../shared/directory/administration/agency.ts";
import { noSuchEntry, refuseRole } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { askHandOver } from "./ask-hand-over.ts";
import { agencyView, contradictsEntry, pathOf, type Registry, seen, store, witnesses } from "./registry.ts";

/** `POST /v1/admin/agencies/{id}/closing`: closes an agency. Its open cases go to the successor. */
export const closeAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Tutup instansi; laporan yang terbuka dialihkan ke penggantinya",
        en: "Close an agency; its open cases go to its successor",
      },
      input: { path: z.strictObject({ id: agencyId }), header: seen, body: closing },
      refusals: {
        conflict: contradictsEntry,
        unavailable:
          "The agency is closed, but handing over its cases has not begun. The same request again begins it.",
      },
      output: {
        200: agencyView.extend({
          /** Ids of officers who still belong to the agency. They have to be moved or dismissed. */
          remainingOfficers: z.array(z.string()),
        }),
      },
    },
    async ({ path: { id }, header, body }, { officer, language }) => {
      refuseRole("close-agency", officer);
      const { entries, cases } = registry;
      const path = await pathOf(registry, id);
      const [before] = path;
      if (!before) throw noSuchEntry();
      const [successorPath, openCases, below, officers] = await Promise.all([
        pathOf(registry, body.successor ?? null),
        cases.openCases(id),
        entries.under("agency", id),
        entries.under("officer", id),
      ]);
      const change = close(before, body, {
        who: officer,
        at: registry.now(),
        path,
        successorPath,
        openCases,
        openAgencies: below.filter(({ closedAt }) => !closedAt).map(({ id }) => id),
        verifyingAgency: registry.verifyingAgency,
      });
      const after = await store(registry, before, change, {
        seen: header["if-match"],
        language,
        rests: witnesses(successorPath),
      });
      await askHandOver(registry, { agencyId: id });
      const remainingOfficers = officers.filter(({ dismissedAt }) => !dismissedAt).map(({ id }) => id);
      return ok({ ...after.entry, remainingOfficers }, etag(after.version));
    },
  );
