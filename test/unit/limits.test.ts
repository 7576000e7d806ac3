import { describe, expect, test } from "vitest";
import { checkCalendars } from "../../functions/jobs/check-calendars.ts";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import { recountClocks } from "../../functions/jobs/recount-clocks.ts";
import type { RecountRequest } from "../../shared/case/clocks/due.ts";
import { missingDecree, newestYears, shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";
const daysOf = (year: number) => shippedYears().find((one) => one.year === year)?.days ?? [];

/** A decree of 2026 that makes Monday, 7 December a holiday too. */
const decree = (...more: string[]) => ({
  year: 2026,
  decree: "SKB contoh tentang perubahan hari libur 2026",
  days: [
    ...daysOf(2026),
    ...more.map((date) => ({ date, kind: "joint-leave", name: "Cuti bersama contoh" })),
  ],
});

/** Verified on 24 November, with a first response: completion is due on Monday, 14 December 2026. */
async function verifiedCase(office = anOffice("2026-11-24T10:00:00+08:00")) {
  const found = await office.submit();
  await found.as("admin", "verification");
  await found.as("worker", "progress", { text });
  const state = async () => {
    const now = await office.cases.get(found.number);
    if (!now) throw new Error("The case is gone");
    return now;
  };
  const due = async () => (await state()).clocks.find(({ name }) => name === "completion")?.due;
  return { ...found, office, state, due };
}

describe("a changed decree", () => {
  test("A dry run tells how many open cases a decree moves, makes late or no longer late, with examples, and stores nothing", async () => {
    const { office, number, due } = await verifiedCase();
    office.at("2026-12-15T09:00:00+08:00");
    const { status, body } = await office.admin(
      "national",
      "PUT",
      "calendars/2026?dryRun=true",
      decree("2026-12-07"),
    );
    expect([status, body.version, body.recountFrom]).toEqual([200, 2, null]);
    expect(body.trial).toEqual({
      counted: 1,
      moved: 1,
      becomeLate: 0,
      noLongerLate: 1,
      examples: [{ trackingNumber: number, clock: "completion", from: "2026-12-14", to: "2026-12-15" }],
      complete: true,
    });
    expect([await due(), await office.limits.calendars(), office.recounts.messages]).toEqual([
      "2026-12-14",
      [],
      [],
    ]);
  });

  test("A decree that takes a holiday away tells which cases become late", async () => {
    const office = anOffice("2026-12-16T10:00:00+08:00");
    const { due } = await verifiedCase(office);
    expect(await due()).toBe("2027-01-11");
    office.at("2027-01-11T09:00:00+08:00");
    const fewer = { ...decree(), days: daysOf(2026).filter(({ date }) => date !== "2026-12-24") };
    const { body } = await office.admin("national", "PUT", "calendars/2026?dryRun=true", fewer);
    expect(body.trial).toMatchObject({ moved: 1, becomeLate: 1, noLongerLate: 0 });
  });

  test("A decree moves the open clocks, the queue entry and the next alert, and the case says which decree did it", async () => {
    const { office, due, state, seenByReporter, seenByPublic } = await verifiedCase();
    const before = (await state()).nextCheckAt;
    const put = await office.admin("national", "PUT", "calendars/2026", decree("2026-12-07"));
    expect(put.body).toMatchObject({ version: 2, trial: null, recountFrom: "2026-11-24T02:01:30.000Z" });
    await office.recount();
    expect([before, await due(), (await state()).nextCheckAt]).toEqual([
      "2026-12-09T00:00:00.000Z",
      "2026-12-15",
      "2026-12-10T00:00:00.000Z",
    ]);
    const soon = async (day: string) => {
      office.at(`2026-12-${day}T09:00:00+08:00`);
      return (await office.queue("worker", { queue: "due-soon" })).body.items.length;
    };
    expect([await soon("09"), await soon("10")]).toEqual([0, 1]);
    for (const { body } of [await seenByReporter(), await seenByPublic()]) {
      expect(body.timeline.at(-1)).toMatchObject({
        type: "recounted",
        content: {
          cause: "new-calendar",
          basis: "SKB contoh tentang perubahan hari libur 2026",
          clocks: [{ clock: "completion", from: "2026-12-14", to: "2026-12-15" }],
        },
      });
      const clock = body.clocks.find((one: any) => one.clock === "completion");
      expect(clock.moves).toMatchObject([{ from: "2026-12-14", to: "2026-12-15", cause: "new-calendar" }]);
      expect(clock.explanation.calendar).toMatchObject([{ year: 2026, version: 2 }]);
    }
  });

  describe("that comes while a reporter may still reply", () => {
    const answered = async () => {
      const found = await verifiedCase();
      await found.as("worker", "answer", { text });
      const reply = async () => {
        const { body } = await found.seenByReporter();
        const { dueDate, explanation } = body.clocks.find(({ clock }: any) => clock === "reply");
        return { dueDate, until: body.replyUntil, why: explanation.text, status: body.status };
      };
      const put = async (...holidays: string[]) => {
        await found.office.admin("national", "PUT", "calendars/2026", decree(...holidays));
        await found.office.recount();
      };
      return { ...found, reply, put };
    };

    test("A holiday that is added moves the reporter's clock and the end of their time together, and an appeal is taken until then", async () => {
      const { office, reply, put, reporter } = await answered();
      expect(await reply()).toMatchObject({ dueDate: "2026-12-08", until: "2026-12-08T23:59:59.999+08:00" });
      await put("2026-12-07", "2026-12-08");
      expect(await reply()).toMatchObject({ dueDate: "2026-12-10", until: "2026-12-10T23:59:59.999+08:00" });
      office.at("2026-12-10T20:00:00+08:00");
      expect((await reporter("appeal", { text })).status).toBe(200);
    });

    test("A holiday that is taken away closes no case before the day that its reporter was told, and the explanation says so", async () => {
      const { office, reply, put } = await answered();
      await put("2026-12-07", "2026-12-08");
      await put();
      expect(await reply()).toMatchObject({ dueDate: "2026-12-10", until: "2026-12-10T23:59:59.999+08:00" });
      expect((await reply()).why).toContain("Tanggal Kamis, 10 Desember 2026 tetap berlaku");
      office.at("2026-12-09T09:00:00+08:00");
      await office.sweep();
      expect((await reply()).status).toBe("answered");
      office.at("2026-12-11T09:00:00+08:00");
      await office.sweep();
      expect((await reply()).status).toBe("closed");
    });

    test("An answered case whose time is over takes a rating and an appeal alike, until it closes", async () => {
      for (const [path, body] of [
        ["appeal", { text }],
        ["confirmation", { stars: 4 }],
      ] as const) {
        const { office, reporter } = await answered();
        office.at("2026-12-09T01:00:00+08:00");
        expect((await reporter(path, body)).status).toBe(200);
      }
    });
  });

  test("A decree moves no case twice, whatever message comes again, and no closed case", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const { state } = await verifiedCase(office);
    const closed = await verifiedCase(office);
    await closed.as("worker", "answer", { text });
    await closed.reporter("confirmation", { stars: 5 });
    const versions = async () => [(await state()).version, (await closed.state()).version];
    const [open, ended] = await versions();
    await office.admin("national", "PUT", "calendars/2026", decree("2026-12-07"));
    const messages = [...office.recounts.messages];
    await office.recount();
    office.recounts.messages.push(...messages, ...messages);
    await office.recount();
    expect(await versions()).toEqual([(open ?? 0) + 1, ended]);
  });

  test("A decree is worked through in portions, each of which hands on the rest", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const cases = [];
    for (let each = 0; each < 30; each++) cases.push(await verifiedCase(office));
    await office.admin("national", "PUT", "calendars/2026", decree("2026-12-07"));
    let ticks = office.now().getTime();
    const queue = office.recounts;
    const slow = recountClocks(office.cases, office.directory, queue, {
      now: () => new Date((ticks += 1000)),
      budget: 1,
    });
    let rounds = 0;
    for (let message = queue.messages.shift(); message; message = queue.messages.shift(), rounds++)
      await slow(message);
    expect(rounds).toBeGreaterThan(10);
    for (const { due } of cases) expect(await due()).toBe("2026-12-15");
  });

  test("A new decree confirms a date that was provisional without it", async () => {
    const office = anOffice("2027-12-27T10:00:00+08:00");
    const { state, seenByReporter, due } = await verifiedCase(office);
    const completion = async () =>
      (await seenByReporter()).body.clocks.find(({ clock }: any) => clock === "completion");
    expect([(await completion()).explanation.provisional, await due()]).toEqual([true, "2028-01-14"]);
    await office.admin("national", "PUT", "calendars/2028", {
      year: 2028,
      decree: "SKB contoh 2028",
      days: [{ date: "2028-06-01", kind: "national-holiday", name: "Hari Lahir Pancasila" }],
    });
    await office.recount();
    expect((await completion()).explanation).toMatchObject({ provisional: false });
    expect((await state()).clocks.some((one) => one.provisional && !one.endedAt)).toBe(false);
  });

  test("The next check of a case finds a decree that never reached it, before anybody is warned by the old date", async () => {
    const { office, due, state } = await verifiedCase();
    await office.admin("national", "PUT", "calendars/2026", decree("2026-12-07"));
    office.recounts.messages.length = 0; // lost
    office.at("2026-12-09T08:00:00+08:00");
    await office.sweep();
    expect([await due(), (await state()).nextCheckAt]).toEqual(["2026-12-15", "2026-12-10T00:00:00.000Z"]);
  });

  test("A decree that is sent twice is stored once, and has the cases counted again", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const put = () => office.admin("national", "PUT", "calendars/2026", decree("2026-12-07"));
    expect((await put()).body.version).toBe(2);
    office.recounts.messages.length = 0;
    expect((await put()).body.version).toBe(2);
    expect([(await office.limits.calendars()).length, office.recounts.messages.length]).toEqual([1, 8]);
    const third = await office.admin("national", "PUT", "calendars/2026", decree("2026-12-08"));
    expect(third.body.version).toBe(3);
    const { body } = await office.admin("auditor", "GET", "calendars/2026");
    expect([body.version, body.versions.map(({ version }: any) => version)]).toEqual([3, [1, 2, 3]]);
  });

  test("A regional holiday moves the cases of agencies in that region, and no others", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const balikpapan = await verifiedCase(office);
    const samarinda = await office.submit({ agencyId: "pemkot-samarinda" });
    await samarinda.as("national", "verification");
    const regional = decree();
    await office.admin("national", "PUT", "calendars/2026", {
      ...regional,
      days: [
        ...regional.days,
        { date: "2026-12-07", kind: "regional-holiday", name: "Hari jadi contoh", regionCode: "64.71" },
      ],
    });
    await office.recount();
    const other = await office.cases.get(samarinda.number);
    expect([await balikpapan.due(), other?.clocks.find(({ name }) => name === "completion")?.due]).toEqual([
      "2026-12-15",
      "2026-12-14",
    ]);
  });
});

