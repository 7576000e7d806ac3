import { describe, expect, test } from "vitest";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import type { Folder } from "../../shared/attachment/folders.ts";
import { flaws } from "../../shared/case/history.ts";
import { photo } from "../fakes/files.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const fileName = "KTP Budi Contoh.jpg";

type Change = Parameters<ReturnType<typeof anOffice>["submit"]>[0];

/** A case at the department of public works, to which its people attach files and remove them. */
async function aCase(change: Change = {}) {
  const office = anOffice();
  const found = await office.submit(change);
  expect((await found.as("admin", "verification")).status).toBe(200);
  const ask = async (who?: Who) => {
    const file = { name: fileName, type: "image/jpeg", size: 100_000 };
    const { status, body } = who
      ? await found.as(who, "attachments", file)
      : await found.reporter("attachments", file);
    expect(status).toBe(201);
    return { attachmentId: body.attachmentId as string, key: body.upload.fields.key as string };
  };
  return {
    ...found,
    office,
    ask,
    async send(who?: Who) {
      const { attachmentId, key } = await ask(who);
      await found.inspect(office.files.upload(key, await photo()));
      return attachmentId;
    },
    remove: (attachmentId: string, who?: Who, body: object = {}) =>
      who
        ? found.as(who, `attachments/${attachmentId}/removal`, body)
        : found.reporter(`attachments/${attachmentId}/removal`, body),
    folders: (id: string) =>
      [...office.files.kept.keys()].filter((key) => key.includes(id)).map((key) => key.split("/")[0]),
    listed: async (id: string, who?: Who) => {
      const { body } = who ? await found.seenBy(who) : await found.seenByReporter();
      return body.attachments.find((one: any) => one.attachmentId === id);
    },
    history: async () => (await office.cases.find(found.number))?.events.map(({ type }) => type) ?? [],
    stored: async () => (await office.cases.get(found.number))!,
    run: () => removeExpired(office, { now: office.now })(),
  };
}

const refer = async (found: Awaited<ReturnType<typeof aCase>>) => {
  found.office.at("2027-03-01T10:00:00+08:00");
  await found.office.sweep();
  await found.reporter("referral-consent");
  expect((await found.as("observer", "referral", { text })).status).toBe(200);
};

