import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { handOverCases } from "../../../functions/jobs/hand-over-cases.ts";
import { flaws, proofOf } from "../../../shared/case/history.ts";
import type { HandOverTask } from "../../../shared/directory/administration/agency.ts";
import { anOffice } from "../../fakes/office.ts";
import { memoryOutbox } from "../../fakes/outbox.ts";
import { roadComplaint } from "../../fakes/reports.ts";
import { staff } from "../../fakes/staff.ts";
import { agencyPath, asItIs, fieldsOf, newOfficer, newUnit, officerPath, reason } from "./bodies.ts";

describe("closing an agency", () => {
  const path = `${agencyPath("balikpapan-uptd-jalan")}/closing`;
  const withCases = async (count: number) => {
    const office = anOffice();
    const found = [];
    for (let each = 0; each < count; each++) {
      const one = await office.submit({ agencyId: "balikpapan-uptd-jalan" });
      await one.as("admin", "verification");
      found.push(one);
    }
    return { office, found };
  };

  test("an agency that has open cases and no successor is not closed, and the refusal counts the cases", async () => {
    const { office, found } = await withCases(3);
    const refused = await office.admin("admin", "POST", path, { reason });
    expect(refused).toMatchObject({ status: 409, body: { openCases: 3, openAgencies: [] } });
    expect(refused.body.detail).toContain("3 laporan terbuka");
    await found[0]!.as("roads", "answer", { text: "Jalan ini sudah kami tambal kemarin." });
    await found[1]!.reporter("withdrawal", {});
    expect((await office.admin("admin", "POST", path, { reason })).body.openCases).toBe(2);
    expect(office.handOvers.messages).toEqual([]);
    expect((await office.directory.agency("balikpapan-uptd-jalan"))?.closedAt).toBeUndefined();
  });

  test("an agency that has open agencies below it is not closed, successor or not, and the refusal names them", async () => {
    const office = anOffice();
    const department = `${agencyPath("balikpapan-dinas-pu")}/closing`;
    for (const body of [{ reason }, { reason, successor: "pemkot-balikpapan" }])
      expect(await office.admin("admin", "POST", department, body)).toMatchObject({
        status: 409,
        body: { openCases: 0, openAgencies: ["balikpapan-uptd-jalan"] },
      });
    await office.admin("admin", "POST", path, { reason });
    expect((await office.admin("admin", "POST", department, { reason })).status).toBe(200);
  });

  test("a closed agency hands its open cases to the successor, with their clocks, and leaves those that are done", async () => {
    const { office, found } = await withCases(3);
    await found[2]!.reporter("withdrawal", {});
    const closed = await office.admin("admin", "POST", path, { successor: "balikpapan-dinas-pu", reason });
    expect(closed).toMatchObject({
      status: 200,
      body: {
        closedAt: "2026-11-24T01:00:00.000Z",
        successor: "balikpapan-dinas-pu",
        remainingOfficers: [staff.roads.id],
      },
    });
    const message = { agencyId: "balikpapan-uptd-jalan" };
    expect(office.handOvers).toMatchObject({ messages: [message, message], delays: [0, 90] });
    await office.handOver();
    for (const one of found.slice(0, 2)) {
      const { case: now, events } = (await office.cases.find(one.number))!;
      expect([now.holder, now.status, now.clocks.some(({ due }) => due)]).toEqual([
        "balikpapan-dinas-pu",
        "assigned",
        true,
      ]);
      expect(events.at(-1)).toMatchObject({
        type: "handed-over",
        by: { role: "system" },
        content: { from: "balikpapan-uptd-jalan", to: "balikpapan-dinas-pu" },
      });
      expect(flaws(one.number, events.map(proofOf))).toEqual([]);
      expect((await one.as("worker", "progress", { text: "Kami lanjutkan." })).status).toBe(200);
    }
    expect((await office.cases.get(found[2]!.number))?.holder).toBe("balikpapan-uptd-jalan");
    expect(await office.cases.openCases("balikpapan-uptd-jalan")).toBe(0);
  });

  test("whoever lost the answer to a report gets it again, receipt included, although the agency was closed since", async () => {
    const office = anOffice();
    const report = { ...roadComplaint, agencyId: "balikpapan-uptd-jalan" };
    const key = { "idempotency-key": randomUUID() };
    const first = await office.send(report, "192.0.2.1", key);
    await office.admin("admin", "POST", path, { reason, successor: "balikpapan-dinas-pu" });
    const again = await office.send(report, "192.0.2.1", key);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    const other = await office.send({ ...report, title: "Laporan lain" }, "192.0.2.1", key);
    expect([other.status, other.body.errors[0].path]).toEqual([400, "agencyId"]);
    expect((await office.send(report, "192.0.2.1")).status).toBe(400);
  });

  test("a closing may be asked for again: nothing is closed twice, no case is handed over twice", async () => {
    const { office, found } = await withCases(1);
    const body = { successor: "balikpapan-dinas-pu", reason };
    office.handOvers.refuses = () => true;
    expect((await office.admin("admin", "POST", path, body)).status).toBe(503);
    office.handOvers.refuses = () => false;
    expect((await office.admin("admin", "POST", path, body)).status).toBe(200);
    expect((await office.admin("admin", "POST", path, body)).status).toBe(200);
    expect(office.handOvers.messages).toHaveLength(4);
    await office.handOver();
    const { events } = (await office.cases.find(found[0]!.number))!;
    expect(events.filter(({ type }) => type === "handed-over")).toHaveLength(1);
    expect(await office.directory.history("agency", "balikpapan-uptd-jalan")).toHaveLength(2);
    const other = { ...body, successor: "pemkot-balikpapan" };
    expect((await office.admin("admin", "POST", path, other)).status).toBe(409);
  });

  test("a case that arrives after the closing goes to the successor, or else to the agency above", async () => {
    const office = anOffice();
    expect((await office.admin("admin", "POST", path, { reason })).status).toBe(200);
    // A function that remembers the agency as open assigns the case.
    const closed = await office.directory.find("agency", "balikpapan-uptd-jalan");
    const late = await office.submit();
    await late.as("admin", "verification");
    const { case: found } = (await office.cases.find(late.number))!;
    await office.cases.append(found, {
      case: { ...found, holder: closed!.entry.id },
      event: (await office.cases.find(late.number))!.events[0]!,
    });
    await office.handOver();
    expect((await office.cases.get(late.number))?.holder).toBe("balikpapan-dinas-pu");
  });

  test.each<[string, string]>([
    ["that is not there", "tidak-ada"],
    ["that is itself", "balikpapan-uptd-jalan"],
    ["outside the administrator's part", "pemkot-samarinda"],
    ["that was closed", "balikpapan-uptd-tutup"],
    ["below one that was closed", "di-bawah-yang-tutup"],
  ])("a closing with a successor %s is refused by field", async (_what, successor) => {
    const office = anOffice();
    const put = (id: string, change: object) =>
      office.admin("national", "PUT", agencyPath(id), { ...newUnit, ...change });
    await put("balikpapan-uptd-tutup", {});
    await put("di-bawah-yang-tutup", { parent: "pemkot-balikpapan" });
    await office.admin("national", "POST", `${agencyPath("balikpapan-uptd-tutup")}/closing`, { reason });
    // The API lets no such agency come about. A file could load it.
    const below = await office.directory.agency("di-bawah-yang-tutup");
    await office.directory.put("agency", { ...below!, parent: "balikpapan-uptd-tutup" }, { overwrite: true });
    const answer = await office.admin("admin", "POST", path, { successor, reason });
    expect([answer.status, fieldsOf(answer)]).toEqual([400, ["successor"]]);
  });

  test("nobody closes their own agency or the one that verifies, and nobody closes one without a reason", async () => {
    const office = anOffice();
    const own = await office.admin("admin", "POST", `${agencyPath("pemkot-balikpapan")}/closing`, { reason });
    expect(own.status).toBe(403);
    const verifying = await office.admin("national", "POST", `${agencyPath("kemenpanrb")}/closing`, {
      reason,
    });
    expect(verifying.status).toBe(409);
    expect(verifying.body.detail).toContain("memverifikasi");
    for (const body of [{}, { reason: " " }, { reason: "a\u0000b" }])
      expect(fieldsOf(await office.admin("admin", "POST", path, body))).toEqual(["reason"]);
    expect(
      (await office.admin("admin", "POST", `${agencyPath("tidak-ada")}/closing`, { reason })).status,
    ).toBe(404);
  });

  test("a closed agency is not changed any more, and takes no cases and no officers", async () => {
    const office = anOffice();
    await office.admin("admin", "POST", path, { reason });
    const now = await office.admin("admin", "GET", agencyPath("balikpapan-uptd-jalan"));
    const changed = await office.admin("admin", "PUT", agencyPath("balikpapan-uptd-jalan"), {
      ...asItIs(now),
      name: "Hidup Lagi",
    });
    expect(changed.status).toBe(409);
    const invited = await office.admin("admin", "PUT", officerPath("contoh-petugas-baru"), newOfficer);
    expect([invited.status, fieldsOf(invited)]).toEqual([400, ["agencyId"]]);
    // The officers of the closed agency are moved to the one that has its cases.
    const moved = await office.admin("admin", "PUT", officerPath(staff.roads.id), {
      name: staff.roads.name,
      email: staff.roads.email,
      role: "unit-officer",
      agencyId: "balikpapan-dinas-pu",
    });
    expect(moved.body).toMatchObject({ agencyId: "balikpapan-dinas-pu" });
  });
});

