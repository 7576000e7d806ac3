import type * as z from "zod";
import { queueNames } from "../../../shared/case/lists/queues.ts";
import { officerView } from "../../../shared/case/views/schemas.ts";
import { keepCookie } from "../../../shared/http/page/cookies.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { deskVisit, newSince, visitAt, visitKnownForSeconds } from "../../../shared/visitor/officer-visit.ts";
import type { Desk } from "../desk.ts";
import { type QueueRoutes, waitingIn } from "./queue-asked.ts";

const name = "__Host-kunjungan";

/** When this officer was at the desk before, and the cookie that remembers that they are here now. */
export async function deskVisited(
  { frame }: Pick<Desk, "frame">,
  { cookies, subject }: OfficerVisit,
): Promise<{ since: string | undefined; cookie: string }> {
  const sealed = cookies.get(name);
  const known =
    sealed === undefined ? undefined : deskVisit.safeParse(await frame.seal.open(sealed, name)).data;
  const visit = visitAt(known, subject, frame.now());
  return {
    since: newSince(visit),
    cookie: keepCookie(name, await frame.seal.seal(visit, name), visitKnownForSeconds),
  };
}

type View = z.output<typeof officerView>;
type Entry = NonNullable<View["timeline"]>[number];

/** A case that something has happened to, and the last of it. */
export interface News {
  view: View;
  entry: Entry;
}

/** So many cases are looked into: their histories tell what happened. */
const lookedInto = 6;

/** The last thing that happened to a case since an instant and that this officer did not do. */
const lastOf = ({ timeline = [] }: View, since: string, own: ReadonlySet<string>): Entry | undefined =>
  timeline.filter(({ at, officer }) => at > since && !(officer && own.has(officer.id))).at(-1);

/** What has changed in the queues of an officer since an instant, the newest first, without what they did themselves. */
export async function newsSince(
  visit: OfficerVisit,
  { list, show }: QueueRoutes,
  since: string,
): Promise<News[]> {
  const pages = await Promise.all(
    queueNames.map((queue) => waitingIn(visit, { list }, queue, {}, { since, limit: "25" })),
  );
  const newest = pages
    .flatMap(({ items }) => items)
    .sort((a, b) => String(b.movedAt).localeCompare(String(a.movedAt)))
    .slice(0, lookedInto);
  const own = new Set(visit.posts.map(({ id }) => id));
  const news = await Promise.all(
    newest.map(async ({ trackingNumber }) => {
      try {
        const view = await visit.ask(show, { path: { trackingNumber } }, officerView);
        const entry = lastOf(view, since, own);
        return entry ? [{ view, entry }] : [];
      } catch (error) {
        // It has moved on out of their reach since the list was read.
        if (error instanceof Refusal) return [];
        throw error;
      }
    }),
  );
  return news.flat();
}
