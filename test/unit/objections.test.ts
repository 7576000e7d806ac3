import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import { refusalOfObjection } from "../../shared/case/moves/objection/objection.ts";
import { keepUntil } from "../../shared/case/moves/retention.ts";
import { nationalCalendar } from "../../shared/deadline/calendar/calendar.ts";
import {
  allPolicies,
  basisIn,
  limitOf,
  policyVersion,
  shippedPolicies,
} from "../../shared/deadline/policy.ts";
import { changed } from "../../shared/directory/entry-history.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

const text = "Pasar ini milik kota, jadi ini pelayanan publik.";
const because = "Alasan pengarsipan sudah diperiksa kembali.";
const email = "warga@contoh.example";
const [city, department, ministry] = ["pemkot-balikpapan", "balikpapan-dinas-pu", "kemenpanrb"];
const clerk = anOfficer("agency-admin", department);
const second = anOfficer("national-admin", ministry, {
  id: "second-national-admin",
  subject: "subject-of-second-national-admin",
  email: "second@kemenpanrb.example",
});
const ofSamarinda = anOfficer("agency-admin", "pemkot-samarinda");
const everybody = [...Object.values(staff), clerk, second, ofSamarinda];
const archival = { reason: "not-public-service", text: "Bukan pelayanan publik." };

/** Submits a report to the department on Tuesday, 24 November 2026. */
async function aReport(change: object = {}, at = "2026-11-24T09:00:00+08:00", people = everybody) {
  const office = anOffice(at, { people });
  const found = await office.submit({ reporter: { email }, ...change });
  const state = async () => {
    const now = await office.cases.get(found.number);
    if (!now) throw new Error("The case is gone");
    return now;
  };
  const types = async () => (await office.cases.find(found.number))?.events.map(({ type }) => type) ?? [];
  const object = () => found.reporter("objection", { text });
  return { ...found, office, state, types, object };
}

/** The same, verified and in work, then archived by the administrator of the department. */
async function archivedByDepartment(change: object = {}) {
  const found = await aReport(change);
  await found.as(clerk, "verification");
  expect((await found.as(clerk, "archival", archival)).status).toBe(200);
  return found;
}

