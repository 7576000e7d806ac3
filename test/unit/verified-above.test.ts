import { describe, expect, test } from "vitest";
import { flaws, proofOf } from "../../shared/case/history.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { call } from "../fakes/gateway.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";
import { agencyPath, newUnit, officerPath, reason } from "./administration/bodies.ts";

const city = "pemkot-balikpapan";
const department = "balikpapan-dinas-pu";
const unit = "balikpapan-uptd-jalan";
const text = "Lubang di depan pasar sudah kami tambal kemarin pagi.";
const ofUnit = anOfficer("agency-admin", unit);
const ofDepartment = anOfficer("agency-admin", department);

/** An office where these people work besides, and who gets its mails. */
function officeWith(people: Officer[] = [], all: Officer[] = Object.values(staff)) {
  const office = anOffice("2026-11-24T09:00:00+08:00", { people: [...all, ...people] });
  const room = aMailRoom(office);
  room.at("2026-11-24T09:00:00+08:00");
  return {
    ...office,
    room,
    holderOf: async (number: string) => (await office.cases.get(number))?.holder,
    lastOf: async (number: string) => (await office.cases.find(number))?.events.at(-1),
    dismiss: (officer: Officer, by: Officer = staff.national) =>
      office.admin(by, "POST", `${officerPath(officer.id)}/dismissal`, { reason }),
    told: async (number: string) => (await room.deliver(number)).map(({ to }) => to).sort(),
  };
}

const numbersOf = ({ body }: { body: any }): string[] =>
  body.items.map(({ trackingNumber }: any) => trackingNumber);
const verification = { queue: "verification" };

describe("a report to a unit that has no administrator", () => {
  test("waits in the queue and the counts of the nearest agency above that has one, and is mailed to it", async () => {
    const office = officeWith();
    const { number } = await office.submit({ agencyId: unit });
    expect(numbersOf(await office.queue("admin", verification))).toEqual([number]);
    const { body } = await office.counts("admin");
    expect(body.items).toMatchObject([{ agency: { id: city }, counts: { verification: 1 } }]);
    expect(numbersOf(await office.queue("roads", verification))).toEqual([]);
    expect(await office.told(number)).toEqual([staff.admin.email, "lapor@balikpapan.example"].sort());
  });

  test("is assigned to that unit when it is verified, unless whoever verifies it says otherwise", async () => {
    const office = officeWith();
    const [plain, other] = [await office.submit({ agencyId: unit }), await office.submit({ agencyId: unit })];
    const verified = await plain.as("admin", "verification");
    expect([verified.body.status, verified.body.agency.id]).toEqual(["assigned", unit]);
    expect(await office.lastOf(plain.number)).toMatchObject({ type: "verified", content: { to: unit } });
    expect(await office.cases.get(plain.number)).toMatchObject({ agencyId: unit, holder: unit });
    await other.as("admin", "verification", { agencyId: department });
    expect(await office.holderOf(other.number)).toBe(department);
  });

  test("goes to the nearest administrator, not to the topmost", async () => {
    const office = officeWith([ofDepartment]);
    const { number } = await office.submit({ agencyId: unit });
    expect(await office.holderOf(number)).toBe(department);
  });

  test("goes to nobody who has left", async () => {
    const office = officeWith([{ ...ofUnit, dismissedAt: "2026-11-20T01:00:00.000Z" }]);
    expect(await office.holderOf((await office.submit({ agencyId: unit })).number)).toBe(city);
  });

  test("goes to the agency that verifies all others where nobody above has an administrator, and from there to the unit", async () => {
    const office = officeWith([], [staff.national, staff.roads]);
    const found = await office.submit({ agencyId: unit });
    expect(await office.holderOf(found.number)).toBe("kemenpanrb");
    expect(numbersOf(await office.queue("national", verification))).toEqual([found.number]);
    await found.as("national", "verification");
    expect(await office.cases.get(found.number)).toMatchObject({ status: "assigned", holder: unit });
  });

  test("stands in the public list of the unit, and in that of the agency that verifies it", async () => {
    const office = officeWith();
    const { number, as } = await office.submit({ agencyId: unit });
    const listed = async (agency: string) => numbersOf(await office.feed({ agency }));
    expect([await listed(unit), await listed(city), await listed(department)]).toEqual([
      [number],
      [number],
      [],
    ]);
    await as("admin", "verification", { agencyId: department });
    expect([await listed(unit), await listed(city), await listed(department)]).toEqual([[], [], [number]]);
  });

  test("is read by the officers of the unit until then, who can do nothing about it yet; others cannot read it", async () => {
    const office = officeWith();
    const found = await office.submit({ agencyId: unit });
    expect((await found.seenBy("roads")).status).toBe(200);
    expect((await found.as("roads", "answer", { text })).status).toBe(409);
    expect((await found.seenBy("elsewhere")).status).toBe(404);
    await found.as("admin", "verification", { agencyId: department });
    expect((await found.seenBy("roads")).status).toBe(404);
  });

  test("alerts the administrator above to each date, and a coordinator at the end", async () => {
    const office = officeWith();
    const { number } = await office.submit({ agencyId: unit });
    await office.room.forget([number]);
    const told: string[][] = [];
    for (const day of ["26", "27", "30"]) {
      const at = `2026-11-${day}T08:05:00+08:00`;
      office.at(at);
      await office.room.sweep(at);
      told.push((await office.room.flush(at.replace("08:05", "08:30"))).map(({ to }) => to));
    }
    expect(told).toEqual([[staff.admin.email], [staff.admin.email], [staff.mayor.email]]);
  });

  test("stays in its place where it is returned: the next above with an administrator verifies it", async () => {
    const office = officeWith([ofUnit]);
    const found = await office.submit({ agencyId: unit });
    expect(await office.holderOf(found.number)).toBe(unit);
    await found.as(ofUnit, "return", { reason: "Bukan kewenangan kami." });
    expect(await office.holderOf(found.number)).toBe(city);
    // The unit has said that it is not in charge: the reporter's word counts no more.
    await found.as("admin", "verification");
    expect(await office.holderOf(found.number)).toBe(city);
  });

  test("stays with whoever verifies it where an administrator who came to the unit later says that it is not theirs", async () => {
    const before = officeWith();
    const { number } = await before.submit({ agencyId: unit });
    const office = anOffice("2026-11-24T10:00:00+08:00", {
      people: [...Object.values(staff), ofUnit],
      stores: before,
    });
    const move = (who: Officer, path: string, body: object) =>
      call(office.officerApi, "POST", `/v1/officer/cases/${number}/${path}`, { body, subject: who.subject });
    expect((await move(ofUnit, "return", { reason: text })).status).toBe(200);
    expect(await office.cases.get(number)).toMatchObject({ status: "submitted", holder: city, returns: 1 });
    expect((await before.lastOf(number))?.content).toMatchObject({ from: unit, to: city });
    expect((await move(ofUnit, "return", { reason: text })).status).toBe(404);
    expect((await move(staff.admin, "verification", {})).body.agency.id).toBe(city);
  });

  test("goes to whoever verifies for the unit when it is separated, or restored before anybody verified it", async () => {
    const office = officeWith([ofUnit]);
    const first = await office.submit();
    const joined = await office.submit({ agencyId: unit });
    const archived = await office.submit({ agencyId: unit });
    await joined.as(ofUnit, "joining", { trackingNumber: first.number });
    await archived.as(ofUnit, "archival", { reason: "private-matter", text });
    await office.dismiss(ofUnit);
    await office.handOver();
    await joined.reporter("separation", { text: "Ini bukan laporan yang sama." });
    await archived.as("national", "restoration", { text });
    for (const { number } of [joined, archived]) expect(await office.holderOf(number)).toBe(city);
    expect(await office.lastOf(archived.number)).toMatchObject({
      type: "restored",
      content: { from: unit, to: city },
    });
    expect((await archived.as("admin", "verification")).body.agency.id).toBe(unit);
  });

  test("is verified by an administrator who comes to the unit later, too", async () => {
    const office = officeWith();
    const found = await office.submit({ agencyId: unit });
    await office.directory.put("officer", ofUnit);
    expect((await found.as(ofUnit, "verification")).body.agency.id).toBe(unit);
    expect(await office.holderOf((await office.submit({ agencyId: unit })).number)).toBe(unit);
  });
});

