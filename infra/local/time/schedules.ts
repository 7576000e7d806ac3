import { randomUUID } from "node:crypto";
import { Cron } from "croner";
import { StartFailure } from "../start/start-failure.ts";
import { nameOf, type Resource, resourceAt, resourcesOf, type Stack } from "../template/template.ts";
import type { Clock } from "./clock.ts";

/** A schedule of the templates, the function or queue that it calls, and what it tells it. */
export type Schedule = {
  name: string;
  arn: string;
  region: string;
  pattern: string;
  timeZone: string;
  /** A schedule by a rate is called as soon as it is made. */
  atOnce?: boolean;
  to: Resource;
  input?: string;
};

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
      const { Arn, Input } = Target as { Arn: unknown; Input?: unknown };
      const name = nameOf(schedule);
      const pattern = cronPattern(String(ScheduleExpression));
      if (!pattern)
        throw new StartFailure(`${name}: infra/local does not understand ${String(ScheduleExpression)}.`);
      if (Input !== undefined && (typeof Input !== "string" || Input.includes("<aws.scheduler.")))
        throw new StartFailure(`${name}: infra/local knows only an Input that is the same every time.`);
      return {
        name,
        arn: `arn:aws:scheduler:${schedule.stack.region}:000000000000:schedule/default/${name.replaceAll("/", "-")}`,
        region: schedule.stack.region,
        pattern,
        timeZone: String(ScheduleExpressionTimezone),
        // Those that come every few minutes come soon enough.
        ...(/^rate\(\d+ (?:hour|day)s?\)$/.test(String(ScheduleExpression)) && { atOnce: true }),
        to: resourceAt(stacks, schedule, "Target.Arn", Arn, "AWS::Lambda::Function", "AWS::SQS::Queue"),
        ...(Input !== undefined && { input: Input }),
      };
    });

/** When a schedule is called next after this moment. */
export const nextCall = (
  { pattern, timeZone }: Pick<Schedule, "pattern" | "timeZone">,
  after: Date,
): Date | null => new Cron(pattern, { timezone: timeZone, paused: true }).nextRun(after);

/** What EventBridge Scheduler tells a target whose schedule has no Input. */
const notification = ({ arn, region }: Schedule, time: Date): string =>
  JSON.stringify({
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account: "000000000000",
    time: `${time.toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: "{}",
  });

/**
 * Calls the targets of the schedules when their time comes on the system's clock. Where the clock jumps over several
 * times of a schedule its target is called once, after the jump: on AWS it would have been called at each.
 */
export const startSchedules = (
  schedules: readonly Schedule[],
  call: (to: Resource, message: string) => Promise<unknown>,
  { clock, log = () => {} }: { clock: Pick<Clock, "now">; log?: (line: string) => void },
): { callDue(): Promise<string[]>; stop(): Promise<void> } => {
  const entries = schedules.map((schedule) => ({
    schedule,
    next: schedule.atOnce ? clock.now() : nextCall(schedule, clock.now()),
    called: Promise.resolve(),
  }));

  /** Calls what is due; answers with the names once the functions have ended and the messages are in their queues. */
  const callDue = async (): Promise<string[]> => {
    const now = clock.now();
    const due = entries.filter(({ next }) => next && next <= now);
    for (const entry of due) {
      const message = entry.schedule.input ?? notification(entry.schedule, entry.next ?? now);
      entry.next = nextCall(entry.schedule, now);
      // After the call before, should that still run: two sweeps at once help nobody.
      entry.called = entry.called
        .then(() => call(entry.schedule.to, message))
        .then(
          () => {},
          (error: Error) => log(`The call by ${entry.schedule.name} failed: ${error.message}`),
        );
    }
    await Promise.all(due.map(({ called }) => called));
    return due.map(({ schedule }) => schedule.name);
  };

  const ticking = setInterval(() => void callDue(), 1000);
  return { callDue, stop: async () => clearInterval(ticking) };
};
