import { missingDecree } from "../../shared/deadline/calendar/calendar.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { logger, metrics, publishMetrics } from "../../shared/platform/observability.ts";
import { settings, text } from "../../shared/platform/settings.ts";

/** Reports a missing decree on every run, so that its alarm stands until somebody stores the decree. */
export const checkCalendars =
  (directory: Pick<DirectoryStore, "calendarYears">, now = () => new Date()) =>
  async (): Promise<void> => {
    const year = missingDecree(await directory.calendarYears(), now());
    metrics.addMetric("DecreeMissing", "Count", year === undefined ? 0 : 1);
    if (year !== undefined) logger.warn("decree missing", { year });
    publishMetrics();
  };

/** What the stack tells this function. */
export const variables = {
  DIRECTORY_TABLE: text,
};
const env = settings(variables);

export const handler = checkCalendars(directoryStore(dynamoClient(), env.DIRECTORY_TABLE));