describe("the last administrator of an agency", () => {
  const entry = (officer: Officer, change: object) => {
    const { id: _, subject: _s, mails: _m, ...rest } = officer;
    return { ...rest, ...change };
  };
  type Leaving = (office: ReturnType<typeof officeWith>) => Promise<{ status: number }>;

  test.each<[string, Leaving]>([
    ["is dismissed", (office) => office.dismiss(ofUnit)],
    [
      "moves to another agency",
      (office) =>
        office.admin("national", "PUT", officerPath(ofUnit.id), entry(ofUnit, { agencyId: department })),
    ],
    [
      "gets another role",
      (office) =>
        office.admin("national", "PUT", officerPath(ofUnit.id), entry(ofUnit, { role: "unit-officer" })),
    ],
  ])(
    "who %s leaves no report behind: what waits for verification goes to the nearest above, who is mailed",
    async (how, leave) => {
      const office = officeWith([ofUnit]);
      const waiting = await office.submit({ agencyId: unit });
      const asked = await office.submit({ agencyId: unit });
      const atWork = await office.submit({ agencyId: unit });
      await asked.as(ofUnit, "question", { text: "Di jalan apa?" });
      await atWork.as(ofUnit, "verification");
      await office.told(waiting.number);
      office.at("2026-11-24T10:00:00+08:00");
      expect((await leave(office)).status).toBe(200);
      expect(office.handOvers).toMatchObject({ delays: [90, 0] });
      await office.handOver();
      const above = how === "moves to another agency" ? department : city;
      expect(await office.cases.get(waiting.number)).toMatchObject({ status: "submitted", holder: above });
      expect(await office.cases.get(asked.number)).toMatchObject({
        status: "awaiting-reporter",
        holder: above,
      });
      expect(await office.holderOf(atWork.number)).toBe(unit);
      const { events } = (await office.cases.find(waiting.number))!;
      expect(events.at(-1)).toMatchObject({
        type: "passed-up",
        by: { role: "system" },
        content: { from: unit, to: above, heldSeconds: 3_600 },
      });
      expect(flaws(waiting.number, events.map(proofOf))).toEqual([]);
      expect(await office.told(waiting.number)).toEqual([above === city ? staff.admin.email : ofUnit.email]);
      // A copy of the message finds nothing to do.
      await office.handOvers.send([{ agencyId: unit }]);
      await office.handOver();
      expect((await office.cases.find(waiting.number))?.events).toHaveLength(events.length);
      await asked.reporter("replies", { text: "Jalan Contoh." });
      const verifier = above === city ? staff.admin : { ...ofUnit, agencyId: department };
      expect((await asked.as(verifier, "verification")).body.agency.id).toBe(unit);
    },
  );

  test("who is not the last leaves the reports where they are", async () => {
    const office = officeWith([ofUnit, anOfficer("agency-admin", unit, { id: "lain", subject: "lain" })]);
    const { number } = await office.submit({ agencyId: unit });
    await office.dismiss(ofUnit);
    await office.handOver();
    expect(await office.holderOf(number)).toBe(unit);
  });

  test("of two who are dismissed at once leaves no report behind", async () => {
    const second = anOfficer("agency-admin", unit, { id: "lain", subject: "lain" });
    const office = officeWith([ofUnit, second]);
    const { number } = await office.submit({ agencyId: unit });
    const answers = await Promise.all([office.dismiss(ofUnit), office.dismiss(second)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await office.handOver();
    expect(await office.holderOf(number)).toBe(city);
  });

  test("above everybody leaves them to the agency that verifies all others", async () => {
    const office = officeWith([], [staff.national, staff.admin]);
    const { number } = await office.submit({ agencyId: unit });
    await office.dismiss(staff.admin);
    await office.handOver();
    expect(await office.holderOf(number)).toBe("kemenpanrb");
  });

  test("stays if nobody can be asked to look after the reports, and goes with the same request again", async () => {
    const office = officeWith([ofUnit]);
    const { number } = await office.submit({ agencyId: unit });
    office.handOvers.refuses = () => true;
    const refused = await office.dismiss(ofUnit);
    expect([refused.status, refused.body.detail]).toEqual([
      503,
      expect.stringContaining("Belum ada yang berubah"),
    ]);
    expect((await office.directory.officer(ofUnit.id))?.dismissedAt).toBeUndefined();
    office.handOvers.refuses = () => false;
    expect((await office.dismiss(ofUnit)).status).toBe(200);
    await office.handOver();
    expect(await office.holderOf(number)).toBe(city);
  });

  test("of other roles nothing is asked", async () => {
    const office = officeWith();
    await office.dismiss(staff.roads);
    expect(office.handOvers.messages).toEqual([]);
  });
});

test("the reports that wait for verification at a closed agency go to whoever verifies for its successor", async () => {
  const office = officeWith([ofUnit]);
  const waiting = await office.submit({ agencyId: unit });
  const atWork = await office.submit({ agencyId: unit });
  await atWork.as(ofUnit, "verification");
  await office.admin("national", "PUT", agencyPath("uptd-baru"), newUnit);
  const body = { reason, successor: "uptd-baru" };
  await office.admin("national", "POST", `${agencyPath(unit)}/closing`, body);
  await office.handOver();
  expect([await office.holderOf(waiting.number), await office.holderOf(atWork.number)]).toEqual([
    city,
    "uptd-baru",
  ]);
  await waiting.as("admin", "verification");
  expect(await office.holderOf(waiting.number)).toBe("uptd-baru");
});

test("a case with a low rating at a unit without a head is told to the nearest head above, who may decide on it", async () => {
  const office = officeWith();
  const found = await office.submit({ agencyId: unit });
  await found.as("admin", "verification");
  await found.as("roads", "answer", { text });
  await office.told(found.number);
  await found.reporter("confirmation", { stars: 1 });
  expect(await office.told(found.number)).toEqual([staff.head.email]);
  expect((await found.as("head", "answer", { text: `${text} Kini selesai.` })).status).toBe(200);
});

test("a case is returned and appealed to the nearest level above where somebody works, who is mailed", async () => {
  const office = officeWith(
    [ofUnit],
    Object.values(staff).filter(({ agencyId }) => agencyId !== department),
  );
  const [returned, appealed] = [
    await office.submit({ agencyId: unit }),
    await office.submit({ agencyId: unit }),
  ];
  for (const { as } of [returned, appealed]) await as(ofUnit, "verification");
  await appealed.as("roads", "answer", { text });
  await office.room.forget([returned.number, appealed.number]);
  await returned.as("roads", "return", { reason: text });
  await appealed.reporter("appeal", { text });
  for (const { number } of [returned, appealed]) {
    expect(await office.holderOf(number)).toBe(city);
    expect(await office.told(number)).toContain(staff.admin.email);
  }
});
