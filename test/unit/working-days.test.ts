import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Calendar,
  calendarOf,
  type CalendarVersion,
  calendarYear,
  nationalCalendar,
  shippedYears,
} from "../../shared/deadline/calendar/calendar.ts";
import {
  atHour,
  dateOf,
  type Day,
  dayEnd,
  dayOf,
  localDate,
  weekday,
} from "../../shared/deadline/calendar/local-date.ts";
import { timeZones } from "../../shared/deadline/calendar/time-zone.ts";
import {
  countDays,
  type DayCount,
  isWorkingDay,
  skippedDays,
  workingDayAfter,
  workingDayNear,
  workingDaysBetween,
} from "../../shared/deadline/calendar/working-days.ts";
import { deadlineOf, explain } from "../../shared/deadline/deadline.ts";
import { basisIn, limitOf, policy, policyOn, shippedPolicies } from "../../shared/deadline/policy.ts";

const calendar = nationalCalendar();
const first = dayOf("2024-01-01");
const last = dayOf("2027-06-30");
const anyDay = fc.integer({ min: first, max: last });
const anyCount = fc.integer({ min: 0, max: 80 });

const count = (from: Day, days: number, more: { calendar?: Calendar; paused?: ReadonlySet<Day> } = {}) => {
  const { paused } = more;
  const counted: DayCount = {
    from,
    days,
    unit: "working-days",
    calendar: more.calendar ?? calendar,
    pausedAtEndOf: paused && ((at) => paused.has(at)),
  };
  const day = countDays(counted);
  return { day, skipped: skippedDays(counted, day) };
};

describe("local dates", () => {
  test("Local dates are those that Intl knows, in every zone and around midnight", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse("1990-01-01"), max: Date.parse("2060-01-01") }),
        fc.constantFrom(...timeZones),
        (at, timeZone) => {
          const intl = new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
          expect(localDate(new Date(at), timeZone)).toBe(intl);
          expect(localDate(new Date(dayEnd(dayOf(intl), timeZone) - 1), timeZone)).toBe(intl);
          expect(localDate(new Date(dayEnd(dayOf(intl), timeZone)), timeZone)).toBe(dateOf(dayOf(intl) + 1));
          expect(localDate(new Date(atHour(dayOf(intl), 8, timeZone)), timeZone)).toBe(intl);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("Every day has its weekday, also before 1970", () => {
    expect(["2026-11-22", "2026-11-23", "1969-12-31"].map((date) => weekday(dayOf(date)))).toEqual([0, 1, 3]);
  });

  test("A report of 23:50 in Jakarta is of the next day in Jayapura", () => {
    const late = new Date("2026-11-23T16:50:00Z");
    expect(localDate(late, "Asia/Jakarta")).toBe("2026-11-23");
    expect(localDate(late, "Asia/Jayapura")).toBe("2026-11-24");
  });
});

describe("working days by the decrees", () => {
  test.each([
    ["on a Monday without holidays", "2026-11-23", 3, "2026-11-26"],
    ["over a weekend", "2026-11-20", 3, "2026-11-25"],
    ["on a Saturday", "2026-11-21", 3, "2026-11-25"],
    ["on the eve of the Lebaran block of 2026", "2026-03-13", 3, "2026-03-25"],
    ["inside the Lebaran block of 2026", "2026-03-21", 3, "2026-03-27"],
    ["before Christmas, over joint leave and New Year 2027", "2026-12-22", 5, "2026-12-31"],
    ["over the turn of the year", "2026-12-30", 3, "2027-01-06"],
    ["with 60 days from Lebaran 2026", "2026-03-17", 60, "2026-06-26"],
    ["over the election day of February 2024", "2024-02-13", 1, "2024-02-15"],
  ])("A report %s (%s) counts %i working days to %s", (_when, from, days, due) => {
    expect(workingDayAfter(from, days, calendar)).toBe(due);
  });

  test("2024 to 2027 have 238, 237, 240 and 242 working days: joint leave is free", () => {
    const working = (year: number) => {
      let days = 0;
      for (let day = dayOf(`${year}-01-01`); day <= dayOf(`${year}-12-31`); day++)
        if (isWorkingDay(day, calendar)) days++;
      return days;
    };
    expect([2024, 2025, 2026, 2027].map(working)).toEqual([238, 237, 240, 242]);
  });
});

