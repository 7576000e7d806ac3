import { describe, expect, test } from "vitest";
import { type Case, caseState } from "../../shared/case/case.ts";
import { situations } from "../../shared/case/moves/table.ts";
import { nationalCalendar } from "../../shared/deadline/calendar/calendar.ts";
import { type Stage, stages } from "../../shared/deadline/ladder.ts";
import type { Agency, Officer, OfficerRole } from "../../shared/directory/directory.ts";
import { flushAt, isUrgent } from "../../shared/notification/piles/pile.ts";
import { inCharge, rolesOf } from "../../shared/notification/recipients/in-charge.ts";
import { alerted, type Staffed } from "../../shared/notification/recipients/recipients.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";

const [ministry, city, department, unit] = agencies as [Agency, Agency, Agency, Agency];

/** A case in work at the unit below the department of the city. */
const inWork = caseState.parse({
  trackingNumber: "7K3MQ-P4X9C",
  version: 3,
  lastHash: "x",
  movedAt: "2026-11-24T01:00:00.000Z",
  status: "in-progress",
  submittedAt: "2026-11-24T01:00:00.000Z",
  class: "complaint",
  title: "x",
  anonymous: false,
  secret: false,
  receiptHash: "x",
  clocks: [],
  holder: "balikpapan-uptd-jalan",
  heldSince: "2026-11-24T01:00:00.000Z",
  verifiedAt: "2026-11-24T01:00:00.000Z",
  returns: 0,
});

type People = Record<string, readonly OfficerRole[]>;

/** Lists who is alerted where these people work, as "role@agency" or the mailbox of an agency. */
function told(
  to: (typeof stages)[number]["to"],
  people: People,
  {
    path = [unit, department, city],
    change = {},
    gone = [],
  }: { path?: Agency[]; change?: Partial<Case>; gone?: OfficerRole[] } = {},
): string[] {
  const staffed = (agency: Agency): Staffed => {
    const officers = (people[agency.id] ?? []).map((role): Officer =>
      anOfficer(role, agency.id, gone.includes(role) ? { dismissedAt: "2026-11-24T01:00:00.000Z" } : {}),
    );
    return { agency, officers };
  };
  const [holder, ...above] = path.map(staffed);
  if (!holder) throw new Error("no holder");
  return alerted(to, { ...inWork, ...change }, [holder, ...above], staffed(ministry)).map(({ id }) =>
    id.replace("-of-", "@"),
  );
}

const everywhere: People = {
  kemenpanrb: ["national-admin", "auditor", "ombudsman-observer"],
  "pemkot-balikpapan": ["agency-admin", "agency-head"],
  "balikpapan-dinas-pu": ["liaison-officer", "unit-officer", "agency-head", "agency-admin"],
  "balikpapan-uptd-jalan": ["unit-officer", "liaison-officer", "agency-head"],
};

describe("the officer in charge", () => {
  test("everybody who works on cases at the agency is in charge, but not its head", () => {
    expect(told("officer", everywhere)).toEqual([
      "unit-officer@balikpapan-uptd-jalan",
      "liaison-officer@balikpapan-uptd-jalan",
    ]);
  });

  test("whoever verifies is in charge of a report that waits for it: its administrator, or a national one", () => {
    expect(
      told("officer", everywhere, {
        path: [department, city],
        change: { status: "submitted", verifiedAt: undefined },
      }),
    ).toEqual(["agency-admin@balikpapan-dinas-pu"]);
    expect(told("officer", everywhere, { path: [ministry], change: { status: "submitted" } })).toEqual([
      "national-admin@kemenpanrb",
    ]);
  });

  test("the nearest administrator above is in charge of a report that nobody at its agency may verify", () => {
    const waits = { status: "submitted", verifiedAt: undefined } as const;
    const people = { ...everywhere, "balikpapan-uptd-jalan": ["unit-officer", "agency-head"] } as const;
    expect(told("officer", people, { change: waits })).toEqual(["agency-admin@balikpapan-dinas-pu"]);
    expect(told("officer", { ...people, "balikpapan-dinas-pu": ["agency-head"] }, { change: waits })).toEqual(
      ["agency-admin@pemkot-balikpapan"],
    );
    expect(told("officer", {}, { change: waits })).toEqual(["mailbox@balikpapan-uptd-jalan"]);
  });

  test("the head is in charge of a case that waits for the head alone, or else the nearest head above", () => {
    const change = { awaits: "agency-head" } as const;
    expect(told("officer", everywhere, { change })).toEqual(["agency-head@balikpapan-uptd-jalan"]);
    const people = { ...everywhere, "balikpapan-uptd-jalan": ["unit-officer"] } as const;
    expect(told("officer", people, { change })).toEqual(["agency-head@balikpapan-dinas-pu"]);
  });

  test("the officers in charge are settled for every situation of a case", () => {
    const administrators = ["agency-admin"];
    const team = ["agency-admin", "liaison-officer", "unit-officer"];
    expect(Object.fromEntries(situations.map((situation) => [situation, inCharge(situation)]))).toEqual({
      submitted: administrators,
      verified: administrators,
      undecided: administrators,
      "awaiting-reporter": team,
      assigned: team,
      "in-progress": team,
      reopened: ["agency-head"],
      answered: team,
      closed: team,
      archived: team,
      joined: team,
      objected: administrators,
      "objected-at-top": ["agency-admin", "ombudsman-observer"],
      lapsed: team,
      withdrawn: team,
    });
  });

  test("the mailbox is told where no officer in charge is left", () => {
    expect(told("officer", {})).toEqual(["mailbox@balikpapan-uptd-jalan"]);
    expect(told("officer", everywhere, { gone: ["unit-officer", "liaison-officer"] })).toEqual([
      "mailbox@balikpapan-uptd-jalan",
    ]);
  });
});

