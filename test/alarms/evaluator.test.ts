import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alarm, Missing, Settings, Tag } from "./alarm.ts";
import { evaluated, rangeOf, stateOf } from "./evaluate.ts";
import { readExpression } from "./expression.ts";
import { metricBook, statisticOf } from "./metric-book.ts";

const above: Settings = {
  comparison: "GreaterThanThreshold",
  threshold: 0,
  periods: 3,
  toAlarm: 3,
  missing: "missing",
};
const ways = ["missing", "ignore", "breaching", "notBreaching"] as const;

/** Data points as AWS writes them: 0 is fine, X breaches, - is missing. The newest is the last. */
const pointsOf = (written: string) =>
  written.split(" ").map((one) => ({ "0": 0, X: 1, "-": undefined })[one]);

const inWords = (written: string, settings: Partial<Settings>) =>
  ways.map((missing) => {
    const state = (before: Tag) => stateOf(pointsOf(written), { ...above, ...settings, missing }, before);
    const [afterOk, afterAlarm] = [state("OK"), state("ALARM")];
    return afterOk === afterAlarm ? afterOk : "as before";
  });

describe("an alarm that looks at three points, as AWS documents it,", () => {
  test.each([
    ["0 - X - X", ["OK", "OK", "OK", "OK"]],
    ["0 - - - -", ["OK", "OK", "OK", "OK"]],
    ["- - - - -", ["INSUFFICIENT_DATA", "as before", "ALARM", "OK"]],
    ["0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["- - X - -", ["ALARM", "as before", "ALARM", "OK"]],
  ])("and rings where all three breach, makes of %s: %j", (written, states) => {
    expect(inWords(written, {})).toEqual(states);
  });

  test.each([
    ["0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["0 - X - -", ["OK", "OK", "ALARM", "OK"]],
    ["- - - - 0", ["OK", "OK", "ALARM", "OK"]],
    ["- - - X -", ["ALARM", "as before", "ALARM", "OK"]],
  ])("and rings where two of them breach, makes of %s: %j", (written, states) => {
    expect(inWords(written, { toAlarm: 2 })).toEqual(states);
  });

  test("does not ring for a first breach after a silence, because the next point may be fine", () => {
    for (const written of ["- - - - X", "- - - X -"])
      expect(stateOf(pointsOf(written), above, "OK")).toBe("OK");
  });
});

describe("whatever comes,", () => {
  const point = fc.constantFrom(0, 1, undefined);
  const setting = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.constantFrom<Missing>(...ways))
    .filter(([periods, toAlarm]) => toAlarm <= periods)
    .map(([periods, toAlarm, missing]): Settings => ({ ...above, periods, toAlarm, missing }));
  const range = setting.chain((settings) =>
    fc.tuple(
      fc.constant(settings),
      fc.array(point, { minLength: rangeOf(settings), maxLength: rangeOf(settings) }),
      fc.constantFrom<Tag>("OK", "ALARM"),
    ),
  );

  test("without missing points the state is the count of breaches in the newest points", () => {
    fc.assert(
      fc.property(range, ([settings, points, before]) => {
        const real = points.map((one) => one ?? 0);
        const breaches = real.slice(-settings.periods).filter((one) => one > 0).length;
        expect(stateOf(real, settings, before)).toBe(breaches >= settings.toAlarm ? "ALARM" : "OK");
      }),
    );
  });

  test("where missing points count as fine, more breaches never make it quiet, and silence is quiet", () => {
    fc.assert(
      fc.property(range, fc.nat(), ([settings, points, before], at) => {
        const fine: Settings = { ...settings, missing: "notBreaching" };
        const worse = points.with(
          at % points.length,
          points[at % points.length] === undefined ? undefined : 1,
        );
        if (stateOf(points, fine, before) === "ALARM") expect(stateOf(worse, fine, before)).toBe("ALARM");
        expect(
          stateOf(
            points.map(() => undefined),
            fine,
            before,
          ),
        ).toBe("OK");
      }),
    );
  });

  test("an alarm never rings on fewer breaches than it wants, unless silence breaches or all there is does", () => {
    fc.assert(
      fc.property(range, ([settings, points, before]) => {
        if (settings.missing === "breaching" || settings.missing === "ignore") return;
        const breaches = points.filter((one) => one === 1).length;
        const fine = points.filter((one) => one === 0).length;
        if (stateOf(points, settings, before) === "ALARM" && breaches < settings.toAlarm) {
          expect(settings.missing).toBe("missing");
          expect(fine).toBe(0);
        }
      }),
    );
  });

  test("whether the threshold is crossed upwards or downwards is told by the comparison", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (value, threshold) => {
        const state = (comparison: Settings["comparison"]) =>
          stateOf([value], { ...above, comparison, threshold, periods: 1, toAlarm: 1 }, "OK") === "ALARM";
        expect(state("GreaterThanThreshold")).toBe(value > threshold);
        expect(state("LessThanOrEqualToThreshold")).toBe(value <= threshold);
        expect(state("LessThanThreshold")).toBe(value < threshold);
        expect(state("GreaterThanOrEqualToThreshold")).toBe(value >= threshold);
      }),
    );
  });
});

