import * as z from "zod";
import { calendarHash, tokenIn } from "../../../shared/calendar-feed/address.ts";
import { calendarTold } from "../../../shared/calendar-feed/feed-flow.ts";
import { icalendarOf } from "../../../shared/calendar-feed/icalendar.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { isKnown, type Reply, tagOf } from "../../../shared/http/reply.ts";
import { languages } from "../../../shared/language.ts";
import { logger } from "../../../shared/platform/observability.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Desk } from "../desk.ts";
import { workplacesOf } from "../which-agencies.ts";

/** It is the same for an address that never was, one that is revoked, and one of somebody who has left. */
const noSuchCalendar = () =>
  new Refusal("not-found", {
    id: "Kalender ini tidak ada atau alamatnya sudah dicabut. Petugas membuat alamat baru di meja petugas, pada Kalender.",
    en: "There is no such calendar, or its address was revoked. Officers make a new address at their desk, under Calendar.",
  });

/** Whose calendar an address leads to: the posts that they hold now. */
async function ownerOf(
  { calendarAddresses, directory }: Desk,
  file: string,
): Promise<{ subject: string; posts: [Officer, ...Officer[]] }> {
  const token = tokenIn(file);
  const subject = token && (await calendarAddresses.subjectOf(calendarHash(token)));
  if (!subject) throw noSuchCalendar();
  const [first, ...others] = (await directory.postsOf(subject)).filter(({ dismissedAt }) => !dismissedAt);
  if (!first) throw noSuchCalendar();
  return { subject, posts: [first, ...others] };
}

/** Programs ask again after an hour by themselves. Until then they keep it, and nobody else may. */
const keptPrivately = "private, no-cache";

/**
 * `GET /v1/calendar/{token}.ics`: the due dates of an officer's cases as a calendar to subscribe to. A program that asks cannot sign in,
 * so the address itself is the key. It shows numbers and clocks, and nothing that anybody reported.
 */
export const showCalendar = (desk: Desk) =>
  endpoint(
    {
      summary: {
        id: "Kalender batas waktu seorang petugas (iCalendar)",
        en: "The deadlines of an officer, as a calendar (iCalendar)",
      },
      input: {
        path: z.strictObject({
          token: z.string().describe("The secret part of the address, with .ics at its end"),
        }),
        query: z.strictObject({
          lang: z.enum(languages).optional().describe("The language of the calendar: Indonesian if absent"),
        }),
        header: z.object({ "if-none-match": z.string().optional() }),
      },
      output: { 200: "page", 304: "page" },
      documentType: "text/calendar",
      refusals: {
        "not-found": "There is no such calendar: its address was revoked, or its officer has left.",
      },
    },
    async ({ path, query: { lang = "id" }, header }): Promise<Reply> => {
      const { siteUrl } = desk.frame;
      const { subject, posts } = await ownerOf(desk, path.token);
      if (siteUrl === undefined) throw noSuchCalendar();
      const [first] = posts;
      const [agency, workplaces] = await Promise.all([
        desk.directory.agency(first.agencyId),
        workplacesOf(desk, posts),
      ]);
      const events = await calendarTold(
        desk,
        subject,
        workplaces.map(({ id }) => id),
      );
      logger.info("calendar shown", { events: events.length });
      const text = icalendarOf(events, {
        site: siteUrl,
        language: lang,
        timeZone: agency?.timeZone ?? "Asia/Jakarta",
      });
      const tag = tagOf(text);
      const headers = { "cache-control": keptPrivately, etag: tag, "content-language": lang };
      return isKnown(header["if-none-match"], tag)
        ? { status: 304, headers }
        : { status: 200, headers, page: { text, type: "text/calendar" } };
    },
  );