describe("a calendar that cannot be", () => {
  const put = async (body: object, path = "calendars/2026") => {
    const office = anOffice();
    const { status, body: answer } = await office.admin("national", "PUT", path, body);
    expect(await office.limits.calendars()).toEqual([]);
    return [status, (answer.errors ?? []).map((error: any) => error.path)];
  };
  const day = (date: string, more: object = {}) => ({ date, kind: "joint-leave", name: "Contoh", ...more });

  test.each([
    ["with two entries for one date", [day("2026-05-04"), day("2026-05-04")], ["days.1.date"]],
    ["with a date of another year", [day("2027-05-04")], ["days.0.date"]],
    ["with a date that is none", [day("2026-02-30")], ["days.0.date"]],
    [
      "with a regional holiday of no region",
      [day("2026-05-04", { kind: "regional-holiday" })],
      ["days.0.regionCode"],
    ],
    ["with a day without a name", [day("2026-05-04", { name: " " })], ["days.0.name"]],
    [
      "without a working day for more than sixty days",
      Array.from({ length: 90 }, (_, index) =>
        day(new Date(Date.parse("2026-05-01") + index * 86_400_000).toISOString().slice(0, 10)),
      ),
      ["days"],
    ],
  ])("A calendar %s is refused by field, and nothing is stored", async (_what, days, fields) => {
    expect(await put({ year: 2026, decree: "SKB contoh", days })).toEqual([400, fields]);
  });

  test("A calendar that has no working day for too long only with the year beside it is refused", async () => {
    const office = anOffice();
    const block = (from: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        day(new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10)),
      );
    const first = { year: 2028, decree: "SKB contoh", days: block("2028-11-20", 42) };
    expect((await office.admin("national", "PUT", "calendars/2028", first)).status).toBe(200);
    const second = { year: 2029, decree: "SKB contoh", days: block("2029-01-01", 30) };
    const { status, body } = await office.admin("national", "PUT", "calendars/2029", second);
    expect([status, body.errors[0].path]).toEqual([400, "days"]);
  });

  test("A calendar of another year than the address says, or from somebody who may not, is refused", async () => {
    expect(await put({ ...decree(), year: 2027, days: [] })).toEqual([400, ["year"]]);
    expect(await put(decree(), "calendars/1026")).toEqual([400, ["year"]]);
    const office = anOffice();
    for (const who of ["admin", "head", "auditor", "observer", "worker"] as const)
      expect([who, (await office.admin(who, "PUT", "calendars/2026", decree())).status]).toEqual([who, 403]);
  });
});

