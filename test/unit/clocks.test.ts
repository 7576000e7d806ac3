import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moved, submit } from "../../shared/case/case.ts";
import { clocked, opened } from "../../shared/case/clocks/case-clocks.ts";
import { effects, type Trigger, triggerOf } from "../../shared/case/clocks/effects.ts";
import { type EventType, eventTypes } from "../../shared/case/history.ts";
import { calendarOf, nationalCalendar, shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import {
  type Clock,
  clock,
  clocksAfter,
  daysLeft,
  extended,
  recounted,
  stateOf,
} from "../../shared/deadline/clock.ts";
import { viewOfClock } from "../../shared/deadline/clock-view.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { roadComplaint } from "../fakes/reports.ts";

const office = { timeZone: "Asia/Makassar", calendar: nationalCalendar() } as const;
const reading = { ...office, calendars: shippedYears(), policies: shippedPolicies };
const [policy] = shippedPolicies as [(typeof shippedPolicies)[0]];
const complaint = { class: "complaint", supervised: false, formal: false, agencyPath: [] } as const;

/** A local time in Kalimantan Timur. */
const wita = (local: string) => new Date(`${local}:00+08:00`).toISOString();

/** The clocks after a history of [event, local time]. */
const after = (...history: [Trigger, string][]): Clock[] =>
  history.reduce<Clock[]>(
    (clocks, [trigger, local]) =>
      clocksAfter(clocks, effects[trigger], wita(local), { ...office, policy, of: complaint }),
    [],
  );
const last = (clocks: Clock[], name: Clock["name"]) => clocks.findLast((one) => one.name === name) as Clock;
const stateAt = (one: Clock, local: string) => stateOf(one, new Date(wita(local)), office);

describe("the clocks of a case", () => {
  test("The reporter's time ends in the zone in which they were told its date, also where an agency further east takes over", () => {
    const [told] = after(["answered", "2026-11-23T10:00"]) as [Clock];
    const east = { ...office, timeZone: "Asia/Jayapura" } as const;
    const moved = recounted(told, wita("2026-11-24T10:00"), "new-agency", east);
    expect([moved.due, moved.moves, moved.countedBy]).toEqual([told.due, [], told.countedBy]);
    // Half past eleven in the evening of the last day: further east the next day has begun.
    const evening = new Date(wita(`${told.due}T23:30`));
    expect([stateOf(moved, evening, east), daysLeft(moved, evening, east)]).toEqual(["running", 0]);
    const seen = viewOfClock(moved, evening, { ...reading, ...east }, "id");
    expect([seen.dueAt, seen.explanation]).toEqual([
      `${told.due}T23:59:59.999+08:00`,
      viewOfClock(told, evening, reading, "id").explanation,
    ]);
    expect(stateOf(moved, new Date(wita("2026-12-08T00:00")), east)).toBe("missed");
  });

  test("A report of Monday has to be verified by Thursday; then the agency has five and fourteen working days", () => {
    const clocks = after(["submitted", "2026-11-23T09:00"], ["verified", "2026-11-24T10:00"]);
    expect(clocks.map(({ name, due, outcome }) => [name, due, outcome])).toEqual([
      ["verification", "2026-11-26", "met"],
      ["response", "2026-12-01", undefined],
      ["completion", "2026-12-14", undefined],
    ]);
  });

  test("A case without an agency owes no first response; assigning it starts one, and handing it to a unit starts no other", () => {
    const waiting = after(["submitted", "2026-11-23T09:00"], ["verified-unassigned", "2026-11-24T10:00"]);
    expect(waiting.map(({ name }) => name)).not.toContain("response");
    const assigned = after(
      ["submitted", "2026-11-23T09:00"],
      ["verified-unassigned", "2026-11-24T10:00"],
      ["assigned", "2026-11-25T10:00"],
      ["assigned", "2026-11-27T10:00"],
    );
    expect(assigned.filter(({ name }) => name === "response")).toMatchObject([{ due: "2026-12-02" }]);
  });

  test("A returned case gives the next agency days of its own; back at the national administrator nobody owes a response", () => {
    const given = ["verified", "2026-11-24T10:00"] as [Trigger, string];
    const up = after(["submitted", "2026-11-23T09:00"], given, ["returned", "2026-11-26T10:00"]);
    expect(up.filter(({ name }) => name === "response")).toMatchObject([
      { outcome: "cancelled" },
      { due: "2026-12-03" },
    ]);
    const top = after(["submitted", "2026-11-23T09:00"], given, ["returned-to-assigner", "2026-11-26T10:00"]);
    expect(top.filter(({ name }) => name === "response")).toMatchObject([{ outcome: "cancelled" }]);
    expect(triggerOf("returned", "submitted")).toBe("returned-to-assigner");
    expect(triggerOf("returned", "assigned")).toBe("returned");
  });

  test("An internal note and a reply that nobody asked for change no clock", () => {
    const before = after(["submitted", "2026-11-23T09:00"], ["verified", "2026-11-24T10:00"]);
    for (const trigger of ["noted", "consented", "referred", "replied"] as const)
      expect(
        clocksAfter(before, effects[trigger], wita("2026-11-25T09:00"), { ...office, policy, of: complaint }),
      ).toEqual(before);
  });

  test("Progress is the first response and an answer completes; a clock that is late is missed", () => {
    const clocks = after(
      ["submitted", "2026-11-23T09:00"],
      ["verified", "2026-11-27T10:00"],
      ["progressed", "2026-12-04T23:59"],
      ["answered", "2026-12-18T00:01"],
    );
    expect(clocks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["verification", "missed"],
      ["response", "met"],
      ["completion", "missed"],
      ["reply", undefined],
    ]);
  });
});

