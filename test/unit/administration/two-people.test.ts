import { describe, expect, test } from "vitest";
import { openingRoles, openings } from "../../../functions/administration/registry.ts";
import { sendEmail } from "../../../functions/jobs/send-email.ts";
import { mayEver, moveNames } from "../../../shared/case/moves/table.ts";
import { isAtDomain } from "../../../shared/directory/administration/mail-domain.ts";
import { guardedRoles } from "../../../shared/directory/administration/two-people.ts";
import { type Officer, officerRole } from "../../../shared/directory/directory.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { memoryMailer } from "../../fakes/mailer.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { agencyPath, fieldsOf, newOfficer, newUnit, officerPath, reason } from "./requests.ts";

const second = anOfficer("national-admin", "pemkot-samarinda");
const cityToo = anOfficer("agency-admin", "pemkot-balikpapan", {
  id: "admin-kedua-balikpapan",
  name: "Contoh Admin Kedua",
  email: "admin.kedua@balikpapan.example",
  subject: "subject-of-admin-kedua",
});
const elsewhere = anOfficer("agency-admin", "pemkot-samarinda");
const people = [...Object.values(staff), second, cityToo, elsewhere];

const path = officerPath("contoh-kepala-baru");
const newHead = { ...newOfficer, role: "agency-head", agencyId: "balikpapan-dinas-pu" };
const observer = { ...newOfficer, role: "ombudsman-observer", agencyId: "kemenpanrb" };
/** The body of a PUT that changes something of somebody. */
const asThey = (who: Who | Officer, change: object = {}) => {
  const { id: _, subject: _s, ...entry } = typeof who === "string" ? staff[who] : who;
  return { ...entry, ...change };
};

/** An office with two national administrators and two of the city, and the mails about requests. */
function aCareful({ ownAccounts = true }: { ownAccounts?: boolean } = {}) {
  const office = anOffice(undefined, { people, ownAccounts });
  const mailer = memoryMailer();
  const send = sendEmail(
    { ...office, mailer },
    {
      verifyingAgency: "kemenpanrb",
      siteUrl: undefined,
      gathering: { alertSeconds: 1, dailySeconds: 1, newCaseSeconds: 0 },
    },
    office.now,
  );
  return {
    ...office,
    mailer,
    /** Asks for something and returns the request. */
    async ask(who: Who | Officer, at: string, body: unknown, headers: Record<string, string> = {}) {
      const answer = await office.admin(who, "PUT", at, body, headers);
      expect([answer.status, answer.body.detail]).toEqual([202, undefined]);
      return answer.body.request as { id: string; what: string[]; expiresAt: string; state: string };
    },
    confirm: (who: Who | Officer, { id }: { id: string }) =>
      office.admin(who, "POST", `requests/${id}/confirmation`),
    refuse: (who: Who | Officer, { id }: { id: string }, why = "Bukan permintaan yang bersangkutan.") =>
      office.admin(who, "POST", `requests/${id}/refusal`, { reason: why }),
    withdraw: (who: Who | Officer, { id }: { id: string }) =>
      office.admin(who, "POST", `requests/${id}/withdrawal`, {}),
    /** Sends the mails that wait. Returns whom they went to. */
    async mailed(): Promise<string[]> {
      const from = mailer.sent.length;
      for (const message of office.mails.messages.splice(0)) await send(message);
      return mailer.sent.slice(from).map(({ to }) => to);
    },
    officer: (id: string) => office.directory.officer(id),
  };
}

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
    const office = aCareful();
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
    const office = aCareful({ ownAccounts: false });
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
    const office = aCareful();
    expect((await office.admin(who, "PUT", at, body)).status).toBeLessThan(202);
    expect(office.mails.messages).toEqual([]);
  });

  test("a dismissed head who comes back needs two people, under the old id and under a new one", async () => {
    const office = aCareful();
    const at = officerPath(staff.head.id);
    await office.admin("admin", "POST", `${at}/dismissal`, { reason });
    expect((await office.ask("admin", at, asThey("head"))).what).toEqual(["appointment"]);
    expect((await office.ask("admin", path, asThey("head"))).what).toEqual(["appointment"]);
    expect((await office.officer(staff.head.id))?.dismissedAt).toBeDefined();
  });

  test("a head who was made unit officer and got another address does not become head again by one person", async () => {
    const office = aCareful();
    const at = officerPath(staff.head.id);
    await office.admin("admin", "PUT", at, asThey("head", { role: "unit-officer" }));
    await office.admin("admin", "PUT", at, asThey("head", { role: "unit-officer", email: "lain@x.example" }));
    expect((await office.ask("admin", at, asThey("head", { email: "lain@x.example" }))).what).toEqual([
      "appointment",
    ]);
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
    const office = aCareful();
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
    const office = aCareful();
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
    const office = aCareful();
    expect((await office.admin("admin", "PUT", at, { ...unit, parent: "pemkot-balikpapan" })).status).toBe(
      200,
    );
  });
});