const [shipped] = shippedPolicies as [(typeof shippedPolicies)[0]];
const stricterLimits = (effectiveFrom: string, days = 10) => ({
  effectiveFrom,
  limits: shipped.limits.map((limit) =>
    limit.clock === "completion" && limit.supervised === false ? { ...limit, days } : limit,
  ),
});

describe("limits", () => {
  test("Limits hold from their date on, and a case keeps those that it began with", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const before = await office.submit();
    await office.admin("national", "PUT", "policies", stricterLimits("2026-12-01"));
    office.at("2026-12-01T10:00:00+08:00");
    const after = await office.submit();
    for (const found of [before, after]) await found.as("admin", "verification");
    const dueOf = async (number: string) =>
      (await office.cases.get(number))?.clocks.find(({ name }) => name === "completion")?.due;
    expect([await dueOf(before.number), await dueOf(after.number)]).toEqual(["2026-12-21", "2026-12-15"]);
    const { body } = await after.seenByPublic();
    expect(body.clocks.at(-1).explanation.policyVersion).toBe(3);
    const { body: listed } = await office.admin("auditor", "GET", "policies");
    expect(listed.items.map(({ version }: any) => version)).toEqual([1, 2, 3]);
  });

  test("An administrator applies limits to open cases with a reason, which every case tells", async () => {
    const { office, due, state, number, seenByReporter } = await verifiedCase();
    await office.admin("national", "PUT", "policies", stricterLimits("2026-12-01"));
    const application = "policies/3/application";
    const reason = "Keputusan contoh tentang percepatan penyelesaian.";
    const dry = await office.admin("national", "POST", `${application}?dryRun=true`, { reason });
    expect(dry.body.trial).toMatchObject({
      moved: 1,
      examples: [{ trackingNumber: number, clock: "completion", from: "2026-12-14", to: "2026-12-08" }],
    });
    expect(await due()).toBe("2026-12-14");
    expect((await office.admin("national", "POST", application, { reason })).status).toBe(200);
    await office.recount();
    expect([await due(), (await state()).policyVersion]).toEqual(["2026-12-08", 3]);
    expect((await seenByReporter()).body.timeline.at(-1)).toMatchObject({
      type: "recounted",
      content: { cause: "new-policy", basis: reason },
    });
    for (const body of [{}, { reason: "" }, { reason: "?!" }])
      expect((await office.admin("national", "POST", application, body)).status).toBe(400);
    expect((await office.admin("national", "POST", "policies/9/application", { reason })).status).toBe(404);
  });

  test.each([
    ["of no day", (one: any) => ({ ...one, days: 0 }), "limits.0.days"],
    ["beyond a year", (one: any) => ({ ...one, days: 367 }), "limits.0.days"],
    ["of a fraction", (one: any) => ({ ...one, days: 2.5 }), "limits.0.days"],
    ["without a basis", ({ legalBasis: _, ...one }: any) => one, "limits.0.legalBasis"],
    ["for an agency that is not there", (one: any) => ({ ...one, agencyId: "nowhere" }), "limits.0.agencyId"],
  ])("Limits %s are refused by field, and nothing is stored", async (_what, change, field) => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const { effectiveFrom, limits } = stricterLimits("2026-12-01");
    const [first, ...rest] = limits;
    const { status, body } = await office.admin("national", "PUT", "policies", {
      effectiveFrom,
      limits: [change(first), ...(field === "limits.0.agencyId" ? limits : rest)],
    });
    expect([status, body.errors.map(({ path }: any) => path)]).toEqual([
      400,
      expect.arrayContaining([field]),
    ]);
    expect(await office.limits.policies()).toEqual([]);
  });

  test("Limits for days that are over, for one clock less or twice for the same are refused", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const put = async (body: object) => {
      const answer = await office.admin("national", "PUT", "policies", body);
      return [answer.status, (answer.body.errors ?? []).map(({ path }: any) => path)];
    };
    expect(await put(stricterLimits("2026-11-23"))).toEqual([400, ["effectiveFrom"]]);
    for (const far of ["2032-01-01", "9999-12-31"])
      expect(await put(stricterLimits(far))).toEqual([400, ["effectiveFrom"]]);
    expect((await put(stricterLimits("2031-12-31")))[0]).toBe(200);
    const { limits } = stricterLimits("2026-12-01");
    expect(await put({ effectiveFrom: "2026-12-01", limits: [...limits, limits[0]] })).toEqual([
      400,
      [`limits.${limits.length}`],
    ]);
    expect(await put({ effectiveFrom: "2026-12-01", limits: limits.slice(1) })).toEqual([
      400,
      expect.arrayContaining(["limits"]),
    ]);
  });
});

