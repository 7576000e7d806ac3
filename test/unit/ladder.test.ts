import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effects } from "../../shared/case/clocks/effects.ts";
import { nationalCalendar } from "../../shared/deadline/calendar/calendar.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import { type Clock, clocksAfter, extended, recounted } from "../../shared/deadline/clock.ts";
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

describe("what was told", () => {
  const [one] = clocksOf("submitted", "2026-12-01T10:00") as [Clock];
  const told: Clock = { ...one, told: "due-tomorrow" };
  const pausedFrom = (clock: Clock, from: string): Clock =>
    recounted(
      { ...clock, pauses: [...clock.pauses, { from: wita(from).toISOString() }] },
      wita(from).toISOString(),
      "paused",
      office,
    );
  const resumedAt = (clock: Clock, to: string): Clock =>
    recounted(
      { ...clock, pauses: clock.pauses.map((pause) => ({ ...pause, to: wita(to).toISOString() })) },
      wita(to).toISOString(),
      "resumed",
      office,
    );

  test("A question that is answered within the hour has nobody told again: the date is the same", () => {
    const after = resumedAt(pausedFrom(told, "2026-12-03T09:00"), "2026-12-03T09:40");
    expect([after.due, after.told]).toEqual([told.due, "due-tomorrow"]);
    expect(stageToTell(after, wita("2026-12-03T10:00"), office)).toBeUndefined();
    expect(stageToTell(after, wita("2026-12-04T08:30"), office)).toBe("due-today");
  });

  test("A question that is answered the next day moves the date, and its stages are told for the new date", () => {
    const after = resumedAt(pausedFrom(told, "2026-12-03T09:00"), "2026-12-04T09:00");
    expect([after.due, after.told]).toEqual(["2026-12-07", undefined]);
    expect(stageToTell(after, wita("2026-12-04T10:00"), office)).toBe("due-tomorrow");
  });

  test("A date that moves and comes back is not told twice what was told for it", () => {
    const later = extended(told, 2, wita("2026-12-03T09:00").toISOString(), office);
    const { extendedBy: _, ...shortened } = later;
    const back = recounted(shortened, wita("2026-12-03T10:00").toISOString(), "new-policy", office);
    expect([later.due, later.told]).toEqual(["2026-12-08", undefined]);
    expect([back.due, back.told]).toEqual([told.due, "due-tomorrow"]);
  });

  test("Whatever pauses and questions come, no stage is told twice for one date", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ after: fc.integer({ min: 10, max: 4000 }), lasts: fc.integer({ min: 1, max: 4000 }) }),
          {
            maxLength: 8,
          },
        ),
        (questions) => {
          let clock = one;
          let minutes = 0;
          const heard: string[] = [];
          const look = () => {
            const at = new Date(wita("2026-12-01T10:00").getTime() + minutes * 60_000);
            const stage = isOfficeHour(at, office) ? stageToTell(clock, at, office) : undefined;
            if (!stage) return;
            heard.push(`${clock.due} ${stage}`);
            clock = { ...clock, told: stage };
          };
          const instant = () => new Date(wita("2026-12-01T10:00").getTime() + minutes * 60_000).toISOString();
          for (const { after, lasts } of questions) {
            for (const end = minutes + after; minutes < end; minutes += 60) look();
            clock = recounted(
              { ...clock, pauses: [...clock.pauses, { from: instant() }] },
              instant(),
              "paused",
              office,
            );
            minutes += lasts;
            const pauses = clock.pauses.map((pause) =>
              pause.to === undefined ? { ...pause, to: instant() } : pause,
            );
            clock = recounted({ ...clock, pauses }, instant(), "resumed", office);
            look();
          }
          expect(new Set(heard).size).toBe(heard.length);
        },
      ),
    );
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