describe("a clock that is paused by a question", () => {
  const asked = (at: string, replied: string) =>
    last(
      after(
        ["submitted", "2026-11-23T09:00"],
        ["verified", "2026-11-24T10:00"],
        ["asked", at],
        ["replied", replied],
      ),
      "completion",
    );

  test("A paused clock goes on for as many working days as it stood still at their end", () => {
    // Wednesday, Thursday and Friday do not count.
    const one = asked("2026-11-25T11:00", "2026-11-28T08:00");
    expect(one.due).toBe("2026-12-17");
    expect(one.moves.map(({ from, to, cause }) => [from, to, cause])).toEqual([
      ["2026-12-14", null, "paused"],
      [null, "2026-12-17", "resumed"],
    ]);
  });

  test("A pause within a day, over a weekend or over a holiday moves no date", () => {
    expect(asked("2026-11-25T09:00", "2026-11-25T16:00").due).toBe("2026-12-14");
    expect(asked("2026-11-28T09:00", "2026-11-29T16:00").due).toBe("2026-12-14");
  });

  test("A pause over midnight moves the date by one day", () => {
    expect(asked("2026-11-25T23:50", "2026-11-26T00:10").due).toBe("2026-12-15");
  });

  test("A pause that begins before the first counted day moves the whole count", () => {
    expect(asked("2026-11-24T10:05", "2026-11-26T09:00").due).toBe("2026-12-15");
  });

  test("A pause that begins after the deadline brings nobody back in time", () => {
    const one = asked("2026-12-21T09:00", "2026-12-23T09:00");
    expect(one.due).toBe("2026-12-14");
    expect(stateAt(one, "2026-12-23T10:00")).toBe("missed");
  });

  test("A paused clock has no date, tells how many days are left, and ends with its case", () => {
    const history: [Trigger, string][] = [
      ["submitted", "2026-11-23T09:00"],
      ["verified", "2026-11-24T10:00"],
      ["asked", "2026-11-26T09:00"],
    ];
    const one = last(after(...history), "completion");
    expect([one.due, stateAt(one, "2026-11-30T09:00")]).toEqual([undefined, "paused"]);
    expect(daysLeft(one, new Date(wita("2026-12-30T09:00")), office)).toBe(13);
    expect(viewOfClock(one, new Date(wita("2026-12-30T09:00")), reading, "id")).toMatchObject({
      dueDate: null,
      explanation: null,
      state: "paused",
    });
    const gone = after(...history, ["withdrawn", "2026-11-27T09:00"]);
    expect(gone.map(({ outcome }) => outcome)).toEqual(["met", "cancelled", "cancelled", "cancelled"]);
  });

  test("Each question pauses the clock again, and none starts it anew", () => {
    const clocks = after(
      ["submitted", "2026-11-23T09:00"],
      ["verified", "2026-11-24T10:00"],
      ["asked", "2026-11-25T09:00"],
      ["replied", "2026-11-26T09:00"],
      ["asked", "2026-11-30T09:00"],
      ["replied", "2026-12-02T09:00"],
    );
    const one = last(clocks, "completion");
    expect(one.startedAt).toBe(wita("2026-11-24T10:00"));
    expect([one.pauses.length, one.due]).toEqual([2, "2026-12-17"]);
    expect(clocks.filter(({ name }) => name === "completing-file").map(({ outcome }) => outcome)).toEqual([
      "met",
      "met",
    ]);
  });
});

describe("a case that comes back", () => {
  const answered: [Trigger, string][] = [
    ["submitted", "2026-11-23T09:00"],
    ["verified", "2026-11-24T10:00"],
    ["answered", "2026-12-01T10:00"],
  ];

  test.each(["disputed", "reopened", "appealed"] as const)(
    "A case that is %s goes on with its completion where it stopped: the days with the reporter do not count",
    (trigger) => {
      const clocks = after(...answered, [trigger, "2026-12-04T10:00"]);
      expect(last(clocks, "completion")).toMatchObject({ due: "2026-12-17" });
      expect(last(clocks, "completion").outcome).toBeUndefined();
      expect(last(clocks, "reply").outcome).toBe("met");
    },
  );

  test("A case from the archive goes on as after a pause, and what had ended before stays ended", () => {
    const clocks = after(
      ...answered.slice(0, 2),
      ["archived", "2026-11-26T09:00"],
      ["restored", "2026-12-01T09:00"],
    );
    expect(last(clocks, "verification").outcome).toBe("met");
    expect(last(clocks, "completion").due).toBe("2026-12-17");
  });
});

