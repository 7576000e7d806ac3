import { describe, expect, test } from "vitest";
import { mayStandIn } from "../../shared/case/moves/deputies/deputy.ts";
import { type Officer, officerRole } from "../../shared/directory/directory.ts";
import { changed } from "../../shared/directory/entry-history.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { staff, type Who } from "../fakes/staff.ts";

const city = "pemkot-balikpapan";
const department = "balikpapan-dinas-pu";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const [from, until] = ["2026-12-01", "2026-12-11"];
const addressees = (mails: readonly Mail[]) => mails.map(({ to }) => to).sort();
const fieldsOf = ({ body }: { body: any }) => body.errors?.map(({ path }: any) => path);
const colleague = anOfficer("unit-officer", department, {
  id: "rekan-kerja",
  email: "rekan@dinas.example",
  subject: "subject-of-rekan-kerja",
});
/** Works at the city, above the department. */
const above = anOfficer("liaison-officer", city);
const second = anOfficer("agency-admin", city, {
  id: "admin-kedua",
  email: "admin2@kota.example",
  subject: "subject-of-admin-kedua",
});

/** An office on Tuesday, 24 November 2026, at nine, with a mail room on the same clock. */
function atWork(more: Officer[] = []) {
  const people = [...Object.values(staff), colleague, above, second, ...more];
  const office = anOffice("2026-11-24T09:00:00+08:00", { people });
  const room = aMailRoom(office);
  const at = (local: string) => {
    office.at(`${local}:00+08:00`);
    room.at(`${local}:00+08:00`);
  };
  at("2026-11-24T09:00");
  return {
    office,
    room,
    at,
    away: (who: Who | Officer, deputy: Officer, dates: object = {}) =>
      office.ofMine(who, "PUT", "absence", { deputyId: deputy.id, from, until, ...dates }),
    me: async (who: Who | Officer) => (await office.asks(who, "/v1/officer/me")).body,
    /** Sends what waits about absences. Returns the mails. */
    async told(): Promise<Mail[]> {
      const before = room.mailer.sent.length;
      for (const message of office.mails.messages.splice(0)) await room.send(message);
      return room.mailer.sent.slice(before);
    },
    /** A case at the department, of which nobody has to be told any more. */
    async aCase() {
      const found = await office.submit();
      await found.as("admin", "verification");
      await room.forget([found.number]);
      return found;
    },
  };
}