describe("who is told at once", () => {
  test("the old address and the level above are mailed when it is asked, never the new address, and not the one who asked", async () => {
    const office = aCareful();
    await office.ask("admin", officerPath(staff.head.id), asThey("head", { email: "baru@x.example" }));
    expect((await office.mailed()).sort()).toEqual([staff.head.email, cityToo.email].sort());
    for (const mail of office.mailer.sent) {
      expect(mail.text).toContain("Belum ada yang berubah");
      expect(mail.subject).toBe("Permohonan perubahan data SP4N-LAPOR! / SP4N-LAPOR! change request");
      for (const kept of ["baru@x.example", staff.head.name, staff.admin.name, staff.head.email])
        expect(mail.text + mail.html + mail.subject).not.toContain(kept);
    }
    const [toThem] = office.mailer.sent.filter(({ to }) => to === staff.head.email);
    expect(toThem?.text).toContain(
      "Bila Anda tidak mengenal permohonan ini, segera telepon atau datangi admin",
    );
  });

  test("where only the one who asked administers the level above, the next level is told", async () => {
    const office = anOffice(undefined, { people: [...Object.values(staff), second] });
    await office.admin(
      "admin",
      "PUT",
      officerPath(staff.head.id),
      asThey("head", { email: "baru@x.example" }),
    );
    const [request] = office.requests.stored.values();
    expect(request?.told).toEqual([staff.national.id, second.id]);
  });

  test("an administrator above whose address is the new one is not told", async () => {
    const office = aCareful();
    await office.ask("national", path, { ...observer, email: second.email.toUpperCase() });
    expect(await office.mailed()).toEqual(["lapor@kemenpanrb.example"]);
  });

  test("a message that comes twice mails once, and so does the same request again", async () => {
    const office = aCareful();
    const body = asThey("head", { email: "baru@x.example" });
    const first = await office.ask("admin", officerPath(staff.head.id), body, { "if-match": '"1"' });
    office.mails.messages.push(...office.mails.messages);
    expect(await office.mailed()).toHaveLength(2);
    const again = await office.ask("admin", officerPath(staff.head.id), body, { "if-match": '"1"' });
    expect(again).toEqual(first);
    expect(await office.mailed()).toEqual([]);
    expect(office.requests.stored.size).toBe(1);
  });

  test("a request whose mails were not taken is not acknowledged, and the same request again has them sent", async () => {
    const office = aCareful();
    office.mails.refuses = () => true;
    const body = asThey("head", { email: "baru@x.example" });
    const answer = await office.admin("admin", "PUT", officerPath(staff.head.id), body);
    expect([answer.status, answer.body.detail]).toEqual([503, expect.stringContaining("Kirim lagi")]);
    const [request] = office.requests.stored.values();
    // Nobody confirms what nobody has been told of.
    expect((await office.confirm(cityToo, request!)).status).toBe(503);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    office.mails.refuses = () => false;
    await office.ask("admin", officerPath(staff.head.id), body);
    expect(await office.mailed()).toHaveLength(2);
  });

  test.each(["confirm", "refuse", "withdraw"] as const)(
    "those concerned are told how it ended: %s",
    async (how) => {
      const office = aCareful();
      const asked = await office.ask(
        "admin",
        officerPath(staff.head.id),
        asThey("head", { email: "baru@x.example" }),
      );
      await office.mailed();
      const by = how === "withdraw" ? "admin" : second;
      expect((await office[how](by, asked)).status).toBe(200);
      const told = [staff.head.email, cityToo.email, ...(how === "withdraw" ? [] : [staff.admin.email])];
      expect([...new Set(await office.mailed())].sort()).toEqual(told.sort());
      expect(office.mailer.sent.at(-1)?.text).not.toContain("Bukan permintaan");
    },
  );
});

