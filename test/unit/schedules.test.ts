import { Cron } from "croner";
import { describe, expect, test } from "vitest";
import { cronPattern } from "../../infra/local/schedules.ts";

const next = (expression: string, after: string, timezone: string) =>
  new Cron(cronPattern(expression) ?? "", { timezone, paused: true }).nextRun(new Date(after))?.toISOString();

describe("a schedule on one machine", () => {
  test.each([
    ["cron(30 0 * * ? *)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-25T00:30:00.000Z"],
    ["cron(30 7 ? * MON-FRI *)", "Asia/Makassar", "2026-11-20T00:00:00Z", "2026-11-22T23:30:00.000Z"],
    ["rate(5 minutes)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-24T00:35:00.000Z"],
    ["rate(1 hour)", "Etc/UTC", "2026-11-24T00:31:00Z", "2026-11-24T01:00:00.000Z"],
  ])("%s in %s comes when it would come on AWS", (expression, zone, after, expected) => {
    expect(next(expression, after, zone)).toBe(expected);
  });

  test.each(["cron(30 0 * * 2 *)", "cron(30 0 * * ?)", "at(2026-11-24T00:00:00)", "rate(x minutes)"])(
    "%s is not guessed at",
    (expression) => {
      expect(cronPattern(expression)).toBeUndefined();
    },
  );
});