describe("an objection to an archival", () => {
  test("goes to the level above whoever archived the case, which restores it to where it was", async () => {
    const { office, as, object, state, seenBy } = await archivedByDepartment();
    office.at("2026-11-27T09:00:00+08:00");
    const objected = await object();
    expect([
      objected.status,
      objected.body.status,
      objected.body.statusText,
      objected.body.agency.id,
    ]).toEqual([200, "archived", "Diarsipkan, keberatan menunggu putusan", city]);
    expect((await seenBy("mayor")).body.legalMoves).toEqual(["note", "withhold", "restore", "uphold"]);
    office.at("2026-12-01T09:00:00+08:00");
    const granted = await as("mayor", "restoration", { text: because });
    expect([granted.status, granted.body.status, granted.body.agency.id]).toEqual([
      200,
      "assigned",
      department,
    ]);
    const { archiveReason, objection, objectUntil, clocks } = await state();
    expect([archiveReason, objection, objectUntil]).toEqual([undefined, undefined, undefined]);
    // The days in the archive do not count, as after any restoration.
    expect(clocks.map(({ name, due, outcome }) => [name, outcome ?? due])).toEqual([
      ["verification", "met"],
      ["response", "2026-12-07"],
      ["completion", "2026-12-18"],
      ["objection-decision", "met"],
    ]);
  });

  test("that is refused is final: the reporter reads why and is shown the way to the Ombudsman, and the case is back where it was", async () => {
    const { as, object, reporter, seenByReporter } = await archivedByDepartment();
    await object();
    const upheld = await as("admin", "upholding", { text: because });
    expect([upheld.status, upheld.body.status, upheld.body.agency.id]).toEqual([200, "archived", department]);
    const { body } = await seenByReporter();
    expect([body.statusText, body.objection.state, body.archiveReason]).toEqual([
      "Diarsipkan",
      "refused",
      "not-public-service",
    ]);
    expect(body.objection.text).toContain("Ombudsman Republik Indonesia");
    expect(body.timeline.at(-1)).toMatchObject({
      type: "upheld",
      text: `Keberatan ditolak: laporan tetap diarsipkan di Dinas Pekerjaan Umum Kota Balikpapan`,
      content: { text: because },
    });
    const again = await reporter("objection", { text: "Sekali lagi, ini pelayanan publik." });
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining("final")]);
    expect((await as("national", "restoration", { text: because })).body.status).toBe("assigned");
  });

  test("is out of reach of whoever archived the case, until it is decided", async () => {
    const { as, object, seenByPublic } = await archivedByDepartment();
    await object();
    for (const path of ["upholding", "restoration"])
      expect((await as(clerk, path, { text: because })).status).toBe(404);
    expect((await as("worker", "upholding", { text: because })).status).toBe(404);
    expect((await as("liaison", "upholding", { text: because })).status).toBe(404);
    for (const who of ["observer", "auditor"] as const)
      expect([who, (await as(who, "upholding", { text: because })).status]).toEqual([
        who,
        who === "observer" ? 409 : 403,
      ]);
    expect((await as("elsewhere", "upholding", { text: because })).status).toBe(404);
    await as("mayor", "upholding", { text: because });
    expect((await seenByPublic()).body.agency.id).toBe(department);
  });

  test("to an archival of an agency that has none above it goes to the national administrators", async () => {
    const { as, object } = await aReport();
    await as("admin", "archival", archival);
    expect((await object()).body.agency.id).toBe(ministry);
    // Nobody has accepted the report, so the agency that it names still reads it. Its archiver does not decide.
    expect((await as("admin", "upholding", { text: because })).status).toBe(403);
    expect((await as("observer", "upholding", { text: because })).status).toBe(409);
    expect((await as("national", "restoration", { text: because })).body.status).toBe("submitted");
  });

  test("to a report that nobody has accepted is not decided by another officer of the agency that archived it", async () => {
    const colleague = anOfficer("agency-admin", city, { id: "colleague", subject: "subject-of-colleague" });
    const { as, object, seenBy } = await aReport({}, "2026-11-24T09:00:00+08:00", [...everybody, colleague]);
    await as("admin", "archival", archival);
    expect((await object()).body.agency.id).toBe(ministry);
    for (const who of [colleague, "mayor", "head"] as const) {
      // They still read it, because the reporter named their agency or one below it.
      expect((await seenBy(who)).body.legalMoves).toEqual(["note", "withhold"]);
      for (const path of ["upholding", "restoration"]) {
        const refused = await as(who, path, { text: because });
        expect([refused.status, refused.body.detail]).toEqual([
          403,
          expect.stringContaining("tingkat di atas"),
        ]);
      }
    }
    expect((await as("national", "upholding", { text: because })).status).toBe(200);
  });

  test("is not decided, and not offered after another move either, by whoever archived the case from another post of theirs", async () => {
    const { office, as, object, seenBy } = await archivedByDepartment();
    const head = anOfficer("agency-head", city, { id: "their-other-post", subject: clerk.subject });
    const act = { type: "created", by: { role: "system" }, at: office.now() } as const;
    const change = changed("officer", undefined, head, act);
    if (!change) throw new Error("Nothing was created");
    const event = { ...change.event, sharesWith: [clerk.id] };
    expect(await office.directory.record(undefined, { ...change, event })).toBe("recorded");
    await object();
    expect((await seenBy(head)).body.legalMoves).toEqual(["note", "withhold"]);
    expect((await as(head, "notes", { text: "Sudah dibaca." })).body.legalMoves).toEqual([
      "note",
      "withhold",
    ]);
    const refused = await as(head, "upholding", { text: because }, { "officer-post": head.id });
    expect(refused.status).toBe(403);
  });

  test("to an archival of a national administrator is decided by another one, or by the Ombudsman where there is no other", async () => {
    for (const [who, path, status] of [
      [second, "upholding", "archived"],
      [second, "restoration", "assigned"],
      ["observer", "upholding", "archived"],
      ["observer", "restoration", "assigned"],
    ] as const) {
      const { as, object, seenBy } = await aReport();
      await as("admin", "verification");
      await as("national", "archival", archival);
      await object();
      expect((await seenBy("national")).body.legalMoves).toEqual(["note", "withhold"]);
      for (const own of ["upholding", "restoration"]) {
        const refused = await as("national", own, { text: because });
        expect([refused.status, refused.body.detail, refused.body.legalMoves]).toEqual([
          403,
          expect.stringContaining("Anda yang mengarsipkan"),
          ["note", "withhold"],
        ]);
      }
      expect((await as("mayor", path, { text: because })).status).toBe(404);
      const decided = await as(who, path, { text: because });
      expect([decided.status, decided.body.status]).toEqual([200, status]);
    }
  });

  test("waits in the queue of the agency that decides, by the date of the decision, and in no other", async () => {
    const { office, object, number } = await archivedByDepartment();
    const queue = async (who: "admin" | "worker") =>
      (await office.queue(who, { queue: "verification" })).body.items.map((one: any) => one.trackingNumber);
    expect([await queue("admin"), await queue("worker")]).toEqual([[], []]);
    await object();
    expect([await queue("admin"), await queue("worker")]).toEqual([[number], []]);
    office.at("2026-11-30T09:00:00+08:00");
    expect((await office.queue("admin", { queue: "due-soon" })).body.items).toHaveLength(1);
    expect((await office.counts("admin", {})).body.items[0].counts).toMatchObject({
      verification: 1,
      "due-soon": 1,
    });
  });

  test("has to be decided in five working days, and the ladder of alerts tells who is late", async () => {
    const { office, object, number, seenByReporter } = await archivedByDepartment();
    const objected = await object();
    const [clock] = objected.body.clocks.filter((one: any) => one.clock === "objection-decision");
    expect(clock).toMatchObject({
      name: "Keputusan atas keberatan",
      dueDate: "2026-12-01",
      workingDays: 5,
      explanation: { certainty: "own-choice" },
    });
    expect((await seenByReporter()).body.objection).toMatchObject({
      state: "pending",
      until: "2026-12-01T23:59:59.999+08:00",
      text: expect.stringMatching(/Pemerintah Kota Balikpapan.*Selasa, 1 Desember 2026, WITA/),
    });
    const room = aMailRoom(office);
    await room.forget([number]);
    for (const day of ["11-26", "11-30", "12-01", "12-02", "12-08"]) {
      office.at(`2026-${day}T08:00:00+08:00`);
      await room.sweep(`2026-${day}T08:00:00+08:00`);
    }
    const told = (await office.cases.find(number))?.events.flatMap((event) =>
      event.type === "warned" ? event.content.alerts.map(({ stage }) => stage) : [],
    );
    expect(told).toEqual(["due-in-3-days", "due-tomorrow", "due-today", "overdue", "long-overdue"]);
    const mails = await room.flush("2026-12-08T12:00:00+08:00");
    expect(mails.map(({ to }) => to).sort()).toContain("agency-head@pemkot-balikpapan.example");
    expect(JSON.stringify(mails)).not.toContain(clerk.email);
  });

  test("is made once: the same request is a second click, and another one is refused", async () => {
    const { object, reporter, types } = await archivedByDepartment();
    await object();
    expect((await object()).status).toBe(200);
    const other = await reporter("objection", { text: "Masih keberatan." });
    expect([other.status, other.body.currentStatus, other.body.legalMoves.includes("object")]).toEqual([
      409,
      "archived",
      false,
    ]);
    expect((await types()).filter((type) => type === "objected")).toHaveLength(1);
  });

  test("is decided once: whoever comes second is told what came first", async () => {
    const { as, object, office } = await aReport();
    await as("admin", "verification");
    await as("national", "archival", archival);
    await object();
    const { append } = office.cases;
    office.cases.append = async (before, moved) => {
      office.cases.append = append;
      await as("observer", "restoration", { text: because });
      return append(before, moved);
    };
    const late = await as(second, "upholding", { text: "Tetap diarsipkan." });
    expect([late.status, late.body.changes]).toMatchObject([409, [{ type: "objection-granted" }]]);
  });

  test("can be made anew where the case is archived anew", async () => {
    const { as, object, reporter } = await archivedByDepartment();
    await object();
    await as("mayor", "restoration", { text: because });
    await as(clerk, "archival", { ...archival, text: "Tetap bukan pelayanan publik." });
    const again = await reporter("objection", { text: "Saya keberatan lagi." });
    expect([again.status, again.body.agency.id]).toEqual([200, city]);
  });

  test("needs a reason, in words, and no field besides", async () => {
    const { reporter, as, object } = await archivedByDepartment();
    for (const body of [{}, { text: "  " }, { text: "?!" }, { text, more: 1 }])
      expect((await reporter("objection", body)).status).toBe(400);
    await object();
    for (const body of [{}, { text: "" }]) expect((await as("admin", "upholding", body)).status).toBe(400);
  });

  test("is not made with a wrong receipt, and leaves the case as it was", async () => {
    const { office, number, types } = await archivedByDepartment();
    const wrong = await office.asReporter(number, "1111-1111-1111-1111-1111", "objection", { text });
    expect([wrong.status, (await types()).at(-1)]).toEqual([404, "archived"]);
  });

  test("is not there for a case in work, answered, joined to another or withdrawn, and nobody refuses one that was not made", async () => {
    const found = await aReport();
    expect((await found.object()).status).toBe(409);
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text });
    expect((await found.object()).status).toBe(409);
    expect((await found.as("national", "upholding", { text })).status).toBe(409);
    await found.reporter("withdrawal");
    expect((await found.object()).status).toBe(409);

    const joined = await aReport();
    const first = await joined.office.submit();
    await joined.as("national", "joining", { trackingNumber: first.number });
    const refused = await joined.object();
    expect([refused.status, refused.body.legalMoves.includes("separate")]).toEqual([409, true]);
    expect((await joined.seenByReporter()).body.objection).toBeUndefined();

    const archived = await archivedByDepartment();
    expect((await archived.as("national", "upholding", { text })).status).toBe(409);
  });

  test("a case that was restored without one is restored as ever, and cannot be objected to", async () => {
    const { as, object, state } = await archivedByDepartment();
    expect((await as("national", "restoration", { text })).body.status).toBe("assigned");
    expect((await state()).objectUntil).toBeUndefined();
    expect((await object()).status).toBe(409);
  });
});

