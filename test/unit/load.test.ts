import { describe, expect, test } from "vitest";
import { outcomeOf, recoverySeconds, type Sample, slopePerMinute, summaryOf } from "../load/figures.ts";

const sample = (at: number, milliseconds: number, outcome = "ok"): Sample => ({
  at,
  milliseconds,
  what: "list",
  outcome,
});

describe("what a load came to", () => {
  test("a refusal that says when to come again is shedding, and any other failure is an error", () => {
    expect([
      outcomeOf(200, null),
      outcomeOf(302, null),
      outcomeOf(503, "60"),
      outcomeOf(503, null),
      outcomeOf(500, null),
      outcomeOf(404, null),
    ]).toEqual(["ok", "ok", "shed", "status 503", "status 500", "status 404"]);
  });

  test("a summary counts requests, shedding and errors by what was asked", () => {
    const samples = [sample(0, 10), sample(1, 20, "shed"), sample(2, 30, "status 500")];
    expect(summaryOf(samples, 2)).toEqual({
      seconds: 2,
      requests: 3,
      perSecond: 1.5,
      p50: 20,
      p99: 30,
      shed: 1,
      errors: { "list: status 500": 1 },
    });
  });

  test("a system has recovered when three windows in a row are as quick as usual", () => {
    const slowUntil = (end: number) =>
      Array.from({ length: 60 }, (_, second) => sample(second * 1000, second < end ? 900 : 100));
    expect(recoverySeconds(slowUntil(0), { from: 0, usualP99: 90 })).toBe(0);
    expect(recoverySeconds(slowUntil(12), { from: 0, usualP99: 90 })).toBe(15);
    expect(recoverySeconds(slowUntil(12), { from: 20_000, usualP99: 90 })).toBe(0);
    expect(recoverySeconds(slowUntil(60), { from: 0, usualP99: 90 })).toBeUndefined();
  });

  test("memory that grows by two megabytes a minute has that slope, and memory that stays has none", () => {
    const points = (grow: number) =>
      Array.from({ length: 10 }, (_, minute) => ({ at: minute * 60_000, value: 500 + minute * grow }));
    expect(slopePerMinute(points(2))).toBeCloseTo(2, 9);
    expect(slopePerMinute(points(0))).toBe(0);
    expect(slopePerMinute([])).toBe(0);
  });
});