describe("an officer who will be away", () => {
  test("The officer names a deputy for a time, and both read it of themselves", async () => {
    const { away, at, me } = atWork();
    expect(await me("worker")).toMatchObject({ absence: null, standsInFor: [] });
    const { status, body } = await away("worker", colleague);
    expect([status, body]).toEqual([
      200,
      { absence: { deputy: { id: colleague.id, name: colleague.name }, from, until }, standsInFor: [] },
    ]);
    expect((await me("worker")).absence).toEqual(body.absence);
    expect((await me(colleague)).standsInFor).toEqual([]);
    at("2026-12-01T00:00");
    expect((await me(colleague)).standsInFor).toEqual([
      {
        officer: { id: staff.worker.id, name: staff.worker.name },
        role: "unit-officer",
        agency: { id: department, name: "Dinas Pekerjaan Umum Kota Balikpapan" },
        from,
        until,
      },
    ]);
    at("2026-12-11T23:59");
    expect((await me(colleague)).standsInFor).toHaveLength(1);
    at("2026-12-12T00:00");
    expect(await me(colleague)).toMatchObject({ standsInFor: [] });
    expect(await me("worker")).toMatchObject({ absence: null });
  });

  test("The deputy is told at once, with the dates in words; whoever named them is not", async () => {
    const { away, told } = atWork();
    await away("worker", colleague);
    const mails = await told();
    expect(addressees(mails)).toEqual([colleague.email]);
    expect(mails[0]?.text).toContain("Anda ditunjuk mewakili");
    expect(mails[0]?.text).toContain("Selasa, 1 Desember 2026, WITA");
    expect(mails[0]?.text).toContain("Jumat, 11 Desember 2026, WITA");
    expect(mails[0]?.text).toContain(staff.worker.name);
    expect(mails[0]?.subject).not.toContain("Contoh");
    // The same request again changes nothing and mails nobody.
    expect((await away("worker", colleague)).status).toBe(200);
    expect(await told()).toEqual([]);
    expect(await away("worker", colleague, { until: "2026-12-14" })).toMatchObject({ status: 200 });
    expect(addressees(await told())).toEqual([colleague.email]);
  });

  test("Another deputy takes over, and the former one is told", async () => {
    const { away, told, at, me } = atWork();
    await away("worker", colleague);
    await told();
    await away("worker", staff.liaison);
    const mails = await told();
    expect(addressees(mails)).toEqual([staff.liaison.email, colleague.email].sort());
    expect(mails.find(({ to }) => to === colleague.email)?.text).toContain("Anda tidak lagi mewakili");
    at("2026-12-02T09:00");
    expect([(await me(colleague)).standsInFor, (await me("liaison")).standsInFor.length]).toEqual([[], 1]);
  });

  test("The absence is ended before its time, also twice, and the deputy is told once", async () => {
    const { away, office, told, at, me } = atWork();
    await away("worker", colleague);
    await told();
    at("2026-12-02T09:00");
    for (let times = 0; times < 2; times++) {
      const { status, body } = await office.ofMine("worker", "DELETE", "absence");
      expect([status, body]).toEqual([200, { absence: null, standsInFor: [] }]);
    }
    const mails = await told();
    expect(addressees(mails)).toEqual([colleague.email]);
    expect(mails[0]?.text).toContain("Anda tidak lagi mewakili");
    expect((await me(colleague)).standsInFor).toEqual([]);
  });

  test("Nobody floods a colleague: ten times in a day a deputy is named, and the absence still ends at any time", async () => {
    const { office, away, told, at } = atWork();
    for (let n = 0; n < 10; n++) {
      expect((await away("worker", colleague)).status).toBe(200);
      expect((await office.ofMine("worker", "DELETE", "absence")).status).toBe(200);
    }
    await told();
    const refused = await away("worker", colleague);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, String(24 * 3600)]);
    expect(await told()).toEqual([]);
    expect((await away(colleague, staff.worker)).status).toBe(200);
    expect((await office.ofMine(colleague, "DELETE", "absence")).status).toBe(200);
    at("2026-11-25T09:00");
    expect((await away("worker", colleague)).status).toBe(200);
    expect((await away("worker", colleague)).status).toBe(200);
    expect((await office.ofMine("worker", "DELETE", "absence")).status).toBe(200);
  });

  test("It stands in the history of the officer's entry, who named whom and until when", async () => {
    const { away, office } = atWork();
    await away("worker", colleague);
    await office.ofMine("worker", "DELETE", "absence");
    const { body } = await office.admin("admin", "GET", `officers/${staff.worker.id}/history`);
    expect(body.flaws).toEqual([]);
    const [named, ended] = body.items.slice(-2);
    expect(named).toMatchObject({ type: "changed", by: { officerId: staff.worker.id } });
    expect(named.text).toBe("Diubah: wakil, mulai tidak di tempat, tidak di tempat sampai");
    expect(named.changes).toContainEqual({ field: "deputyId", to: colleague.id });
    expect(ended.changes).toContainEqual({ field: "absentUntil", from: until });
  });

  test.each<[string, string[], object]>([
    ["ends before it begins", ["until"], { until: "2026-11-30" }],
    ["begins in the past", ["from"], { from: "2026-11-23" }],
    ["is past already", ["from", "until"], { from: "2026-11-20", until: "2026-11-23" }],
    ["is longer than 92 days", ["until"], { until: "2027-03-03" }],
    ["names a day that is none", ["until"], { until: "2026-11-31" }],
    ["names nobody", ["deputyId"], { deputyId: undefined }],
    ["names themselves", ["deputyId"], { deputyId: staff.worker.id }],
    ["names a stranger", ["deputyId"], { deputyId: "tidak-ada" }],
    ["names an officer of another city", ["deputyId"], { deputyId: staff.elsewhere.id }],
    ["names an officer of a unit below", ["deputyId"], { deputyId: staff.roads.id }],
    ["names an officer whose role does less", ["deputyId"], { deputyId: staff.head.id }],
    ["names the auditor", ["deputyId"], { deputyId: staff.auditor.id }],
    ["says more than it should", ["reason"], { reason: "sakit" }],
  ])("What %s is refused by its field, and nothing is stored", async (_what, fields, change) => {
    const { away, me } = atWork();
    const answer = await away("worker", colleague, change);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
    expect((await me("worker")).absence).toBeNull();
  });

  test("An absence of exactly 92 days is taken, and one that runs is made longer with the same first day", async () => {
    const { away, at } = atWork();
    expect((await away("worker", colleague, { until: "2027-03-02" })).status).toBe(200);
    at("2026-12-09T09:00");
    expect((await away("worker", colleague, { until: "2027-01-15" })).status).toBe(200);
    expect((await away("worker", colleague, { from: "2026-12-02" })).status).toBe(400);
  });

  test("Somebody who is away in that time becomes no deputy", async () => {
    const { away } = atWork();
    await away(colleague, staff.liaison, { from: "2026-12-11", until: "2026-12-20" });
    expect(fieldsOf(await away("worker", colleague))).toEqual(["deputyId"]);
    expect((await away("worker", colleague, { until: "2026-12-10" })).status).toBe(200);
  });

  test.each(["observer", "auditor"] as const)("The %s has nothing to hand over", async (who) => {
    const { away } = atWork();
    expect((await away(who, colleague)).status).toBe(403);
  });

  test("The roles that may stand in for a role are those that may make its moves", () => {
    expect(
      Object.fromEntries(
        officerRole.options.map((absent) => [
          absent,
          officerRole.options.filter((role) => mayStandIn(role, absent)),
        ]),
      ),
    ).toEqual({
      "national-admin": ["national-admin"],
      "agency-admin": ["agency-admin"],
      "liaison-officer": ["agency-admin", "liaison-officer"],
      "unit-officer": ["agency-admin", "liaison-officer", "unit-officer"],
      "agency-head": ["agency-admin", "liaison-officer", "agency-head"],
      "ombudsman-observer": [],
      auditor: [],
    });
  });
});

