import { missingDecree } from "../../shared/deadline/calendar/calendar.ts";
import { limitStore } from "../../shared/deadline/limit-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { logger, metrics, publishMetrics } from "../../shared/platform/observability.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { copyForPractice } from "../../shared/practice/copy-flow.ts";
import { practiceStore } from "../../shared/practice/practice-store.ts";

/** Reports a missing decree on every run, so that its alarm stands until somebody stores the decree. */
export const checkCalendars =
  (directory: Pick<DirectoryStore, "calendarYears">, now = () => new Date()) =>
  async (): Promise<void> => {
    const year = missingDecree(await directory.calendarYears(), now());
    metrics.addMetric("DecreeMissing", "Count", year === undefined ? 0 : 1);
    if (year !== undefined) logger.warn("decree missing", { year });
    publishMetrics();
  };

/**
 * Copies the calendar and the limits for practice on every run. So what was stored before there was practice reaches it too, and a copy
 * that failed is made up for within a day.
 */
export const copyDaily = (copying: Parameters<typeof copyForPractice>[0]) => async (): Promise<void> => {
  await copyForPractice(copying);
  publishMetrics();
};

/** What the stack tells this function. */
export const variables = {
  DIRECTORY_TABLE: text,
  PRACTICE_TABLE: text,
};
const env = settings(variables);
const dynamo = dynamoClient();

const check = checkCalendars(directoryStore(dynamo, env.DIRECTORY_TABLE));
const copy = copyDaily({
  limits: limitStore(dynamo, env.DIRECTORY_TABLE),
  practice: practiceStore(dynamo, env.PRACTICE_TABLE),
});

export const handler = async (): Promise<void> => {
  await copy();
  await check();
};
