import { Cron } from "croner";
import type { LocalFunction } from "./functions.ts";
import { StartFailure } from "./start-failure.ts";
import { nameOf, type Resource, resourceAt, resourcesOf, type Stack } from "./template.ts";

/** A schedule of the templates and the function that it calls. */
export type Schedule = { name: string; pattern: string; timeZone: string; to: Resource; input: unknown };

/**
 * AWS's cron(minutes hours day month weekday year) or rate(5 minutes) as croner reads it: seconds first. Weekdays have to be
 * named, because AWS counts them from Sunday = 1 and everybody else from 0.
 */
export function cronPattern(expression: string): string | undefined {
  const [, fields] = /^cron\(([^)]+)\)$/.exec(expression) ?? [];
  if (fields) {
    const [minutes, hours, day, month, weekday = "", year, ...more] = fields.trim().split(/\s+/);
    if (year === undefined || more.length > 0 || /\d/.test(weekday)) return undefined;
    return `0 ${minutes} ${hours} ${day} ${month} ${weekday} ${year}`;
  }
  const [, value = "", unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  switch (unit) {
    case "minute":
      return `0 */${value} * * * *`;
    case "hour":
      return `0 0 */${value} * * *`;
    case "day":
      return `0 0 0 */${value} * *`;
    default:
      return undefined;
  }
}

/** Reads the schedules that are switched on; refuses what it cannot keep. */
export const readSchedules = (stacks: Stack[]): Schedule[] =>
  resourcesOf(stacks, "AWS::Scheduler::Schedule")
    .filter(({ properties }) => properties.State !== "DISABLED")
    .map((schedule) => {
      const { ScheduleExpression, ScheduleExpressionTimezone = "UTC", Target } = schedule.properties;
      const { Arn, Input } = Target as { Arn: unknown; Input?: string };
      const pattern = cronPattern(String(ScheduleExpression));
      if (!pattern)
        throw new StartFailure(
          `${nameOf(schedule)}: infra/local does not understand ${String(ScheduleExpression)}.`,
        );
      return {
        name: nameOf(schedule),
        pattern,
        timeZone: String(ScheduleExpressionTimezone),
        to: resourceAt(stacks, schedule, "Target.Arn", Arn, "AWS::Lambda::Function"),
        input: Input === undefined ? {} : JSON.parse(Input),
      };
    });

/** Calls the functions of the schedules when their time comes. A call that fails is told in the function's log. */
export const startSchedules = (
  schedules: readonly Schedule[],
  functionOf: (resource: Resource) => LocalFunction,
): { stop(): Promise<void> } => {
  const jobs = schedules.map(
    ({ pattern, timeZone, to, input }) =>
      new Cron(pattern, { timezone: timeZone, protect: true, catch: true }, async () => {
        await functionOf(to).invoke(input);
      }),
  );
  return {
    stop: async () => {
      for (const job of jobs) job.stop();
    },
  };
};
