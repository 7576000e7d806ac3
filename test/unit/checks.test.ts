import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDeadline } from "../../functions/jobs/check-deadline.ts";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import type { CaseEvent } from "../../shared/case/history.ts";
import { checkShards } from "../../shared/case/lists/checks.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";

/** A complaint that was verified on Tuesday, 24 November 2026: completion is due on Monday, 14 December. */
async function verifiedCase(at = "2026-11-24T10:00:00+08:00") {
  const office = anOffice(at);
  const found = await office.submit();
  await found.as("admin", "verification");
  await found.as("worker", "progress", { text });
  const events = async () => (await office.cases.find(found.number))?.events ?? [];
  const told = async () =>
    (await events()).flatMap((event) =>
      event.type === "warned" ? event.content.alerts.map(({ clock, stage }) => [event.at, clock, stage]) : [],
    );
  const state = async () => {
    const now = await office.cases.get(found.number);
    if (!now) throw new Error("The case is gone");
    return now;
  };
  return { ...found, office, events, told, state };
}
const types = (events: readonly CaseEvent[]) => events.map(({ type }) => type);
const utc = (local: string) => new Date(local).toISOString();

describe("the scheduled checks", () => {
  test("Checks flag a case once at every stage of the ladder, in working hours, with an event for each", async () => {
    const { office, told, state, events } = await verifiedCase();
    const flags: unknown[] = [];
    for (let day = 1; day <= 31; day++)
      for (const time of ["00:05", "08:00", "08:05", "23:55"]) {
        office.at(`2026-12-${String(day).padStart(2, "0")}T${time}:00+08:00`);
        await office.sweep();
        flags.push((await state()).clocks.find(({ name }) => name === "completion")?.told);
      }
    expect(await told()).toEqual([
      [utc("2026-12-09T08:00+08:00"), "completion", "due-in-3-days"],
      [utc("2026-12-11T08:00+08:00"), "completion", "due-tomorrow"],
      [utc("2026-12-14T08:00+08:00"), "completion", "due-today"],
      [utc("2026-12-15T08:00+08:00"), "completion", "overdue"],
      [utc("2026-12-21T08:00+08:00"), "completion", "long-overdue"],
    ]);
    expect(new Set(flags)).toEqual(
      new Set([undefined, "due-in-3-days", "due-tomorrow", "due-today", "overdue", "long-overdue"]),
    );
    expect(types(await events()).filter((type) => type === "ombudsman-offered")).toHaveLength(1);
  });

  test("Ten copies of one message at once flag a case once", async () => {
    const { office, told, number } = await verifiedCase();
    office.at("2026-12-09T08:03:00+08:00");
    const check = checkDeadline(office.cases, office.directory, office.now);
    await Promise.all(Array.from({ length: 10 }, () => check({ trackingNumber: number })));
    expect(await told()).toHaveLength(1);
  });

  test("A message that comes a day late does what is due now; a stage that was overtaken is skipped", async () => {
    const { office, told, number } = await verifiedCase();
    const check = checkDeadline(office.cases, office.directory, office.now);
    office.at("2026-12-14T09:00:00+08:00");
    await check({ trackingNumber: number });
    await check({ trackingNumber: number });
    expect((await told()).map(([, , stage]) => stage)).toEqual(["due-today"]);
  });

  test("A message that comes at night waits for the next hour of work", async () => {
    const { office, told, state, number, events } = await verifiedCase();
    const check = checkDeadline(office.cases, office.directory, office.now);
    office.at("2026-12-11T22:00:00+08:00");
    await check({ trackingNumber: number });
    expect([await told(), (await state()).nextCheckAt]).toEqual([[], utc("2026-12-14T08:00+08:00")]);
    expect(await events()).toHaveLength(3);
  });

  test("Nothing is told of a case that is answered, closed, withdrawn or paused in the meantime", async () => {
    for (const move of [
      { by: "worker", path: "answer", body: { text } },
      { by: "worker", path: "question", body: { text } },
      { by: "national", path: "archival", body: { reason: "abusive", text } },
    ] as const) {
      const { office, told, as } = await verifiedCase();
      await as(move.by, move.path, move.body);
      for (const day of ["09", "11", "14", "15", "21"]) {
        office.at(`2026-12-${day}T09:00:00+08:00`);
        await office.sweep();
      }
      expect([move.path, await told()]).toEqual([move.path, []]);
    }
  });

  test("A case whose date moves is told of anew", async () => {
    const { office, told, as, reporter } = await verifiedCase();
    office.at("2026-12-09T09:00:00+08:00");
    await office.sweep();
    await as("worker", "question", { text });
    office.at("2026-12-11T09:00:00+08:00");
    await reporter("replies", { text: "Di depan pasar." });
    for (const day of ["11", "14", "15", "16"]) {
      office.at(`2026-12-${day}T09:30:00+08:00`);
      await office.sweep();
    }
    expect((await told()).map(([at, , stage]) => [String(at).slice(0, 10), stage])).toEqual([
      ["2026-12-09", "due-in-3-days"],
      ["2026-12-11", "due-in-3-days"],
      ["2026-12-15", "due-tomorrow"],
      ["2026-12-16", "due-today"],
    ]);
  });

  test("Checks go by the agency's clock: at eight in Jayapura it is not yet eight in Balikpapan", async () => {
    const { office, told } = await verifiedCase();
    const department = await office.directory.agency("balikpapan-dinas-pu");
    if (department) await office.directory.put("agency", { ...department, timeZone: "Asia/Jayapura" });
    office.at("2026-12-09T08:00:00+09:00");
    await office.sweep();
    expect(await told()).toEqual([]); // the case still waits for eight in Balikpapan
    office.at("2026-12-09T08:00:00+08:00");
    await office.sweep();
    expect(await told()).toHaveLength(1);
  });
});

