import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import { keepUntil, retentions } from "../../shared/case/moves/retention.ts";
import { caseClass } from "../../shared/deadline/policy.ts";
import { photo } from "../fakes/files.ts";
import { anOffice } from "../fakes/office.ts";

const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik: "6471015708850001" };
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** Submits a complaint that its reporter closes on 1 December 2026. */
async function closed(change: object = {}) {
  const office = anOffice();
  const found = await office.submit({ reporter, ...change });
  await found.as("admin", "verification");
  await found.as("worker", "answer", { text });
  office.at("2026-12-01T09:00:00+08:00");
  const { status } = await found.reporter("confirmation", { stars: 5 });
  expect(status).toBe(200);
  const run = () => removeExpired(office, { now: office.now })();
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

describe("the retention of an identity", () => {
  test("every class has its retention, with its ground and that it is our own choice", () => {
    expect(Object.keys(retentions).sort()).toEqual([...caseClass.options].sort());
    for (const { days, basis, certainty } of Object.values(retentions)) {
      expect(days).toBeGreaterThanOrEqual(365);
      expect([basis.id.length > 5, basis.en.length > 5, certainty]).toEqual([true, true, "own-choice"]);
    }
  });

  test("two years after the end of a complaint the identity is removed, once, and the history says so", async () => {
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

  test("retention does not end while the case is open, however old it is", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter });
    office.at("2036-11-24T09:00:00+08:00");
    await removeExpired(office, { now: office.now })();
    expect(await office.reporters.find(found.number)).toBeDefined();
  });

  test("retention begins anew where the case is reopened, and an appeal on the last day keeps the identity", async () => {
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

  test("retention never ends within 30 days of the last event", async () => {
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

  test("retention does not end while the case is before a court", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter });
    await found.as("national", "archival", { reason: "under-court", text });
    office.at("2040-01-01T09:00:00+08:00");
    await removeExpired(office, { now: office.now })();
    expect(await office.reporters.find(found.number)).toBeDefined();
  });
});

describe("the files of a case", () => {
  /** Submits and closes a complaint of an anonymous reporter with a photo and a file that is refused. */
  const withFiles = async (change: object = { reporter: undefined, anonymous: true }) => {
    const office = anOffice();
    const found = await office.submit(change);
    const send = async (bytes: Uint8Array) => {
      const file = { name: "Budi Contoh di depan rumah.jpg", type: "image/jpeg", size: 100_000 };
      const { body } = await found.reporter("attachments", file);
      await found.inspect(office.files.upload(body.upload.fields.key, bytes));
      return body.attachmentId as string;
    };
    const attachmentId = await send(await photo());
    await send(Buffer.from("<html>"));
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text });
    office.at("2026-12-01T09:00:00+08:00");
    await found.reporter("confirmation", { stars: 5 });
    return {
      ...found,
      office,
      attachmentId,
      run: (change: object = {}) => removeExpired({ ...office, ...change }, { now: office.now })(),
      kept: () => office.files.kept.size,
      removals: async () =>
        (await office.cases.find(found.number))?.events.flatMap((event) =>
          event.type === "data-removed" ? [event.content.what] : [],
        ),
    };
  };
  const over = "2028-11-30T09:00:00+08:00";

  test("files are removed at the end of their retention, also where nobody knows who reported the case, and so are their names", async () => {
    const { office, run, kept, removals, seenByReporter, fetch, attachmentId } = await withFiles();
    office.at("2028-11-30T08:59:00+08:00");
    await run();
    expect(kept()).toBe(3);
    office.at(over);
    await run();
    await run();
    expect([kept(), await removals()]).toEqual([0, [["files"]]]);
    const { body } = await seenByReporter();
    expect(body.attachments.map(({ state }: any) => state)).toEqual(["removed", "refused"]);
    expect(JSON.stringify(body)).not.toContain("Budi");
    expect((await fetch(attachmentId)).status).toBe(404);
  });

  test("files and identity are removed by one event", async () => {
    const { office, run, kept, removals } = await withFiles({ reporter });
    office.at(over);
    await run();
    expect([kept(), await removals()]).toEqual([0, [["identity", "files"]]]);
  });

  test("files stay where the case is reopened before the removal stands in its history", async () => {
    const { office, run, kept, removals } = await withFiles();
    office.at(over);
    await run({ cases: { ...office.cases, append: async () => false } });
    expect([kept(), await removals()]).toEqual([3, []]);
  });

  test("the next run removes the files that a run which died left behind, and files that came since stay", async () => {
    const { office, run, kept, removals, number, as, inspect } = await withFiles();
    office.at(over);
    const dying = { ...office.files, erase: () => Promise.reject(new Error("the function ended here")) };
    await expect(run({ files: dying })).rejects.toThrow("ended here");
    expect([kept(), await removals()]).toEqual([3, [["files"]]]);

    office.at("2028-11-30T10:00:00+08:00");
    const file = { name: "foto.jpg", type: "image/jpeg", size: 100_000 };
    const { body } = await as("worker", "attachments", file);
    await inspect(office.files.upload(body.upload.fields.key, await photo()));
    await run();
    expect([...office.files.kept.keys()].every((key) => key.includes(body.attachmentId))).toBe(true);
    expect(kept()).toBe(3);
    const found = await office.cases.get(number);
    expect([found?.filesOnFile, found?.filesExpiredAt]).toEqual([true, undefined]);

    office.at("2028-12-30T09:59:00+08:00");
    await run();
    expect(kept()).toBe(3);
    office.at("2028-12-30T10:00:00+08:00");
    await run();
    expect([kept(), await removals()]).toEqual([0, [["files"], ["files"]]]);
  });

  test("after a deletion of the identity nobody opens the reporter's originals, which are erased, and the copies stay", async () => {
    const { office, run, kept, as, inspect, openOriginal, attachmentId, fetch, deleteIdentity, number } =
      await withFiles({ reporter });
    const { body } = await as("worker", "attachments", { name: "b.jpg", type: "image/jpeg", size: 100_000 });
    await inspect(office.files.upload(body.upload.fields.key, await photo()));
    expect((await openOriginal("head", attachmentId)).status).toBe(200);
    office.at("2026-12-02T09:00:00+08:00");
    expect((await deleteIdentity()).status).toBe(200);
    const refused = await openOriginal("head", attachmentId, "Sekali lagi.");
    expect([refused.status, refused.body.detail]).toEqual([404, expect.stringContaining("sudah dihapus")]);
    expect(kept()).toBe(6);

    await run();
    await run();
    const left = [...office.files.kept.keys()].map((key) => key.split("/"));
    expect(left.filter(([, , id]) => id === attachmentId).map(([place]) => place)).toEqual([
      "clean",
      "thumbnails",
    ]);
    expect(left.filter(([, , id]) => id === body.attachmentId)).toHaveLength(3);
    expect((await openOriginal("head", attachmentId, "Lagi.")).status).toBe(404);
    expect((await openOriginal("head", body.attachmentId)).status).toBe(200);
    expect((await fetch(attachmentId)).status).toBe(302);
    expect((await office.cases.get(number))?.originalsExpiredAt).toBeUndefined();
  });

  test("files that are still being inspected when the identity is deleted lose their originals too", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter, anonymous: true, agencyId: "pemkot-balikpapan" });
    const file = { name: "foto.jpg", type: "image/jpeg", size: 100_000 };
    const { body } = await found.reporter("attachments", file);
    const upload = office.files.upload(body.upload.fields.key, await photo());
    expect((await found.deleteIdentity()).status).toBe(200);
    const run = () => removeExpired(office, { now: office.now })();
    await run();
    expect((await office.cases.get(found.number))?.originalsExpiredAt).toBeDefined();

    office.at("2026-11-24T09:30:00+08:00");
    await found.reporter("identity-consent", { agreed: true });
    await found.inspect(upload);
    expect([...office.files.kept.keys()].map((key) => key.split("/")[0])).toEqual(["clean", "thumbnails"]);
    expect((await found.openOriginal("mayor", body.attachmentId)).status).toBe(404);
    await run();
    expect([...office.files.kept.keys()].map((key) => key.split("/")[0])).toEqual(["clean", "thumbnails"]);
    expect((await office.cases.get(found.number))?.originalsExpiredAt).toBeUndefined();
    expect((await found.openOriginal("mayor", body.attachmentId)).status).toBe(404);
  });

  test("files that are not uploaded yet at a deletion are waited for as long as they could come", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter, anonymous: true });
    await found.reporter("attachments", { name: "foto.jpg", type: "image/jpeg", size: 100_000 });
    await found.deleteIdentity();
    const mark = async () => (await office.cases.get(found.number))?.originalsExpiredAt;
    office.at("2026-11-27T08:00:00+08:00");
    await removeExpired(office, { now: office.now })();
    expect(await mark()).toBeDefined();
    office.at("2026-11-27T10:00:00+08:00");
    await removeExpired(office, { now: office.now })();
    expect(await mark()).toBeUndefined();
  });

  test("files that are being removed are not forgotten where the case moves meanwhile", async () => {
    const { office, run, kept, removals, number } = await withFiles();
    office.at(over);
    await run({ cases: { ...office.cases, restate: async () => false } });
    expect([kept(), (await office.cases.get(number))?.filesExpiredAt]).toEqual([0, expect.any(String)]);
    await run();
    expect([(await office.cases.get(number))?.filesExpiredAt, await removals()]).toEqual([
      undefined,
      [["files"]],
    ]);
  });
});