describe("the time to object", () => {
  test("is ten working days, and the reporter reads its last day in words, in the case and in the mail", async () => {
    const { office, as, number, seenByReporter } = await aReport();
    const room = aMailRoom(office);
    await room.forget([number]);
    await as(clerk, "archival", archival);
    const { body } = await seenByReporter();
    expect(body.objectUntil).toBe("2026-12-08T23:59:59.999+08:00");
    expect(body.objection).toMatchObject({
      state: "possible",
      until: body.objectUntil,
      text: expect.stringContaining("sampai Selasa, 8 Desember 2026, WITA"),
    });
    const [mail] = (await room.deliver(number)).filter(({ to }) => to === email);
    expect(mail?.text).toContain("keberatan di sana satu kali, sampai Selasa, 8 Desember 2026, WITA");
  });

  test("lasts to the end of its last day and no moment longer", async () => {
    const { office, object, seenByReporter } = await archivedByDepartment();
    office.at("2026-12-09T00:00:00+08:00");
    const late = await object();
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining("sudah lewat")]);
    expect((await seenByReporter()).body.objection).toBeUndefined();
    office.at("2026-12-08T23:59:59.999+08:00");
    expect((await object()).status).toBe(200);
  });

  test("is what its reporter was told, on whatever day the case is archived and whenever they object", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.integer({ min: -3 * 1440, max: 3 * 1440 }), async (day, minutes) => {
        const at = new Date(Date.parse("2026-01-05T01:30:00Z") + day * 24 * 3600_000);
        const { office, as, object, state, seenByReporter } = await aReport({}, at.toISOString());
        await as(clerk, "archival", archival);
        const told = Date.parse(String((await seenByReporter()).body.objectUntil));
        const when = new Date(told + minutes * 60_000);
        office.at(when.toISOString());
        const calendar = { timeZone: "Asia/Makassar", calendar: nationalCalendar() } as const;
        const refused = refusalOfObjection(await state(), { at: when, office: calendar });
        const { objection } = (await seenByReporter()).body;
        expect([refused === undefined, objection !== undefined]).toEqual([minutes <= 0, minutes <= 0]);
        expect((await object()).status).toBe(minutes <= 0 ? 200 : 409);
      }),
      { numRuns: 30 },
    );
  });

  test("is a limit of the policy, with a basis that says that it is our own, in every version", () => {
    for (const policy of shippedPolicies)
      for (const clock of ["objection", "objection-decision"] as const) {
        const limit = limitOf(policy, clock, {
          class: "complaint",
          supervised: false,
          formal: false,
          agencyPath: [],
        });
        expect([limit.days, limit.certainty]).toEqual([clock === "objection" ? 10 : 5, "own-choice"]);
        expect(basisIn(limit.legalBasis, "id")).toContain("aturan sendiri");
      }
  });

  test("is longer where an administrator sets so, also for one agency, and a policy that says nothing of it still holds", async () => {
    const { office } = await aReport();
    const before = shippedPolicies[0]!.limits.filter(({ clock }) => !clock.startsWith("objection"));
    const stored = policyVersion.parse({ version: 3, effectiveFrom: "2026-11-24", limits: before });
    expect(allPolicies([stored]).map(({ version }) => version)).toEqual([1, 2, 3]);
    const put = (limits: object[]) =>
      office.admin("national", "PUT", "policies", { effectiveFrom: "2026-11-25", limits });
    expect((await put(before)).status).toBe(200);
    office.at("2026-11-25T09:00:00+08:00");
    const untilOf = async () => {
      const found = await office.submit();
      await found.as(clerk, "archival", archival);
      return (await found.seenByReporter()).body.objectUntil;
    };
    expect(await untilOf()).toBe("2026-12-09T23:59:59.999+08:00");
    const own = {
      clock: "objection",
      days: 3,
      unit: "working-days",
      legalBasis: "Contoh",
      certainty: "own-choice",
    };
    expect((await put([...before, { ...own, agencyId: department }])).status).toBe(200);
    expect(await untilOf()).toBe("2026-11-30T23:59:59.999+08:00");
  });

  test("of a case that was archived before there were objections is counted from its archival", async () => {
    const { office, state, seenByReporter, object, as, reporter } = await archivedByDepartment();
    const { objectUntil: _, ...old } = await state();
    await office.cases.restate(old);
    office.at("2026-12-08T23:00:00+08:00");
    expect((await seenByReporter()).body.objection.until).toBe("2026-12-08T23:59:59.999+08:00");
    office.at("2026-12-09T00:00:00+08:00");
    expect((await object()).status).toBe(409);
    office.at("2026-12-08T23:00:00+08:00");
    expect((await object()).status).toBe(200);
    await as("mayor", "upholding", { text: because });
    expect((await reporter("objection", { text: "Sekali lagi saya keberatan." })).status).toBe(409);
  });
});