describe("a file that its own side removes", () => {
  test.each([
    ["the reporter", undefined, undefined],
    ["the officer who attached it", "worker", "worker"],
    ["another officer of that agency", "worker", "head"],
    ["an officer of the agency above", "worker", "admin"],
  ] as const)(
    "a file that %s removes is gone, copy and original, and everybody concerned reads that there was one, when it went and by which role, and not its name",
    async (_, sender, remover) => {
      const found = await aCase();
      const id = await found.send(sender);
      found.office.at("2026-11-25T09:00:00+08:00");
      const { status, body } = await found.remove(id, remover);
      expect([status, found.folders(id)]).toEqual([200, []]);
      const role = { worker: "unit-officer", head: "agency-head", admin: "agency-admin" };
      const gone = {
        state: "removed",
        removedAt: "2026-11-25T01:00:00.000Z",
        removedBy: remover ? role[remover] : "reporter",
        originalRemoved: true,
        stateText: "Dihapus oleh pihak yang melampirkannya",
      };
      expect(body.attachments[0]).toMatchObject(gone);
      for (const who of [undefined, "worker", "observer"] as const) {
        const listed = await found.listed(id, who);
        expect(listed).toMatchObject(gone);
        expect(listed.name).toMatch(/^lampiran-[0-9a-f]{8}\.jpg$/);
        expect((await found.fetch(id, who)).status).toBe(404);
      }
      expect((await found.history()).at(-1)).toBe("attachment-removed");
      const { timeline } = (await found.seenByReporter()).body;
      expect(timeline.at(-1)).toMatchObject({
        text: "Sebuah lampiran dihapus oleh pihak yang melampirkannya",
        content: { attachmentId: id },
      });
      for (const seen of [await found.seenByReporter(), await found.seenBy("head")])
        expect(JSON.stringify(seen.body)).not.toMatch(/budi/i);
    },
  );

  test("nobody removes what the other side attached, and whoever watches or reads nothing of it removes nothing", async () => {
    const found = await aCase();
    const [mine, theirs] = [await found.send(), await found.send("worker")];
    for (const [id, who, status] of [
      [theirs, undefined, 403],
      [mine, "worker", 403],
      [mine, "admin", 403],
      [mine, "national", 403],
      [theirs, "national", 403],
      [theirs, "observer", 403],
      [theirs, "auditor", 403],
      [theirs, "elsewhere", 404],
      ["0f8fad5b-d9cb-469f-a165-70867728950e", "worker", 404],
      ["0f8fad5b-d9cb-469f-a165-70867728950e", undefined, 404],
    ] as const)
      expect([who, id, (await found.remove(id, who)).status]).toEqual([who, id, status]);
    expect(found.folders(mine)).toHaveLength(3);
    expect(found.folders(theirs)).toHaveLength(3);
  });

  test("a file of an agency that was closed is removed by whoever has its cases now", async () => {
    const found = await aCase();
    await found.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    const id = await found.send("roads");
    const agency = (await found.office.directory.agency("balikpapan-uptd-jalan"))!;
    await found.as("admin", "assignment", { agencyId: "balikpapan-dinas-pu" });
    await found.office.directory.put("agency", { ...agency, closedAt: "2026-11-24T02:00:00.000Z" });
    expect((await found.remove(id, "worker")).status).toBe(200);
  });

  test("a file that is evidence of an answer stands there as removed, and can be evidence no more", async () => {
    const found = await aCase();
    const id = await found.send("worker");
    await found.as("worker", "answer", { text, evidence: [id] });
    await found.remove(id, "worker", { reason: "Berkas orang lain." });
    const { timeline, attachments } = (await found.seenByReporter()).body;
    expect(timeline.find(({ type }: any) => type === "answered").content.evidence).toEqual([id]);
    expect(attachments[0]).toMatchObject({ attachmentId: id, state: "removed" });
    expect(timeline.at(-1).content).toEqual({ attachmentId: id, reason: "Berkas orang lain." });
    const again = { text: `${text} Sungguh.`, reason: "Berkas keliru.", evidence: [id] };
    expect((await found.as("worker", "answer-correction", again)).body.errors[0].path).toBe("evidence.0");
    const without = { ...again, evidence: [] };
    expect((await found.as("worker", "answer-correction", without)).status).toBe(200);
  });

  test.each(["closed", "archived", "withdrawn"])(
    "a file is removed from a case that is %s too",
    async (end) => {
      const found = await aCase();
      const [mine, theirs] = [await found.send(), await found.send("worker")];
      if (end === "closed") {
        await found.as("worker", "answer", { text });
        await found.reporter("confirmation", { stars: 5 });
      } else if (end === "archived") await found.as("national", "archival", { reason: "under-court", text });
      else await found.reporter("withdrawal");
      const before = (await found.stored()).status;
      expect([(await found.remove(mine)).status, (await found.remove(theirs, "worker")).status]).toEqual([
        200, 200,
      ]);
      expect([(await found.stored()).status, found.folders(mine), found.folders(theirs)]).toEqual([
        before,
        [],
        [],
      ]);
    },
  );

  test("a removal that is asked for again changes nothing, soon and later, and needs no reason", async () => {
    const found = await aCase();
    const id = await found.send("worker");
    for (const time of ["09:01", "09:02", "18:00"]) {
      found.office.at(`2026-11-24T${time}:00+08:00`);
      expect((await found.remove(id, "worker")).status).toBe(200);
      await found.run();
    }
    expect((await found.history()).filter((type) => type === "attachment-removed")).toHaveLength(1);
    expect((await found.stored()).filesRemovedAt).toBeUndefined();
  });

  test("a removal frees a place", async () => {
    const found = await aCase();
    const ids: string[] = [];
    for (let sent = 0; sent < 10; sent++) ids.push((await found.ask("worker")).attachmentId);
    const file = { name: "foto.jpg", type: "image/jpeg", size: 1000 };
    expect((await found.as("worker", "attachments", file)).status).toBe(409);
    await found.remove(ids[0] ?? "", "worker");
    expect((await found.as("worker", "attachments", file)).status).toBe(201);
  });

  test("the history still proves itself, and the public sees no file in it", async () => {
    const found = await aCase();
    const id = await found.send();
    await found.remove(id);
    const { body } = await found.proof();
    expect(flaws(found.number, body.events, [body.head])).toEqual([]);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toContain(id);
  });
});