describe("a run of the daily job", () => {
  test("the daily job leaves a case alone that was reopened since the index named it", async () => {
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
    await removeExpired({ ...office, cases: stale }, { now: office.now })();
    expect(await isKept()).toBe(true);
  });

  test("the daily job leaves a case to the next run where somebody moves it between reading and removing", async () => {
    const { office, isKept } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    const overtaken = { ...office.cases, append: async () => false };
    await removeExpired({ ...office, cases: overtaken }, { now: office.now })();
    expect(await isKept()).toBe(true);
  });

  test("the daily job goes on with the other cases where one fails, and says so", async () => {
    const { office, isKept, number } = await closed();
    const other = await office.submit({ reporter });
    await other.reporter("withdrawal");
    office.at("2029-06-01T09:00:00+08:00");
    const broken = {
      ...office.cases,
      get: (asked: string) =>
        asked === number ? Promise.reject(new Error("this one cannot be read")) : office.cases.get(asked),
    };
    await expect(removeExpired({ ...office, cases: broken }, { now: office.now })()).rejects.toThrow(
      "cannot be read",
    );
    expect([await isKept(), await office.reporters.find(other.number)]).toEqual([true, undefined]);
  });

  test("the daily job does each removal once, also after it died half-way and where it runs twice at once", async () => {
    const { office, run, history } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    const dying = {
      ...office.cases,
      append: () => Promise.reject(new Error("the function ended here")),
    };
    await expect(removeExpired({ ...office, cases: dying }, { now: office.now })()).rejects.toThrow(
      "ended here",
    );
    await Promise.all([run(), run()]);
    expect((await history()).filter((type) => type === "data-removed")).toHaveLength(1);
  });

  test("the daily job stops when its time is over, and the next run goes on", async () => {
    const { office, run, isKept } = await closed();
    office.at("2029-06-01T09:00:00+08:00");
    await removeExpired(office, { now: office.now, budget: -1 })();
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
