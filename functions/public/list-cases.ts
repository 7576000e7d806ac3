import * as z from "zod";
import { caseStatus } from "../../shared/case/case.ts";
import { cursor, filters, pageSize } from "../../shared/case/lists/search.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { publicView } from "../../shared/case/views/schemas.ts";
import { asCursor } from "../../shared/cursor.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";

/**
 * `GET /v1/cases`: lists the cases that the public may see, the newest first. A short page with a cursor is not the last.
 */
export const listCases = (cases: CaseStore, directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Laporan terbaru", en: "List the newest cases" },
      input: {
        query: z.strictObject({
          agency: agencyId.optional(),
          status: caseStatus.optional(),
          ...filters,
          cursor: cursor.optional(),
          limit: pageSize.optional(),
        }),
      },
      output: { 200: z.object({ items: z.array(publicView), cursor: z.string().nullable() }) },
    },
    async ({ query }, { language }) => {
      const { agency, status, cursor: after, limit = 50, class: kind, category, region } = query;
      const page = await cases.feed({
        ...(agency && { holder: agency }),
        ...(status && { status }),
        ...(kind && { class: kind }),
        ...(category && { category }),
        ...(region && { region }),
        after,
        limit,
      });
      const items = await Promise.all(
        page.items.map(async (found) =>
          viewOf(found, "public", await namesOf(directory, { case: found, events: [] }), language),
        ),
      );
      return ok({ items, cursor: asCursor(page.after) });
    },
  );