test("holidays are set for the next five years at most", async () => {
  const office = anOffice("2026-11-24T10:00:00+08:00");
  const put = (year: number) =>
    office.admin("national", "PUT", `calendars/${year}`, { ...decree(), year, days: [] });
  expect((await put(2031)).status).toBe(200);
  const { status, body } = await put(2032);
  expect([status, body.errors]).toEqual([
    400,
    [{ in: "body", path: "year", message: "Paling jauh 5 tahun ke depan, sampai Rabu, 31 Desember 2031." }],
  ]);
});

test("what turns writing around is refused in a decree, in the name of a holiday and in a legal basis", async () => {
  const office = anOffice("2026-11-24T10:00:00+08:00");
  const turned = "Libur \u202Etahilret";
  const day = { date: "2026-12-01", kind: "joint-leave", name: turned };
  const calendar = await office.admin("national", "PUT", "calendars/2026", {
    year: 2026,
    decree: turned,
    days: [day],
  });
  expect(calendar.body.errors.map(({ path }: any) => path)).toEqual(["decree", "days.0.name"]);
  expect(calendar.body.errors[0].message).toContain("tanda tersembunyi");
  const { effectiveFrom, limits } = stricterLimits("2026-12-01");
  const [first, ...rest] = limits;
  for (const legalBasis of [turned, { id: "Peraturan", en: turned }]) {
    const { body } = await office.admin("national", "PUT", "policies", {
      effectiveFrom,
      limits: [{ ...first, legalBasis }, ...rest],
    });
    expect(body.errors.map(({ path }: any) => path)).toEqual([
      typeof legalBasis === "string" ? "limits.0.legalBasis" : "limits.0.legalBasis.en",
    ]);
  }
});