describe("a date that moves", () => {
  const one = last(after(["submitted", "2026-03-13T09:00"]), "verification");

  test("A date that a new decree moves says so, and keeps the old date", () => {
    const years = shippedYears().map((year) =>
      year.year === 2026
        ? {
            ...year,
            version: 2,
            days: [
              ...year.days,
              { date: "2026-03-25", kind: "joint-leave", name: "Cuti bersama tambahan" } as const,
            ],
          }
        : year,
    );
    const moved = recounted(one, wita("2026-03-16T09:00"), "new-calendar", {
      ...office,
      calendar: calendarOf(years),
    });
    expect([one.due, moved.due]).toEqual(["2026-03-25", "2026-03-26"]);
    expect(moved.moves).toEqual([
      { at: wita("2026-03-16T09:00"), from: "2026-03-25", to: "2026-03-26", cause: "new-calendar" },
    ]);
    expect(recounted(moved, wita("2026-03-17T09:00"), "new-calendar", office).due).toBe("2026-03-25");
  });

  test("An extension of seven working days moves the date by seven working days", () => {
    const longer = extended(one, 7, wita("2026-03-16T09:00"), office);
    expect([longer.due, longer.extendedBy, longer.moves.length]).toEqual(["2026-04-06", 7, 1]);
    expect(viewOfClock(longer, new Date(wita("2026-03-16T09:00")), reading, "id")).toMatchObject({
      workingDays: 10,
      dueDate: "2026-04-06",
      moves: [{ cause: "extended", text: "diperpanjang dengan alasan tertulis" }],
    });
  });
});

describe("whatever happens to a case", () => {
  const anyHistory = fc.array(
    fc.tuple(fc.constantFrom(...eventTypes.filter((type) => type !== "submitted")), fc.nat(72 * 60)),
    { maxLength: 25 },
  );
  const play = (history: [EventType, number][]) => {
    let at = Date.parse(wita("2026-03-10T09:00"));
    let clocks = after(["submitted", "2026-03-10T09:00"]);
    const steps: { clocks: Clock[]; at: Date }[] = [];
    for (const [trigger, minutes] of history) {
      at += minutes * 60_000;
      const iso = new Date(at).toISOString();
      clocks = clocksAfter(clocks, effects[trigger], iso, { ...office, policy, of: complaint });
      steps.push({ clocks, at: new Date(at) });
    }
    return steps;
  };

  test("Whatever happens, every clock can be stored, is open at most once, has a date unless it is paused, and is never due earlier", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { clocks, at } of play(history)) {
          for (const one of clocks) {
            expect(clock.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
            const state = stateOf(one, at, office);
            if (state === "running" || state === "missed") expect(one.due).toBeDefined();
            if (state === "paused") expect(one.due).toBeUndefined();
            const dates = one.moves.flatMap(({ from, to }) => [from, to]).filter((date) => date !== null);
            expect(dates).toEqual([...dates].sort());
          }
          const open = clocks.filter(({ endedAt }) => endedAt === undefined).map(({ name }) => name);
          expect(new Set(open).size).toBe(open.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("Whatever happens, the days left and the date agree", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { clocks, at } of play(history))
          for (const one of clocks) {
            const left = daysLeft(one, at, office);
            const state = stateOf(one, at, office);
            if (state === "running") expect(left).toBeGreaterThanOrEqual(0);
            if (state === "missed" && one.endedAt === undefined) expect(left).toBeLessThanOrEqual(0);
          }
      }),
    );
  });

  test("Every event has a decision for the clocks", () => {
    for (const type of eventTypes) expect(effects).toHaveProperty([type]);
  });
});

test("A move keeps whatever it says beside the case when its clocks are counted", () => {
  const counting = { ...reading, agencyPath: [] };
  const { case: found } = submit(roadComplaint, {
    trackingNumber: "7K3MQ-P4X9C",
    receipt: "receipt",
    salt: "salt",
    language: "id",
    verifyingAgency: "kemenpanrb",
    at: new Date(wita("2026-11-23T09:00")),
  });
  const before = opened(found, counting);
  const former = { email: "old@mail.example", language: "id" } as const;
  const act = { by: { role: "system" }, at: new Date(wita("2026-11-24T09:00")), salt: "salt" } as const;
  const move = { ...moved(before, act, "identity-deleted", {}), identity: "removed", former } as const;
  expect(clocked(before, move, counting)).toMatchObject({ event: move.event, identity: "removed", former });
});