describe("a case that lapsed, because nobody completed the file", () => {
  const lapsed = async () => {
    const found = await aReport();
    await found.as("admin", "verification");
    await found.as("worker", "question", { text: "Di dekat persimpangan mana?" });
    found.office.at("2026-12-28T08:00:00+08:00");
    await found.office.sweep();
    expect((await found.types()).at(-1)).toBe("lapsed");
    return found;
  };

  test("can be objected to like an archival, and says so", async () => {
    const { office, object, seenByReporter, as } = await lapsed();
    const { body } = await seenByReporter();
    expect([body.status, body.statusText, body.objection.state, body.objectUntil]).toEqual([
      "withdrawn",
      "Dianggap dicabut: berkas tidak dilengkapi",
      "possible",
      "2027-01-13T23:59:59.999+08:00",
    ]);
    const objected = await object();
    expect([objected.body.status, objected.body.archiveReason, objected.body.agency.id]).toEqual([
      "archived",
      "incomplete",
      city,
    ]);
    office.at("2026-12-30T09:00:00+08:00");
    const granted = await as("mayor", "restoration", { text: because });
    expect([granted.body.status, granted.body.agency.id]).toEqual(["assigned", department]);
    // Asked on the day of its verification, so no day of the limit was used.
    expect(granted.body.clocks.map(({ clock, state, dueDate }: any) => [clock, state, dueDate])).toEqual(
      expect.arrayContaining([
        ["verification", "met", "2026-11-27"],
        ["response", "running", "2027-01-07"],
        ["completion", "running", "2027-01-20"],
      ]),
    );
  });

  test("stays archived as incomplete where the objection is refused", async () => {
    const { object, as, seenByReporter } = await lapsed();
    await object();
    await as("mayor", "upholding", { text: because });
    const { body } = await seenByReporter();
    expect([body.status, body.archiveReason, body.objection.state]).toEqual([
      "archived",
      "incomplete",
      "refused",
    ]);
    expect((await object()).status).toBe(409);
  });

  test("its reporter is mailed until when they may object", async () => {
    const { office, number } = await lapsed();
    const mails = await aMailRoom(office).deliver(number);
    const mail = mails.findLast(({ to }) => to === email);
    expect(mail?.text).toContain("keberatan satu kali, sampai Rabu, 13 Januari 2027, WITA");
  });
});