describe("counting", () => {
  test("A count never ends on a free day", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 80 }), (from, days) => {
        expect(isWorkingDay(count(from, days).day, calendar)).toBe(true);
      }),
    );
  });

  test("A later start or more days never give an earlier date", () => {
    fc.assert(
      fc.property(anyDay, anyCount, fc.nat(30), fc.nat(30), (from, days, later, more) => {
        const due = count(from, days).day;
        expect(count(from + later, days).day).toBeGreaterThanOrEqual(due);
        expect(count(from, days + more).day).toBeGreaterThanOrEqual(due + more);
      }),
    );
  });

  test("A pause never gives an earlier date", () => {
    fc.assert(
      fc.property(anyDay, anyCount, fc.array(fc.nat(120)), (from, days, offsets) => {
        const paused = new Set(offsets.map((offset) => from + offset));
        expect(count(from, days, { paused }).day).toBeGreaterThanOrEqual(count(from, days).day);
      }),
    );
  });

  test("One more holiday never gives an earlier date", () => {
    fc.assert(
      fc.property(anyDay, anyCount, fc.nat(150), (from, days, offset) => {
        const freeDays = new Map(calendar.freeDays).set(from + offset, "Libur contoh");
        expect(count(from, days, { calendar: { ...calendar, freeDays } }).day).toBeGreaterThanOrEqual(
          count(from, days).day,
        );
      }),
    );
  });

  test("Counting back from the due date leads to the start", () => {
    fc.assert(
      fc.property(anyDay, anyCount, (from, days) => {
        const { day } = count(from, days);
        expect(workingDaysBetween(from, day, calendar)).toBe(days);
        expect(workingDaysBetween(day, from, calendar)).toBe(-days || 0);
      }),
    );
  });

  test("The days that counted and the days skipped add up to all days between", () => {
    fc.assert(
      fc.property(anyDay, anyCount, fc.array(fc.nat(60)), (from, days, offsets) => {
        const { day, skipped } = count(from, days, {
          paused: new Set(offsets.map((offset) => from + offset)),
        });
        expect(days + skipped.length).toBe(day - from);
        expect(new Set(skipped.map((one) => one.day)).size).toBe(skipped.length);
        for (const one of skipped) expect(one.name.id).toMatch(/\w/);
      }),
    );
  });

  test("A count in calendar days skips nothing", () => {
    const from = dayOf("2026-03-13");
    expect(dateOf(countDays({ from, days: 30, unit: "calendar-days", calendar }))).toBe("2026-04-12");
  });

  test("The working days before and after a date are found", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 10 }), (day, days) => {
        const before = workingDayNear(day, -days, calendar);
        expect(before).toBeLessThan(day);
        expect(isWorkingDay(before, calendar)).toBe(true);
        expect(workingDayNear(day, days, calendar)).toBe(count(day, days).day);
      }),
    );
    expect(dateOf(workingDayNear(dayOf("2026-11-21"), 0, calendar))).toBe("2026-11-23");
  });
});

/** Numbers below 1 that are the same in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether people work on a day, by the words of the calendar and by nothing that counts. */
const works = (day: Day, { freeDays }: Calendar): boolean =>
  ![0, 6].includes(new Date(day * 86_400_000).getUTCDay()) && !freeDays.has(day);

