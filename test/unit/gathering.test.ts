import { describe, expect, test } from "vitest";
import { oneMailbox } from "../../shared/notification/addresses/one-mailbox.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const email = "warga@contoh.example";
const stranger = "orang.lain@contoh.example";
const report = { ...roadComplaint, agencyId: "balikpapan-dinas-pu", occurredOn: undefined };

/** An office whose mail room works every minute, with a verified case at the department. */
async function working(change: object = {}) {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const room = aMailRoom(office);
  room.at(office.now());
  const at = (local: string) => {
    office.at(local);
    room.at(new Date(local));
  };
  const later = (minutes: number) => at(new Date(office.now().getTime() + minutes * 60_000).toISOString());
  const found = await office.submit({ ...report, reporter: { email }, ...change });
  const deliver = () => room.deliver(found.number);
  await deliver();
  await found.as("admin", "verification", {});
  await deliver();
  later(31);
  return { office, room, found, deliver, at, later };
}

const perAddress = (mails: readonly Mail[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(mails, ({ to }) => to)].map(([to, { length }]) => [to, length]));

describe("mails about one case", () => {
  test("sixty replies in three hours are six mails to each officer of the team: each hour one at once, and one that says how many followed", async () => {
    const { office, room, found, deliver, later } = await working();
    const before = room.mailer.sent.length;
    for (let n = 0; n < 60; n++) {
      expect((await found.reporter("replies", { text: `Keterangan ke-${n + 1}.` })).status).toBe(200);
      await deliver();
      if (n % 20 < 19) continue;
      later(30);
      await room.flush(office.now().toISOString());
      later(31);
    }
    const mails = room.mailer.sent.slice(before).filter(({ to }) => to !== email);
    expect(Object.values(perAddress(mails))).toEqual([6, 6]);
    const subjects = mails.filter(({ to }) => to === mails[0]?.to).map(({ subject }) => subject);
    const hour = [`[${found.number}] Pelapor menanggapi`, `[${found.number}] Pelapor menanggapi (19 kali)`];
    expect(subjects).toEqual([...hour, ...hour, ...hour]);
  });

  test("sixty replies within minutes stop at twenty, and are two mails to each officer", async () => {
    const { room, found, deliver } = await working();
    const before = room.mailer.sent.length;
    const answers = [];
    for (let n = 0; n < 60; n++) {
      answers.push(await found.reporter("replies", { text: `Keterangan ke-${n + 1}.` }));
      await deliver();
    }
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "3600" } });
    expect(refused?.body.detail).toContain("kirim lagi 60 menit lagi");
    await room.flush("2026-11-24T10:30:00+08:00");
    const mails = room.mailer.sent.slice(before).filter(({ to }) => to !== email);
    expect(Object.values(perAddress(mails))).toEqual([2, 2]);
    expect(mails.at(-1)?.subject).toBe(`[${found.number}] Pelapor menanggapi (19 kali)`);
    expect(mails.at(-1)?.text).toContain("Terakhir");
  });

  test("what is gathered about several events says each once, and waits for working hours", async () => {
    const { room, found, deliver, at } = await working();
    at("2026-11-24T15:50:00+08:00");
    await found.reporter("replies", { text });
    await deliver();
    at("2026-11-24T16:10:00+08:00");
    await found.reporter("replies", { text: `${text} Juga pada malam hari.` });
    await found.reporter("withdrawal", {});
    await deliver();
    expect(await room.flush("2026-11-24T20:00:00+08:00")).toEqual([]);
    const [mail, ...others] = await room.flush("2026-11-25T08:30:00+08:00");
    expect([mail?.subject, others.length]).toEqual([`[${found.number}] 2 perkembangan`, 1]);
    expect(mail?.text).toContain("Pelapor menanggapi; Laporan dicabut pelapor");
  });

  test("events of two cases, and of one case after a quiet while, are told at once", async () => {
    const { office, room, found, deliver, later } = await working();
    const other = await office.submit(report);
    await other.as("admin", "verification", {});
    await room.deliver(other.number);
    later(31);
    const replies = async () => {
      await found.reporter("replies", { text: `${text} ${office.now().toISOString()}` });
      return (await deliver()).length;
    };
    expect(await replies()).toBe(2);
    await other.reporter("replies", { text });
    expect(await room.deliver(other.number)).toHaveLength(2);
    later(31);
    expect(await replies()).toBe(2);
  });

  test("a reporter is told three news at once, and then gets one mail of all that followed", async () => {
    const { room, found, deliver, later } = await working();
    const own = () => room.mailer.sent.filter(({ to }) => to === email);
    expect(own().map(({ subject }) => subject.split("] ")[1])).toEqual([
      "Laporan Anda kami terima",
      "Laporan Anda terverifikasi",
    ]);
    for (let round = 0; round < 8; round++) {
      later(1);
      await found.as("worker", "answer", { text: `${text} Putaran ${round}.` });
      await deliver();
      await found.reporter("replies", { text: `Belum selesai, putaran ${round}.` });
      await deliver();
    }
    expect(own()).toHaveLength(5);
    await room.flush("2026-11-24T10:30:00+08:00");
    const [mail] = own().slice(5);
    expect(mail?.subject).toBe(`[${found.number}] 5 kabar tentang laporan Anda`);
    expect(mail?.text).toContain("Laporan Anda sudah ditindaklanjuti (5 kali)");
    expect(mail?.text).toContain("Buka laporan dengan tanda terima Anda untuk membaca jawabannya");
    expect(own()).toHaveLength(6);
  });

  test("the gathered mail about an anonymous case is the same as any other about it", async () => {
    const { room, found, deliver, later } = await working({ anonymous: true });
    for (let round = 0; round < 6; round++) {
      later(1);
      await found.as("worker", "answer", { text: `${text} Putaran ${round}.` });
      await found.reporter("replies", { text: `Belum selesai, putaran ${round}.` });
      await deliver();
    }
    await room.flush("2026-11-24T10:30:00+08:00");
    const own = room.mailer.sent.filter(({ to }) => to === email).slice(1);
    expect(own).toHaveLength(5);
    expect(new Set(own.map((mail) => JSON.stringify(mail))).size).toBe(1);
  });

  test("what waits is not mailed to a reporter who has stopped the mails meanwhile", async () => {
    const { office, room, found, deliver } = await working();
    for (let round = 0; round < 4; round++) {
      await found.as("worker", "answer", { text: `${text} Putaran ${round}.` });
      await found.reporter("replies", { text: `Belum selesai, putaran ${round}.` });
      await deliver();
    }
    const before = room.mailer.sent.filter(({ to }) => to === email).length;
    await office.reporters.stopMails(found.number, true);
    await room.flush("2026-11-24T10:30:00+08:00");
    expect(room.mailer.sent.filter(({ to }) => to === email)).toHaveLength(before);
  });
});

