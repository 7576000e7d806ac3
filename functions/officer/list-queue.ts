import * as z from "zod";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { queueNames, watchNames, windowOf } from "../../shared/case/lists/queues.ts";
import {
  filters,
  pageSize,
  queueCursor,
  queueEnd,
  queuePlace,
  type Window,
} from "../../shared/case/lists/search.ts";
import { readerOf } from "../../shared/case/moves/table.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import { asCursor } from "../../shared/cursor.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { supportsSeenOfAll } from "../../shared/support/support-flow.ts";
import type { Desk } from "./desk.ts";
import { agenciesOf, whichAgencies } from "./which-agencies.ts";

/** The part of a window that ends with this date, where it begins no later. */
const dueOn = (date: string, { from = "", to = date }: Window): Window => ({
  from: from > date ? from : date,
  to: to < date ? to : date,
});

/** A page of a queue. */
export const casesWaiting = z.object({ items: z.array(officerView), cursor: z.string().nullable() });

/**
 * `GET /v1/officer/cases`: lists the cases that wait at the officer's agency, at one below it or at all of them, by due
 * date. A tree of very many agencies is listed part by part, each by due date.
 */
export const listQueue = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Daftar laporan yang menunggu", en: "List the cases that wait" },
      input: {
        query: z.strictObject({
          queue: z.enum([...queueNames, ...watchNames]),
          ...whichAgencies,
          ...filters,
          due: z.enum(["today"]).optional().describe("Only what is due by the end of today"),
          since: z.iso
            .datetime()
            .optional()
            .describe("Only what something has happened to since this instant"),
          cursor: queueCursor.optional(),
          limit: pageSize.optional(),
        }),
      },
      output: { 200: casesWaiting },
    },
    async ({ query }, { officer, posts, language }) => {
      const { cases, directory, now } = desk;
      const place = queuePlace(query.cursor);
      const { agency, holders, next } = await agenciesOf(desk, query, { officer, posts }, place.part);
      const counting = await countingOf(directory, agency.id);
      const reading = { ...counting, at: now() };
      const today = localDate(reading.at, counting.timeZone);
      const window = windowOf(query.queue, today, counting.calendar);
      const ids = holders.map(({ id }) => id);
      const page = await cases.queue(query.queue, ids, {
        ...(query.class && { class: query.class }),
        ...(query.category && { category: query.category }),
        ...(query.region && { region: query.region }),
        ...(query.since && { movedSince: query.since }),
        window: query.due ? dueOn(today, window) : window,
        after: place.after,
        limit: query.limit ?? 50,
      });
      const supportsOf = await supportsSeenOfAll(cases, page.items);
      const items = await Promise.all(
        page.items.map(async (found) => {
          const names = await namesOf(directory, { case: found, events: [] });
          return {
            ...viewOf(found, readerOf(officer.role), names, language, reading),
            ...supportsOf(found),
          };
        }),
      );
      return ok({ items, cursor: asCursor(queueEnd({ ...place, after: page.after }, next)) });
    },
  );
