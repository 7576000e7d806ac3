import * as z from "zod";
import { canGoOn } from "../../../shared/case/lists/next.ts";
import type { WatchName } from "../../../shared/case/lists/queues.ts";
import type { OfficerRole } from "../../../shared/directory/directory.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import type { AnyQueue } from "../../../shared/page/officer/queue/queue-addresses.ts";
import { type CaseWaiting, firstClock } from "../../../shared/page/officer/queue/queue-rows.ts";
import type { Desk } from "../desk.ts";
import { moveDone } from "./done-notice.ts";
import { onlyWatches, type QueueRoutes, rolesOf, waitingIn } from "./queue-asked.ts";

/** The most urgent first. What is not due soon is taken by its date from the queues in which officers act. */
const watched: readonly WatchName[] = ["overdue", "due-soon"];
const others: readonly AnyQueue[] = ["verification", "assigned", "in-progress"];

/** So many rows are read at once, and so many times, until one is found that this officer can take further. */
const rows = "25";
const times = 4;

const dueOf = (view: CaseWaiting): string => firstClock(view)?.dueDate ?? "9999-12-31";

interface Choice {
  roles: readonly OfficerRole[];
  /** The case that was just worked on. */
  except?: string | undefined;
}

/** The first case of a queue that this officer can take further. */
async function firstIn(
  visit: OfficerVisit,
  routes: Pick<QueueRoutes, "list">,
  queue: AnyQueue,
  { roles, except }: Choice,
): Promise<CaseWaiting | undefined> {
  let cursor: string | undefined;
  for (let read = 0; read < times; read++) {
    const found = await waitingIn(visit, routes, queue, {}, { cursor, limit: rows });
    const first = found.items.find((one) => one.trackingNumber !== except && canGoOn(one, roles));
    if (first || found.cursor === null) return first;
    cursor = found.cursor;
  }
  return undefined;
}

/** The case to take next: what is overdue, then what is due soon, then by its date. Undefined where nothing waits for this officer. */
export async function nextCase(
  visit: OfficerVisit,
  routes: Pick<QueueRoutes, "list">,
  choice: Choice,
): Promise<CaseWaiting | undefined> {
  for (const queue of watched) {
    const urgent = await firstIn(visit, routes, queue, choice);
    if (urgent) return urgent;
  }
  const found = await Promise.all(others.map((queue) => firstIn(visit, routes, queue, choice)));
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => dueOf(a).localeCompare(dueOf(b)))
    .at(0);
}

/** `/petugas/berikutnya`: leads to the most urgent case, or to the desk where none is left. */
export const nextPageOfDesk = (desk: Desk, routes: QueueRoutes): Route[] =>
  officerPageAt(
    desk.frame,
    "/petugas/berikutnya",
    {
      query: z.strictObject({ selain: z.string().max(40).optional(), sudah: z.string().max(40).optional() }),
    },
    async ({ query: { selain } }, visit) => {
      const done = moveDone(visit);
      const roles = await rolesOf(desk, visit.posts);
      const next = onlyWatches(visit) ? undefined : await nextCase(visit, routes, { roles, except: selain });
      const address = next ? officersCase(next.trackingNumber) : "/petugas";
      return seeOther(done ? `${address}?sudah=${done}` : address, visit.language);
    },
  );