describe("an administrator", () => {
  const path = (id: string) => `officers/${id}/absence`;
  const body = (deputy: Officer) => ({ deputyId: deputy.id, from, until });

  test("The administrator names a deputy for a sick officer, and both are told", async () => {
    const { office, told, me } = atWork();
    const answer = await office.admin("admin", "PUT", path(staff.worker.id), body(colleague));
    expect([answer.status, answer.body.absence.deputy.id]).toEqual([200, colleague.id]);
    const mails = await told();
    expect(addressees(mails)).toEqual([staff.worker.email, colleague.email].sort());
    expect((await me("worker")).absence).toMatchObject({ from, until });
    const ended = await office.admin("admin", "DELETE", path(staff.worker.id));
    expect([ended.status, ended.body.absence]).toEqual([200, null]);
    expect(addressees(await told())).toEqual([staff.worker.email, colleague.email].sort());
    const { body: history } = await office.admin("admin", "GET", `officers/${staff.worker.id}/history`);
    expect(history.items.at(-1).by.officerId).toBe(staff.admin.id);
  });

  test("Nobody else does, and not for officers elsewhere, unknown or dismissed", async () => {
    const { office } = atWork();
    const asked = async (who: Who, id: string) =>
      (await office.admin(who, "PUT", path(id), body(colleague))).status;
    expect(await asked("liaison", staff.worker.id)).toBe(403);
    expect(await asked("head", staff.worker.id)).toBe(403);
    expect(await asked("admin", staff.elsewhere.id)).toBe(404);
    expect(await asked("admin", "tidak-ada")).toBe(404);
    expect(await asked("admin", staff.national.id)).toBe(404);
    await office.admin("admin", "POST", `officers/${staff.worker.id}/dismissal`, { reason: "Pindah tugas." });
    expect(await asked("admin", staff.worker.id)).toBe(409);
  });

  test("An administrator does not make themselves the deputy of a head", async () => {
    const { office } = atWork();
    const refused = await office.admin("admin", "PUT", path(staff.mayor.id), body(staff.admin));
    expect([refused.status, fieldsOf(refused)]).toEqual([400, ["deputyId"]]);
    expect((await office.admin("admin", "PUT", path(staff.mayor.id), body(second))).status).toBe(200);
  });

  test("A change of the officer keeps the absence, and a dismissal ends it", async () => {
    const { office, away, at, me } = atWork();
    await away("worker", colleague);
    const { role, agencyId, email } = staff.worker;
    const changed = { name: "Contoh Nama Baru", email, role, agencyId };
    await office.admin("admin", "PUT", `officers/${staff.worker.id}`, changed);
    at("2026-12-02T09:00");
    expect((await me("worker")).absence).toMatchObject({ from, until });
    expect((await me(colleague)).standsInFor[0].officer.name).toBe("Contoh Nama Baru");
    await office.admin("admin", "POST", `officers/${staff.worker.id}/dismissal`, { reason: "Pindah tugas." });
    expect((await me(colleague)).standsInFor).toEqual([]);
    await office.admin("admin", "PUT", `officers/${staff.worker.id}`, changed);
    expect(await office.directory.officer(staff.worker.id)).not.toHaveProperty("deputyId");
  });
});

