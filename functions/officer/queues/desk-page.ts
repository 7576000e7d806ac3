import * as z from "zod";
import { roleText } from "../../../shared/case/views/words.ts";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import { requestsToDecide } from "../../../shared/directory/administration/open-requests-flow.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page } from "../../../shared/http/reply.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { type DeskCount, deskMain, type StandingIn } from "../../../shared/page/officer/queue/desk-parts.ts";
import { casesCounted } from "../count-cases.ts";
import { callerShown } from "../describe-caller.ts";
import type { Desk } from "../desk.ts";
import { deskVisited, newsSince } from "./desk-news.ts";
import { doneNotice } from "./done-notice.ts";
import { nextCase } from "./next-case.ts";
import { onlyWatches, type QueueRoutes, rolesOf, zoneOf } from "./queue-asked.ts";

const words = { title: { id: "Meja saya", en: "My desk" } };

/** In whose place the officer stands now, in any of their posts. */
async function standsFor(visit: OfficerVisit, { caller }: QueueRoutes): Promise<StandingIn[]> {
  const { language, posts } = visit;
  const shown = await Promise.all(
    posts.map(({ id }) => visit.ask(caller, { headers: { "officer-post": id } }, callerShown)),
  );
  return shown.flatMap(({ standsInFor }) =>
    standsInFor.map(({ officer, role, agency, until }) => ({
      name: officer.name,
      role: roleText[role][language],
      agency,
      until: localDateInWords(until, language),
    })),
  );
}

/** The counts of each agency that is this officer's work, with as what they work there. */
function countsByAgency(
  { items }: z.output<typeof casesCounted>,
  { posts, language }: OfficerVisit,
): DeskCount[] {
  return items.map(({ agency, counts, dueToday }) => ({
    agency,
    counts,
    dueToday,
    as: posts.filter(({ agencyId }) => agencyId === agency.id).map(({ role }) => roleText[role][language]),
  }));
}

/** What of the desk is read for whoever works on cases. */
async function workOf(desk: Desk, visit: OfficerVisit, routes: QueueRoutes, since: string | undefined) {
  const roles = await rolesOf(desk, visit.posts);
  const [counted, standing, next, news] = await Promise.all([
    visit.ask(routes.counts, {}, casesCounted),
    standsFor(visit, routes),
    nextCase(visit, routes, { roles }),
    since === undefined ? [] : newsSince(visit, routes, since),
  ]);
  return {
    ownAgency: visit.posts[0].agencyId,
    total: counted.total,
    byAgency: countsByAgency(counted, visit),
    standing,
    next,
    news,
  };
}

/** `/petugas`: what waits for an officer, what comes next, and what has changed since they were here. */
export const deskOfOfficer = (desk: Desk, routes: QueueRoutes): Route[] =>
  officerPageAt(
    desk.frame,
    "/petugas",
    { query: z.strictObject({ sudah: z.string().max(40).optional() }) },
    async (_request, visit) => {
      const { language, address, posts } = visit;
      const { since, cookie } = await deskVisited(desk, visit);
      const [work, toDecide] = await Promise.all([
        onlyWatches(visit) ? undefined : workOf(desk, visit, routes, since),
        requestsToDecide(desk, posts, desk.now()),
      ]);
      // The counts have read the agency already, and the directory remembers it.
      const zone = await zoneOf(desk, visit);
      return {
        ...page(
          deskPage({ language, address, posts }, desk.frame.files, {
            title: words.title[language],
            main: deskMain({
              language,
              at: desk.now(),
              zone,
              done: doneNotice(visit),
              work,
              toDecide,
              since,
            }),
          }),
        ),
        cookies: [cookie],
      };
    },
  );