describe("the second person", () => {
  test("neither the one who asked, nor whom it concerns, nor anybody without the right confirms", async () => {
    const office = aCareful();
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
    const office = aCareful();
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
    const office = aCareful();
    const asked = await office.ask("national", path, observer);
    expect((await office.confirm("admin", asked)).status).toBe(404);
    expect((await office.confirm("national", asked)).status).toBe(403);
    expect((await office.confirm(second, asked)).status).toBe(200);
  });

  test("an account that the one who asked has given is no second person, over however many accounts", async () => {
    const office = aCareful();
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
    const office = aCareful();
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

describe("a request that comes too late, twice or wrong", () => {
  const at = officerPath(staff.head.id);
  const moved = asThey("head", { email: "baru@x.example" });

  test("a request goes after seven days to the second, is not confirmed then, and keeps nothing of what was wanted", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    expect(asked.expiresAt).toBe("2026-12-01T01:00:00.000Z");
    office.at("2026-12-01T09:00:00+08:00");
    const late = await office.confirm(cityToo, asked);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining("kedaluwarsa")]);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    const { body } = await office.admin("admin", "GET", `requests/${asked.id}`);
    expect(body.request).toMatchObject({ state: "expired", wanted: null });
    expect((await office.ask("admin", at, moved)).id).not.toBe(asked.id);
  });

  test("a second before that it is confirmed, and a second click gets the same answer", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    office.at("2026-12-01T08:59:59+08:00");
    const first = await office.confirm(cityToo, asked);
    const again = await office.confirm(cityToo, asked);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(first.body.request.wanted).toBeNull();
    const other = await office.confirm(second, asked);
    expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining("sudah disetujui")]);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    await office.mailed();
    const texts = office.mailer.sent.map(({ to, text }) => `${to}${text.includes("berlaku sekarang")}`);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("a request whose officer has changed meanwhile is refused, and says what changed", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    await office.admin("national", "PUT", at, asThey("head", { name: "Contoh Nama Lain" }));
    const late = await office.confirm(cityToo, asked);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining("Diubah: nama")]);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    expect((await office.ask("admin", at, moved)).id).not.toBe(asked.id);
  });

  test.each<[string, (office: ReturnType<typeof aCareful>) => Promise<unknown>]>([
    [
      "the officer was dismissed",
      (office) => office.admin("national", "POST", `${at}/dismissal`, { reason }),
    ],
    [
      "whoever asked was dismissed",
      (office) => office.admin("national", "POST", `${officerPath(staff.admin.id)}/dismissal`, { reason }),
    ],
    [
      "whoever asked may not do it any more",
      (office) =>
        office.admin(
          "national",
          "PUT",
          officerPath(staff.admin.id),
          asThey("admin", { role: "unit-officer" }),
        ),
    ],
    [
      "the one who would confirm was dismissed",
      (office) => office.admin("national", "POST", `${officerPath(cityToo.id)}/dismissal`, { reason }),
    ],
    [
      "the agency was closed",
      async (office) => {
        await office.admin("national", "POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, { reason });
        await office.admin("national", "POST", `${agencyPath("balikpapan-dinas-pu")}/closing`, { reason });
      },
    ],
  ])("a request is refused and nothing changes where %s meanwhile", async (_what, meanwhile) => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    await meanwhile(office);
    const before = await office.officer(staff.head.id);
    const late = await office.confirm(cityToo, asked);
    expect([403, 409]).toContain(late.status);
    expect(await office.officer(staff.head.id)).toEqual(before);
    expect(office.accounts.enabled.get("account-of-baru@x.example")).toBeUndefined();
  });

  test("an invitation is refused where somebody else has taken the id meanwhile", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", path, newHead);
    await office.admin("national", "PUT", path, newOfficer);
    expect((await office.confirm(cityToo, asked)).status).toBe(409);
    expect((await office.officer("contoh-kepala-baru"))?.role).toBe("unit-officer");
  });

  test("of two confirmations at once one is carried out, and it is carried out once", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    const answers = await Promise.all([office.confirm(cityToo, asked), office.confirm(second, asked)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const types = (await office.directory.history("officer", staff.head.id)).map(({ type }) => type);
    expect(types).toEqual(["created", "asked", "changed"]);
  });

  test("a confirmation and a refusal at once do not both happen", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    const answers = await Promise.all([office.refuse(second, asked), office.confirm(cityToo, asked)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("one request waits at an entry at a time, and another one is told which", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    for (const who of ["admin", "national"] as const) {
      const other = await office.admin(who, "PUT", at, asThey("head", { email: "lain@x.example" }));
      expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining(asked.id)]);
    }
    // Asking for the same is no confirmation.
    expect((await office.admin(cityToo, "PUT", at, moved)).status).toBe(409);
    await office.withdraw("admin", asked);
    expect((await office.ask("national", at, asThey("head", { email: "lain@x.example" }))).id).not.toBe(
      asked.id,
    );
  });

  test("a refusal needs a reason and somebody in charge, a withdrawal the one who asked, and neither leaves what was wanted", async () => {
    const office = aCareful();
    const asked = await office.ask("admin", at, moved);
    const bare = await office.admin(cityToo, "POST", `requests/${asked.id}/refusal`, {});
    expect([bare.status, fieldsOf(bare)]).toEqual([400, ["reason"]]);
    expect((await office.refuse("admin", asked)).status).toBe(403);
    expect((await office.refuse("liaison", asked)).status).toBe(403);
    expect((await office.refuse(elsewhere, asked)).status).toBe(404);
    expect((await office.withdraw(cityToo, asked)).status).toBe(403);
    const refused = await office.refuse(cityToo, asked, "Kepala tidak memintanya.");
    expect(refused.body.request).toMatchObject({
      state: "refused",
      wanted: null,
      ended: { reason: "Kepala tidak memintanya." },
    });
    expect((await office.refuse(cityToo, asked)).body).toEqual(refused.body);
    expect((await office.confirm(second, asked)).body.detail).toContain("sudah ditolak");
    expect((await office.withdraw("admin", asked)).status).toBe(409);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    const withdrawn = await office.ask("admin", at, moved);
    expect((await office.withdraw("admin", withdrawn)).status).toBe(200);
    expect((await office.confirm(second, withdrawn)).status).toBe(409);
  });

  test.each(["bukan-nomor", "00000000-0000-4000-8000-000000000000"])(
    "the request %s is not there",
    async (id) => {
      const office = aCareful();
      const status = id.length === 36 ? 404 : 400;
      expect((await office.admin("national", "GET", `requests/${id}`)).status).toBe(status);
      expect((await office.confirm("national", { id })).status).toBe(status);
    },
  );

  test("a request that may not be made is refused as before, and nobody is told", async () => {
    const office = aCareful();
    expect((await office.admin("admin", "PUT", path, observer)).status).toBe(403);
    expect((await office.admin(elsewhere, "PUT", at, moved)).status).toBe(404);
    expect(
      (await office.admin("admin", "PUT", path, { ...newHead, agencyId: "pemkot-samarinda" })).status,
    ).toBe(400);
    expect((await office.admin("admin", "PUT", at, moved, { "if-match": '"7"' })).status).toBe(409);
    expect([office.mails.messages, office.requests.stored.size]).toEqual([[], 0]);
  });
});

