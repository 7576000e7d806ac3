import type { WholePage } from "../../page/layout.ts";
import { problemPage } from "../../page/problem-page.ts";
import { type TypedText, worthGivingBack } from "../../page/typed-again.ts";
import { noteFailedRequest } from "../failed-request.ts";
import { type ErrorPage, problemReply } from "../problem.ts";
import type { Reply } from "../reply.ts";
import type { FormValues } from "./form.ts";
import type { Frame, Visit } from "./visit.ts";

interface Told {
  typed?: readonly TypedText[];
  saved?: boolean;
  /** Who has signed in, at a page of officers. */
  officer?: WholePage["officer"];
}

/** Shows problems to people who are at a page of ours. */
export const errorPageOf =
  ({ files }: Pick<Frame, "files">, { typed = [], saved = false, officer }: Told = {}): ErrorPage =>
  (problem, language, address, retrySeconds) =>
    problemPage(problem, { language, address, files, retrySeconds, typed, saved, officer });

/**
 * Answers a page or a form that failed where no page can show it again: with what happened, and with what was typed. What lies in a draft is
 * not given back, because it is safe there.
 */
export function failedReply(
  frame: Pick<Frame, "files">,
  error: unknown,
  at: Pick<Visit, "language" | "requestId" | "address" | "saved"> & {
    values: FormValues;
  } & Pick<Told, "officer">,
): Reply {
  const { language, requestId, address, saved, values, officer } = at;
  noteFailedRequest(error, requestId);
  const errorPage = errorPageOf(frame, {
    ...(officer && { officer }),
    ...(saved ? { saved: true } : { typed: worthGivingBack(values) }),
  });
  const { renderings, ...reply } = problemReply(error, { language, requestId, errorPage, address });
  const page = renderings?.["text/html"]?.();
  return { ...reply, ...(page && { page }), ...(saved && { cookies: saved.cookies }) };
}