describe("metric math", () => {
  const of = (expression: string, values: Record<string, number | undefined>) =>
    readExpression(expression)(new Map(Object.entries(values)));

  test("has nothing where one of its metrics has nothing, unless the gap is filled", () => {
    expect(of("a + b", { a: 1, b: undefined })).toBeUndefined();
    expect(of("FILL(a, 0) + FILL(b, 0)", { a: 1, b: undefined })).toBe(1);
    expect(of("a / b", { a: 1, b: 0 })).toBeUndefined();
  });

  test("keeps to the order of calculation", () => {
    expect(of("1 + a * 2 - 6 / 3", { a: 4 })).toBe(7);
    expect(of("(1 + a) * 2", { a: 4 })).toBe(10);
    expect(of("IF(a >= 3 AND a / b > 0.05, 100 * a / b, 0)", { a: 3, b: 10 })).toBe(30);
    expect(of("IF(a >= 3 OR b < 1, 1, 0)", { a: 0, b: 10 })).toBe(0);
  });

  test("refuses what it does not know", () => {
    for (const unknown of ["SEARCH(a)", "a +", "RATE(a)", "a ^ 2", "FILL(a)", "(a", "a b"])
      expect(() => of(unknown, { a: 1, b: 1 }), unknown).toThrow();
    expect(() => of("a + c", { a: 1 })).toThrow("there is no metric c");
  });
});

describe("a metric", () => {
  test("is what was counted with the same dimensions, in whatever order they are named", () => {
    const book = metricBook();
    book.put({ namespace: "n", name: "m", dimensions: { a: "1", b: "2" } }, 4, 7);
    expect(book.values({ namespace: "n", name: "m", dimensions: { b: "2", a: "1" } }, 0, 8)).toEqual([4]);
    expect(book.values({ namespace: "n", name: "m", dimensions: { a: "1" } }, 0, 8)).toEqual([]);
  });

  test("has the hundredth part of its values above its p99", () => {
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(statisticOf("p99", values)).toBe(198);
    expect(statisticOf("p99", [5])).toBe(5);
    expect(statisticOf("Sum", [])).toBeUndefined();
    expect(() => statisticOf("tm99", [1])).toThrow();
  });
});

test("the periods of an alarm slide from minute to minute", () => {
  const metric = { namespace: "n", name: "m", dimensions: {} };
  const alarm: Alarm = {
    ...above,
    ...{ path: "p", impact: "", runbook: "", topic: "", metrics: [metric] },
    threshold: 2,
    periods: 1,
    toAlarm: 1,
    missing: "notBreaching",
    minutes: 5,
    point: (book, from, to) => statisticOf("Sum", book.values(metric, from, to)),
  };
  const book = metricBook();
  for (const minute of [3, 5, 7]) book.put(metric, 1, minute);
  const states = Array.from({ length: 15 }, (_, minute) => evaluated(alarm, book, minute, "OK"));
  // The third is counted in minute 7, which is over at 8 and there at 9.
  expect(states.indexOf("ALARM")).toBe(9);
  expect(states.slice(9, 11)).toEqual(["ALARM", "OK"]);
});
