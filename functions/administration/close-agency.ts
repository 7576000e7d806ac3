import * as z from "zod";
import { close, closing } from "../../shared/directory/administration/agency.ts";
import { noSuchEntry, refuseRole } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { askHandOver } from "./ask-hand-over.ts";
import { dryRun } from "./limits-desk.ts";
import {
  agencyView,
  contradictsEntry,
  pathOf,
  refuseIfOvertaken,
  type Registry,
  seen,
  store,
  witnesses,
} from "./registry.ts";

export const agencyClosed = agencyView.extend({
  /** Ids of officers who still belong to the agency. They have to be moved or dismissed. */
  remainingOfficers: z.array(z.string()),
  /** So many open cases go to the successor. */
  openCases: z.int(),
});

/**
 * `POST /v1/admin/agencies/{id}/closing`: closes an agency. Its open cases go to the successor. `?dryRun=true` only tells what that
 * would do.
 */
export const closeAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Tutup instansi; laporan yang terbuka dialihkan ke penggantinya",
        en: "Close an agency; its open cases go to its successor",
      },
      input: { path: z.strictObject({ id: agencyId }), query: dryRun, header: seen, body: closing },
      refusals: {
        conflict: contradictsEntry,
        unavailable:
          "The agency is closed, but handing over its cases has not begun. The same request again begins it.",
      },
      output: {
        200: agencyClosed,
      },
    },
    async ({ path: { id }, query, header, body }, { officer, language }) => {
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
      const remainingOfficers = officers.filter(({ dismissedAt }) => !dismissedAt).map(({ id }) => id);
      if (query.dryRun === "true") {
        await refuseIfOvertaken(registry, "agency", before, { seen: header["if-match"], language });
        return ok({ ...(change ?? before).entry, remainingOfficers, openCases }, etag(before.version));
      }
      const after = await store(registry, before, change, {
        seen: header["if-match"],
        language,
        rests: witnesses(successorPath),
      });
      await askHandOver(registry, { agencyId: id });
      return ok({ ...after.entry, remainingOfficers, openCases }, etag(after.version));
    },
  );
