import type { LimitStore } from "../deadline/limit-store.ts";
import { errorForLog, logger, metrics } from "../platform/observability.ts";
import type { PracticeStore } from "./practice-store.ts";
import { copyOfRules } from "./rulebook.ts";

interface Copying {
  limits: Pick<LimitStore, "calendars" | "policies">;
  practice: Pick<PracticeStore, "putRules">;
}

/**
 * Copies the calendar and the limits as they stand now for practice, which reads nothing else. Real work does not fail with it: an alarm
 * rings instead. Returns whether they were copied.
 */
export async function copyForPractice({ limits, practice }: Copying): Promise<boolean> {
  try {
    const [calendars, policies] = await Promise.all([limits.calendars(), limits.policies()]);
    await practice.putRules(copyOfRules(calendars, policies));
    metrics.addMetric("PracticeNotCopied", "Count", 0);
    return true;
  } catch (error) {
    logger.error("the rules of practice were not copied", { error: errorForLog(error) });
    metrics.addMetric("PracticeNotCopied", "Count", 1);
    return false;
  }
}