describe("the list and the history of requests", () => {
  test("each administrator sees the requests that they made or may decide on, and no account's subject", async () => {
    const office = aCareful({ ownAccounts: false });
    const head = await office.ask("admin", path, { ...newHead, subject: "sub-kepala" });
    const seer = await office.ask("national", officerPath("pengamat-baru"), {
      ...observer,
      email: "p@x.example",
      subject: "sub-pengamat",
    });
    const listed = async (who: Who | Officer) => {
      const { status, body } = await office.admin(who, "GET", "requests");
      expect(JSON.stringify(body)).not.toContain("sub-");
      return status === 200 ? body.items.map(({ id, own }: any) => [id, own]) : status;
    };
    expect(await listed("admin")).toEqual([[head.id, true]]);
    expect(await listed(cityToo)).toEqual([[head.id, false]]);
    expect((await listed(second)).sort()).toEqual(
      [
        [head.id, false],
        [seer.id, false],
      ].sort(),
    );
    expect(await listed(elsewhere)).toEqual([]);
    for (const who of ["mayor", "head", "liaison", "worker", "observer", "auditor"] as const)
      expect(await listed(who)).toBe(403);
    const shown = await office.admin(cityToo, "GET", `requests/${head.id}`, undefined, {
      "accept-language": "en",
    });
    expect(shown.body.request).toMatchObject({
      text: "appointment to a role with power over secrets",
      wanted: newHead,
    });
    expect((await office.admin("admin", "GET", `requests/${seer.id}`)).status).toBe(404);
  });

  test("the list comes in pages, and a cursor that is none is refused", async () => {
    const office = aCareful();
    for (let each = 0; each < 60; each++)
      await office.ask("admin", officerPath(`kepala-${each}`), {
        ...newHead,
        email: `kepala-${each}@x.example`,
      });
    const first = (await office.admin("admin", "GET", "requests")).body;
    const rest = (await office.admin("admin", "GET", `requests?cursor=${first.cursor}`)).body;
    expect([first.items.length, rest.items.length, rest.cursor]).toEqual([50, 10, null]);
    const ids = [...first.items, ...rest.items].map(({ id }: any) => id);
    expect(new Set(ids).size).toBe(60);
    expect((await office.admin("admin", "GET", "requests?cursor=abc")).status).toBe(400);
  });

  test("the history of an officer tells who asked, who refused and who confirmed, without an address, and proves itself", async () => {
    const office = aCareful();
    const at = officerPath(staff.head.id);
    const moved = asThey("head", { email: "baru@x.example" });
    await office.refuse(second, await office.ask("admin", at, moved), "Belum ditanyakan.");
    await office.withdraw("admin", await office.ask("admin", at, moved));
    await office.confirm(cityToo, await office.ask("admin", at, moved));
    const { body } = await office.admin("admin", "GET", `${at}/history`);
    expect(body.flaws).toEqual([]);
    expect(body.items.map(({ text, by }: any) => [text, by.officerId]).slice(1)).toEqual([
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat e-mail", staff.admin.id],
      ["Permohonan ditolak", second.id],
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat e-mail", staff.admin.id],
      ["Permohonan ditarik kembali", staff.admin.id],
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat e-mail", staff.admin.id],
      ["Diubah: alamat e-mail, akun (disetujui dua orang)", cityToo.id],
    ]);
    expect(body.items.at(-1).request.askedBy.officerId).toBe(staff.admin.id);
    expect(JSON.stringify(body)).not.toContain("baru@x.example");
    expect(office.accounts.enabled.get("account-of-baru@x.example")).toBe(true);
  });
});