describe("an aspiration", () => {
  const aspiration = async (office: ReturnType<typeof anOffice>) => {
    const found = await office.submit({ class: "aspiration" });
    await found.as("admin", "verification");
    const { body } = await found.seenByPublic();
    return { ...found, completion: body.clocks.find(({ clock }: any) => clock === "completion") };
  };

  test("An aspiration has fourteen working days until the end of 2026, and five from 2027 on, with the one source named", async () => {
    const office = anOffice("2026-12-14T10:00:00+08:00");
    const before = await aspiration(office);
    expect([before.completion.workingDays, before.completion.explanation.certainty]).toEqual([
      14,
      "own-choice",
    ]);
    office.at("2027-01-04T10:00:00+08:00");
    const { completion } = await aspiration(office);
    expect([completion.workingDays, completion.dueDate]).toEqual([5, "2027-01-12"]);
    expect(completion.explanation).toMatchObject({ certainty: "one-secondary-source", policyVersion: 2 });
    expect(completion.legalBasis).toMatch(/Nganjuk.*Satu sumber sekunder/);
  });

  test("An aspiration that began in 2026 keeps its fourteen days in 2027, until an administrator applies the new limits", async () => {
    const office = anOffice("2026-12-28T10:00:00+08:00");
    const { number, seenByPublic } = await aspiration(office);
    const complaint = await office.submit();
    await complaint.as("admin", "verification");
    office.at("2027-01-04T10:00:00+08:00");
    const due = async () =>
      (await seenByPublic()).body.clocks.find(({ clock }: any) => clock === "completion").dueDate;
    expect(await due()).toBe("2027-01-19");
    const reason = "Keputusan contoh: semua aspirasi menurut batas baru.";
    const dry = await office.admin("national", "POST", "policies/2/application?dryRun=true", { reason });
    expect(dry.body.trial).toMatchObject({
      counted: 2,
      moved: 1,
      examples: [{ trackingNumber: number, clock: "completion", from: "2027-01-19", to: "2027-01-06" }],
    });
    expect(await due()).toBe("2027-01-19");
  });

  test("A stage that has stored a second version of its own keeps it in place of the one that comes with the system", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const own = { version: 2, ...stricterLimits("2026-12-01") };
    await office.limits.addPolicy(own);
    const { body } = await office.admin("auditor", "GET", "policies");
    expect(body.items.map(({ version, effectiveFrom }: any) => [version, effectiveFrom])).toEqual([
      [1, "2024-01-01"],
      [2, "2026-12-01"],
    ]);
  });
});