describe("against a count that looks at one day after the other", () => {
  const next = numbersFrom(20_261_123);
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from));
  const years = shippedYears();
  const regional = {
    ...(years[2] as CalendarVersion),
    days: [
      ...(years[2] as CalendarVersion).days,
      { date: "2026-12-07", kind: "regional-holiday", name: "Hari jadi", regionCode: "64.71" } as const,
    ],
  };
  const scattered = new Map<Day, string>();
  for (let day = dayOf("2000-01-01"); day < dayOf("2100-01-01"); day += between(1, 12))
    scattered.set(day, "Libur contoh");
  const calendars: Calendar[] = [
    calendar,
    calendarOf([...years.slice(0, 2), regional], "64.71"),
    calendarOf([]),
    { freeDays: scattered, years: new Map(), regions: [] },
  ];

  /** What comes out otherwise for some of the next working days after `from` when they are looked up. */
  function mistakes(from: Day, longest: number, of: Calendar): string[] {
    const wrong: string[] = [];
    const start = workingDayNear(from, 1, of);
    for (let day = from + 1, counted = 0; counted < longest; day++) {
      if (works(day, of)) counted++;
      const same =
        workingDaysBetween(from, day, of) === counted &&
        workingDaysBetween(day, from, of) === 0 - counted &&
        (!works(day, of) ||
          (countDays({ from, days: counted, unit: "working-days", calendar: of }) === day &&
            workingDayNear(from, counted, of) === day &&
            workingDayNear(day, 1 - counted, of) === start));
      if (!same) wrong.push(`${counted} working days from ${dateOf(from)} to ${dateOf(day)}`);
    }
    return wrong;
  }

  test("A million dates are those of a count by single days, there and back, in years with and without a decree", () => {
    const wrong: string[] = [];
    for (let compared = 0, round = 0; compared < 1_000_000; round++) {
      // Now and then far from the decrees, so that what was counted has to grow on both sides.
      const from = next() < 0.99 ? between(first - 400, last + 400) : between(0, dayOf("2190-01-01"));
      const longest = next() < 0.98 ? 80 : 366;
      wrong.push(...mistakes(from, longest, calendars[round % calendars.length] as Calendar));
      compared += longest;
    }
    expect(wrong).toEqual([]);
  });

  test("Pauses, skipped days and provisional dates are those of a count by single days", () => {
    const wrong: string[] = [];
    for (let round = 0; round < 2_000; round++) {
      const of = calendars[round % calendars.length] as Calendar;
      const unit = next() < 0.8 ? ("working-days" as const) : ("calendar-days" as const);
      const from = between(first, last);
      const days = between(0, 80);
      const pauses = Array.from({ length: between(0, 4) }, () => {
        const begins = between(from - 10, from + 100);
        return { begins, ends: begins + (next() < 0.2 ? between(200, 700) : between(0, 9)) };
      });
      const stands = (day: Day) => pauses.some(({ begins, ends }) => begins <= day && day < ends);
      const skipped: [Day, string][] = [];
      let due = from;
      for (let left = days; left > 0;) {
        due++;
        if (unit === "working-days" && !works(due, of))
          skipped.push([due, of.freeDays.has(due) ? "holiday" : "weekend"]);
        else if (stands(due)) skipped.push([due, "paused"]);
        else left--;
      }
      const counted = {
        from,
        days,
        unit,
        calendar: of,
        pausedAtEndOf: pauses.length > 0 ? stands : undefined,
      };
      const told = skippedDays(counted, due).map(({ day, why }) => [day, why]);
      if (countDays(counted) !== due || JSON.stringify(told) !== JSON.stringify(skipped))
        wrong.push(`${days} ${unit} after ${dateOf(from)}, paused ${JSON.stringify(pauses)}`);
      const undecreed = Array.from({ length: due - from + 1 }, (_, index) => from + index).some(
        (day) => !of.years.has(new Date(day * 86_400_000).getUTCFullYear()),
      );
      if (deadlineOf(counted, from, of, counted.pausedAtEndOf).provisional !== undecreed)
        wrong.push(`provisional or not after ${dateOf(from)}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a calendar", () => {
  const year = shippedYears()[2] as CalendarVersion;
  const day = { date: "2026-07-01", kind: "national-holiday", name: "Libur contoh" } as const;

  test("A calendar without any working day is refused and never loops", () => {
    const none: Calendar = {
      years: new Map(),
      regions: [],
      freeDays: new Map(Array.from({ length: 400 }, (_, index) => [first + index, "Libur"])),
    };
    for (const days of [1, 60, 366])
      expect(() => countDays({ from: first, days, unit: "working-days", calendar: none })).toThrow(
        "no working day",
      );
    // It counts again where the free days are over, and up to where they begin.
    expect(countDays({ from: first + 400, days: 1, unit: "working-days", calendar: none })).toBe(
      first + 400 + 1,
    );
    expect(() => countDays({ from: first - 10, days: 30, unit: "working-days", calendar: none })).toThrow(
      "no working day",
    );
  });

  test("Regions without holidays of their own share the national calendar", () => {
    const years = [...shippedYears()];
    expect(calendarOf(years, "64.71")).toBe(calendarOf(years));
    expect(calendarOf(years)).toBe(calendarOf(years, "31"));
  });

  test.each([
    ["a date of another year", { days: [{ ...day, date: "2027-07-01" }] }, "days.0.date"],
    ["a date twice", { days: [day, { ...day, name: "Lain" }] }, "days.1.date"],
    [
      "a regional holiday without its region",
      { days: [{ ...day, kind: "regional-holiday" }] },
      "days.0.regionCode",
    ],
    ["a national holiday of one region", { days: [{ ...day, regionCode: "64" }] }, "days.0.regionCode"],
    ["a date that is none", { days: [{ ...day, date: "2026-02-30" }] }, "days.0.date"],
    [
      "no working day within 60 days",
      {
        days: Array.from({ length: 90 }, (_, index) => ({
          ...day,
          date: dateOf(dayOf("2026-06-01") + index),
        })),
      },
      "days",
    ],
  ])("A calendar with %s is refused by field", (_what, change, field) => {
    const { version: _, ...given } = year;
    const result = calendarYear.safeParse({ ...given, ...change });
    expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });

  test("The calendar of a kabupaten has its province's holidays and its own, and nobody else's", () => {
    const regional = (date: string, regionCode: string) =>
      ({ date, kind: "regional-holiday", name: "Hari jadi", regionCode }) as const;
    const days = [
      regional("2026-07-01", "64"),
      regional("2026-07-02", "64.71"),
      regional("2026-07-03", "64.72"),
    ];
    const of = (place?: string) =>
      [...calendarOf([{ ...year, days }], place).freeDays.keys()].map((free) => dateOf(free));
    expect(of("64.71")).toEqual(["2026-07-01", "2026-07-02"]);
    expect(of("64")).toEqual(["2026-07-01"]);
    expect(of()).toEqual([]);
  });
});

describe("the limits that come with the system", () => {
  const [version1] = shippedPolicies as [(typeof shippedPolicies)[0]];
  const limit = (kind: "complaint" | "aspiration" | "information-request", supervised = false) =>
    limitOf(version1, "completion", { class: kind, supervised, formal: false, agencyPath: [] }).days;

  test("The limits to complete are 5, 14, 14 and 60 working days, by class", () => {
    expect([
      limit("information-request"),
      limit("aspiration"),
      limit("complaint"),
      limit("complaint", true),
    ]).toEqual([5, 14, 14, 60]);
  });

  test("Each limit names its basis in both languages, and how sure it is", () => {
    expect(policy.safeParse({ effectiveFrom: version1.effectiveFrom, limits: version1.limits }).success).toBe(
      true,
    );
    for (const { legalBasis } of shippedPolicies.flatMap(({ limits }) => limits)) {
      const [id, en] = [basisIn(legalBasis, "id"), basisIn(legalBasis, "en")];
      for (const written of [id, en]) expect(written).toMatch(/\w{4}/);
      expect(en).not.toBe(id);
    }
  });

  test("Limits of an agency go before those of the agencies above it, and those before everybody's", () => {
    const own = { ...version1.limits[0], days: 2, agencyId: "dinas" } as (typeof version1.limits)[0];
    const above = { ...own, days: 1, agencyId: "pemkot" };
    const limits = [...version1.limits, above, own];
    const days = (agencyPath: string[]) =>
      limitOf({ ...version1, limits }, "verification", {
        class: "complaint",
        supervised: false,
        formal: false,
        agencyPath,
      }).days;
    expect([
      days(["dinas", "pemkot"]),
      days(["uptd", "dinas", "pemkot"]),
      days(["lain", "pemkot"]),
      days([]),
    ]).toEqual([2, 2, 1, 3]);
  });

  test.each([
    ["a limit of nothing", [{ ...version1.limits[0], days: 0 }]],
    ["a limit of more than 366 days", [{ ...version1.limits[0], days: 367 }]],
    ["the same limit twice", [...version1.limits, version1.limits[0]]],
    ["no limit for one of the clocks", version1.limits.slice(1)],
  ])("A policy with %s is refused", (_what, limits) => {
    expect(policy.safeParse({ effectiveFrom: "2026-01-01", limits }).success).toBe(false);
  });

  test("The limits are those of the day on which a clock begins", () => {
    const later = { ...version1, version: 2, effectiveFrom: "2027-01-01" };
    const on = (date: string) => policyOn([later, version1], date).version;
    expect([on("2026-12-31"), on("2027-01-01")]).toEqual([1, 2]);
    expect(() => on("2023-12-31")).toThrow("No policy");
  });
});

test("A date in a year whose decree is not known is marked as provisional, and says so", () => {
  const from = dayOf("2027-12-28");
  const [version1] = shippedPolicies as [(typeof shippedPolicies)[0]];
  const limit = limitOf(version1, "verification", {
    class: "complaint",
    supervised: false,
    formal: false,
    agencyPath: [],
  });
  const deadline = deadlineOf(limit, from, calendar);
  expect([dateOf(deadline.day), deadline.provisional]).toEqual(["2027-12-31", false]);
  const later = deadlineOf(limit, from + 2, calendar);
  expect([dateOf(later.day), later.provisional]).toEqual(["2028-01-04", true]);
  expect(explain(later, limit, version1, "id").text).toContain("Sementara");
});
