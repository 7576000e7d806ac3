import { describe, expect, test } from "vitest";
import { openingRoles, openings } from "../../../functions/administration/registry.ts";
import { mayEver, moveNames } from "../../../shared/case/moves/table.ts";
import { isAtDomain } from "../../../shared/directory/administration/mail-domain.ts";
import { guardedRoles } from "../../../shared/directory/administration/two-people.ts";
import { type Officer, officerRole } from "../../../shared/directory/directory.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { agencyPath, newOfficer, newUnit, officerPath, reason } from "./bodies.ts";
import {
  aCarefulOffice,
  asThey,
  cityToo,
  elsewhere,
  newHead,
  observer,
  path,
  second,
} from "./careful-office.ts";

describe("power over secrets", () => {
  test("the roles with power over secrets are those that the table of moves lets open what is sealed, and the one that appoints them anywhere", () => {
    expect(moveNames.filter((move) => move.startsWith("open-")).sort()).toEqual([...openings].sort());
    const opening = officerRole.options.filter((role) =>
      moveNames.some((move) => move.startsWith("open-") && mayEver(move, { role, own: true })),
    );
    expect(openingRoles).toEqual(opening);
    expect(guardedRoles(openingRoles)).toEqual(["agency-head", "ombudsman-observer", "national-admin"]);
  });

  test.each<[string, Who, string, object, string[]]>([
    ["an agency head is invited", "admin", path, newHead, ["appointment"]],
    ["an Ombudsman observer is invited", "national", path, observer, ["appointment"]],
    [
      "a national administrator is invited",
      "national",
      path,
      { ...observer, role: "national-admin" },
      ["appointment"],
    ],
    [
      "a unit officer becomes head",
      "admin",
      officerPath(staff.roads.id),
      asThey("roads", { role: "agency-head" }),
      ["appointment"],
    ],
    [
      "a head becomes observer",
      "national",
      officerPath(staff.head.id),
      asThey("head", { role: "ombudsman-observer" }),
      ["appointment"],
    ],
    [
      "a head gets another address",
      "admin",
      officerPath(staff.head.id),
      asThey("head", { email: "lain@balikpapan.example" }),
      ["address"],
    ],
    [
      "a head works for another agency",
      "admin",
      officerPath(staff.head.id),
      asThey("head", { agencyId: "balikpapan-uptd-jalan" }),
      ["agency"],
    ],
    [
      "a head loses the role and gets another address",
      "admin",
      officerPath(staff.head.id),
      asThey("head", { role: "unit-officer", email: "lain@balikpapan.example" }),
      ["address"],
    ],
    [
      "a national administrator gets another address",
      "national",
      officerPath(second.id),
      asThey(second, { email: "lain@pusat.example" }),
      ["address"],
    ],
  ])("where %s, nothing changes until a second person has confirmed", async (_what, who, at, body, what) => {
    const office = aCarefulOffice();
    const id = at.split("/")[1] ?? "";
    const before = await office.officer(id);
    const asked = await office.ask(who, at, body);
    expect(asked).toMatchObject({ what, state: "open", own: true, askedBy: { officerId: staff[who].id } });
    expect(await office.officer(id)).toEqual(before);
    expect(office.accounts.enabled.size).toBe(0);
    const confirmed = await office.confirm(second.id === id ? cityToo : second, asked);
    if (second.id === id) return expect(confirmed.status).toBe(404);
    expect(confirmed).toMatchObject({ status: 200, body: { request: { state: "confirmed" } } });
    expect(await office.officer(id)).toMatchObject(body);
  });

  test("a subject of another issuer is changed by two people where it opens secrets", async () => {
    const office = aCarefulOffice({ ownAccounts: false });
    const at = officerPath(staff.head.id);
    const asked = await office.ask("admin", at, asThey("head", { subject: "sub-lain" }));
    expect(asked.what).toEqual(["account"]);
    expect(JSON.stringify(asked)).not.toContain("sub-lain");
    expect((await office.officer(staff.head.id))?.subject).toBe(staff.head.subject);
  });

  test.each<[string, Who, string, object]>([
    ["a unit officer is invited", "admin", path, newOfficer],
    ["an agency administrator is invited", "admin", path, { ...newOfficer, role: "agency-admin" }],
    ["an auditor is invited", "national", path, { ...observer, role: "auditor" }],
    [
      "a head gets another name",
      "admin",
      officerPath(staff.head.id),
      asThey("head", { name: "Contoh Nama" }),
    ],
    [
      "a head becomes unit officer",
      "admin",
      officerPath(staff.head.id),
      asThey("head", { role: "unit-officer" }),
    ],
    [
      "a unit officer gets another address",
      "admin",
      officerPath(staff.roads.id),
      asThey("roads", { email: "x@balikpapan.example" }),
    ],
  ])("where %s, one administrator is enough", async (_what, who, at, body) => {
    const office = aCarefulOffice();
    expect((await office.admin(who, "PUT", at, body)).status).toBeLessThan(202);
    expect(office.mails.messages).toEqual([]);
  });

  test("a dismissed head who comes back needs two people, under the old id and under a new one", async () => {
    const office = aCarefulOffice();
    const at = officerPath(staff.head.id);
    await office.admin("admin", "POST", `${at}/dismissal`, { reason });
    expect((await office.ask("admin", at, asThey("head"))).what).toEqual(["appointment"]);
    expect((await office.ask("admin", path, asThey("head"))).what).toEqual(["appointment"]);
    expect((await office.officer(staff.head.id))?.dismissedAt).toBeDefined();
  });

  test.each<[string, (office: ReturnType<typeof aCarefulOffice>) => Promise<unknown>]>([
    [
      "made unit officer",
      ({ admin }) =>
        admin("admin", "PUT", officerPath(staff.head.id), asThey("head", { role: "unit-officer" })),
    ],
    [
      "dismissed",
      ({ admin }) => admin("admin", "POST", `${officerPath(staff.head.id)}/dismissal`, { reason: "Pindah." }),
    ],
  ])(
    "a head who was %s by one person gets another address by two, and the old one is told, whatever role comes with it",
    async (_how, losesPower) => {
      const office = aCarefulOffice();
      const at = officerPath(staff.head.id);
      await losesPower(office);
      const elsewhere = asThey("head", { role: "unit-officer", email: "lain@x.example" });
      const asked = await office.ask("admin", at, elsewhere);
      expect(asked.what).toEqual(["address"]);
      expect(await office.mailed()).toContain(staff.head.email);
      expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
      await office.withdraw("admin", asked);
      const headAgain = await office.ask("admin", at, asThey("head", { email: "lain@x.example" }));
      expect(headAgain.what).toEqual(["appointment", "address"]);
      await office.withdraw("admin", headAgain);
      // What leaves the address as it is needs one person.
      const renamed = asThey("head", { role: "unit-officer", name: "Contoh Staf" });
      expect((await office.admin("admin", "PUT", at, renamed)).status).toBe(200);
      // Two people agree, and from then on the address is like that of any other unit officer.
      await office.confirm(cityToo, await office.ask("admin", at, elsewhere));
      expect((await office.admin("admin", "PUT", at, { ...elsewhere, email: "lagi@x.example" })).status).toBe(
        200,
      );
    },
  );

  test("a unit officer who never had such a power is asked for as an appointment alone, whatever address they had", async () => {
    const office = aCarefulOffice();
    const at = officerPath(staff.worker.id);
    await office.admin("admin", "PUT", at, asThey("worker", { email: "lain@x.example" }));
    expect(
      (await office.ask("admin", at, asThey("worker", { role: "agency-head", email: "lain@x.example" })))
        .what,
    ).toEqual(["appointment"]);
  });
});

