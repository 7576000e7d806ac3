import type { Route } from "../../../shared/http/endpoint.ts";
import { countCases } from "../count-cases.ts";
import { describeCaller } from "../describe-caller.ts";
import type { Desk } from "../desk.ts";
import { listQueue } from "../list-queue.ts";
import { showCase } from "../show-case.ts";
import { allQueuesPage } from "./all-queues-page.ts";
import { deskOfOfficer } from "./desk-page.ts";
import { nextPageOfDesk } from "./next-case.ts";
import { queuePage } from "./queue-page.ts";
import { togetherPages } from "./together-page.ts";

/** The desk of an officer, their queues, and what they do with several cases at once. */
export const queuePages = (desk: Desk): Route[] => {
  const routes = {
    list: listQueue(desk),
    counts: countCases(desk),
    caller: describeCaller(desk),
    show: showCase(desk),
  };
  return [
    ...deskOfOfficer(desk, routes),
    ...allQueuesPage(desk, routes),
    ...queuePage(desk, routes),
    ...nextPageOfDesk(desk, routes),
    ...togetherPages(desk, routes),
  ];
};
