import { describe, expect, test } from "vitest";
import { handOverCases } from "../../functions/jobs/hand-over-cases.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import type { HandOverTask } from "../../shared/directory/administration/agency.ts";
import {
  deepest,
  type Extent,
  type Power,
  powers,
  refuseUnlessInCharge,
  rolesInCharge,
} from "../../shared/directory/administration/powers.ts";
import { type OfficerRole, officerRole } from "../../shared/directory/directory.ts";
import { entryFlaws } from "../../shared/directory/entry-history.ts";
import { Refusal } from "../../shared/refusal.ts";
import { anOfficer } from "../fakes/agencies.ts";
import type { Answer } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";
import { staff, type Who } from "../fakes/staff.ts";

const agencyPath = (id: string) => `agencies/${id}`;
const officerPath = (id: string) => `officers/${id}`;
const fieldsOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ path }: { path: string }) => path);

const newUnit = {
  name: "UPTD Drainase Kota Balikpapan",
  type: "unit",
  parent: "balikpapan-dinas-pu",
  regionCode: "64.71",
  timeZone: "Asia/Makassar",
  alertEmail: "uptd-drainase@balikpapan.example",
};
const newOfficer = {
  name: "Contoh Petugas Baru",
  email: "baru@balikpapan.example",
  role: "unit-officer",
  agencyId: "balikpapan-uptd-jalan",
};
const reason = "Digabung dengan dinas lain.";

/** Makes the body of a PUT that changes nothing. */
const asItIs = ({ body: { id: _, closedAt: _c, successor: _s, ...entry } }: Answer) => entry;