/** The reporter replies to a question. Whoever works on the case is told. */
async function replied(
  { room }: ReturnType<typeof atWork>,
  found: { number: string; as: any; reporter: any },
) {
  await found.as("liaison", "question", { text });
  await room.forget([found.number]);
  await found.reporter("replies", { text: `Jawaban ${room.mailer.sent.length}` });
  return addressees(await room.deliver(found.number));
}

describe("while an officer is away", () => {
  const team = [staff.liaison.email, staff.worker.email, colleague.email].sort();

  test("What the officer is told their deputy is told as well, from the first day to the last", async () => {
    const work = atWork();
    const found = await work.aCase();
    await work.away("worker", above);
    work.at("2026-11-30T23:20");
    expect(await replied(work, found)).toEqual(team);
    work.at("2026-12-01T00:10");
    expect(await replied(work, found)).toEqual([...team, above.email].sort());
    work.at("2026-12-11T23:20");
    expect(await replied(work, found)).toEqual([...team, above.email].sort());
    work.at("2026-12-12T00:10");
    expect(await replied(work, found)).toEqual(team);
  });

  test("The deputy of an administrator who reads the mailbox of the agency is told of new reports, which go there", async () => {
    const mailbox = "dinas-pu@balikpapan.example";
    const reader = anOfficer("agency-admin", department, { email: mailbox });
    const { office, room, away } = atWork([reader]);
    await away(reader, second, { from: "2026-11-24" });
    const { number } = await office.submit();
    expect(addressees(await room.deliver(number))).toEqual([second.email, mailbox].sort());
  });

  test("Where the deputy cannot, and the agency has no administrator, the nearest above who is there is told", async () => {
    const work = atWork();
    const { office, away } = work;
    const found = await work.aCase();
    await away("worker", colleague);
    await office.admin("national", "POST", `officers/${colleague.id}/dismissal`, { reason: text });
    await away("admin", second);
    work.at("2026-12-02T09:00");
    const left = team.filter((one) => one !== colleague.email);
    expect(await replied(work, found)).toEqual([...left, second.email].sort());
  });

  test("Somebody with several posts acts in the one in which they are a deputy", async () => {
    const { office, aCase, away } = atWork();
    const other = anOfficer("liaison-officer", city, { id: "z-second-post", subject: colleague.subject });
    const act = {
      type: "invited",
      by: { role: "system" },
      at: new Date(0),
      sharesWith: [colleague.id],
    } as const;
    expect(await office.directory.record(undefined, changed("officer", undefined, other, act)!)).toBe(
      "recorded",
    );
    const { number, as, reporter } = await aCase();
    await as("worker", "answer", { text });
    await reporter("confirmation", { stars: 1 });
    const refused = await as(colleague, "answer", { text });
    expect([refused.status, refused.body.currentStatus]).toEqual([409, "in-progress"]);
    expect((await away("head", other, { from: "2026-11-24" })).status).toBe(200);
    expect((await as(colleague, "answer", { text })).status).toBe(200);
    const { events } = (await office.cases.find(number))!;
    expect(events.at(-1)).toMatchObject({ type: "answered", officerId: other.id });
    const again = await as(colleague, "answer", { text: `${text} Selesai.` });
    expect([again.status, again.body.currentStatus]).toEqual([409, "answered"]);
  });

  test("Whoever archived a case in one post is not offered in another to decide on the objection", async () => {
    const { office } = atWork();
    const post = anOfficer("agency-admin", department, { id: "z-second-post", subject: second.subject });
    const act = {
      type: "invited",
      by: { role: "system" },
      at: new Date(0),
      sharesWith: [second.id],
    } as const;
    await office.directory.record(undefined, changed("officer", undefined, post, act)!);
    const { as, reporter } = await office.submit();
    const inPost = { "officer-post": post.id };
    await as(post, "verification", {}, inPost);
    const archived = await as(post, "archival", { reason: "not-public-service", text }, inPost);
    expect(archived.status).toBe(200);
    expect((await reporter("objection", { text })).status).toBe(200);
    const noted = await as(second, "notes", { text }, { "officer-post": second.id });
    expect([noted.status, noted.body.legalMoves.includes("uphold")]).toEqual([200, false]);
    expect((await as(second, "upholding", { text })).status).toBe(403);
  });

  test("A deputy who did it themselves is not told of it", async () => {
    const { aCase, away, at, room } = atWork();
    const { number, as } = await aCase();
    await away("worker", above);
    at("2026-12-02T09:00");
    await as(above, "assignment", { agencyId: "balikpapan-uptd-jalan" });
    await as("roads", "return", { reason: text });
    await as(above, "assignment", { agencyId: department, note: text });
    await room.forget([number]);
    expect((await as("mayor", "progress", { text })).status).toBe(200);
    await as(above, "assignment", { agencyId: department, note: `${text} Segera.` });
    expect(addressees(await room.deliver(number))).not.toContain(above.email);
  });

  test("Alerts come to the deputy as well, in one digest", async () => {
    const { aCase, away, at, room } = atWork();
    const found = await aCase();
    await away("worker", above, { from: "2026-11-25" });
    at("2026-11-26T08:00");
    await room.sweep("2026-11-26T08:00:00+08:00");
    const mails = await room.flush("2026-11-26T08:05:00+08:00");
    expect(addressees(mails)).toEqual([...team, above.email].sort());
    expect(mails.every(({ text }) => text.includes(found.number))).toBe(true);
  });

  test("The deputy's own list and counts hold the work of the officer's agency, for that time", async () => {
    const { office, aCase, away, at } = atWork();
    const { number } = await aCase();
    await away("worker", above);
    const seen = async () => {
      const [{ body: list }, { body: counts }] = await Promise.all([
        office.asks(above, "/v1/officer/cases", { queue: "assigned" }),
        office.asks(above, "/v1/officer/counts"),
      ]);
      return [
        list.items.map(({ trackingNumber }: any) => trackingNumber),
        counts.items.map(({ agency }: any) => agency.id),
        counts.total.counts.assigned,
      ];
    };
    expect(await seen()).toEqual([[], [city], 0]);
    at("2026-12-01T08:00");
    expect(await seen()).toEqual([[number], [city, department], 1]);
    const named = await office.asks(above, "/v1/officer/counts", { agency: city });
    expect(named.body.items).toHaveLength(1);
    at("2026-12-12T08:00");
    expect(await seen()).toEqual([[], [city], 0]);
  });

  test("The deputy of a head decides on a reopened case, in their own name and for that time only", async () => {
    const { aCase, away, at, office } = atWork();
    const { number, as, reporter } = await aCase();
    await as("worker", "answer", { text });
    await reporter("confirmation", { stars: 1 });
    await away("head", staff.liaison);
    const shown = async (who: Who) =>
      (await office.asks(who, `/v1/officer/cases/${number}`)).body.legalMoves as string[];
    expect((await as("liaison", "answer", { text })).status).toBe(409);
    expect(await shown("liaison")).not.toContain("answer");
    at("2026-12-01T09:00");
    expect(await shown("liaison")).toContain("answer");
    expect(await shown("worker")).not.toContain("answer");
    expect((await as("worker", "answer", { text })).status).toBe(409);
    const { status, body } = await as("liaison", "progress", { text });
    expect([status, body.legalMoves.includes("answer")]).toEqual([200, true]);
    expect((await as("liaison", "answer", { text: `${text} Selesai.` })).status).toBe(200);
    const { events } = (await office.cases.find(number))!;
    expect(events.at(-1)).toMatchObject({
      type: "answered",
      by: { role: "liaison-officer", agencyId: department },
      officerId: staff.liaison.id,
    });
    await reporter("confirmation", { stars: 1 });
    at("2026-12-12T09:00");
    expect((await as("liaison", "answer", { text })).status).toBe(409);
  });

  test("No deputy opens who reported a case, nor an original", async () => {
    const { aCase, away, at, office } = atWork();
    const { number, openIdentity } = await aCase();
    await away("head", staff.liaison);
    at("2026-12-01T09:00");
    expect((await openIdentity("liaison", "Perlu menghubungi pelapor.")).status).toBe(403);
    const { legalMoves } = (await office.asks("liaison", `/v1/officer/cases/${number}`)).body;
    expect(legalMoves).not.toContain("open-identity");
    expect(legalMoves).not.toContain("open-original");
  });

  test.each<[string, (work: ReturnType<typeof atWork>) => Promise<unknown>]>([
    [
      "was dismissed",
      ({ office }) => office.admin("admin", "POST", `officers/${above.id}/dismissal`, { reason: "Pindah." }),
    ],
    [
      "works elsewhere now",
      ({ office }) =>
        office.directory.put("officer", { ...above, agencyId: "balikpapan-uptd-jalan" }, { overwrite: true }),
    ],
    [
      "has another role now",
      ({ office }) => office.directory.put("officer", { ...above, role: "agency-head" }, { overwrite: true }),
    ],
    ["is away as well", ({ away }) => away(above, second, { until: "2026-12-05" })],
  ])(
    "Where the deputy %s, the administrators of the agency are told, and nobody stands in",
    async (_what, happens) => {
      const own = anOfficer("agency-admin", department);
      const work = atWork([own]);
      const found = await work.aCase();
      await work.away("worker", above);
      expect(await happens(work)).not.toMatchObject({ status: 400 });
      work.at("2026-12-02T09:00");
      const told = await replied(work, found);
      expect(told).toEqual([...team, own.email].sort());
      const { body } = await work.office.asks(second, "/v1/officer/me");
      expect(body.standsInFor.map(({ officer }: any) => officer.id)).not.toContain(staff.worker.id);
    },
  );

  test("Somebody who stands in for another reads so when they name a deputy themselves", async () => {
    const { away, at } = atWork();
    await away("worker", colleague);
    at("2026-12-02T09:00");
    const { status, body } = await away(colleague, staff.liaison, { from: "2026-12-02" });
    expect(status).toBe(200);
    expect(body.absence.deputy.id).toBe(staff.liaison.id);
    expect(body.standsInFor).toEqual([]);
  });
});

describe("two people", () => {
  test.each(["asker", "confirmer"])(
    "An administrator and their deputy count as one person, whichever of them is the %s",
    async (absent) => {
      const { office, away } = atWork();
      await away(...((absent === "asker" ? ["admin", second] : [second, staff.admin]) as ["admin", Officer]));
      const { role, agencyId, name, subject: _, id, mails: _m } = staff.head;
      const wanted = { name, role, agencyId, email: "lain@balikpapan.example" };
      const asked = await office.admin("admin", "PUT", `officers/${id}`, wanted);
      expect(asked.status).toBe(202);
      const confirmed = await office.admin(
        second,
        "POST",
        `requests/${asked.body.request.id}/confirmation`,
        {},
      );
      expect([confirmed.status, confirmed.body.detail]).toEqual([
        403,
        expect.stringContaining("dihitung sebagai satu orang"),
      ]);
    },
  );
});