describe("where an agency was closed meanwhile", () => {
  const close = async (found: Awaited<ReturnType<typeof aReport>>, id: string, successor: string) => {
    const agency = await found.office.directory.agency(id);
    const closed = { ...agency!, closedAt: "2026-11-25T00:00:00.000Z", successor };
    await found.office.directory.put("agency", closed, { overwrite: true });
  };

  test("an objection goes to the successor of the level above, and never back to the agency that archived the case", async () => {
    const found = await archivedByDepartment();
    await close(found, city, "pemkot-samarinda");
    expect((await found.object()).body.agency.id).toBe("pemkot-samarinda");
    const other = await archivedByDepartment();
    await close(other, city, department);
    expect((await other.object()).body.agency.id).toBe(ministry);
  });

  test("an objection that waits is not handed over to the agency that archived the case, but to a level above that", async () => {
    const unit = "balikpapan-uptd-jalan";
    const ofUnit = anOfficer("agency-admin", unit);
    const found = await aReport({ agencyId: unit }, "2026-11-24T09:00:00+08:00", [...everybody, ofUnit]);
    await found.as(ofUnit, "verification");
    await found.as(ofUnit, "archival", archival);
    await found.object();
    expect((await found.state()).holder).toBe(department);
    const moved = await found.office.directory.agency(unit);
    await found.office.directory.put("agency", { ...moved!, parent: city }, { overwrite: true });
    await close(found, department, unit);
    await found.office.handOvers.send([{ agencyId: department }]);
    await found.office.handOver();
    expect((await found.state()).holder).toBe(city);
    expect((await found.as("mayor", "restoration", { text: because })).body.agency.id).toBe(unit);
  });

  test("a decision gives the case to the successor of the agency that had it", async () => {
    for (const path of ["restoration", "upholding"]) {
      const found = await archivedByDepartment();
      await found.object();
      await close(found, department, "balikpapan-uptd-jalan");
      expect((await found.as("mayor", path, { text: because })).body.agency.id).toBe("balikpapan-uptd-jalan");
    }
  });
});