describe("the mailbox and the place of an agency", () => {
  test.each<[string, boolean]>([
    ["lapor@balikpapan.go.id", true],
    ["lapor@go.id", true],
    ["LAPOR@BALIKPAPAN.GO.ID", true],
    ["lapor@balikpapan.go.id.", true],
    ["lapor@a.b.c.go.id", true],
    ["lapor@evilgo.id", false],
    ["lapor@go.id.attacker.example.com", false],
    ["lapor@id", false],
    ["lapor@o.id", false],
    ["lapor@gmail.com", false],
    ["go.id@gmail.com", false],
    ["a@go.id@gmail.com", false],
    ["lapor@balikpapan.gо.id", false], // a Cyrillic letter
    ["lapor@xn--go-id.id", false],
    ["lapor@", false],
    ["", false],
  ])("%s is at a listed domain: %s", (address, is) => {
    expect(isAtDomain(["go.id"], address)).toBe(is);
    expect(isAtDomain(["GO.ID."], address)).toBe(is);
    expect(isAtDomain([], address)).toBe(false);
  });

  const at = agencyPath("balikpapan-uptd-jalan");
  const unit = {
    ...newUnit,
    name: "UPTD Jalan Kota Balikpapan",
    alertEmail: "uptd-jalan@balikpapan.example",
  };

  test("a mailbox outside the listed domains waits for a second person, of a new agency and of one that is there", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, { ...unit, alertEmail: "jalan@gmail.com" });
    expect(asked.what).toEqual(["mailbox"]);
    expect((await office.directory.agency("balikpapan-uptd-jalan"))?.alertEmail).toBe(unit.alertEmail);
    // The department has no administrator, so its mailbox is told, and so is the city's other administrator.
    expect(await office.mailed()).toEqual([unit.alertEmail, "dinas-pu@balikpapan.example", cityToo.email]);
    expect((await office.confirm(cityToo, asked)).status).toBe(200);
    expect((await office.directory.agency("balikpapan-uptd-jalan"))?.alertEmail).toBe("jalan@gmail.com");
    // As it is already, it needs nobody.
    expect(
      (await office.admin("admin", "PUT", at, { ...unit, name: "UPTD", alertEmail: "jalan@gmail.com" }))
        .status,
    ).toBe(200);

    const made = await office.ask("admin", agencyPath("uptd-baru"), {
      ...newUnit,
      alertEmail: "x@gmail.com",
    });
    expect(await office.directory.agency("uptd-baru")).toBeUndefined();
    expect((await office.confirm(second, made)).status).toBe(200);
    expect((await office.directory.agency("uptd-baru"))?.alertEmail).toBe("x@gmail.com");
  });

  test("a move that puts an agency below a head who did not stand above it waits for a second person", async () => {
    const office = aCarefulOffice();
    const others = await office.ask("national", path, { ...newHead, agencyId: "pemkot-samarinda" });
    const moved = { ...unit, parent: "pemkot-samarinda" };
    // Nobody there opens secrets yet, so the move gives nobody a power.
    expect((await office.admin("national", "PUT", at, moved)).status).toBe(200);
    expect((await office.admin("national", "PUT", at, unit)).status).toBe(202); // the department has a head
    await office.confirm(second, others);
    expect((await office.admin("national", "PUT", agencyPath("uptd-lain"), { ...newUnit })).status).toBe(201);
    const asked = await office.ask("national", agencyPath("uptd-lain"), {
      ...newUnit,
      parent: "pemkot-samarinda",
    });
    expect(asked.what).toEqual(["place"]);
    expect((await office.directory.agency("uptd-lain"))?.parent).toBe("balikpapan-dinas-pu");
    expect((await office.confirm("admin", asked)).status).toBe(404);
    expect((await office.confirm(second, asked)).status).toBe(200);
    expect((await office.directory.agency("uptd-lain"))?.parent).toBe("pemkot-samarinda");
  });

  test("a move to below the head of the same city gives nobody a power that they had not", async () => {
    const office = aCarefulOffice();
    expect((await office.admin("admin", "PUT", at, { ...unit, parent: "pemkot-balikpapan" })).status).toBe(
      200,
    );
  });
});