describe("a formal information request", () => {
  const formal = async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const found = await office.submit({ class: "information-request" });
    await found.as("admin", "verification", { formal: true });
    const completion = async () =>
      (await found.seenByPublic()).body.clocks.find(({ clock }: any) => clock === "completion");
    return { ...found, office, completion };
  };

  test("A formal request has ten working days, and seven more once, for a reason that its parties read", async () => {
    const { as, completion, seenByReporter, seenByPublic } = await formal();
    expect((await completion()).dueDate).toBe("2026-12-08");
    const reason = "Dokumennya harus dikumpulkan dari tiga bidang.";
    expect((await as("worker", "extension", { text: reason })).status).toBe(200);
    const longer = await completion();
    expect([longer.dueDate, longer.extendedBy, longer.moves.map(({ cause }: any) => cause)]).toEqual([
      "2026-12-17",
      7,
      ["extended"],
    ]);
    expect((await seenByReporter()).body.timeline.at(-1)).toMatchObject({
      type: "extended",
      content: { text: reason, days: 7, due: "2026-12-17" },
    });
    expect(JSON.stringify((await seenByPublic()).body)).not.toContain(reason);
    expect((await as("worker", "extension", { text: "Sekali lagi, mohon maaf." })).status).toBe(409);
  });

  test("Nothing is extended without a reason, after its date, or where it is another kind of case", async () => {
    const { as, office } = await formal();
    expect((await as("worker", "extension", { text: " " })).status).toBe(400);
    office.at("2026-12-09T00:30:00+08:00");
    expect((await as("worker", "extension", { text: "Terlambat mengajukan." })).status).toBe(409);
    const complaint = await verifiedCase();
    expect((await complaint.as("worker", "extension", { text: "Perlu waktu." })).status).toBe(409);
    const refused = await (await office.submit()).as("admin", "verification", { formal: true });
    expect(refused.body.errors[0].path).toBe("formal");
  });
});

describe("the decree of the next year", () => {
  test("The next year's decree is missed from 1 November, by the date in Jakarta, until it is stored", async () => {
    const known = newestYears([]);
    expect(missingDecree(known, new Date("2027-10-31T16:59:59Z"))).toBeUndefined();
    expect(missingDecree(known, new Date("2027-10-31T17:00:00Z"))).toBe(2028);
    expect(missingDecree(known, new Date("2028-02-01T00:00:00Z"))).toBe(2028);
    const { office } = await verifiedCase();
    await checkCalendars(office.directory, () => new Date("2027-11-02T00:00:00Z"))();
  });
});

test("A sweep and a recount know their messages apart", async () => {
  const office = anOffice();
  const checks = memoryOutbox<object>();
  await findDueCases(
    office.cases,
    { checks, sweeps: memoryOutbox(), lastSweep: memoryLastSweep() },
    { now: office.now },
  )({});
  expect(checks.messages).toEqual([]);
  const request: RecountRequest = { shard: 0, cause: "new-policy", basis: "x", policyVersion: 7 };
  await expect(
    recountClocks(office.cases, office.directory, memoryOutbox(), { now: office.now })(request),
  ).rejects.toThrow("not known here yet");
});