describe("what happens by itself", () => {
  test("An answered case closes when the reply window is over, and can be appealed for as long again", async () => {
    const { office, as, reporter, state, events } = await verifiedCase("2026-11-24T10:00:00+08:00");
    await as("worker", "answer", { text });
    expect((await state()).replyUntil).toBe("2026-12-08T23:59:59.999+08:00");
    office.at("2026-12-08T16:00:00+08:00");
    await office.sweep();
    expect((await state()).status).toBe("answered");
    office.at("2026-12-09T08:00:00+08:00");
    await office.sweep();
    await office.sweep();
    expect(await state()).toMatchObject({
      status: "closed",
      closure: "automatic",
      appealUntil: "2026-12-23T23:59:59.999+08:00",
    });
    expect(types(await events()).filter((type) => type === "closed")).toHaveLength(1);
    expect((await reporter("confirmation", { stars: 5 })).status).toBe(409);
    expect((await reporter("appeal", { text })).body.status).toBe("in-progress");
  });

  test("A reply in the last minute keeps the case open", async () => {
    const { office, as, reporter, state } = await verifiedCase();
    await as("worker", "answer", { text });
    office.at("2026-12-08T23:59:00+08:00");
    await reporter("replies", { text: "Belum selesai." });
    office.at("2026-12-09T08:00:00+08:00");
    await office.sweep();
    expect((await state()).status).toBe("in-progress");
  });

  test("A file that was never completed counts as withdrawn after thirty calendar days", async () => {
    const { office, as, state, events } = await verifiedCase();
    await as("worker", "question", { text });
    office.at("2026-12-24T10:00:00+08:00");
    await office.sweep();
    expect((await state()).status).toBe("awaiting-reporter");
    // 25 to 27 December are a holiday and a weekend.
    office.at("2026-12-28T08:00:00+08:00");
    await office.sweep();
    const { status, clocks, nextCheckAt } = await state();
    expect([status, nextCheckAt, clocks.filter(({ endedAt }) => !endedAt)]).toEqual([
      "withdrawn",
      undefined,
      [],
    ]);
    expect((await events()).at(-1)).toMatchObject({ type: "lapsed", by: { role: "system" } });
  });

  test("The Ombudsman is offered once the completion limit has passed, and takes the case only then and with consent", async () => {
    const { office, as, reporter, seenByReporter, seenByPublic } = await verifiedCase();
    await reporter("referral-consent");
    const early = await as("observer", "referral", { text });
    expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining("belum lewat")]);
    office.at("2026-12-15T08:00:00+08:00");
    await office.sweep();
    await office.sweep();
    const offers = ({ body }: { body: any }) =>
      body.timeline.filter(({ type }: any) => type === "ombudsman-offered").length;
    expect([offers(await seenByReporter()), offers(await seenByPublic())]).toEqual([1, 0]);
    expect((await as("observer", "referral", { text })).status).toBe(200);
  });
});