describe("the second person", () => {
  test("neither the one who asked, nor whom it concerns, nor anybody without the right confirms", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask(
      "admin",
      officerPath(staff.mayor.id),
      asThey("mayor", { email: "baru@x.example" }),
    );
    const outcomes: Record<string, number> = {};
    for (const who of [
      "admin",
      "mayor",
      "liaison",
      "worker",
      "head",
      "observer",
      "auditor",
      elsewhere,
    ] as const)
      outcomes[typeof who === "string" ? who : "elsewhere"] = (await office.confirm(who, asked)).status;
    expect(outcomes).toEqual({
      admin: 403,
      mayor: 403,
      liaison: 403,
      worker: 403,
      head: 403,
      observer: 403,
      auditor: 403,
      elsewhere: 404,
    });
    expect((await office.officer(staff.mayor.id))?.email).toBe(staff.mayor.email);
    expect((await office.confirm(cityToo, asked)).status).toBe(200);
  });

  test("a national administrator neither confirms their own change nor one that concerns them", async () => {
    const office = aCarefulOffice();
    const own = await office.ask(
      "national",
      officerPath(staff.national.id),
      asThey("national", { email: "baru@x.example" }),
    );
    expect((await office.confirm("national", own)).body.detail).toContain("Anda sendiri");
    const theirs = await office.ask(
      "national",
      officerPath(second.id),
      asThey(second, { email: "baru2@x.example" }),
    );
    expect((await office.confirm(second, theirs)).body.detail).toContain("menyangkut diri Anda");
    expect((await office.confirm(second, own)).status).toBe(200);
  });

  test("a role that only national administrators give is confirmed by another national administrator alone", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("national", path, observer);
    expect((await office.confirm("admin", asked)).status).toBe(404);
    expect((await office.confirm("national", asked)).status).toBe(403);
    expect((await office.confirm(second, asked)).status).toBe(200);
  });

  test("an account that the one who asked has given is no second person, over however many accounts", async () => {
    const office = aCarefulOffice();
    const puppet = async (by: Who | Officer, id: string) => {
      const email = `${id}@x.example`;
      const body = { ...newOfficer, email, role: "agency-admin", agencyId: "pemkot-balikpapan" };
      expect((await office.admin(by, "PUT", officerPath(id), body)).status).toBe(201);
      return (await office.officer(id))!;
    };
    const one = await puppet("admin", "boneka-satu");
    const two = await puppet(one, "boneka-dua");
    const three = await puppet("admin", "boneka-tiga");
    // They give each other new addresses, so that the last hand on each account is another puppet's.
    for (const [by, whose] of [
      [one, three],
      [three, one],
    ] as const) {
      const { id: _, subject: _s, ...body } = (await office.officer(whose.id))!;
      const email = `lagi.${body.email}`;
      expect(
        (await office.admin((await office.officer(by.id))!, "PUT", officerPath(whose.id), { ...body, email }))
          .status,
      ).toBe(200);
    }
    const all = await Promise.all(
      ["boneka-satu", "boneka-dua", "boneka-tiga"].map(async (id) => (await office.officer(id))!),
    );
    const asked = await office.ask("admin", path, newHead);
    for (const each of all) expect((await office.confirm(each, asked)).body.detail).toContain("satu orang");
    const byPuppet = await office.ask(two, officerPath("kepala-lain"), {
      ...newHead,
      email: "lain@x.example",
    });
    for (const each of [...all, "admin" as const])
      expect((await office.confirm(each, byPuppet)).status).toBe(403);
    expect((await office.confirm(cityToo, byPuppet)).status).toBe(200);
  });

  test("an administrator whom two people appointed stands for themselves", async () => {
    const office = aCarefulOffice();
    const third = { ...observer, role: "national-admin", email: "ketiga@pusat.example" };
    await office.confirm(second, await office.ask("national", path, third));
    const them = (await office.officer("contoh-kepala-baru"))!;
    const asked = await office.ask("national", officerPath("pengamat-baru"), {
      ...observer,
      email: "p@x.example",
    });
    expect((await office.confirm(them, asked)).status).toBe(200);
  });

  test("a single national administrator appoints nobody with power over secrets", async () => {
    const office = anOffice();
    const { body } = await office.admin("national", "PUT", path, { ...observer, role: "national-admin" });
    const again = await office.admin("national", "POST", `requests/${body.request.id}/confirmation`);
    expect(again.status).toBe(403);
    expect(await office.directory.officer("contoh-kepala-baru")).toBeUndefined();
  });
});
