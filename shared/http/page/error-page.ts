import type { Language } from "../../language.ts";
import { problemPage } from "../../page/problem-page.ts";
import { type TypedText, worthGivingBack } from "../../page/typed-again.ts";
import { errorForLog, logger } from "../../platform/observability.ts";
import { Refusal } from "../../refusal.ts";
import { type ErrorPage, problemReply } from "../problem.ts";
import type { Reply } from "../reply.ts";
import type { FormValues } from "./form.ts";
import type { Frame } from "./visit.ts";

/** Shows problems to people who are at a page of ours. */
export const errorPageOf =
  ({ files }: Pick<Frame, "files">, typed: readonly TypedText[] = []): ErrorPage =>
  (problem, language, address, retrySeconds) =>
    problemPage(problem, { language, address, files, retrySeconds, typed });

/** Answers a form that failed where no page can show it again: with what happened, and with what was typed. */
export function failedForm(
  frame: Pick<Frame, "files">,
  error: unknown,
  at: { language: Language; requestId: string; address: string; values: FormValues },
): Reply {
  const { language, requestId, address, values } = at;
  if (!(error instanceof Refusal)) logger.error("request failed", { requestId, error: errorForLog(error) });
  const errorPage = errorPageOf(frame, worthGivingBack(values));
  const { renderings, ...reply } = problemReply(error, { language, requestId, errorPage, address });
  const page = renderings?.["text/html"]?.();
  return { ...reply, ...(page && { page }) };
}