describe("a sweep", () => {
  test("A sweep finds what is due in every shard, and nothing else", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const numbers: string[] = [];
    for (let each = 0; each < 40; each++) numbers.push((await office.submit()).number);
    const checks = memoryOutbox<{ trackingNumber: string }>();
    const sweep = findDueCases(
      office.cases,
      { checks, sweeps: memoryOutbox(), lastSweep: memoryLastSweep() },
      { now: () => office.now() },
    );
    await sweep({});
    expect(checks.messages).toEqual([]);
    // Due on Friday; on Thursday it is due tomorrow.
    office.at("2026-11-26T08:00:00+08:00");
    await sweep({});
    expect(checks.messages.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(numbers.sort());
  });

  test("A sweep that finds more than it can finish hands the rest on, and every case is found once", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const numbers: string[] = [];
    for (let each = 0; each < 60; each++) numbers.push((await office.submit()).number);
    office.at("2026-11-26T08:00:00+08:00");
    const checks = memoryOutbox<{ trackingNumber: string }>();
    const sweeps = memoryOutbox<{ shard: number; after: string; until: string }>();
    // Every page takes longer than the budget.
    let ticks = office.now().getTime();
    const slow = findDueCases(
      office.cases,
      { checks, sweeps, lastSweep: memoryLastSweep() },
      { now: () => new Date((ticks += 1000)), budget: 1 },
    );
    await slow({});
    expect(sweeps.messages.length).toBeGreaterThan(checkShards.length / 2);
    let rounds = 0;
    for (let rest = sweeps.messages.shift(); rest; rest = sweeps.messages.shift()) {
      await slow(rest);
      rounds++;
    }
    expect(rounds).toBeGreaterThan(8);
    expect(checks.messages.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(numbers.sort());
  });

  test("A sweep is not acknowledged while the message queue refuses one of its messages", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await office.submit();
    office.at("2026-11-26T08:00:00+08:00");
    const refusing = memoryOutbox<{ trackingNumber: string }>(
      (message) => message.trackingNumber === found.number,
    );
    await expect(
      findDueCases(
        office.cases,
        { checks: refusing, sweeps: memoryOutbox(), lastSweep: memoryLastSweep() },
        { now: office.now },
      )({}),
    ).rejects.toThrow("did not take 1 checks");
  });

  test("A sweep is on record once it has asked for every shard: a failed one is not, nor is the rest of one", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    await office.submit();
    const lastSweep = memoryLastSweep();
    const sweepWith = (checks = memoryOutbox<object>()) =>
      findDueCases(office.cases, { checks, sweeps: memoryOutbox(), lastSweep }, { now: office.now });
    await sweepWith()({ shard: 0, until: "2026-11-24T01:00:00.000Z" });
    expect(await lastSweep.last()).toBeUndefined();
    await sweepWith()({});
    expect(await lastSweep.last()).toBe("2026-11-24T01:00:00.000Z");
    office.at("2026-11-26T08:00:00+08:00");
    await expect(sweepWith(memoryOutbox(() => true))({})).rejects.toThrow("did not take");
    expect(await lastSweep.last()).toBe("2026-11-24T01:00:00.000Z");
  });
});

test("A crash at any point of a check loses nothing and doubles nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("before", "after", "fine"), { maxLength: 12 }),
      async (plan) => {
        const { office, number, told, events } = await verifiedCase();
        const crashes = [...plan];
        const failing = async <T>(write: () => Promise<T>): Promise<T> => {
          const when = crashes.shift() ?? "fine";
          if (when === "before") throw new Error("The database did not answer");
          const result = await write();
          if (when === "after") throw new Error("The function died");
          return result;
        };
        const check = checkDeadline(
          {
            get: office.cases.get,
            append: (before, moved) => failing(() => office.cases.append(before, moved)),
            postpone: (found, next) => failing(() => office.cases.postpone(found, next)),
          },
          office.directory,
          office.now,
        );
        for (const day of ["09", "11", "14", "15", "21"]) {
          office.at(`2026-12-${day}T09:00:00+08:00`);
          // The message comes again until it is acknowledged.
          for (let done = false; !done;)
            done = await check({ trackingNumber: number }).then(
              () => true,
              () => false,
            );
        }
        expect((await told()).map(([, , stage]) => stage)).toEqual([
          "due-in-3-days",
          "due-tomorrow",
          "due-today",
          "overdue",
          "long-overdue",
        ]);
        expect(types(await events()).filter((type) => type === "ombudsman-offered")).toHaveLength(1);
      },
    ),
    { numRuns: 60 },
  );
});

describe("the queues by date", () => {
  test("The queues by date hold what is due soon and what is overdue, by due date", async () => {
    const { office, number, as } = await verifiedCase();
    const other = await office.submit();
    await other.as("admin", "verification");
    const listed = async (queue: string) => {
      const { status, body } = await office.queue("worker", { queue });
      expect(status).toBe(200);
      return body.items.map(({ trackingNumber }: any) => trackingNumber);
    };
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([[], []]);
    // The other one owes a first response by 1 December.
    office.at("2026-11-27T09:00:00+08:00");
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([[other.number], []]);
    office.at("2026-12-09T09:00:00+08:00");
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([[number], [other.number]]);
    office.at("2026-12-15T00:00:00+08:00");
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([[], [other.number, number]]);
    await as("worker", "answer", { text });
    expect(await listed("overdue")).toEqual([other.number]);
    const { body } = await office.queue("worker", { queue: "overdue" });
    expect(body.items[0].clocks.map(({ clock, state }: any) => [clock, state])).toContainEqual([
      "response",
      "missed",
    ]);
  });

  test("The queues by date are counted for an agency and all below it", async () => {
    const { office, as } = await verifiedCase();
    await as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    await office.submit();
    office.at("2026-12-09T09:00:00+08:00");
    const { body } = await office.counts("mayor", { scope: "subtree" });
    expect(body.items.map(({ agency, counts, complete }: any) => [agency.id, counts, complete])).toEqual([
      // The department has no administrator, so the city verifies for it.
      ["pemkot-balikpapan", expect.objectContaining({ verification: 1, overdue: 1, "due-soon": 0 }), true],
      ["balikpapan-dinas-pu", expect.objectContaining({ verification: 0, overdue: 0 }), true],
      ["balikpapan-uptd-jalan", expect.objectContaining({ assigned: 1, "due-soon": 0, overdue: 1 }), true],
    ]);
    expect((await office.counts("worker", { agency: "pemkot-samarinda" })).status).toBe(400);
  });
});
