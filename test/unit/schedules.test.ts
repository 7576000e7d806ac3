import { describe, expect, test } from "vitest";
import type { Resource, Stack } from "../../infra/local/template/template.ts";
import {
  cronPattern,
  nextCall,
  readSchedules,
  type Schedule,
  startSchedules,
} from "../../infra/local/time/schedules.ts";

const next = (expression: string, after: string, timeZone: string) =>
  nextCall({ pattern: cronPattern(expression) ?? "", timeZone }, new Date(after))?.toISOString();

describe("a schedule on one machine", () => {
  test.each([
    ["cron(30 0 * * ? *)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-25T00:30:00.000Z"],
    ["cron(30 7 ? * MON-FRI *)", "Asia/Makassar", "2026-11-20T00:00:00Z", "2026-11-22T23:30:00.000Z"],
    ["rate(5 minutes)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-24T00:35:00.000Z"],
    ["rate(1 hour)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-24T01:00:00.000Z"],
  ])("the schedule %s in %s comes when it would come on AWS", (expression, zone, after, expected) => {
    expect(next(expression, after, zone)).toBe(expected);
  });

  test.each(["cron(30 0 * * 2 *)", "cron(30 0 * * ?)", "at(2026-11-24T00:00:00)", "rate(x minutes)"])(
    "the schedule %s is not guessed at",
    (expression) => {
      expect(cronPattern(expression)).toBeUndefined();
    },
  );
});

test("a schedule that is called once made is called at the start, and then at its times", async () => {
  let now = new Date("2026-11-24T00:31:00Z");
  const called: string[] = [];
  const often = { arn: "", region: "", timeZone: "Etc/UTC", to: {} as Resource };
  const { callDue, stop } = startSchedules(
    [
      { ...often, name: "hourly", pattern: "0 0 */1 * * *", atOnce: true },
      { ...often, name: "daily", pattern: "0 0 0 * * *" },
    ],
    async () => {},
    { clock: { now: () => now } },
  );
  called.push(...(await callDue()));
  called.push(...(await callDue()));
  now = new Date("2026-11-24T01:00:00Z");
  called.push(...(await callDue()));
  await stop();
  expect(called).toEqual(["hourly", "hourly"]);
});

/** Declares a stack with a function, a message queue and a schedule that calls one of them. */
const declaring = (target: { Arn: object; Input?: unknown }): Stack[] => {
  const stack: Stack = {
    name: "jobs",
    region: "ap-southeast-3",
    resources: new Map(),
    exports: new Map(),
    assets: new Map(),
  };
  const declare = (logicalId: string, type: string, properties = {}) =>
    stack.resources.set(logicalId, { stack, logicalId, path: logicalId, type, properties });
  declare("Sweep", "AWS::Lambda::Function");
  declare("Sweeps", "AWS::SQS::Queue");
  declare("Table", "AWS::DynamoDB::Table");
  declare("Often", "AWS::Scheduler::Schedule", { ScheduleExpression: "rate(5 minutes)", Target: target });
  return [stack];
};
const arnOf = (resource: string) => ({ "Fn::GetAtt": [resource, "Arn"] });

describe("the target of a schedule", () => {
  test("the target of a schedule is a function or a message queue, which gets the Input as it is written", () => {
    for (const to of ["Sweep", "Sweeps"])
      expect(readSchedules(declaring({ Arn: arnOf(to), Input: '{"kind":"sweep"}' }))).toMatchObject([
        { name: "jobs/Often", to: { logicalId: to }, input: '{"kind":"sweep"}' },
      ]);
  });

  test.each([
    { Arn: arnOf("Table") },
    { Arn: arnOf("Sweep"), Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    { Arn: arnOf("Sweep"), Input: { "Fn::Join": ["", []] } },
  ])("a target that one machine cannot keep to is refused: %o", (target) => {
    expect(() => readSchedules(declaring(target))).toThrow("infra/local knows only");
  });
});

describe("schedules on a clock that somebody moves", () => {
  const at = (to: string, pattern: string, input?: string): Schedule => ({
    name: to,
    arn: `arn:${to}`,
    region: "ap-southeast-3",
    pattern: cronPattern(pattern) ?? "",
    timeZone: "Asia/Makassar",
    to: { logicalId: to } as Resource,
    ...(input !== undefined && { input }),
  });

  const running = async (
    schedules: Schedule[],
    use: (moveTo: (time: string) => Promise<string[]>, calls: [string, any][]) => Promise<void>,
    answer: (to: string) => Promise<void> = async () => {},
    log?: (line: string) => void,
  ) => {
    let now = new Date("2026-03-13T08:00:00+08:00");
    const calls: [string, any][] = [];
    const call = ({ logicalId }: Resource, message: string) => {
      calls.push([logicalId, JSON.parse(message)]);
      return answer(logicalId);
    };
    const { callDue, stop } = startSchedules(schedules, call, {
      clock: { now: () => now },
      ...(log && { log }),
    });
    const moveTo = (time: string) => {
      now = new Date(time);
      return callDue();
    };
    try {
      await use(moveTo, calls);
    } finally {
      await stop();
    }
  };

  test("schedules call each target once, however many of its times a jump leaves behind, and then again at its next time", async () => {
    const schedules = [at("sweep", "rate(5 minutes)"), at("digest", "cron(30 7 ? * MON-FRI *)")];
    await running(schedules, async (moveTo, calls) => {
      expect(await moveTo("2026-03-13T08:04:59+08:00")).toEqual([]);
      expect(await moveTo("2026-03-13T08:05:00+08:00")).toEqual(["sweep"]);
      expect(await moveTo("2026-03-13T08:05:01+08:00")).toEqual([]);
      expect(await moveTo("2026-03-25T08:00:00+08:00")).toEqual(["sweep", "digest"]);
      expect(await moveTo("2026-03-25T08:00:00+08:00")).toEqual([]);
      expect(calls).toHaveLength(3);
    });
  });

  test("schedules tell their targets the Input, or without one what EventBridge Scheduler tells", async () => {
    const schedules = [at("with", "rate(1 hour)", '{"kind":"sweep"}'), at("without", "rate(1 hour)")];
    await running(schedules, async (moveTo, calls) => {
      await moveTo("2026-03-13T12:10:00+08:00");
      expect(calls).toEqual([
        ["with", { kind: "sweep" }],
        [
          "without",
          expect.objectContaining({
            "detail-type": "Scheduled Event",
            source: "aws.scheduler",
            time: "2026-03-13T01:00:00Z",
            resources: ["arn:without"],
          }),
        ],
      ]);
    });
  });

  test("schedules wait for the call before to end, and go on after one that failed", async () => {
    const first = Promise.withResolvers<void>();
    const answers = [first.promise, Promise.reject(new Error("no luck")), Promise.resolve()];
    // Node ends the process for a rejection that nobody has heard of before its call comes.
    answers[1]?.catch(() => {});
    const lines: string[] = [];
    await running(
      [at("sweep", "rate(1 hour)")],
      async (moveTo, calls) => {
        const moves = [moveTo("2026-03-13T09:00:00+08:00"), moveTo("2026-03-13T10:00:00+08:00")];
        await Promise.resolve();
        expect(calls).toHaveLength(1);
        first.resolve();
        await Promise.all(moves);
        await moveTo("2026-03-13T11:00:00+08:00");
        expect(calls).toHaveLength(3);
        expect(lines).toEqual(["The call by sweep failed: no luck"]);
      },
      () => answers.shift() ?? Promise.resolve(),
      (line) => lines.push(line),
    );
  });
});