describe("where nobody at the level above may decide", () => {
  const unit = "balikpapan-uptd-jalan";
  const ofUnit = anOfficer("agency-admin", unit);
  const dismiss = (found: Awaited<ReturnType<typeof aReport>>, { id }: { id: string }) =>
    found.office.admin("national", "POST", `officers/${id}/dismissal`, { reason: because });

  async function archivedByUnit(people: typeof everybody) {
    const found = await aReport({ agencyId: unit }, "2026-11-24T09:00:00+08:00", [...people, ofUnit]);
    await found.as(ofUnit, "verification");
    await found.as(ofUnit, "archival", archival);
    return found;
  }

  test("an objection goes to the nearest level above that has an administrator or a head, who is mailed", async () => {
    const found = await archivedByUnit(everybody.filter(({ id }) => id !== clerk.id && id !== staff.head.id));
    const room = aMailRoom(found.office);
    await room.forget([found.number]);
    expect((await found.object()).body.agency.id).toBe(city);
    const told = (await room.deliver(found.number)).map(({ to }) => to);
    expect(told.sort()).toEqual([staff.admin.email, staff.mayor.email, email].sort());
  });

  test("an objection that waits goes up with the last who could decide, and not before", async () => {
    const found = await archivedByUnit(everybody);
    await found.object();
    await dismiss(found, clerk);
    await found.office.handOver();
    expect((await found.state()).holder).toBe(department);
    const room = aMailRoom(found.office);
    await room.forget([found.number]);
    await dismiss(found, staff.head);
    await found.office.handOver();
    expect([(await found.state()).holder, (await found.types()).at(-1)]).toEqual([city, "passed-up"]);
    const told = (await room.deliver(found.number)).map(({ to }) => to);
    expect(told.sort()).toEqual([staff.admin.email, staff.mayor.email]);
    expect((await found.as("mayor", "upholding", { text: because })).status).toBe(200);
  });
});

