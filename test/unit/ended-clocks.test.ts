import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  calendarOf,
  type CalendarVersion,
  newestYears,
  shippedYears,
} from "../../shared/deadline/calendar/calendar.ts";
import { dateOf, dayOf } from "../../shared/deadline/calendar/local-date.ts";
import { type Clock, clocksAfter, type Effect, recounted } from "../../shared/deadline/clock.ts";
import { viewOfClock } from "../../shared/deadline/clock-view.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { anOffice } from "../fakes/office.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";
const days2026 = shippedYears().find(({ year }) => year === 2026)?.days ?? [];
const [policy] = shippedPolicies as [(typeof shippedPolicies)[0]];
const complaint = { class: "complaint", supervised: false, formal: false, agencyPath: [] } as const;

const decree = (...more: string[]) => ({
  year: 2026,
  decree: "SKB contoh tentang perubahan hari libur 2026",
  days: [...days2026, ...more.map((date) => ({ date, kind: "joint-leave" as const, name: "Cuti contoh" }))],
});

type Seen = ReturnType<typeof viewOfClock>;

/** Counts the date again from nothing but the explanation, as a reader with paper and pencil does. */
function countedAgain({ explanation }: Seen): string | undefined {
  if (!explanation) return undefined;
  const skipped = new Set(explanation.skipped.map(({ date }) => date));
  let day = dayOf(explanation.from);
  for (let counted = 0; counted < explanation.counted;) if (!skipped.has(dateOf(++day))) counted++;
  return dateOf(day);
}

const clockOf = (body: { clocks: Seen[] }, name: string) =>
  body.clocks.find(({ clock }) => clock === name) as Seen;

describe("A clock that has ended", () => {
  test("keeps its date and its explanation when a decree adds holidays, and when it is taken back", async () => {
    const office = anOffice("2026-12-01T10:00:00+08:00");
    const { as, seenByReporter } = await office.submit();
    office.at("2026-12-03T10:00:00+08:00");
    await as("admin", "verification");
    const ended = async () => clockOf((await seenByReporter()).body, "verification");
    const before = await ended();
    expect([before.state, before.dueDate, countedAgain(before)]).toEqual(["met", "2026-12-04", "2026-12-04"]);
    for (const holidays of [["2026-12-02", "2026-12-03"], []]) {
      await office.admin("national", "PUT", "calendars/2026", decree(...holidays));
      await office.recount();
      expect(await ended()).toEqual(before);
    }
  });

  test("is counted where its agency worked, though the case went to another zone with the same move", async () => {
    // Half past eleven in the evening at the ministry in Jakarta: in Balikpapan the next day has begun.
    const office = anOffice("2026-12-01T23:30:00+07:00");
    const { as, seenByReporter } = await office.submit({ agencyId: undefined });
    const running = clockOf((await seenByReporter()).body, "verification");
    office.at("2026-12-04T23:45:00+07:00");
    await as("national", "verification", { agencyId: "pemkot-balikpapan" });
    const met = clockOf((await seenByReporter()).body, "verification");
    expect([running.dueDate, running.dueAt]).toEqual(["2026-12-04", "2026-12-04T23:59:59.999+07:00"]);
    expect(met).toMatchObject({ state: "met", dueDate: running.dueDate, dueAt: running.dueAt });
    expect(met.explanation).toEqual(running.explanation);
  });

  test("began for the public on the day that its explanation counts from, also in another zone", async () => {
    const office = anOffice("2026-12-01T23:30:00+07:00");
    const { as, seenByPublic } = await office.submit({ agencyId: undefined, anonymous: true });
    await as("national", "verification", { agencyId: "pemkot-balikpapan" });
    for (const { startedAt, explanation } of (await seenByPublic()).body.clocks as Seen[])
      expect(startedAt).toBe(explanation?.from);
  });

  test("is counted for the last time by the holidays of the day on which it ended, even before the recount comes", async () => {
    const office = anOffice("2026-12-01T10:00:00+08:00");
    const { as, seenByReporter } = await office.submit();
    office.at("2026-12-07T10:00:00+08:00");
    await office.admin("national", "PUT", "calendars/2026", decree("2026-12-02"));
    await as("admin", "verification");
    const met = clockOf((await seenByReporter()).body, "verification");
    expect([met.dueDate, met.state, countedAgain(met)]).toEqual(["2026-12-07", "met", "2026-12-07"]);
    expect(met.explanation?.calendar).toMatchObject([{ year: 2026, version: 2 }]);
  });

  test("of before is explained only where the holidays of today lead to its date", () => {
    const calendars = shippedYears();
    const office = { timeZone: "Asia/Makassar", calendar: calendarOf(calendars) } as const;
    const [open] = clocksAfter([], { verification: "start" }, "2026-12-01T02:00:00Z", {
      ...office,
      policy,
      of: complaint,
    });
    const { countedBy: _, ...old } = {
      ...(open as Clock),
      endedAt: "2026-12-03T02:00:00Z",
      outcome: "met" as const,
    };
    const at = new Date("2026-12-10T02:00:00Z");
    const seen = (calendar: typeof office.calendar) =>
      viewOfClock(old, at, { ...office, calendar, calendars, policies: shippedPolicies }, "id");
    expect(countedAgain(seen(office.calendar))).toBe("2026-12-04");
    const other = calendarOf([{ ...decree("2026-12-02"), version: 2 }]);
    expect([seen(other).dueDate, seen(other).explanation]).toEqual(["2026-12-04", null]);
  });
});