describe("the officers who are told of an event", () => {
  test("the officers whose roles the table of moves names are told of an event", () => {
    expect(rolesOf(["team"])).toEqual(["agency-admin", "liaison-officer", "unit-officer"]);
    expect(rolesOf(["administrators", "head"])).toEqual(["agency-admin", "agency-head"]);
  });
});

describe("the head", () => {
  test("the head is that of the agency, or the nearest above it", () => {
    expect(told("agency-head", everywhere)).toEqual(["agency-head@balikpapan-uptd-jalan"]);
    expect(told("agency-head", { ...everywhere, "balikpapan-uptd-jalan": ["unit-officer"] })).toEqual([
      "agency-head@balikpapan-dinas-pu",
    ]);
  });

  test("the mailbox of the agency is told where there is no head, or all have left", () => {
    expect(told("agency-head", { "balikpapan-uptd-jalan": ["unit-officer"] })).toEqual([
      "mailbox@balikpapan-uptd-jalan",
    ]);
    expect(told("agency-head", everywhere, { gone: ["agency-head"] })).toEqual([
      "mailbox@balikpapan-uptd-jalan",
    ]);
  });
});

describe("the coordinator", () => {
  test("the coordinator is the administrators at the top above the agency", () => {
    expect(told("coordinator", everywhere)).toEqual(["agency-admin@pemkot-balikpapan"]);
  });

  test("the coordinator of a case at the top, or below a top without administrators, is the national administrators", () => {
    expect(told("coordinator", everywhere, { path: [city] })).toEqual(["national-admin@kemenpanrb"]);
    expect(told("coordinator", everywhere, { gone: ["agency-admin"] })).toEqual([
      "national-admin@kemenpanrb",
    ]);
  });

  test("the coordinator is somebody in the province before it is somebody in the capital", () => {
    const home: Agency = { ...ministry, id: "kemendagri" };
    const province: Agency = { ...city, id: "pemprov-kaltim", type: "province" };
    const path = [unit, department, city, province, home];
    const people: People = {
      kemenpanrb: ["national-admin"],
      kemendagri: ["national-admin"],
      "pemprov-kaltim": ["agency-admin"],
      "pemkot-balikpapan": ["agency-admin"],
    };
    expect(told("coordinator", people, { path })).toEqual(["agency-admin@pemprov-kaltim"]);
    const capital: People = { ...people, kemendagri: ["agency-admin", "national-admin"] };
    expect(told("coordinator", capital, { path })).toEqual(["agency-admin@pemprov-kaltim"]);
    expect(told("coordinator", { ...capital, "pemprov-kaltim": [] }, { path })).toEqual([
      "agency-admin@pemkot-balikpapan",
    ]);
    const nobody = { "pemprov-kaltim": [], "pemkot-balikpapan": [] };
    expect(told("coordinator", { ...capital, ...nobody }, { path })).toEqual(["agency-admin@kemendagri"]);
    expect(told("coordinator", { ...people, ...nobody }, { path })).toEqual(["national-admin@kemenpanrb"]);
  });

  test("the mailbox of the agency that verifies is told where there is nobody at all", () => {
    expect(told("coordinator", {})).toEqual(["mailbox@kemenpanrb"]);
  });
});

describe("when a mail is due that is gathered now", () => {
  const office = { timeZone: "Asia/Makassar", calendar: nationalCalendar() } as const;
  const gathering = { alertSeconds: 180, dailySeconds: 600 };
  const wita = (local: string) => new Date(`${local}:00+08:00`);

  test.each([
    ["at ten", "immediate", true, "2026-11-24T10:00", "2026-11-24T10:03"],
    ["before the opening", "immediate", true, "2026-11-24T07:00", "2026-11-24T08:00"],
    ["just before closing time", "immediate", true, "2026-11-24T15:58", "2026-11-24T15:58"],
    ["after closing time", "immediate", true, "2026-11-24T16:00", "2026-11-25T08:00"],
    ["on Friday evening", "immediate", false, "2026-11-27T17:00", "2026-11-30T08:00"],
    ["for the daily mail, at ten", "daily", false, "2026-11-24T10:00", "2026-11-25T08:10"],
    ["for the daily mail, on a Friday", "daily", false, "2026-11-27T10:00", "2026-11-30T08:10"],
    ["for the daily mail, on a Sunday", "daily", false, "2026-11-29T10:00", "2026-11-30T08:10"],
    ["for the daily mail, before it goes", "daily", false, "2026-11-24T08:04", "2026-11-24T08:10"],
    ["for the daily mail, as it goes", "daily", false, "2026-11-24T08:10", "2026-11-24T08:10"],
    ["for the daily mail, before Lebaran", "daily", false, "2026-03-17T10:00", "2026-03-25T08:10"],
    ["urgent, before the daily mail goes", "daily", true, "2026-11-24T08:00", "2026-11-24T08:10"],
    ["urgent, after the daily mail went", "daily", true, "2026-11-24T08:11", "2026-11-24T08:14"],
    ["urgent, after closing time", "daily", true, "2026-11-24T16:00", "2026-11-25T08:10"],
  ] as const)(
    "the mail is due when its reader can get it: %s (%s, urgent: %s)",
    (_when, mails, urgent, at, due) => {
      expect(flushAt(wita(at), { mails, urgent }, gathering, office)).toEqual(wita(due));
    },
  );

  test("alerts about what is due today or late are urgent, and earlier ones are not", () => {
    expect(stages.map(({ stage }): [Stage, boolean] => [stage, isUrgent(stage)])).toEqual([
      ["due-in-3-days", false],
      ["due-tomorrow", false],
      ["due-today", true],
      ["overdue", true],
      ["long-overdue", true],
    ]);
  });
});
