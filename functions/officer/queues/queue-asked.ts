import type * as z from "zod";
import { standsInFor } from "../../../shared/case/moves/deputies/deputy-flow.ts";
import { readerOf } from "../../../shared/case/moves/table.ts";
import type { TimeZone } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Officer, OfficerRole } from "../../../shared/directory/directory.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import { type Problem, problemOf } from "../../../shared/http/problem.ts";
import type { AnyQueue, FiltersTyped } from "../../../shared/page/officer/queue/queue-addresses.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Desk } from "../desk.ts";
import { casesWaiting } from "../list-queue.ts";

/** The declared routes that these pages ask. */
export interface QueueRoutes {
  list: Endpoint;
  counts: Endpoint;
  caller: Endpoint;
  show: Endpoint;
}

export type Waiting = z.output<typeof casesWaiting>;

/** What the address of a queue asks of the route of the list. */
const asAsked = ({ instansi, cakupan, jenis, kategori, wilayah, batas }: FiltersTyped) => ({
  agency: instansi,
  scope: cakupan === "bawahan" ? "subtree" : undefined,
  class: jenis,
  category: kategori,
  region: wilayah,
  due: batas === "hari-ini" ? "today" : undefined,
});

export const waitingIn = (
  visit: OfficerVisit,
  { list }: Pick<QueueRoutes, "list">,
  queue: AnyQueue,
  typed: FiltersTyped,
  more: { cursor?: string | undefined; limit?: string; since?: string } = {},
): Promise<Waiting> => visit.ask(list, { query: { queue, ...asAsked(typed), ...more } }, casesWaiting);

export interface Listed {
  found: Waiting;
  /** The cursor leads nowhere any more, so this is the first page. */
  lost?: true;
  /** What of the filters the list refuses. */
  problem?: Problem;
}

/** What stands on a page of a queue. A cursor that leads nowhere any more gives the first page; refused filters are told. */
export async function listedIn(
  visit: OfficerVisit,
  routes: Pick<QueueRoutes, "list">,
  queue: AnyQueue,
  typed: FiltersTyped,
): Promise<Listed> {
  try {
    return { found: await waitingIn(visit, routes, queue, typed, { cursor: typed.kursor, limit: "50" }) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== "invalid-input") throw error;
    if (typed.kursor)
      return { ...(await listedIn(visit, routes, queue, { ...typed, kursor: undefined })), lost: true };
    return { found: { items: [], cursor: null }, problem: problemOf(error, visit.language, visit.requestId) };
  }
}

/** The zone of the agency of somebody's first post: their day is counted and their times are written there. */
export const zoneOf = async (
  { directory }: Pick<Desk, "directory">,
  { posts: [{ agencyId }] }: Pick<OfficerVisit, "posts">,
): Promise<TimeZone> => (await directory.agency(agencyId))?.timeZone ?? "Asia/Makassar";

/** Whether somebody only watches: they work in no agency, and choose one. */
export const onlyWatches = ({ posts }: Pick<OfficerVisit, "posts">): boolean =>
  posts.every(({ role }) => readerOf(role) !== "officer");

/** The roles that somebody may act in now: those of their posts, and of the officers in whose place they stand. */
export async function rolesOf(
  { directory, now }: Pick<Desk, "directory" | "now">,
  posts: readonly Officer[],
): Promise<OfficerRole[]> {
  const absent = await Promise.all(posts.map((post) => standsInFor(directory, post, now())));
  return [...new Set([...posts, ...absent.flat()].map(({ role }) => role))];
}