test("An open clock is never explained by a count that contradicts its date, also while a decree waits to be applied", async () => {
  const office = anOffice("2026-11-24T10:00:00+08:00");
  const { as, seenByReporter } = await office.submit();
  await as("admin", "verification");
  await as("worker", "progress", { text });
  const completion = async () => clockOf((await seenByReporter()).body, "completion");
  for (const [holidays, due] of [
    [["2026-12-07"], "2026-12-15"],
    [[], "2026-12-14"],
  ] as const) {
    await office.admin("national", "PUT", "calendars/2026", decree(...holidays));
    const waiting = await completion();
    expect(countedAgain(waiting)).toBe(waiting.dueDate);
    await office.recount();
    const applied = await completion();
    expect([applied.dueDate, countedAgain(applied)]).toEqual([due, due]);
    expect(applied.explanation?.text).not.toContain("tetap berlaku");
  }
});

test("Whatever decrees come and go while a clock runs, pauses and ends, its explanation leads to its date", () => {
  const day = fc.integer({ min: 0, max: 60 }).map((after) => dateOf(dayOf("2026-11-02") + after));
  const step = fc.oneof(
    fc
      .array(day, { maxLength: 6 })
      .map((holidays) => ({ kind: "decree" as const, holidays: [...new Set(holidays)] })),
    fc
      .constantFrom<Effect>("pause", "resume", "stop", "reopen")
      .map((effect) => ({ kind: "effect" as const, effect })),
    fc
      .constantFrom("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
      .map((timeZone) => ({ kind: "zone" as const, timeZone })),
  );
  const hours = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), step), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(hours, (steps) => {
      const calendars: CalendarVersion[] = [...shippedYears()];
      let timeZone: "Asia/Jakarta" | "Asia/Makassar" | "Asia/Jayapura" = "Asia/Makassar";
      let at = Date.parse("2026-11-02T01:00:00Z");
      const now = () => new Date(at);
      const office = () => ({ timeZone, calendar: calendarOf(newestYears(calendars)) });
      const after = (clocks: Clock[], effect: Effect) =>
        clocksAfter(clocks, { completion: effect }, now().toISOString(), {
          ...office(),
          policy,
          of: complaint,
        });
      let clocks = after([], "start");
      const recountAll = () => {
        clocks = clocks.map((one) =>
          one.endedAt === undefined && one.due !== undefined
            ? recounted(one, now().toISOString(), "new-calendar", office())
            : one,
        );
      };
      const agree = () => {
        for (const one of clocks) {
          const seen = viewOfClock(
            one,
            now(),
            { ...office(), calendars: [...calendars], policies: shippedPolicies },
            "id",
          );
          expect(countedAgain(seen)).toBe(seen.dueDate ?? undefined);
        }
      };
      for (const [later, one] of steps) {
        at += later * 3_600_000;
        if (one.kind === "decree") {
          const newest = Math.max(
            ...calendars.filter(({ year }) => year === 2026).map(({ version }) => version),
          );
          const free = one.holidays.filter((date) => !days2026.some((known) => known.date === date));
          calendars.push({ ...decree(...free), version: newest + 1 });
          agree();
          recountAll();
        } else if (one.kind === "zone") {
          ({ timeZone } = one);
          recountAll();
        } else clocks = after(clocks, one.effect);
        agree();
      }
    }),
    { numRuns: 300 },
  );
});