describe("handing over cases", () => {
  test("one run leaves to a message what it cannot finish, until no case is left", async () => {
    const office = anOffice();
    for (let each = 0; each < 7; each++)
      await (await office.submit({ agencyId: "balikpapan-uptd-jalan" })).as("admin", "verification");
    const body = { successor: "pemkot-balikpapan", reason };
    await office.admin("admin", "POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, body);
    const handOvers = memoryOutbox<HandOverTask>();
    const run = handOverCases(
      { ...office, entries: office.directory, handOvers },
      { verifyingAgency: "kemenpanrb" },
      { casesPerRun: 3 },
    );
    const left: number[] = [];
    await handOvers.send([{ agencyId: "balikpapan-uptd-jalan" }]);
    for (let next = handOvers.messages.pop(); next; next = handOvers.messages.pop()) {
      await run(next);
      left.push(await office.cases.openCases("balikpapan-uptd-jalan"));
    }
    expect(left).toEqual([4, 1, 0]);
    expect(await office.cases.openCases("pemkot-balikpapan")).toBe(7);
  });

  test("a hand-over lets an officer's move in between stand, and then hands over what came of it", async () => {
    const office = anOffice();
    const found = await office.submit({ agencyId: "balikpapan-uptd-jalan" });
    await found.as("admin", "verification");
    const body = { successor: "balikpapan-dinas-pu", reason };
    await office.admin("admin", "POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, body);
    let moves = 0;
    const run = handOverCases(
      {
        ...office,
        entries: office.directory,
        handOvers: memoryOutbox(),
        cases: {
          ...office.cases,
          async append(before, moved) {
            if (moves++ === 0) await found.as("roads", "progress", { text: "Sedang kami kerjakan." });
            return office.cases.append(before, moved);
          },
        },
      },
      { verifyingAgency: "kemenpanrb" },
    );
    await run({ agencyId: "balikpapan-uptd-jalan" });
    const { case: now, events } = (await office.cases.find(found.number))!;
    expect([now.holder, now.status]).toEqual(["balikpapan-dinas-pu", "in-progress"]);
    expect(events.map(({ type }) => type).slice(-2)).toEqual(["progressed", "handed-over"]);
  });

  test("a hand-over follows successors to one that is open, and leaves an open agency alone", async () => {
    const office = anOffice();
    const found = await office.submit({ agencyId: "balikpapan-uptd-jalan" });
    await found.as("admin", "verification");
    const run = handOverCases(
      { ...office, entries: office.directory, handOvers: memoryOutbox() },
      { verifyingAgency: "kemenpanrb" },
    );
    await run({ agencyId: "balikpapan-uptd-jalan" });
    expect((await office.cases.get(found.number))?.holder).toBe("balikpapan-uptd-jalan");
    await office.admin("national", "PUT", agencyPath("uptd-sementara"), newUnit);
    const close = (id: string, successor: string) =>
      office.admin("national", "POST", `${agencyPath(id)}/closing`, { successor, reason });
    await close("balikpapan-uptd-jalan", "uptd-sementara");
    await close("uptd-sementara", "pemkot-samarinda");
    await run({ agencyId: "balikpapan-uptd-jalan" });
    expect((await office.cases.get(found.number))?.holder).toBe("pemkot-samarinda");
  });
});
