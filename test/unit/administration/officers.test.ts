import { describe, expect, test } from "vitest";
import { anOfficer } from "../../fakes/agencies.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { agencyPath, fieldsOf, newOfficer, officerPath, reason } from "./bodies.ts";

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
    expect((await office.directory.postsOf(subject)).map(({ id }) => id)).toEqual(["contoh-petugas-baru"]);

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
    // An invitation that ran out comes again. The user pool does not send it to whoever has signed in.
    expect(office.accounts.again).toEqual([newOfficer.email]);
  });

  test("a dismissed officer comes back under the same id with an account of its own, and nothing of the old one works", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect((await office.admin("admin", "POST", `${path}/dismissal`, { reason })).status).toBe(200);
    const back = await office.admin("admin", "PUT", path, newOfficer);
    expect([back.status, back.body.dismissedAt]).toEqual([200, undefined]);
    expect([...office.accounts.enabled]).toEqual([
      [subject, false],
      [`${subject}-2`, true],
    ]);
    expect(await office.directory.postsOf(subject)).toEqual([]);
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
    const kept = await office.admin("admin", "PUT", path, { ...newOfficer, role: "liaison-officer" });
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
