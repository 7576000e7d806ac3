import { Collision } from "../platform/dynamo.ts";
import { countOfFunction, errorForLog, logger } from "../platform/observability.ts";
import { HeldBack } from "../platform/strain.ts";
import { refusalOf, statusOf } from "./problem.ts";

/**
 * Tells log and metrics of what is answered with 500 or above: Lambda counts no error where code answers, and the gateway does not say
 * which function it was. What is held back on purpose is counted there, and what a visitor brings about is no fault of a version.
 */
export function noteFailedRequest(error: unknown, requestId: string): void {
  if (statusOf(refusalOf(error)?.kind ?? "internal") < 500) return;
  logger.error("request failed", { requestId, error: errorForLog(error) });
  if (!(error instanceof HeldBack || error instanceof Collision)) countOfFunction("RequestFailed", 1);
}
