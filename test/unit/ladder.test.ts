import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effects } from "../../shared/case/clocks/effects.ts";
import { nationalCalendar } from "../../shared/deadline/calendar/calendar.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import { type Clock, clocksAfter, recounted } from "../../shared/deadline/clock.ts";
import type { Stage } from "../../shared/deadline/ladder.ts";
import { isOfficeHour, nextOfficeHour } from "../../shared/deadline/office.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { nextCheckAt, nextLook, stageToTell } from "../../shared/deadline/stage.ts";

const office = { timeZone: "Asia/Makassar", calendar: nationalCalendar() } as const;
const [policy] = shippedPolicies as [(typeof shippedPolicies)[0]];
const of = { class: "complaint", supervised: false, formal: false, agencyPath: [] } as const;
const wita = (local: string) => new Date(`${local}:00+08:00`);

const clocksOf = (trigger: "submitted" | "verified", local: string) =>
  clocksAfter([], effects[trigger], wita(local).toISOString(), { ...office, policy, of });
const completion = (local: string) =>
  clocksOf("verified", local).find(({ name }) => name === "completion") as Clock;

/** Plays the sweeps at these instants: what is told, in order. */
function told(one: Clock, sweeps: readonly string[]): [string, Stage][] {
  let now = one;
  return sweeps.flatMap((local): [string, Stage][] => {
    const stage = stageToTell(now, wita(local), office);
    if (!stage) return [];
    now = { ...now, told: stage };
    return [[local, stage]];
  });
}

describe("the ladder of a clock that is due on Monday, 14 December 2026", () => {
  const one = completion("2026-11-24T10:00");

  test("A clock is told of three days before, one day before, on the day, one day and five days after: each once, at eight", () => {
    expect(one.due).toBe("2026-12-14");
    const sweeps: string[] = [];
    for (let day = 1; day <= 31; day++)
      for (const time of ["07:59", "08:00", "15:00"])
        sweeps.push(`2026-12-${String(day).padStart(2, "0")}T${time}`);
    expect(told(one, sweeps)).toEqual([
      ["2026-12-09T08:00", "due-in-3-days"],
      ["2026-12-11T08:00", "due-tomorrow"],
      ["2026-12-14T08:00", "due-today"],
      ["2026-12-15T08:00", "overdue"],
      ["2026-12-21T08:00", "long-overdue"],
    ]);
  });

  test("A stage that was overtaken while nobody looked is skipped", () => {
    expect(told(one, ["2026-12-14T09:00", "2026-12-14T09:05", "2026-12-22T09:00"])).toEqual([
      ["2026-12-14T09:00", "due-today"],
      ["2026-12-22T09:00", "long-overdue"],
    ]);
  });

  test("The ladder starts anew when the date moves, and tells nothing of a clock that is paused or has ended", () => {
    const warned: Clock = { ...one, told: "due-in-3-days" };
    const pauses = [{ from: wita("2026-12-10T09:00").toISOString() }];
    const paused = recounted({ ...warned, pauses }, wita("2026-12-10T09:00").toISOString(), "paused", office);
    expect([paused.told, nextLook(paused, wita("2026-12-10T09:00"), office)]).toEqual([undefined, undefined]);
    expect(stageToTell(paused, wita("2026-12-14T09:00"), office)).toBeUndefined();
    const ended: Clock = { ...warned, endedAt: wita("2026-12-10T09:00").toISOString(), outcome: "met" };
    expect(stageToTell(ended, wita("2026-12-14T09:00"), office)).toBeUndefined();
    expect(nextCheckAt([ended, paused], wita("2026-12-10T09:00"), office)).toBeUndefined();
  });
});

describe("the next look at a case", () => {
  test("The next look at a case is at the first of its clocks' next stages", () => {
    const clocks = clocksOf("verified", "2026-11-24T10:00");
    expect(clocks.map(({ name, due }) => [name, due])).toEqual([
      ["response", "2026-12-01"],
      ["completion", "2026-12-14"],
    ]);
    expect(nextCheckAt(clocks, wita("2026-11-24T10:00"), office)).toBe(
      wita("2026-11-26T08:00").toISOString(),
    );
  });

  test("The next look at an answered case is in the first hour of work after the reporter's time is over", () => {
    const clocks = clocksAfter([], effects.answered, wita("2026-11-24T10:00").toISOString(), {
      ...office,
      policy,
      of,
    });
    expect(nextCheckAt(clocks, wita("2026-11-24T10:00"), office)).toBe(
      wita("2026-12-09T08:00").toISOString(),
    );
  });

  test("The next look always lies ahead of what was told, and something is told at it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 * 24 * 60 }), (minutes) => {
        const start = new Date(Date.parse("2024-06-01T00:00:00Z") + minutes * 60_000);
        let [one] = clocksAfter([], effects.submitted, start.toISOString(), { ...office, policy, of }) as [
          Clock,
        ];
        let at = start;
        // A limit of three days has no stage three days before.
        for (let steps = 0; one.told !== "long-overdue"; steps++) {
          at = new Date(nextLook(one, at, office) ?? NaN);
          const stage = stageToTell(one, at, office);
          expect([isOfficeHour(at, office), stage]).toEqual([true, expect.any(String)]);
          one = { ...one, ...(stage && { told: stage }) };
          expect(steps).toBeLessThan(5);
        }
        expect(new Date(nextLook(one, at, office) ?? NaN).getUTCFullYear()).toBe(9999);
      }),
    );
  });
});

describe("working hours", () => {
  test.each([
    ["on a Monday morning", "2026-11-23T09:00", "2026-11-23T09:00"],
    ["at midnight", "2026-11-23T00:00", "2026-11-23T08:00"],
    ["in the evening", "2026-11-23T16:00", "2026-11-24T08:00"],
    ["on Friday evening", "2026-11-27T17:00", "2026-11-30T08:00"],
    ["on a Sunday", "2026-11-29T10:00", "2026-11-30T08:00"],
    ["in the Lebaran block of 2026", "2026-03-18T10:00", "2026-03-25T08:00"],
  ])("An alert %s goes out at the next hour of work", (_when, now, goes) => {
    expect(new Date(nextOfficeHour(wita(now), office))).toEqual(wita(goes));
  });

  test("Working hours are those of the agency: eight in Jayapura is six in Jakarta", () => {
    const at = new Date("2026-11-22T23:00:00Z");
    expect(isOfficeHour(at, { ...office, timeZone: "Asia/Jayapura" })).toBe(true);
    expect(isOfficeHour(at, { ...office, timeZone: "Asia/Jakarta" })).toBe(false);
    expect(localDate(at, "Asia/Jakarta")).toBe("2026-11-23");
  });
});
