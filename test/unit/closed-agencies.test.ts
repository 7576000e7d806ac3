import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { handOverCases } from "../../functions/jobs/hand-over-cases.ts";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import type { Agency } from "../../shared/directory/directory.ts";
import {
  agencyInPlaceOf,
  openAgencyAbove,
  openWayUp,
  verifierFor,
} from "../../shared/directory/succession-flow.ts";
import { serve } from "../../shared/http/serve.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { photo } from "../fakes/files.ts";
import { call } from "../fakes/gateway.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff, type Who } from "../fakes/staff.ts";
import { agencyPath, newUnit, reason } from "./administration/bodies.ts";

const department = "balikpapan-dinas-pu";
const unit = "balikpapan-uptd-jalan";
const heir = "pemkot-samarinda";
const text = "Lubang di depan pasar sudah kami tambal kemarin pagi.";
type Office = ReturnType<typeof anOffice>;

const close = async (office: Office, id: string, successor?: string) => {
  const closed = await office.admin("national", "POST", `${agencyPath(id)}/closing`, { successor, reason });
  expect([id, closed.status, closed.body.detail]).toEqual([id, 200, undefined]);
};

/** Closes the department and the unit below it in favour of another city. */
async function closeDepartment(office: Office) {
  await close(office, unit, heir);
  await close(office, department, heir);
}

/** A case at work at an agency. */
async function atWork(office: Office, agencyId = department) {
  const found = await office.submit({ agencyId, reporter: { email: "warga@contoh.example" } });
  await found.as("admin", "verification");
  const room = aMailRoom(office);
  return {
    ...found,
    state: async () => (await office.cases.get(found.number))!,
    last: async () => (await office.cases.find(found.number))!.events.at(-1)!,
    /** Whom the next mails about the case go to. */
    told: async () => (await room.deliver(found.number)).map(({ to }) => to),
    forget: () => room.forget([found.number]),
  };
}

const numbersOf = ({ body }: { body: any }): string[] =>
  body.items.map(({ trackingNumber }: any) => trackingNumber);

describe("the agency that has come in the place of a closed one", () => {
  const at = "2026-11-24T01:00:00.000Z";
  const treeOf = (entries: Record<string, Partial<Agency>>) => ({
    agency: async (id: string) => entries[id] && ({ parent: null, ...entries[id], id } as Agency),
    officersOf: async () => [],
  });
  const inPlaceOf = (id: string, entries: Record<string, Partial<Agency>>) =>
    agencyInPlaceOf(treeOf(entries), id, "national");

  test.each<[string, string, Record<string, Partial<Agency>>]>([
    ["itself while it is open", "a", { a: {} }],
    ["its successor", "b", { a: { closedAt: at, successor: "b", parent: "c" }, b: {}, c: {} }],
    [
      "the successor of its successor",
      "c",
      { a: { closedAt: at, successor: "b" }, b: { closedAt: at, successor: "c" }, c: {} },
    ],
    ["the agency above where it has no successor", "c", { a: { closedAt: at, parent: "c" }, c: {} }],
    [
      "the agency above its successor where that was closed without one",
      "d",
      {
        a: { closedAt: at, successor: "b", parent: "c" },
        b: { closedAt: at, parent: "d" },
        c: {},
        d: {},
      },
    ],
    [
      "the agency above it where successors lead in a circle",
      "c",
      { a: { closedAt: at, successor: "b", parent: "c" }, b: { closedAt: at, successor: "a" }, c: {} },
    ],
    ["the agency that verifies where there is nobody else", "national", { a: { closedAt: at } }],
    ["the agency that verifies where its own entry is gone", "national", {}],
  ])("is %s", async (_what, expected, entries) => {
    expect(await inPlaceOf("a", entries)).toBe(expected);
  });

  test("is open, or the agency that verifies, whatever the tree and whoever succeeds whom; and no circle holds it up", async () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const anId = fc.constantFrom(...ids);
    const one = fc.record({
      parent: fc.option(anId),
      successor: fc.option(anId, { nil: undefined }),
      closedAt: fc.constantFrom(undefined, at),
    });
    await fc.assert(
      fc.asyncProperty(fc.tuple(...ids.map(() => one)), anId, async (all, id) => {
        const tree = treeOf(Object.fromEntries(ids.map((id, index) => [id, all[index] ?? {}])));
        const way = await openWayUp(tree, id);
        expect(way.filter(({ closedAt }) => closedAt)).toEqual([]);
        expect(new Set(way.map((each) => each.id)).size).toBe(way.length);
        const inPlace = await agencyInPlaceOf(tree, id, "national");
        expect(inPlace).toBe(way[0]?.id ?? "national");
        const head = anOfficer("agency-head", id);
        const staffed = { ...tree, officersOf: async () => [head] };
        const above = await openAgencyAbove(staffed, id, ["agency-head"]);
        expect(await openAgencyAbove(staffed, id, ["unit-officer"])).toBeUndefined();
        expect(above).not.toBe(id);
        if (above) expect((await tree.agency(above))?.closedAt).toBeUndefined();
        expect(await verifierFor(tree, id, "national")).toBe("national");
      }),
    );
  });
});