describe("mails to one address", () => {
  /** Thirty reports with the address of a stranger, and what an officer does with them. */
  async function thirtyReports(address: (n: number) => string = () => stranger) {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const room = aMailRoom(office);
    room.at(office.now());
    const cases = [];
    for (let n = 0; n < 30; n++) {
      const found = await office.submit({
        ...report,
        title: `Laporan ${n}`,
        reporter: { email: address(n) },
      });
      cases.push(found);
      await room.deliver(found.number);
    }
    const toStranger = () => room.mailer.sent.filter(({ to }) => oneMailbox(to) === oneMailbox(stranger));
    return { office, room, cases, toStranger };
  }

  test("thirty reports with a stranger's address are three mails to them, and the last one says what happens with the others", async () => {
    const { toStranger } = await thirtyReports();
    expect(toStranger()).toHaveLength(3);
    expect(toStranger().map(({ text }) => text.includes("sudah diisi pada beberapa laporan"))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("spelling the address otherwise gets no more mails into the box", async () => {
    const { toStranger } = await thirtyReports((n) => `Orang.Lain+${n}@CONTOH.example`);
    expect(toStranger()).toHaveLength(3);
    expect(oneMailbox("o.r.a.n.g+x@gmail.com")).toBe(oneMailbox("orang@gmail.com"));
    expect(oneMailbox("Orang@GoogleMail.com")).toBe(oneMailbox("orang@gmail.com"));
    expect(oneMailbox("o.rang@contoh.example")).not.toBe(oneMailbox("orang@contoh.example"));
  });

  test("what officers do with the other reports is not mailed there either, until the holder of the receipt asks for it", async () => {
    const { room, cases, toStranger } = await thirtyReports();
    const last = cases.at(-1)!;
    await last.as("admin", "verification", {});
    await room.deliver(last.number);
    expect(toStranger()).toHaveLength(3);
    await last.chooseMails(true);
    await last.as("worker", "answer", { text });
    await room.deliver(last.number);
    expect(toStranger()).toHaveLength(4);
  });

  test("whoever reports gets receipt and number in the answer in any case, and no answer tells how many mails an address got", async () => {
    const { cases } = await thirtyReports();
    const answers = await Promise.all(
      [cases[0]!, cases.at(-1)!].map(async (one) => (await one.seenByReporter()).body),
    );
    expect(answers.map(({ notices, trackingNumber }) => [notices, typeof trackingNumber])).toEqual([
      [undefined, "string"],
      [undefined, "string"],
    ]);
  });

  test("on the next day reports with the address are confirmed again", async () => {
    const { office, room, toStranger } = await thirtyReports();
    office.at("2026-11-25T09:00:00+08:00");
    room.at(office.now());
    const next = await office.submit({ ...report, reporter: { email: stranger } });
    await room.deliver(next.number);
    expect(toStranger()).toHaveLength(4);
  });

  test("a confirmation that the mail service could not take does not count", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const refuse = [stranger];
    const room = aMailRoom(office, { refuse });
    room.at(office.now());
    const found = await office.submit({ ...report, reporter: { email: stranger } });
    const messages = await room.publish([found.number]);
    const confirmation = messages.find(({ kind }) => kind === "submission-confirmation")!;
    for (let tries = 0; tries < 5; tries++) await expect(room.send(confirmation)).rejects.toThrow("refused");
    refuse.length = 0;
    await room.send(confirmation);
    expect(room.mailer.sent.map(({ to }) => to)).toContain(stranger);
  });

  test("news for an address that got twenty mails today wait until tomorrow", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const room = aMailRoom(office);
    room.at(office.now());
    const toStranger = () => room.mailer.sent.filter(({ to }) => to === stranger).length;
    for (let n = 0; n < 25; n++) {
      const found = await office.submit({ ...report, title: `Laporan ${n}`, reporter: { email: stranger } });
      await found.chooseMails(true);
      await room.deliver(found.number);
      await found.chooseMails(true);
      await found.as("admin", "verification", {});
      await room.deliver(found.number);
    }
    expect(toStranger()).toBe(3 + 20);
    await room.flush("2026-11-24T15:00:00+08:00");
    expect(toStranger()).toBe(3 + 20);
    await room.flush("2026-11-25T08:00:01+08:00");
    expect(toStranger()).toBe(3 + 25);
  });
});

describe("what a receipt may send", () => {
  test("a message that was sent already gets its answer again, also beyond the limit", async () => {
    const { found } = await working();
    for (let n = 0; n < 20; n++) await found.reporter("replies", { text: `Keterangan ${n}.` });
    expect((await found.reporter("replies", { text: "Satu lagi." })).status).toBe(429);
    expect((await found.reporter("replies", { text: "Keterangan 19." })).status).toBe(200);
  });

  test("a limit never keeps anybody from hiding, withdrawing, replacing the receipt or erasing their data", async () => {
    const { found } = await working();
    for (let n = 0; n < 21; n++) await found.reporter("replies", { text: `Keterangan ${n}.` });
    for (let n = 0; n < 6; n++) await found.correct({ name: `Nama ${"a".repeat(n + 1)}` });
    expect((await found.correct({ name: "Nama lain" })).status).toBe(429);
    expect((await found.reporter("redaction", { hide: true })).status).toBe(200);
    expect((await found.reporter("withdrawal", {})).status).toBe(200);
    expect((await found.deleteIdentity()).status).toBe(200);
  });

  test("after an hour there is room again", async () => {
    const { found, later } = await working();
    for (let n = 0; n < 20; n++) await found.reporter("replies", { text: `Keterangan ${n}.` });
    later(59);
    const refused = await found.reporter("replies", { text: "Terlalu cepat." });
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    later(1);
    expect((await found.reporter("replies", { text: "Sekarang." })).status).toBe(200);
  });
});