describe("who is told of an objection", () => {
  const mailsOf = async (
    steps: (found: Awaited<ReturnType<typeof aReport>>) => Promise<unknown>,
    change = {},
  ) => {
    const found = await archivedByDepartment(change);
    const room = aMailRoom(found.office);
    await room.forget([found.number]);
    await steps(found);
    return room.deliver(found.number);
  };
  const toOf = (mails: { to: string }[]) => mails.map(({ to }) => to.replace(".example", "")).sort();

  test("the administrators and the head of the agency that decides are told of it, and the reporter by when it is decided", async () => {
    const mails = await mailsOf(({ object }) => object());
    expect(toOf(mails)).toEqual([
      "agency-admin@pemkot-balikpapan",
      "agency-head@pemkot-balikpapan",
      "warga@contoh",
    ]);
    for (const { text: told } of mails) expect(told).toContain("Selasa, 1 Desember 2026, WITA");
    expect(JSON.stringify(mails)).not.toContain(text);
  });

  test("the reporter is told of the decision, in the final case with the way to the Ombudsman", async () => {
    const refused = await mailsOf(async ({ object, as }) => {
      await object();
      await as("mayor", "upholding", { text: because });
    });
    const [last] = refused.filter(({ to }) => to === email).slice(-1);
    expect(last?.subject).toContain("Keberatan Anda ditolak");
    expect(last?.text).toMatch(/final.*Ombudsman Republik Indonesia/s);
    expect(JSON.stringify(refused)).not.toContain(because);
    const granted = await mailsOf(async ({ object, as }) => {
      await object();
      await as("mayor", "restoration", { text: because });
    });
    expect(granted.filter(({ to }) => to === email).at(-1)?.subject).toContain("Keberatan Anda diterima");
    expect(toOf(granted)).toContain("unit-officer@balikpapan-dinas-pu");
  });

  test("whoever archived the case is not asked to decide, and where nobody else is left the mailbox is", async () => {
    for (const [people, told] of [
      [everybody, ["second@kemenpanrb", "warga@contoh"]],
      [Object.values(staff), ["lapor@kemenpanrb", "warga@contoh"]],
    ] as const) {
      const found = await aReport({}, undefined, [...people]);
      await found.as("national", "archival", archival);
      const room = aMailRoom(found.office);
      await room.forget([found.number]);
      await found.object();
      expect(toOf(await room.deliver(found.number))).toEqual(told);
    }
  });

  test("the mails about an anonymous report tell nothing of it", async () => {
    const mails = await mailsOf(({ object }) => object(), { anonymous: true });
    const [mine] = mails.filter(({ to }) => to === email);
    expect(mine?.text).not.toMatch(/keberatan|arsip|Balikpapan/i);
    for (const { subject } of mails) expect(subject).not.toMatch(/[0-9A-Z]{5}-[0-9A-Z]{5}/);
  });
});

