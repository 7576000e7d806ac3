import { problemPage } from "../../page/problem-page.ts";
import type { ErrorPage } from "../problem.ts";
import type { Frame } from "./visit.ts";

/** Shows problems to people who are at a page of ours. */
export const errorPageOf =
  ({ files }: Pick<Frame, "files">): ErrorPage =>
  (problem, language, address) =>
    problemPage(problem, { language, address, files });
