import type { Route } from "../../shared/http/endpoint.ts";
import { endPage } from "./end-page.ts";
import { listPage } from "./list-page.ts";
import { practisedMovePage } from "./move-page.ts";
import { startPage } from "./start-page.ts";
import { stepPages } from "./step-page.ts";
import type { PracticeRoom } from "./trainee.ts";

/** The pages on which officers practise. Nothing of it is real. */
export const routes = (room: PracticeRoom): Route[] => [
  ...listPage(room),
  ...startPage(room),
  ...stepPages(room),
  ...practisedMovePage(room),
  ...endPage(room),
];
