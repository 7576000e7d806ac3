import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff, type Who } from "../fakes/staff.ts";

const city = "pemkot-balikpapan";
const home = "198.51.100.7";
const email = "warga@contoh.example";
const threshold = { ofNetwork: 20, ofAll: 1_000_000, holdsAlike: true };
const report = {
  ...roadComplaint,
  agencyId: city,
  occurredOn: undefined,
  title: "Air mati tiga hari",
  text: "Sejak Senin air PDAM di perumahan kami tidak mengalir sama sekali.",
  reporter: { email, mailReceipt: true },
};
const toReporter = (mails: readonly Mail[]) => mails.filter(({ to }) => to === email);
const toOfficers = (mails: readonly Mail[]) => mails.filter(({ to }) => to !== email).map(({ to }) => to);

/** A report that is held, because a neighbour sent nearly the same a moment before. */
async function held(change: object = {}) {
  const office = anOffice("2026-11-24T09:00:00+08:00", { threshold });
  const room = aMailRoom(office);
  const at = (local: string) => {
    office.at(`${local}:00+08:00`);
    room.at(`${local}:00+08:00`);
  };
  at("2026-11-24T09:00");
  const body = { ...report, ...change };
  const first = await office.send({ ...body, reporter: undefined }, home);
  await room.forget([String(first.body.trackingNumber)]);
  const headers = { "idempotency-key": randomUUID() };
  const answer = await office.send(body, home, headers);
  const number = String(answer.body.trackingNumber);
  const receipt = String(answer.body.receipt);
  expect((await office.cases.get(number))?.held).toBe(true);
  expect(await room.deliver(number)).toEqual([]);
  const reporterMoves = (path: string, moved: unknown) => office.asReporter(number, receipt, path, moved);
  return {
    ...office,
    room,
    at,
    first: String(first.body.trackingNumber),
    answer,
    number,
    receipt,
    reporterMoves,
    again: (more: Record<string, string> = {}) => office.send(body, home, { ...headers, ...more }),
    mine: () => office.track(number, home, { authorization: `Receipt ${receipt}` }),
    deliver: () => room.deliver(number),
  };
}

/** Acts of an officer with a report that waits for verification. Each is a look at it. */
const looks: [what: string, who: Who, path: string, body: object][] = [
  ["verifies it", "admin", "verification", { supervised: false }],
  ["returns it", "admin", "return", { reason: "Bukan kewenangan kami." }],
  ["asks its reporter", "admin", "question", { text: "Di perumahan mana?" }],
  ["archives it", "admin", "archival", { reason: "not-public-service", text: "Bukan pelayanan publik." }],
  ["notes something internally", "admin", "notes", { text: "Sama dengan laporan tadi." }],
  ["asks its reporter from the ministry", "national", "question", { text: "Di perumahan mana?" }],
];

describe("a held report is told once an officer has looked", () => {
  test.each(looks)(
    "its reporter gets confirmation and receipt when an officer %s",
    async (_, who, path, body) => {
      const { as, number, receipt, deliver, reporters, mine } = await held();
      expect((await as(who, number, path, body)).status).toBe(200);
      const mails = toReporter(await deliver());
      expect(mails[0]?.subject).toBe(`[${number}] Laporan Anda kami terima`);
      expect(mails[0]?.text).toContain(receipt);
      expect(mails.filter(({ text }) => text.includes(receipt))).toHaveLength(1);
      expect((await reporters.find(number))?.receiptToMail).toBeUndefined();
      expect((await mine()).body.notices).toBeUndefined();
    },
  );

  test("its reporter gets the confirmation when an officer joins it to the report that came first", async () => {
    const { as, number, first, receipt, deliver } = await held();
    expect((await as("admin", number, "joining", { trackingNumber: first })).status).toBe(200);
    const mails = toReporter(await deliver());
    expect(mails.map(({ subject }) => subject)).toEqual([
      `[${number}] Laporan Anda kami terima`,
      `[${number}] Laporan Anda digabung`,
    ]);
    expect(mails[0]?.text).toContain(receipt);
  });

  test("its agency is alerted of a new case then, if the case still has to be verified, and not if it was verified", async () => {
    const noted = await held();
    await noted.as("national", noted.number, "notes", { text: "Mohon segera diverifikasi." });
    expect(toOfficers(await noted.deliver()).sort()).toEqual([staff.admin.email, "lapor@balikpapan.example"]);
    const verified = await held();
    await verified.as("admin", verified.number, "verification", { supervised: false });
    const mails = await verified.deliver();
    expect(JSON.stringify(mails)).not.toContain("menunggu verifikasi");
  });

  test("nothing is mailed twice: not for a second act, not for copies of messages", async () => {
    const { as, number, receipt, room, at } = await held();
    await as("admin", number, "notes", { text: "Dilihat." });
    const messages = await room.publish([number]);
    for (let copy = 0; copy < 3; copy++) for (const message of messages) await room.send(message);
    at("2026-11-24T10:00");
    await as("admin", number, "verification", { supervised: false });
    const later = await room.publish([number]);
    for (let copy = 0; copy < 2; copy++) for (const message of later) await room.send(message);
    const mine = toReporter(room.mailer.sent);
    expect(mine.filter(({ text }) => text.includes(receipt))).toHaveLength(1);
    expect(mine.map(({ subject }) => subject)).toEqual([
      `[${number}] Laporan Anda kami terima`,
      `[${number}] Laporan Anda terverifikasi`,
    ]);
  });

  test("an act of the reporter is no look: a reply and a replaced receipt let it wait on, and mail nobody", async () => {
    const { reporterMoves, deliver, mine, reporters, number } = await held();
    expect((await reporterMoves("replies", { text: "Masih mati." })).status).toBe(200);
    expect((await mine()).body.notices).toMatchObject([{ code: "held" }]);
    // Whoever typed somebody else's address cannot mail them this way.
    expect((await reporterMoves("receipt-rotation", undefined)).status).toBe(200);
    expect(toReporter(await deliver())).toEqual([]);
    expect((await reporters.find(number))?.receiptToMail).toBeUndefined();
  });
});