describe("a removal that meets something else", () => {
  test.each([
    "before its upload",
    "before its inspection",
    "while it is inspected",
    "between storing and settling",
  ])("a removal of a file %s leaves nothing of it, and no inspection brings it back", async (when) => {
    for (const sender of [undefined, "worker"] as const) {
      const found = await aCase();
      const { attachmentId, key } = await found.ask(sender);
      const remove = async () => expect((await found.remove(attachmentId, sender)).status).toBe(200);
      if (when === "before its upload") await remove();
      const upload = found.office.files.upload(key, await photo());
      if (when === "before its inspection") await remove();
      const { files } = found.office;
      const room = {
        files: {
          ...files,
          async read(one: Parameters<typeof files.read>[0]) {
            if (when === "while it is inspected") await remove();
            return files.read(one);
          },
          async keep(folder: Folder, one: any, bytes: Uint8Array) {
            await files.keep(folder, one, bytes);
            if (when === "between storing and settling" && folder === "clean") await remove();
          },
        },
      };
      await found.inspect(upload, room);
      await found.inspect(upload, room); // the message comes again
      expect([found.folders(attachmentId), files.uploads.size]).toEqual([[], 0]);
      expect(await found.listed(attachmentId, sender)).toMatchObject({ state: "removed" });
      expect((await found.history()).filter((type) => type === "attached")).toEqual([]);
      expect((await found.history()).filter((type) => type === "attachment-removed")).toHaveLength(1);
    }
  });

  test("a removal that dies before the files are gone is done by the daily job, and by asking again; meanwhile nobody opens them", async () => {
    for (const mend of ["the job", "asking again"]) {
      const found = await aCase();
      const id = await found.send("worker");
      const { erase } = found.office.files;
      found.office.files.erase = () => Promise.reject(new Error("S3 is not there"));
      expect((await found.remove(id, "worker")).status).toBe(200);
      found.office.files.erase = erase;
      expect(found.folders(id)).toHaveLength(3);
      expect((await found.fetch(id)).status).toBe(404);
      expect((await found.openOriginal("head", id)).status).toBe(404);
      await (mend === "the job" ? found.run() : found.remove(id, "worker"));
      expect([mend, found.folders(id)]).toEqual([mend, []]);
      await found.run();
      expect((await found.stored()).filesRemovedAt).toBeUndefined();
    }
  });

  test("the daily job erases nothing but what was removed", async () => {
    const found = await aCase();
    const [gone, stays] = [await found.send("worker"), await found.send()];
    await found.remove(gone, "worker");
    await found.run();
    expect([found.folders(gone), found.folders(stays)]).toEqual([[], ["sealed", "clean", "thumbnails"]]);
  });

  test("a removal goes through where somebody else moves the case at the same moment, and two at once are one", async () => {
    const found = await aCase();
    const id = await found.send("worker");
    const { append } = found.office.cases;
    found.office.cases.append = async (...moved) => {
      found.office.cases.append = append;
      await found.as("admin", "notes", { text: "Catatan pada saat yang sama." });
      return append(...moved);
    };
    const both = await Promise.all([found.remove(id, "worker"), found.remove(id, "head")]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await found.history()).filter((type) => type === "attachment-removed")).toHaveLength(1);
    expect(found.folders(id)).toEqual([]);
  });

  test("at the end of the retention of a case nothing more is left of a file that was removed before", async () => {
    const found = await aCase();
    const id = await found.send("worker");
    await found.remove(id, "worker");
    await found.reporter("withdrawal");
    found.office.at("2029-06-01T10:00:00+08:00");
    await found.run();
    const stored = await found.office.attachments.find(found.number, id);
    expect(stored).toMatchObject({ state: "removed", removedBy: "unit-officer" });
    expect([stored?.digest, stored?.salt, stored?.officerId]).toEqual([undefined, undefined, undefined]);
  });
});

describe("a file of a case that is with the Ombudsman", () => {
  test("what officers remove then goes for everybody, and its original stays sealed for the Ombudsman alone, until its retention ends", async () => {
    const found = await aCase();
    const id = await found.send("worker");
    await refer(found);
    expect((await found.remove(id, "worker")).status).toBe(200);
    expect(found.folders(id)).toEqual(["sealed"]);
    await found.run();
    expect(found.folders(id)).toEqual(["sealed"]);
    expect((await found.listed(id)).stateText).toBe(
      "Dihapus oleh pihak yang melampirkannya. Berkas aslinya tetap tersegel untuk Ombudsman.",
    );
    for (const who of ["head", "mayor"] as const)
      expect((await found.openOriginal(who, id)).status).toBe(404);
    expect((await found.fetch(id, "observer")).status).toBe(404);
    expect((await found.openOriginal("observer", id)).status).toBe(200);
    expect((await found.fetchOriginal("observer", id)).headers.location).toMatch(/sealed/);
    await found.reporter("withdrawal");
    found.office.at("2029-12-01T10:00:00+08:00");
    await found.run();
    expect(found.folders(id)).toEqual([]);
    expect((await found.openOriginal("observer", id)).status).toBe(404);
  });

  test("what the reporter sent is theirs then too: copy and original go", async () => {
    const found = await aCase();
    const id = await found.send();
    await refer(found);
    expect((await found.remove(id)).status).toBe(200);
    expect(found.folders(id)).toEqual([]);
    expect((await found.openOriginal("observer", id)).status).toBe(404);
  });
});