describe("a case that had ended when its agency was closed", () => {
  test("stays where it was: the successor's officers read it, those who had it too, and nobody else does", async () => {
    const office = anOffice();
    const found = await atWork(office);
    await found.as("national", "archival", { reason: "private-matter", text });
    expect((await found.seenBy("elsewhere")).status).toBe(404);
    await closeDepartment(office);
    await office.handOver();
    expect((await found.state()).holder).toBe(department);
    for (const who of ["elsewhere", "worker", "admin"] as const)
      expect([who, (await found.seenBy(who)).status]).toEqual([who, 200]);
    expect((await found.as("elsewhere", "notes", { text })).status).toBe(200);
    expect((await found.seenBy("roads")).status).toBe(404);
  });

  test("goes to the successor when it is restored: its team is mailed and finds it in its list, and the event tells where it went", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await atWork(office);
    await found.as("national", "archival", { reason: "private-matter", text });
    await closeDepartment(office);
    await office.handOver();
    await found.forget();
    office.at("2026-11-25T09:00:00+08:00");
    const { status, body } = await found.as("national", "restoration", { text });
    expect([status, body.status, body.agency.id]).toEqual([200, "assigned", heir]);
    expect(await found.state()).toMatchObject({ holder: heir, heldSince: "2026-11-25T01:00:00.000Z" });
    expect(await found.last()).toMatchObject({
      type: "restored",
      content: { from: department, to: heir, heldSeconds: 24 * 60 * 60, text },
    });
    expect(await found.told()).toEqual(["warga@contoh.example", staff.elsewhere.email]);
    expect(numbersOf(await office.queue("elsewhere", { queue: "assigned" }))).toEqual([found.number]);
    expect(numbersOf(await office.queue("worker", { queue: "assigned" }))).toEqual([]);
    expect((await found.as("elsewhere", "answer", { text })).status).toBe(200);
    const { events } = (await office.cases.find(found.number))!;
    expect(flaws(found.number, events.map(proofOf))).toEqual([]);
  });

  test("stays at its agency when it is restored while that is open, and the event tells of no hop", async () => {
    const office = anOffice();
    const found = await atWork(office);
    await found.as("national", "archival", { reason: "private-matter", text });
    await found.as("national", "restoration", { text });
    expect([(await found.state()).holder, (await found.last()).content]).toEqual([department, { text }]);
  });

  test("is verified for the successor when it is separated from the one that it followed", async () => {
    const office = anOffice();
    await office.directory.put("officer", anOfficer("agency-admin", heir));
    const first = await office.submit();
    const found = await office.submit();
    await found.as("admin", "joining", { trackingNumber: first.number });
    await first.reporter("withdrawal");
    await closeDepartment(office);
    await office.handOver();
    const { status } = await found.reporter("separation", { text: "Ini bukan laporan yang sama." });
    const { case: now, events } = (await office.cases.find(found.number))!;
    expect([status, now.status, now.holder]).toEqual([200, "submitted", heir]);
    expect(events.at(-1)).toMatchObject({ type: "separated", content: { to: heir } });
    expect((await found.as(anOfficer("agency-admin", heir), "verification")).status).toBe(200);
    expect(await office.cases.get(found.number)).toMatchObject({ status: "assigned", holder: heir });
  });

  test("goes to the open agency in the place of the level above when its reporter appeals", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    await found.as("roads", "answer", { text });
    await found.reporter("confirmation", { stars: 5 });
    await closeDepartment(office);
    await office.handOver();
    await found.forget();
    const { status } = await found.reporter("appeal", { text: "Jalan itu masih berlubang." });
    expect([status, (await found.state()).holder]).toEqual([200, heir]);
    expect(await found.last()).toMatchObject({ type: "appealed", content: { from: unit, to: heir } });
    expect(await found.told()).toEqual(["warga@contoh.example", "lapor@samarinda.example"]);
    expect(numbersOf(await office.queue("elsewhere", { queue: "in-progress" }))).toEqual([found.number]);
  });

  test("goes to whoever succeeded the successor, where that one was closed later", async () => {
    const office = anOffice();
    await office.admin("national", "PUT", agencyPath("uptd-sementara"), newUnit);
    const found = await atWork(office, unit);
    await found.as("national", "archival", { reason: "private-matter", text });
    await close(office, unit, "uptd-sementara");
    await close(office, "uptd-sementara", heir);
    await found.as("national", "restoration", { text });
    expect((await found.state()).holder).toBe(heir);
  });
});

