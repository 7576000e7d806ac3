import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import { keepUntil, retentions } from "../../shared/case/retention.ts";
import { caseClass } from "../../shared/case/submission.ts";
import { anOffice } from "../fakes/office.ts";

const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik: "6471015708850001" };
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** A complaint that its reporter closed on 1 December 2026. */
async function closed(change: object = {}) {
  const office = anOffice();
  const found = await office.submit({ reporter, ...change });
  await found.as("admin", "verification");
  await found.as("worker", "answer", { text });
  office.at("2026-12-01T09:00:00+08:00");
  const { status } = await found.reporter("confirmation", { stars: 5 });
  expect(status).toBe(200);
  const run = () => removeExpired(office.cases, { now: office.now })();
  return {
    ...found,
    office,
    run,
    async isKept() {
      return (await office.reporters.find(found.number)) !== undefined;
    },
    history: async () => (await office.cases.find(found.number))?.events.map(({ type }) => type) ?? [],
  };
}

describe("how long it is kept who reported a case", () => {
  test("is said for every class, with its ground and that it is our own choice", () => {
    expect(Object.keys(retentions).sort()).toEqual([...caseClass.options].sort());
    for (const { days, basis, certainty } of Object.values(retentions)) {
      expect(days).toBeGreaterThanOrEqual(365);
      expect([basis.id.length > 5, basis.en.length > 5, certainty]).toEqual([true, true, "own-choice"]);
    }
  });

  test("is two years from the end of a complaint; then it is removed, once, and the history says so", async () => {
    const { office, run, isKept, history, seenByPublic } = await closed();
    office.at("2028-11-30T08:59:00+08:00");
    await run();
    expect(await isKept()).toBe(true);
    office.at("2028-11-30T09:00:00+08:00");
    await run();
    await run();
    expect(await isKept()).toBe(false);
    expect((await history()).filter((type) => type === "data-removed")).toHaveLength(1);
    expect((await seenByPublic()).body.timeline.at(-1).type).toBe("confirmed");
  });

  test("does not end while the case is open, however old it is", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter });
    office.at("2036-11-24T09:00:00+08:00");
    await removeExpired(office.cases, { now: office.now })();
    expect(await office.reporters.find(found.number)).toBeDefined();
  });

  test("begins anew where the case was reopened, and an appeal on the last day keeps it", async () => {
    const { office, reporter: as, run, isKept, as: officer } = await closed();
    office.at("2026-12-10T09:00:00+08:00");
    expect((await as("appeal", { text: "Masih berlubang." })).status).toBe(200);
    office.at("2029-06-01T09:00:00+08:00");
    await run();
    expect(await isKept()).toBe(true);
    const steps = [await officer("mayor", "answer", { text }), await as("confirmation", { stars: 5 })];
    expect(steps.map(({ body }) => body.status)).toEqual(["answered", "closed"]);
    office.at("2031-05-31T09:00:00+08:00");
    await run();
    expect(await isKept()).toBe(true);
    office.at("2031-06-01T09:00:00+08:00");
    await run();
    expect(await isKept()).toBe(false);
  });

  test("never ends within 30 days of whatever happened last", async () => {
    const { office, run, isKept, number } = await closed();
    const found = await office.cases.get(number);
    if (!found) throw new Error("no case");
    const evidence = "2028-11-20T01:00:00.000Z";
    await office.cases.append(found, {
      case: { ...found, movedAt: evidence, version: found.version + 1 },
      event: (await office.cases.find(number))?.events.at(-1) as never,
    });
    office.at("2028-12-20T08:59:00+08:00");
    await run();
    expect(await isKept()).toBe(true);
    office.at("2028-12-20T09:00:00+08:00");
    await run();
    expect(await isKept()).toBe(false);
  });

  test("does not end for what is before a court", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter });
    await found.as("national", "archival", { reason: "under-court", text });
    office.at("2040-01-01T09:00:00+08:00");
    await removeExpired(office.cases, { now: office.now })();
    expect(await office.reporters.find(found.number)).toBeDefined();
  });
});

describe("a run of the daily job", () => {
  test("that was told of a case which was reopened since leaves it alone", async () => {
    const { office, reporter: as, isKept, number } = await closed();
    office.at("2026-12-10T09:00:00+08:00");
    await as("appeal", { text: "Masih berlubang." });
    office.at("2029-06-01T09:00:00+08:00");
    const stale = {
      ...office.cases,
      async *keptUntil() {
        yield [number];
      },
    };
    await removeExpired(stale, { now: office.now })();
    expect(await isKept()).toBe(true);
  });

  test("that meets a move between reading and removing leaves the case to the next", async () => {
    const { office, isKept } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    const overtaken = { ...office.cases, append: async () => false };
    await removeExpired(overtaken, { now: office.now })();
    expect(await isKept()).toBe(true);
  });

  test("that died half-way, or runs twice at once, does each removal once", async () => {
    const { office, run, history } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    const dying = {
      ...office.cases,
      append: () => Promise.reject(new Error("the function ended here")),
    };
    await expect(removeExpired(dying, { now: office.now })()).rejects.toThrow("ended here");
    await Promise.all([run(), run()]);
    expect((await history()).filter((type) => type === "data-removed")).toHaveLength(1);
  });

  test("without time stops, and the next goes on", async () => {
    const { office, run, isKept } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    await removeExpired(office.cases, { now: office.now, budget: -1 })();
    expect(await isKept()).toBe(true);
    await run();
    expect(await isKept()).toBe(false);
  });
});

test("no case is due for removal before its class says, nor within 30 days of its last event", async () => {
  const { office, number } = await closed();
  const found = await office.cases.get(number);
  if (!found) throw new Error("no case");
  const instant = fc
    .date({ min: new Date("2026-01-01"), max: new Date("2036-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString());
  const day = 24 * 60 * 60 * 1000;
  fc.assert(
    fc.property(fc.constantFrom(...caseClass.options), instant, instant, (kind, endedAt, movedAt) => {
      const until = Date.parse(keepUntil({ ...found, class: kind, endedAt, movedAt }) ?? "");
      expect(until).toBeGreaterThanOrEqual(Date.parse(endedAt) + retentions[kind].days * day);
      expect(until).toBeGreaterThanOrEqual(Date.parse(movedAt) + 30 * day);
    }),
  );
});
