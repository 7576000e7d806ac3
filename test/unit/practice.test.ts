import { describe, expect, test } from "vitest";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { calendarOf, type CalendarVersion, shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { dayOf } from "../../shared/deadline/calendar/local-date.ts";
import { isWorkingDay } from "../../shared/deadline/calendar/working-days.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { practiceNames } from "../../shared/practice/agencies.ts";
import { bodyOfMove, objectionInPractice } from "../../shared/practice/moves.ts";
import { copyOfRules, rulebookOf } from "../../shared/practice/rulebook.ts";
import {
  clockAsked,
  goesOn,
  newRun,
  postOf,
  type PracticeState,
  stateOfRun,
  type Step,
  withoutLastStep,
  withStep,
} from "../../shared/practice/run.ts";
import { type PractisedMove, type ScenarioId, scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { Refusal } from "../../shared/refusal.ts";
import { rightBodies, rightStep } from "../fakes/practice.ts";

const shipped = rulebookOf(undefined);
const today = "2026-11-27";

const begun = (id: ScenarioId, book = shipped, on = today) =>
  newRun(scenarios[id], { today: on, book, version: 1 });

/** Takes the right step at every task, up to one that this tells. Returns where the trainee stands before it. */
function upTo(
  id: ScenarioId,
  stop: (state: PracticeState) => boolean = () => false,
  { book = shipped, on = today } = {},
) {
  const scenario = scenarios[id];
  let run = begun(id, book, on);
  let state = stateOfRun(run, scenario, book);
  for (let steps = 0; state.task && !stop(state); steps++) {
    if (steps > 60) throw new Error(`${id} does not end`);
    ({ run, state } = withStep(run, rightStep(state), scenario, book));
  }
  return { run, state, scenario, book };
}

describe.each(scenarioIds)("the scenario %s", (id) => {
  const scenario = scenarios[id];

  test("has a made-up number that is well formed, and agencies of practice only", () => {
    expect(trackingNumber.parse(scenario.trackingNumber)).toBe(scenario.trackingNumber);
    const posts = [scenario.post, ...scenario.tasks.flatMap(({ as }) => as ?? [])];
    for (const { agencyId } of posts) expect(practiceNames).toHaveProperty(agencyId);
  });

  test("can be practised to its end by the rules of real cases", () => {
    const { state, run } = upTo(id);
    expect([state.done, state.task]).toEqual([scenario.tasks.length, undefined]);
    expect(stateOfRun(run, scenario, shipped).file).toEqual(state.file);
  });

  test("can be practised to its end from any day of a year", () => {
    for (const on of ["2026-12-23", "2027-01-01", "2027-03-06", "2027-03-12", "2027-05-15", "2027-08-14"])
      expect([on, upTo(id, undefined, { on }).state.task]).toEqual([on, undefined]);
  });

  test("refuses or explains every tempting step, and lets it be taken back", () => {
    let wrongSteps = 0;
    upTo(id, (state) => {
      const { task } = state;
      const { run } = upTo(id, ({ done }) => done === state.done);
      if (task?.kind === "choice") {
        for (const { id: option, right } of task.options)
          if (!right) {
            expect(() => withStep(run, { kind: "choice", option }, scenario, shipped)).toThrow(Refusal);
            wrongSteps++;
          }
        return false;
      }
      if (task?.kind === "due") {
        expect(() => withStep(run, { kind: "due", date: "2027-12-31" }, scenario, shipped)).toThrow(Refusal);
        return false;
      }
      if (task?.kind !== "move") return false;
      for (const move of Object.keys(task.wrong) as PractisedMove[]) {
        expect([move, task.wrong[move]?.text.id.length]).not.toEqual([move, 0]);
        wrongSteps++;
        const body = bodyOfMove(move).parse(rightBodies(move, state)) as Record<string, unknown>;
        const taken: Step = { kind: "move", move, body };
        let astray;
        try {
          astray = withStep(run, taken, scenario, shipped);
        } catch (error) {
          expect([move, error instanceof Refusal]).toEqual([move, true]);
          continue;
        }
        expect(astray.state.astray).toEqual(task.wrong[move]);
        expect(() => withStep(astray.run, { kind: "days", days: 1 }, scenario, shipped)).toThrow(Refusal);
        const back = withoutLastStep(astray.run);
        expect(stateOfRun(back, scenario, shipped).file).toEqual(state.file);
      }
      return false;
    });
    expect(wrongSteps).toBeGreaterThan(2);
  });
});

test("A secret, an anonymous, an information and a supervised case are among those that are practised", () => {
  const reports = scenarioIds.map((id) => scenarios[id].report);
  expect(reports.some(({ secret }) => secret)).toBe(true);
  expect(reports.some(({ anonymous }) => anonymous)).toBe(true);
  expect(reports.some((one) => one.class === "information-request")).toBe(true);
});

test("The head of an agency who tries to open who an anonymous reporter is, is refused by the rule of real cases", () => {
  const { run, state } = upTo("anonim-berfoto", ({ task }) => task?.kind === "move");
  expect(state.task?.kind).toBe("move");
  expect(() =>
    withStep(
      run,
      { kind: "move", move: "open-identity", body: { reason: "Ingin tahu siapa." } },
      scenarios["anonim-berfoto"],
      shipped,
    ),
  ).toThrow("The reporter is anonymous");
});

test("No scenario has anybody at a case whose reporter they may learn: an opening is refused wherever it is offered", () => {
  let offered = 0;
  for (const id of scenarioIds)
    upTo(id, (state) => {
      if (state.task?.kind !== "move" || !state.task.wrong["open-identity"]) return false;
      offered++;
      const asked = { by: postOf(state), move: "open-identity" } as const;
      expect(objectionInPractice(state.file, asked, { at: state.at, book: shipped })).toBeInstanceOf(Refusal);
      return false;
    });
  expect(offered).toBeGreaterThan(2);
});

test("A date that the count does not lead to is refused with what was counted until then", () => {
  const { run, scenario, state } = upTo("laporan-rahasia", ({ task }) => task?.kind === "due");
  const due = clockAsked(state.file, "completion")?.due ?? "";
  const refusalOf = (date: string) => {
    try {
      withStep(run, { kind: "due", date }, scenario, shipped);
    } catch (error) {
      return (error as Refusal).fields[0]?.message.en;
    }
    return undefined;
  };
  expect(refusalOf(due)).toBeUndefined();
  expect(refusalOf("2026-12-25")).toContain("is no working day");
  expect(refusalOf("2026-11-27")).toContain("that day does not count");
  expect(refusalOf("2026-12-01")).toContain(
    "Up to Tuesday, 1 December 2026 2 days count. The limit is 60 days",
  );
});

describe("Lebaran", () => {
  const lebaran = (book = shipped) => {
    const { run, state } = upTo("jeda-lebaran", ({ done }) => done === 0, { book });
    return { begunOn: run.begunOn, due: clockAsked(state.file, "completion")?.due };
  };

  test("of 2027 begins three working days after the scenario does", () => {
    const { begunOn } = lebaran();
    expect(begunOn).toBe("2027-03-03");
    const calendar = calendarOf(shippedYears());
    expect(["2027-03-03", "2027-03-09"].map((date) => isWorkingDay(dayOf(date), calendar))).toEqual([
      true,
      false,
    ]);
  });

  test("moves the scenario and its dates where a decree changes it", () => {
    const before = lebaran();
    const year = shippedYears().find((one) => one.year === 2027) as CalendarVersion;
    const later: CalendarVersion = {
      ...year,
      version: 2,
      decree: "SKB perubahan",
      days: [
        ...year.days,
        { date: "2027-03-17", kind: "joint-leave", name: "Cuti Bersama Hari Raya Idul Fitri" },
      ],
    };
    const book = rulebookOf(copyOfRules([later], []));
    const after = lebaran(book);
    expect(after.begunOn).toBe(before.begunOn);
    expect([before.due, after.due]).toEqual(["2027-04-02", "2027-04-05"]);
    const moved: CalendarVersion = {
      ...later,
      days: year.days.map((day) =>
        /Idul Fitri/.test(day.name)
          ? { ...day, date: `2027-04-${String(Number(day.date.slice(8)) + 1).padStart(2, "0")}` }
          : day,
      ),
    };
    expect(lebaran(rulebookOf(copyOfRules([moved], []))).begunOn > "2027-03-20").toBe(true);
  });

  test("is taken from the last year that is known where the next decree is not", () => {
    expect(begun("jeda-lebaran", shipped, "2028-06-01").begunOn).toBe("2027-03-03");
  });
});

test("A run that began under other rules, or under another edition of its scenario, does not go on", () => {
  const run = begun("banding");
  expect(goesOn(run, scenarios.banding, shipped)).toBe(true);
  expect(goesOn({ ...run, edition: 99 }, scenarios.banding, shipped)).toBe(false);
  const [, second] = shippedPolicies;
  if (!second) throw new Error("There is a second policy");
  const book = rulebookOf(copyOfRules([], [{ ...second, version: 3 }]));
  expect(goesOn(run, scenarios.banding, book)).toBe(false);
});

test("Without a copy of the administration practice counts by the calendar and limits that come with the system", () => {
  expect(rulebookOf(undefined)).toBe(rulebookOf(copyOfRules([], [])));
  expect(shipped.calendars).toHaveLength(shippedYears().length);
});