describe("the table of powers", () => {
  const cases = (Object.keys(powers) as Power[]).flatMap((act) =>
    officerRole.options.map((role): [Power, OfficerRole, Extent | undefined] => [
      act,
      role,
      (powers[act] as Partial<Record<OfficerRole, Extent>>)[role],
    ]),
  );
  const outcome = (act: Power, role: OfficerRole, path: string[]) => {
    try {
      refuseUnlessInCharge(act, anOfficer(role, "pemkot-balikpapan"), path);
      return "allowed";
    } catch (error) {
      return error instanceof Refusal ? error.kind : error;
    }
  };

  test.each(cases)("The power %s in the hands of role %s reaches: %s", (act, role, reach) => {
    const allowedAt = {
      own: outcome(act, role, ["pemkot-balikpapan"]),
      below: outcome(act, role, ["balikpapan-dinas-pu", "pemkot-balikpapan"]),
      elsewhere: outcome(act, role, ["pemkot-samarinda"]),
      top: outcome(act, role, []),
    };
    const expected: Record<string, typeof allowedAt> = {
      anywhere: { own: "allowed", below: "allowed", elsewhere: "allowed", top: "allowed" },
      "own-or-below": { own: "allowed", below: "allowed", elsewhere: "not-found", top: "forbidden" },
      below: { own: "forbidden", below: "allowed", elsewhere: "not-found", top: "forbidden" },
      nowhere: { own: "forbidden", below: "forbidden", elsewhere: "forbidden", top: "forbidden" },
    };
    expect(allowedAt).toEqual(expected[reach ?? "nowhere"]);
  });

  test("the table names national and agency administrators and nobody else", () => {
    const roles = new Set(Object.values(powers).flatMap((row) => Object.keys(row)));
    expect([...roles].sort()).toEqual(["agency-admin", "national-admin"]);
    expect(rolesInCharge["agency-admin"]).toEqual([
      "agency-admin",
      "liaison-officer",
      "unit-officer",
      "agency-head",
    ]);
  });

  const requests: [string, string, unknown][] = [
    ["GET", agencyPath("balikpapan-dinas-pu"), undefined],
    ["PUT", agencyPath("balikpapan-uptd-drainase"), newUnit],
    ["PUT", agencyPath("balikpapan-uptd-jalan"), { ...newUnit, name: "UPTD Jalan dan Jembatan" }],
    ["PUT", agencyPath("balikpapan-uptd-jalan"), { ...newUnit, parent: "pemkot-balikpapan" }],
    ["POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, { reason }],
    ["GET", `${agencyPath("balikpapan-dinas-pu")}/history`, undefined],
    ["GET", "officers", undefined],
    ["GET", officerPath(staff.roads.id), undefined],
    ["PUT", officerPath("contoh-petugas-baru"), newOfficer],
    ["PUT", officerPath(staff.roads.id), { ...newOfficer, role: "agency-head" }],
    ["POST", `${officerPath(staff.roads.id)}/dismissal`, { reason }],
    ["GET", `${officerPath(staff.roads.id)}/history`, undefined],
  ];
  const may: Who[] = ["national", "admin"];
  test.each(requests)("%s %s is for administrators in charge", async (method, path, body) => {
    for (const who of Object.keys(staff) as Who[]) {
      const { status } = await anOffice().admin(who, method, path, body);
      expect([who, may.includes(who) ? status < 300 : status]).toEqual([who, may.includes(who) ? true : 403]);
    }
    const ofSamarinda = anOfficer("agency-admin", "pemkot-samarinda");
    const office = anOffice(undefined, { people: [...Object.values(staff), ofSamarinda] });
    const { status } = await office.admin(ofSamarinda, method, path, body);
    // Every administrator may list their own officers. What they would create elsewhere is a mistake in the field that
    // says where.
    const expected = path === "officers" ? 200 : /drainase|petugas-baru/.test(path) ? 400 : 404;
    expect(status).toBe(expected);
  });

  test("no power reaches anybody who has not signed in or has left", async () => {
    const office = anOffice();
    await office.admin("national", "POST", `${officerPath(staff.admin.id)}/dismissal`, { reason });
    expect((await office.admin("admin", "GET", agencyPath("pemkot-balikpapan"))).status).toBe(403);
  });
});

describe("an agency", () => {
  test("an agency is created, renamed and moved, and each step is in its history", async () => {
    const office = anOffice();
    const path = agencyPath("balikpapan-uptd-drainase");
    const made = await office.admin("admin", "PUT", path, newUnit);
    expect([made.status, made.headers.location, made.headers.etag]).toEqual([
      201,
      `/v1/admin/${path}`,
      '"1"',
    ]);
    expect(made.body).toEqual({ id: "balikpapan-uptd-drainase", ...newUnit });
    const renamed = await office.admin("admin", "PUT", path, { ...newUnit, name: " UPTD Drainase  " });
    expect([renamed.status, renamed.body.name, renamed.headers.etag]).toEqual([200, "UPTD Drainase", '"2"']);
    const moved = await office.admin("national", "PUT", path, {
      ...asItIs(renamed),
      parent: "pemkot-samarinda",
      regionCode: undefined,
    });
    expect(moved.body.parent).toBe("pemkot-samarinda");
    expect(await office.directory.pathOf("balikpapan-uptd-drainase")).toEqual([
      "balikpapan-uptd-drainase",
      "pemkot-samarinda",
    ]);

    const { body } = await office.admin("national", "GET", `${path}/history`);
    expect(body.flaws).toEqual([]);
    expect(body.items.map(({ sequence, text, by }: any) => [sequence, text, by.officerId])).toEqual([
      [1, "Dibuat", staff.admin.id],
      [2, "Diubah: nama", staff.admin.id],
      [3, "Diubah: instansi induk, wilayah", staff.national.id],
    ]);
    expect(body.items[1].changes).toEqual([{ field: "name", from: newUnit.name, to: "UPTD Drainase" }]);
    expect((await office.admin("admin", "GET", path)).status).toBe(404);
  });

  test("a PUT that changes nothing leaves an agency as it is, whatever version the caller saw", async () => {
    const office = anOffice();
    const path = agencyPath("balikpapan-uptd-jalan");
    const before = await office.admin("admin", "GET", path);
    const again = await office.admin("admin", "PUT", path, asItIs(before), { "if-match": '"9"' });
    expect([again.status, again.headers.etag, again.body]).toEqual([200, before.headers.etag, before.body]);
  });

  test("a change of an agency that somebody else has just changed is refused, and the answer tells their change", async () => {
    const office = anOffice();
    const path = agencyPath("balikpapan-uptd-jalan");
    const before = await office.admin("admin", "GET", path);
    const etag = { "if-match": before.headers.etag ?? "" };
    const body = asItIs(before);
    await office.admin("national", "PUT", path, { ...body, name: "UPTD Jalan Baru" });
    const late = await office.admin("admin", "PUT", path, { ...body, alertEmail: "x@y.example" }, etag);
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain("Diubah: nama (Admin nasional)");
    expect(late.body.changes).toMatchObject([
      { type: "changed", text: "Diubah: nama", by: "national-admin", fields: ["name"] },
    ]);
    const closing = await office.admin("admin", "POST", `${path}/closing`, { reason }, etag);
    expect(closing.status).toBe(409);
    expect((await office.admin("admin", "PUT", path, body, { "if-match": "banyak" })).status).toBe(400);
  });

  test.each<[string, object, string[]]>([
    ["without anything", {}, ["name", "type", "parent", "timeZone", "alertEmail"]],
    ["with a field that nobody knows", { ...newUnit, colour: "merah" }, ["colour"]],
    ["that closes itself by the way", { ...newUnit, closedAt: "2026-11-24T00:00:00Z" }, ["closedAt"]],
    ["with a blank name", { ...newUnit, name: "  \u200b " }, ["name"]],
    ["with control characters in its name", { ...newUnit, name: "UPTD\u0000Jalan" }, ["name"]],
    ["with marks that turn its name around", { ...newUnit, name: "UPTD \u202eJalan" }, ["name"]],
    ["with a name on two lines", { ...newUnit, name: "UPTD\nJalan" }, ["name"]],
    ["with a name that is too long", { ...newUnit, name: "a".repeat(201) }, ["name"]],
    ["with a name of too many wide characters", { ...newUnit, name: `a${"😀".repeat(200)}` }, ["name"]],
    ["in a region that is not on the list", { ...newUnit, regionCode: "99.99" }, ["regionCode"]],
    ["in a region that is none", { ...newUnit, regionCode: "Balikpapan" }, ["regionCode"]],
    ["in a time zone elsewhere", { ...newUnit, timeZone: "Asia/Tokyo" }, ["timeZone"]],
    ["with a mailbox that is none", { ...newUnit, alertEmail: "uptd di balikpapan" }, ["alertEmail"]],
    ["under an agency that is not there", { ...newUnit, parent: "tidak-ada" }, ["parent"]],
    ["under one outside the administrator's part", { ...newUnit, parent: "pemkot-samarinda" }, ["parent"]],
    ["of a type that is not the agency's to make", { ...newUnit, type: "managing-institution" }, ["type"]],
    ["with a duty for the whole system", { ...newUnit, duty: "oversight" }, ["duty"]],
    ["with two mistakes", { ...newUnit, parent: "tidak-ada", regionCode: "99" }, ["parent", "regionCode"]],
  ])("an agency %s is refused by field", async (_what, body, fields) => {
    const office = anOffice();
    const answer = await office.admin("admin", "PUT", agencyPath("uptd-baru"), body);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
    expect(await office.directory.find("agency", "uptd-baru")).toBeUndefined();
  });

  test.each(["UPTD-Jalan", "-uptd", "uptd--jalan", "a".repeat(81), "uptd_jalan"])(
    "an agency with the id %s is refused",
    async (id) => {
      expect((await anOffice().admin("national", "PUT", agencyPath(id), newUnit)).status).toBe(400);
    },
  );

  test("an agency cannot stand below itself, below a closed one, or deeper than anybody can overlook", async () => {
    const office = anOffice();
    const city = await office.admin("national", "GET", agencyPath("pemkot-balikpapan"));
    const circle = await office.admin("national", "PUT", agencyPath("pemkot-balikpapan"), {
      ...asItIs(city),
      parent: "balikpapan-uptd-jalan",
    });
    expect([circle.status, fieldsOf(circle)]).toEqual([400, ["parent"]]);
    expect(circle.body.errors[0].message).toContain("dirinya sendiri");

    for (let level = 1; level <= deepest; level++) {
      const parent = level === 1 ? null : `tingkat-${level - 1}`;
      const made = await office.admin("national", "PUT", agencyPath(`tingkat-${level}`), {
        ...newUnit,
        parent,
      });
      expect(made.status).toBe(201);
    }
    const below = { ...newUnit, parent: `tingkat-${deepest}` };
    expect(fieldsOf(await office.admin("national", "PUT", agencyPath("terlalu-dalam"), below))).toEqual([
      "parent",
    ]);
    // The city has two levels below it.
    const deep = { ...asItIs(city), parent: `tingkat-${deepest - 2}` };
    expect(fieldsOf(await office.admin("national", "PUT", agencyPath("pemkot-balikpapan"), deep))).toEqual([
      "parent",
    ]);
    const fits = { ...asItIs(city), parent: `tingkat-${deepest - 3}` };
    expect((await office.admin("national", "PUT", agencyPath("pemkot-balikpapan"), fits)).status).toBe(200);

    await office.admin("national", "POST", `${agencyPath(`tingkat-${deepest}`)}/closing`, { reason });
    const underClosed = await office.admin("national", "PUT", agencyPath("terlambat"), below);
    expect(underClosed.body.errors[0].message).toContain("sudah ditutup");
  });

  test("two administrators cannot move agencies into a circle at once", async () => {
    const office = anOffice();
    for (const id of ["kiri", "kanan"])
      await office.admin("national", "PUT", agencyPath(id), { ...newUnit, parent: null });
    const answers = await Promise.all([
      office.admin("national", "PUT", agencyPath("kiri"), { ...newUnit, parent: "kanan" }),
      office.admin("national", "PUT", agencyPath("kanan"), { ...newUnit, parent: "kiri" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("only the national administrator makes and moves an agency at the top", async () => {
    const office = anOffice();
    const top = { ...newUnit, parent: null };
    expect((await office.admin("admin", "PUT", agencyPath("uptd-atas"), top)).status).toBe(403);
    expect((await office.admin("national", "PUT", agencyPath("uptd-atas"), top)).status).toBe(201);
    const own = asItIs(await office.admin("admin", "GET", agencyPath("pemkot-balikpapan")));
    const path = agencyPath("pemkot-balikpapan");
    expect((await office.admin("admin", "PUT", path, { ...own, name: "Pemkot Balikpapan" })).status).toBe(
      200,
    );
    const moved = await office.admin("admin", "PUT", path, { ...own, parent: "balikpapan-dinas-pu" });
    expect(moved.status).toBe(403);
    const out = asItIs(await office.admin("admin", "GET", agencyPath("balikpapan-dinas-pu")));
    const gone = { ...out, parent: null };
    expect((await office.admin("admin", "PUT", agencyPath("balikpapan-dinas-pu"), gone)).status).toBe(403);
  });
});

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
    for (let each = 0; each < 7; each++) await office.submit({ agencyId: "balikpapan-uptd-jalan" });
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

describe("an officer", () => {
  const path = officerPath("contoh-petugas-baru");
  const subject = "account-of-baru@balikpapan.example";

  test("an officer is invited with an account, changed and dismissed, and the history says so without a name or an address", async () => {
    const office = anOffice();
    const invited = await office.admin("admin", "PUT", path, newOfficer);
    expect([invited.status, invited.headers.location, invited.headers.etag]).toEqual([
      201,
      `/v1/admin/${path}`,
      '"1"',
    ]);
    expect(invited.body).toEqual({ id: "contoh-petugas-baru", ...newOfficer, mails: "immediate" });
    const them = { ...anOfficer("unit-officer", "balikpapan-uptd-jalan"), subject };
    expect((await office.directory.officerBySubject(subject))?.id).toBe("contoh-petugas-baru");

    const changed = await office.admin("admin", "PUT", path, {
      ...newOfficer,
      name: "Contoh Nama Baru",
      role: "agency-admin",
      agencyId: "balikpapan-dinas-pu",
    });
    expect(changed.body).toMatchObject({ role: "agency-admin", agencyId: "balikpapan-dinas-pu" });
    expect((await office.admin(them, "GET", agencyPath("balikpapan-uptd-jalan"))).status).toBe(200);
    expect((await office.admin(them, "GET", agencyPath("pemkot-balikpapan"))).status).toBe(404);

    const dismissed = await office.admin("admin", "POST", `${path}/dismissal`, { reason: "Pensiun." });
    expect(dismissed.body.dismissedAt).toBe("2026-11-24T01:00:00.000Z");
    expect(office.accounts.enabled.get(subject)).toBe(false);
    expect((await office.admin(them, "GET", agencyPath("balikpapan-uptd-jalan"))).status).toBe(403);

    const { body } = await office.admin("admin", "GET", `${path}/history`, undefined, {
      "accept-language": "en",
    });
    expect(body.items.map(({ text }: any) => text)).toEqual([
      "Invited",
      "Changed: name, role, agency",
      "Dismissed",
    ]);
    expect(body.items[1].changes).toEqual([
      { field: "name" },
      { field: "role", from: "unit-officer", to: "agency-admin" },
      { field: "agencyId", from: "balikpapan-uptd-jalan", to: "balikpapan-dinas-pu" },
    ]);
    expect(body.items[2].reason).toBe("Pensiun.");
    expect(body.flaws).toEqual([]);
    const stored = JSON.stringify(await office.directory.history("officer", "contoh-petugas-baru"));
    for (const told of ["Contoh", "baru@", "account-of"])
      expect(stored.replaceAll("contoh-", "")).not.toContain(told);
  });

  test("the same request again enters an officer whose entry failed after the account was made", async () => {
    const office = anOffice();
    await office.accounts.open(newOfficer.email);
    expect((await office.admin("admin", "PUT", path, newOfficer)).status).toBe(201);
    const again = await office.admin("admin", "PUT", path, newOfficer);
    expect([again.status, again.headers.etag]).toEqual([200, '"1"']);
    expect(office.accounts.enabled.size).toBe(1);
  });

  test("a dismissed officer comes back under the same id with the account enabled again", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect((await office.admin("admin", "POST", `${path}/dismissal`, { reason })).status).toBe(200);
    const back = await office.admin("admin", "PUT", path, newOfficer);
    expect([back.status, back.body.dismissedAt]).toEqual([200, undefined]);
    expect(office.accounts.enabled.get(subject)).toBe(true);
    const types = (await office.directory.history("officer", "contoh-petugas-baru")).map(({ type }) => type);
    expect(types).toEqual(["invited", "dismissed", "invited"]);
  });

  test("an officer with another address gets another account, and the old one ends", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    const email = "alamat.baru@balikpapan.example";
    const stale = await office.admin("admin", "PUT", path, { ...newOfficer, email }, { "if-match": '"7"' });
    expect([stale.status, office.accounts.enabled.size]).toEqual([409, 1]);
    expect((await office.admin("admin", "PUT", path, { ...newOfficer, email })).status).toBe(200);
    expect([...office.accounts.enabled]).toEqual([
      [subject, false],
      [`account-of-${email}`, true],
    ]);
    expect((await office.directory.officer("contoh-petugas-baru"))?.subject).toBe(`account-of-${email}`);
  });

  test("an officer has an account of their own, and nobody else is entered with it", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    const other = await office.admin("admin", "PUT", officerPath("contoh-orang-lain"), newOfficer);
    expect(other.status).toBe(409);
    expect(other.body.detail).toContain("sudah dipakai petugas lain");
    expect(JSON.stringify(other.body)).not.toContain(newOfficer.email);
    expect(await office.directory.officer("contoh-orang-lain")).toBeUndefined();
  });

  test("an officer of another issuer is entered with the subject that it knows them by", async () => {
    const office = anOffice(undefined, { ownAccounts: false });
    const without = await office.admin("admin", "PUT", path, newOfficer);
    expect([without.status, fieldsOf(without)]).toEqual([400, ["subject"]]);
    const named = await office.admin("admin", "PUT", path, { ...newOfficer, subject: "sub-dari-luar" });
    expect([named.status, named.body.subject]).toEqual([201, undefined]);
    const kept = await office.admin("admin", "PUT", path, { ...newOfficer, role: "agency-head" });
    expect(kept.status).toBe(200);
    expect((await office.directory.officer("contoh-petugas-baru"))?.subject).toBe("sub-dari-luar");
    expect(office.accounts.enabled.size).toBe(0);
  });

  test.each<[string, object, string[]]>([
    ["without anything", {}, ["name", "email", "role", "agencyId"]],
    [
      "with a field that nobody knows",
      { ...newOfficer, dismissedAt: "2026-01-01T00:00:00Z" },
      ["dismissedAt"],
    ],
    ["with a blank name", { ...newOfficer, name: " " }, ["name"]],
    ["with control characters in the name", { ...newOfficer, name: "Budi\u0007" }, ["name"]],
    ["with an address that is none", { ...newOfficer, email: "budi" }, ["email"]],
    ["with a role that is none", { ...newOfficer, role: "reporter" }, ["role"]],
    ["at an agency that is not there", { ...newOfficer, agencyId: "tidak-ada" }, ["agencyId"]],
    ["outside the administrator's part", { ...newOfficer, agencyId: "pemkot-samarinda" }, ["agencyId"]],
    ["with mails every hour", { ...newOfficer, mails: "hourly" }, ["mails"]],
    ["with a subject where accounts are ours", { ...newOfficer, subject: "siapa" }, ["subject"]],
  ])("an officer %s is refused by field, and gets no account", async (_what, body, fields) => {
    const office = anOffice();
    const answer = await office.admin("admin", "PUT", path, body);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
    expect(office.accounts.enabled.size).toBe(0);
  });

  const asThey = (who: Who, change: object = {}) => {
    const { id: _, subject: _s, ...entry } = staff[who];
    return { ...entry, ...change };
  };

  test("an agency administrator neither gives nor takes a role that is not theirs to give", async () => {
    const ofMinistry = anOfficer("agency-admin", "kemenpanrb");
    const office = anOffice(undefined, { people: [...Object.values(staff), ofMinistry] });
    for (const role of ["national-admin", "ombudsman-observer", "auditor"])
      expect((await office.admin("admin", "PUT", path, { ...newOfficer, role })).status).toBe(403);
    for (const who of ["national", "auditor", "observer"] as const) {
      const target = officerPath(staff[who].id);
      const changed = await office.admin(ofMinistry, "PUT", target, asThey(who, { role: "unit-officer" }));
      expect(changed.status).toBe(403);
      expect((await office.admin(ofMinistry, "POST", `${target}/dismissal`, { reason })).status).toBe(403);
    }
    expect(office.accounts.enabled.size).toBe(0);
  });

  test("an agency administrator neither dismisses nor promotes themselves, but may correct their name", async () => {
    const office = anOffice();
    const own = officerPath(staff.admin.id);
    expect((await office.admin("admin", "POST", `${own}/dismissal`, { reason })).status).toBe(403);
    for (const change of [{ role: "agency-head" }, { agencyId: "balikpapan-dinas-pu" }])
      expect((await office.admin("admin", "PUT", own, asThey("admin", change))).status).toBe(403);
    const named = await office.admin("admin", "PUT", own, asThey("admin", { name: "Contoh Nama Benar" }));
    expect(named.body.name).toBe("Contoh Nama Benar");
  });

  test("the last national administrator stays one, also when two dismiss each other at once", async () => {
    const second = anOfficer("national-admin", "pemkot-samarinda");
    const alone = anOffice();
    const first = officerPath(staff.national.id);
    for (const answer of [
      await alone.admin("national", "POST", `${first}/dismissal`, { reason }),
      await alone.admin("national", "PUT", first, asThey("national", { role: "auditor" })),
    ])
      expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining("terakhir")]);
    expect((await alone.admin("national", "PUT", first, asThey("national", { mails: "daily" }))).status).toBe(
      200,
    );

    const two = anOffice(undefined, { people: [...Object.values(staff), second] });
    const answers = await Promise.all([
      two.admin("national", "POST", `${officerPath(second.id)}/dismissal`, { reason }),
      two.admin(second, "POST", `${first}/dismissal`, { reason }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await two.directory.nationalAdmins()).toHaveLength(1);
  });

  test("officers are listed at their agency, by id, without the subject of their account, dismissed or not", async () => {
    const office = anOffice();
    await office.admin("admin", "POST", `${officerPath(staff.head.id)}/dismissal`, { reason });
    const { body } = await office.admin("admin", "GET", "officers", undefined, {});
    expect(body.items.map(({ id }: any) => id)).toEqual([staff.admin.id, staff.mayor.id]);
    expect(JSON.stringify(body)).not.toContain("subject");
    const own = await office.admin("admin", "GET", officerPath(staff.head.id));
    expect([own.status, own.body.dismissedAt !== undefined, own.body.subject]).toEqual([
      200,
      true,
      undefined,
    ]);
  });

  test("officers choose how their own mails come, and nothing else of themselves", async () => {
    const office = anOffice();
    const choose = office.chooseMails;
    expect(await choose("worker", { mails: "daily" })).toMatchObject({
      status: 200,
      body: { mails: "daily" },
    });
    expect((await choose("worker", { mails: "daily" })).status).toBe(200);
    expect((await office.directory.officer(staff.worker.id))?.mails).toBe("daily");
    const [, ...events] = await office.directory.history("officer", staff.worker.id);
    expect(events).toMatchObject([{ by: { officerId: staff.worker.id }, changes: [{ field: "mails" }] }]);
    // An administrator's PUT without the field leaves the officer's choice.
    const { mails: _, ...rest } = asThey("worker", { name: "Contoh Nama Lain" }) as Record<string, unknown>;
    await office.admin("admin", "PUT", officerPath(staff.worker.id), rest);
    expect((await office.directory.officer(staff.worker.id))?.mails).toBe("daily");
    expect((await choose("worker", { mails: "never" })).status).toBe(400);
    expect((await choose("worker", { mails: "daily", role: "national-admin" })).status).toBe(400);
  });
});

describe("the history of an entry", () => {
  const aHistory = async () => {
    const office = anOffice();
    const path = agencyPath("balikpapan-uptd-jalan");
    const entry = asItIs(await office.admin("admin", "GET", path));
    for (const name of ["Satu", "Dua", "Tiga"]) await office.admin("admin", "PUT", path, { ...entry, name });
    const events = await office.directory.history("agency", "balikpapan-uptd-jalan");
    const found = (await office.directory.find("agency", "balikpapan-uptd-jalan"))!;
    return { events, head: { sequence: found.version, hash: found.lastHash ?? "" } };
  };
  const check = async (change: (events: any[]) => any[]) => {
    const { events, head } = await aHistory();
    return entryFlaws("agency", "balikpapan-uptd-jalan", change(structuredClone(events)), [head]);
  };

  test("a history that nobody touched has no flaw", async () => {
    expect(await check((events) => events)).toEqual([]);
  });

  test.each<[string, (events: any[]) => any[], number]>([
    ["changed", (events) => ((events[1].changes[0].to = "Lain"), events), 2],
    ["given to somebody else", (events) => ((events[2].by.officerId = "orang-lain"), events), 3],
    ["dated back", (events) => ((events[1].at = "2020-01-01T00:00:00.000Z"), events), 2],
    ["taken from another entry", (events) => ((events[1].id = "pemkot-balikpapan"), events), 2],
    ["removed", (events) => events.toSpliced(1, 1), 2],
    ["removed at the end", (events) => events.slice(0, -1), 4],
    ["swapped", ([a, b, c, d]) => [a, c, b, d], 2],
  ])("the history shows an event that was %s", async (_what, change, sequence) => {
    expect((await check(change)).map((flaw) => flaw.sequence)).toContain(sequence);
  });
});
