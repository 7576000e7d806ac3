import { describe, expect, test } from "vitest";
import { deepest } from "../../../shared/directory/administration/powers.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";
import { agencyPath, asItIs, fieldsOf, newUnit, reason } from "./bodies.ts";

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
