import * as z from "zod";
import { namesOf } from "../../shared/case/move-store.ts";
import { asCursor, cursor, filters, pageSize, queueNames } from "../../shared/case/queue.ts";
import { officerView, viewOf } from "../../shared/case/view.ts";
import { agencyId } from "../../shared/directory/directory.ts";
import { officerEndpoint, ok } from "../../shared/http.ts";
import { Refusal, refuseFields } from "../../shared/refusal.ts";
import { type Desk, readerOf } from "./desk.ts";

/** More agencies than this are not read at once: whoever stands above so many chooses one. */
const agenciesAtOnce = 60;

/** `GET /v1/officer/cases`: what waits at the officer's agency, the oldest first; also at one below it, or at all of them. */
export const listQueue = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Daftar laporan yang menunggu", en: "List the cases that wait" },
      input: {
        query: z.strictObject({
          queue: z.enum(queueNames),
          agency: agencyId.optional(),
          /** "subtree": the agency and all below it. */
          scope: z.enum(["agency", "subtree"]).optional(),
          ...filters,
          cursor: cursor.optional(),
          limit: pageSize.optional(),
        }),
      },
      output: { 200: z.object({ items: z.array(officerView), cursor: z.string().nullable() }) },
    },
    async ({ query }, { officer, language }) => {
      const { cases, directory } = desk;
      if (officer.role === "auditor" || officer.role === "ombudsman-observer") {
        // They watch over agencies rather than working in one.
        if (!query.agency)
          throw refuseFields([
            {
              in: "query",
              path: "agency",
              message: {
                id: "Pilih instansi. Lihat /v1/agencies.",
                en: "Choose an agency. See /v1/agencies.",
              },
            },
          ]);
      }
      const agency = query.agency ?? officer.agencyId;
      const path = await directory.pathOf(agency);
      const everywhere = ["national-admin", "ombudsman-observer", "auditor"].includes(officer.role);
      if (path.length === 0 || !(everywhere || path.includes(officer.agencyId)))
        throw refuseFields([
          {
            in: "query",
            path: "agency",
            message: {
              id: "Instansi ini bukan instansi Anda atau unit di bawahnya.",
              en: "This agency is neither yours nor below yours.",
            },
          },
        ]);
      const holders = query.scope === "subtree" ? await directory.subtreeOf(agency) : [agency];
      if (holders.length > agenciesAtOnce)
        throw new Refusal("invalid-input", {
          id: `Ada ${holders.length} instansi di bawahnya. Pilih salah satu dengan ?agency=.`,
          en: `There are ${holders.length} agencies below it. Choose one of them with ?agency=.`,
        });
      const page = await cases.queue(query.queue, holders, {
        ...(query.class && { class: query.class }),
        ...(query.category && { category: query.category }),
        ...(query.region && { region: query.region }),
        after: query.cursor,
        limit: query.limit ?? 50,
      });
      const items = await Promise.all(
        page.items.map(async (found) =>
          viewOf(found, readerOf(officer), await namesOf(directory, { case: found, events: [] }), language),
        ),
      );
      return ok({ items, cursor: asCursor(page.after) });
    },
  );