describe("a case in work when an agency is closed", () => {
  test("is returned to the agency that has come in the place of the level above", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    // No agency is closed above an open one. A file could load it.
    const above = (await office.directory.agency(department))!;
    const closed = { ...above, closedAt: "2026-11-24T01:00:00.000Z", successor: heir };
    await office.directory.put("agency", closed, { overwrite: true });
    await found.as("roads", "return", { reason: "Bukan kewenangan kami." });
    expect((await found.state()).holder).toBe(heir);
    expect(await found.last()).toMatchObject({ type: "returned", content: { from: unit, to: heir } });
  });

  test("reaches the successor's officers at once, by mail and by number, also before it is handed over", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    await found.as("roads", "answer", { text });
    await found.forget();
    await close(office, unit, heir);
    await found.reporter("replies", { text: "Belum selesai." });
    expect((await found.state()).holder).toBe(unit);
    expect(await found.told()).toEqual([staff.elsewhere.email]);
    expect((await found.seenBy("elsewhere")).status).toBe(200);
    const left = await office.queue("elsewhere", { queue: "in-progress", agency: unit });
    expect(numbersOf(left)).toEqual([found.number]);
    await office.handOver();
    expect(numbersOf(await office.queue("elsewhere", { queue: "in-progress" }))).toEqual([found.number]);
  });

  test("alerts its successor's team to a date, also before it is handed over", async () => {
    const office = anOffice("2026-11-24T10:00:00+08:00");
    const found = await atWork(office, unit);
    await close(office, unit, heir);
    const room = aMailRoom(office);
    await room.forget([found.number]);
    office.at("2026-12-01T08:05:00+08:00");
    await room.sweep("2026-12-01T08:05:00+08:00");
    const mails = await room.flush("2026-12-01T08:30:00+08:00");
    expect(mails.map(({ to }) => to)).toEqual([staff.elsewhere.email]);
  });

  test("takes the file that an officer of the closed agency sent before", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    const bytes = await photo();
    const asked = await found.as("roads", "attachments", {
      name: "jalan.jpg",
      type: "image/jpeg",
      size: bytes.length,
    });
    await close(office, unit, heir);
    await office.handOver();
    expect((await found.state()).holder).toBe(heir);
    await found.inspect(office.files.upload(asked.body.upload.fields.key, bytes));
    expect((await found.last()).type).toBe("attached");
  });

  test("goes on from the closed agency, where that was closed between a reading of it and the move that sent the case there", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    await found.as("roads", "answer", { text });
    await found.reporter("confirmation", { stars: 5 });
    const remembered = memoryDirectory(Object.values(staff));
    await closeDepartment(office);
    const [first] = office.handOvers.messages.splice(0);
    expect(first).toEqual({ agencyId: unit });
    const reporterApi = serve(
      reporterRoutes({
        ...office,
        directory: remembered,
        evidence: { attachments: office.attachments } as never,
        verifyingAgency: "kemenpanrb",
      }),
    );
    const appealed = await call(reporterApi, "POST", `/v1/cases/${found.number}/appeal`, {
      body: { text: "Jalan itu masih berlubang." },
      headers: found.receipt,
    });
    expect([appealed.status, (await found.state()).holder]).toEqual([200, department]);
    // The second look, a minute and a half after the closing.
    await office.handOvers.send([{ agencyId: department }]);
    await office.handOver();
    expect((await found.state()).holder).toBe(heir);
    const { events } = (await office.cases.find(found.number))!;
    expect(events.slice(-2)).toMatchObject([
      { type: "appealed", content: { from: unit, to: department } },
      { type: "handed-over", content: { from: department, to: heir } },
    ]);
  });

  test("goes to the successor also from a function that remembers the agency as open, and is not hidden from the successor there", async () => {
    const office = anOffice();
    const found = await atWork(office, unit);
    await found.as("national", "archival", { reason: "private-matter", text });
    const remembered = memoryDirectory(Object.values(staff));
    const directory = {
      ...remembered,
      agency: (id: string, how?: { asRecorded: boolean }) =>
        (how?.asRecorded ? office.directory : remembered).agency(id),
    };
    const officerApi = serve(
      officerRoutes({
        ...office,
        directory,
        evidence: { attachments: office.attachments } as never,
        verifyingAgency: "kemenpanrb",
      }),
      directory,
    );
    const ask = (who: Who, method: string, path: string, body?: unknown) =>
      call(officerApi, method, `/v1/officer/cases/${found.number}${path}`, {
        ...(body !== undefined && { body }),
        subject: staff[who].subject,
      });
    expect((await ask("elsewhere", "GET", "")).status).toBe(404);
    await close(office, unit, heir);
    expect((await ask("elsewhere", "GET", "")).status).toBe(200);
    const restored = await ask("national", "POST", "/restoration", { text });
    expect([restored.status, (await found.state()).holder]).toEqual([200, heir]);
  });

  test("goes to the last of the chain, where the successor is closed while the cases are being handed over", async () => {
    const office = anOffice();
    await office.admin("national", "PUT", agencyPath("uptd-sementara"), newUnit);
    const found = [await atWork(office, unit), await atWork(office, unit)];
    await close(office, unit, "uptd-sementara");
    let handedOver = 0;
    const cases: Office["cases"] = {
      ...office.cases,
      async append(before, moved) {
        const stored = await office.cases.append(before, moved);
        if (handedOver++ === 0) await close(office, "uptd-sementara", heir);
        return stored;
      },
    };
    await handOverCases(
      { ...office, cases, entries: office.directory, handOvers: memoryOutbox() },
      { verifyingAgency: "kemenpanrb" },
    )({ agencyId: unit });
    const holders = async () =>
      (await Promise.all(found.map((one) => one.state()))).map(({ holder }) => holder);
    expect((await holders()).sort()).toEqual([heir, "uptd-sementara"]);
    // The closing of the successor has asked for its own hand-over.
    await office.handOver();
    expect(await holders()).toEqual([heir, heir]);
  });
});

describe("a report to a closed agency", () => {
  test("is refused with the name of the agency to send it to", async () => {
    const office = anOffice();
    await close(office, unit, heir);
    const report = { ...roadComplaint, occurredOn: undefined, agencyId: unit };
    const { status, body } = await office.send(report, "192.0.2.1");
    expect([status, body.errors[0].path]).toEqual([400, "agencyId"]);
    expect(body.errors[0].detail ?? body.errors[0].message).toContain(`Pemerintah Kota Samarinda (${heir})`);
  });

  test("that was verified meanwhile goes to the successor of the agency that it names", async () => {
    const office = anOffice();
    const found = await office.submit({ agencyId: unit });
    await close(office, unit, department);
    await office.handOver();
    expect((await office.cases.get(found.number))?.holder).toBe("pemkot-balikpapan");
    await found.as("admin", "verification");
    expect(await office.cases.get(found.number)).toMatchObject({ holder: department, agencyId: unit });
  });
});