describe("what others see of an objection", () => {
  test("the public sees that one was made and how it ended, and no word of it", async () => {
    const found = await archivedByDepartment();
    await found.object();
    await found.as("mayor", "upholding", { text: because });
    const { body } = await found.seenByPublic();
    expect(body.timeline.slice(-3).map(({ type }: any) => type)).toEqual(["archived", "objected", "upheld"]);
    expect(body.timeline.at(-2).content.due).toBe("2026-12-01");
    expect(JSON.stringify(body)).not.toMatch(/Pasar ini milik kota|diperiksa kembali|clerk|officer"/);
    expect(body).not.toHaveProperty("objection");
  });

  test("the public cannot tell a joined report from an archived one by the time to object", async () => {
    const { seenByPublic, seenBy } = await archivedByDepartment();
    expect((await seenByPublic()).body).not.toHaveProperty("objectUntil");
    expect((await seenByPublic()).body.timeline.at(-1).content).not.toHaveProperty("objectUntil");
    expect((await seenBy("admin")).body.objectUntil).toBe("2026-12-08T23:59:59.999+08:00");
  });

  test("the reporters of reports that were joined to it are told once it goes on", async () => {
    const first = await archivedByDepartment();
    const room = aMailRoom(first.office);
    const other = await first.office.submit({ reporter: { email: "tetangga@contoh.example" } });
    await first.as("national", "restoration", { text });
    await other.as("national", "joining", { trackingNumber: first.number });
    await first.as(clerk, "archival", { ...archival, text: "Sungguh bukan pelayanan publik." });
    await room.forget([first.number, other.number]);
    await first.object();
    await first.as("mayor", "restoration", { text: because });
    const told = (await room.deliver(first.number)).filter(({ to }) => to === "tetangga@contoh.example");
    expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining("dibuka kembali")]);
  });
});

describe("the data of a case with an objection", () => {
  test("are kept while the objection is open, however long that takes, and expire as ever after the decision", async () => {
    const { office, object, as, state, number } = await archivedByDepartment();
    expect(keepUntil(await state())).toBe("2028-11-23T01:00:00.000Z");
    await object();
    expect([keepUntil(await state()), (await state()).endedAt]).toEqual([undefined, undefined]);
    office.at("2036-01-01T09:00:00+08:00");
    await removeExpired(office, { now: office.now })();
    expect(await office.reporters.find(number)).toBeDefined();
    await as("mayor", "upholding", { text: because });
    expect(keepUntil(await state())).toBe("2037-12-31T01:00:00.000Z");
  });

  test("are kept while one may still be made, even where a policy lets that last longer than the data", async () => {
    const { state } = await archivedByDepartment();
    const late = { ...(await state()), objectUntil: "2030-01-01T23:59:59.999+08:00" };
    expect(keepUntil(late)).toBe("2030-01-01T15:59:59.999Z");
  });
});