describe("nobody waits in silence", () => {
  test("an officer is reminded of a held report like of any other, and on the working day after the limit its reporter is told anyway", async () => {
    const { number, receipt, room, at, mine } = await held();
    const daysTold: string[] = [];
    for (const day of ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"]) {
      const before = room.mailer.sent.length;
      at(`${day}T08:00`);
      await room.sweep(`${day}T08:00:00+08:00`);
      await room.flush(`${day}T08:30:00+08:00`);
      const mails = room.mailer.sent.slice(before);
      if (toReporter(mails).some(({ text }) => text.includes(receipt))) daysTold.push(day);
      if (day === "2026-11-26") expect(toOfficers(mails)).toContain(staff.admin.email);
    }
    // Due on Friday the 27th: Monday the 30th is the next working day.
    expect(daysTold).toEqual(["2026-11-30"]);
    expect(room.mailer.sent.filter(({ to, text }) => to === email && text.includes(number))).toHaveLength(1);
    expect((await mine()).body.notices).toBeUndefined();
  });

  test("the answer says that it waits, for what, and by when, and not why", async () => {
    const { answer, again, mine } = await held();
    const [notice, ...others] = answer.body.notices;
    expect(others).toEqual([]);
    expect(notice.code).toBe("held");
    expect(notice.text).toContain("menunggu dilihat petugas");
    expect(notice.text).toContain("Jumat, 27 November 2026, WITA");
    expect(notice.text).toContain("Email konfirmasi, dengan tanda terima bila Anda memintanya");
    expect(notice.text).not.toMatch(/jaringan|serupa|mirip|sama|palsu|spam|network|alike/i);
    expect((await again()).body).toEqual(answer.body);
    expect((await mine()).body.notices).toEqual(answer.body.notices);
    for (const accept of ["text/plain", "text/html"])
      expect((await again({ accept })).body).toContain("menunggu dilihat petugas");
  });

  test("the answer in English says the same, and to whoever left no address it promises no mail", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00", { threshold });
    await office.send(report, home);
    const english = { "accept-language": "en" };
    const [notice] = (await office.send({ ...report, reporter: undefined }, home, english)).body.notices;
    expect(notice.text).toMatch(
      /^Your report is stored and waits .* limit is Friday,? 27 November 2026, WITA; .* You need not send it again\.$/,
    );
    expect(notice.text).not.toMatch(/e-mail|confirmation/);
  });

  test("whoever stopped the mails or took the report back gets none, and the receipt is forgotten", async () => {
    const stopped = await held();
    await stopped.reporters.stopMails(stopped.number, true);
    await stopped.as("admin", stopped.number, "notes", { text: "Dilihat." });
    expect(toReporter(await stopped.deliver())).toEqual([]);
    expect((await stopped.reporters.find(stopped.number))?.receiptToMail).toBeUndefined();

    const withdrawn = await held();
    expect((await withdrawn.reporterMoves("withdrawal", {})).status).toBe(200);
    expect(toReporter(await withdrawn.deliver())).toEqual([]);
    expect((await withdrawn.reporters.find(withdrawn.number))?.receiptToMail).toBeUndefined();
    expect((await withdrawn.mine()).body.notices).toBeUndefined();
  });

  test("the confirmation of a held anonymous report tells nothing but the number and the receipt that were asked for", async () => {
    const { as, number, receipt, deliver } = await held({ anonymous: true });
    await as("admin", number, "verification", { supervised: false });
    const [confirmation, news, ...others] = toReporter(await deliver());
    expect(others).toEqual([]);
    expect(confirmation?.text).toContain(receipt);
    expect(confirmation?.subject).toBe(news?.subject);
    expect(JSON.stringify(news)).not.toContain(number);
    expect(JSON.stringify([confirmation, news])).not.toMatch(/Balikpapan|Air mati|Pengaduan/);
  });
});
