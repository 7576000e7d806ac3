import { describe, expect, test } from "vitest";
import type { Officer } from "../../shared/directory/directory.ts";
import type { Tagged } from "../../shared/notification/mail-feedback.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { fiveHundredDue } from "../fakes/five-hundred-due.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

const text = "PENANDA-PETUGAS kami sudah menambal jalan itu.";
const department = "balikpapan-dinas-pu";
const inWita = (local: string) => `${local}:00+08:00`;
const addressees = (mails: readonly Mail[]) => mails.map(({ to }) => to.replace(".example", "")).sort();
const team = ["liaison-officer@balikpapan-dinas-pu", "unit-officer@balikpapan-dinas-pu"];

/**
 * Makes an office with cases at the department of public works, each verified on Tuesday, 24 November 2026 at ten. The
 * first response is due on Tuesday, 1 December, the completion on Monday, 14 December. Mails until then are not looked
 * at.
 */
async function atWork(
  cases = 1,
  { officers = [], ...options }: { siteUrl?: string; refuse?: string[]; officers?: Officer[] } = {},
) {
  const office = anOffice(inWita("2026-11-24T10:00"));
  for (const officer of officers) await office.directory.put("officer", officer);
  const room = aMailRoom(office, options);
  const found: Awaited<ReturnType<typeof office.submit>>[] = [];
  for (let index = 0; index < cases; index++) {
    const one = await office.submit({ title: "PENANDA-JUDUL", text: "PENANDA-CERITA yang panjang sekali" });
    await one.as("admin", "verification");
    found.push(one);
  }
  const numbers = found.map(({ number }) => number);
  await room.forget(numbers);
  const at = (local: string) => {
    room.at(inWita(local));
    office.at(inWita(local));
  };
  return {
    ...office,
    ...room,
    at,
    cases: office.cases,
    found,
    first: found[0] as (typeof found)[0],
    numbers,
    sweep: (local: string) => room.sweep(inWita(local)),
    flush: (local: string) => room.flush(inWita(local)),
    dueDigests: (local: string) => room.dueDigests(inWita(local)),
    change: (officer: Officer, change: Partial<Officer>) =>
      office.directory.put("officer", { ...officer, ...change }),
  };
}

describe("the alerts of a case that nobody answers", () => {
  test("alerts go to the officers three days before, a day before and on the day, then to the head, then to the coordinator", async () => {
    const { sweep, flush, first } = await atWork();
    const told: [string, string, string[]][] = [];
    for (let day = 25; day <= 38; day++) {
      const date = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10);
      await sweep(`${date}T08:00`);
      const mails = await flush(`${date}T08:05`);
      const [mail] = mails;
      if (mail) told.push([date, mail.subject.replace(first.number, "…"), addressees(mails)]);
    }
    expect(told).toEqual([
      ["2026-11-26", "[…] Tanggapan awal: sisa 3 hari kerja", team],
      ["2026-11-30", "[…] Tanggapan awal: sisa 1 hari kerja", team],
      ["2026-12-01", "[…] Tanggapan awal: jatuh tempo hari ini", team],
      ["2026-12-02", "[…] Tanggapan awal: lewat 1 hari kerja", ["agency-head@balikpapan-dinas-pu"]],
      ["2026-12-08", "[…] Tanggapan awal: lewat 5 hari kerja", ["agency-admin@pemkot-balikpapan"]],
    ]);
  });

  test("an alert names the date in local words with the zone, the days left, the legal basis and the agency, with a link where there are pages", async () => {
    const { sweep, flush, first } = await atWork(1, { siteUrl: "https://lapor.example" });
    await sweep("2026-11-26T08:00");
    const [mail] = await flush("2026-11-26T08:03");
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain(first.number);
      expect(part).toContain("Tanggapan awal: sisa 3 hari kerja");
      expect(part).toContain("Selasa, 1 Desember 2026, WITA");
      expect(part).toContain("Langkah-langkah LAPOR! yang dipublikasikan (5 hari kerja)");
      expect(part).toContain("Dinas Pekerjaan Umum Kota Balikpapan");
      expect(part).toContain(`https://lapor.example/petugas/laporan/${first.number}`);
    }
    const without = await atWork();
    await without.sweep("2026-11-26T08:00");
    expect(JSON.stringify(await without.flush("2026-11-26T08:03"))).not.toContain("href");
  });

  test("alerts hold nothing that anybody wrote, and no name but the reader's", async () => {
    const { sweep, flush, first, at, deliver } = await atWork(1, {
      officers: [{ ...staff.worker, mails: "daily" }],
    });
    at("2026-11-25T11:00");
    await first.as("admin", "assignment", { agencyId: department, note: text });
    await first.reporter("replies", { text: "PENANDA-PELAPOR" });
    await deliver(first.number);
    await sweep("2026-11-26T08:00");
    const mails = await flush("2026-11-26T08:10");
    expect(mails).toHaveLength(2);
    expect(JSON.stringify(mails)).not.toMatch(/PENANDA|undefined|null/);
  });
});

describe("several alerts for one person", () => {
  test("several alerts become one mail, the most urgent first, which says how many cases and the nearest date", async () => {
    const { sweep, flush, at, found, submit: send, deliver } = await atWork(2);
    at("2026-11-25T10:00");
    const later = await send();
    await later.as("admin", "verification");
    await deliver(later.number);
    // On the 2nd two cases are late and one is due. The head is told of the late ones.
    for (const day of ["2026-12-01", "2026-12-02"]) await sweep(`${day}T08:00`);
    const mails = await flush("2026-12-02T08:05");
    expect(addressees(mails)).toEqual(["agency-head@balikpapan-dinas-pu", ...team]);
    const [officers, head] = [
      mails.find(({ to }) => to.startsWith("unit")),
      mails.find(({ to }) => to.includes("head")),
    ];
    expect(officers?.subject).toBe(
      "Ringkasan 3 laporan; 2 lewat batas waktu; batas terdekat Rabu, 2 Desember 2026, WITA",
    );
    const order = [...(officers?.text.matchAll(/^\d+\. \[(\S+)\] (.+)$/gm) ?? [])].map(([, number, what]) => [
      number,
      what,
    ]);
    expect(order).toEqual([
      ...found
        .map(({ number }) => number)
        .sort()
        .map((number) => [number, "Tanggapan awal: lewat 1 hari kerja"]),
      [later.number, "Tanggapan awal: jatuh tempo hari ini"],
    ]);
    expect(head?.subject).toBe(
      "Ringkasan 2 laporan; 2 lewat batas waktu; terlama sejak Selasa, 1 Desember 2026, WITA",
    );
  });

  test("five hundred due cases of twenty officers make twenty digests", async () => {
    const { mails, officers, cases, later } = await fiveHundredDue();
    expect([mails.length, later]).toEqual([20, []]);
    expect(addressees(mails)).toEqual(officers);
    for (const mail of mails) {
      expect(mail.subject).toBe("Ringkasan 25 laporan; batas terdekat Selasa, 1 Desember 2026, WITA");
      expect(mail.text.match(/^\d+\. /gm)).toHaveLength(25);
    }
    const listed = mails.flatMap(({ text }) =>
      [...text.matchAll(/^\d+\. \[(\S+)\]/gm)].map(([, number]) => number),
    );
    expect(new Set(listed)).toEqual(new Set(cases));
  });

  test("five hundred due cases of one officer make one mail: the fifty most urgent, and where the others are", async () => {
    const { mails } = await fiveHundredDue(1);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.subject).toBe("Ringkasan 500 laporan; batas terdekat Selasa, 1 Desember 2026, WITA");
    expect(mail?.text.match(/^\d+\. /gm)).toHaveLength(50);
    for (const part of [mail?.text, mail?.html])
      expect(part).toMatch(/Masih ada 450 laporan lain\..*antrean.*segera jatuh tempo.*lewat batas waktu/);
  });
});

describe("the time of day", () => {
  test("an alert that could not go out before the evening waits for the next working day, and then says how it stands", async () => {
    const { sweep, flush } = await atWork();
    await sweep("2026-11-26T15:50");
    expect(await flush("2026-11-26T16:01")).toEqual([]);
    // The pile is not looked at again and again in the night.
    expect(await flush("2026-11-27T00:00")).toEqual([]);
    const mails = await flush("2026-11-27T08:00");
    expect(addressees(mails)).toEqual(team);
    expect(mails[0]?.subject).toContain("sisa 2 hari kerja");
  });

  test("nobody is mailed on a Saturday or Sunday", async () => {
    const { sweep, flush, dueDigests } = await atWork(1, {
      officers: [{ ...staff.worker, mails: "daily" }],
    });
    await sweep("2026-11-27T15:00");
    await flush("2026-11-27T16:30");
    expect(await dueDigests("2026-11-28T10:00")).toEqual([]);
    expect(await dueDigests("2026-11-29T10:00")).toEqual([]);
    expect(addressees(await flush("2026-11-30T08:10"))).toEqual(team);
  });

  test("an alert just before closing time is not gathered beyond it", async () => {
    const { sweep, flush } = await atWork();
    await sweep("2026-12-01T15:58");
    expect(addressees(await flush("2026-12-01T15:59"))).toEqual(team);
  });

  test("alerts go by the hours where the reader works: eight in Balikpapan is seven at the ministry in Jakarta", async () => {
    const { at, submit: send, sweep, flush, deliver } = await atWork(0);
    at("2026-11-24T10:00");
    const city = await send({ agencyId: "pemkot-balikpapan" });
    await city.as("admin", "verification");
    await deliver(city.number);
    for (const day of ["2026-12-01", "2026-12-02", "2026-12-08"]) await sweep(`${day}T08:00`);
    expect(addressees(await flush("2026-12-08T08:59"))).not.toContain("national-admin@kemenpanrb");
    const mails = await flush("2026-12-08T09:00");
    expect(addressees(mails)).toEqual(["national-admin@kemenpanrb"]);
    // The date stays that of the agency which has the case.
    expect(mails[0]?.text).toContain("Selasa, 1 Desember 2026, WITA");
  });
});

describe("what changes while an alert waits", () => {
  test("a case that is answered, withdrawn or paused meanwhile is not mailed about", async () => {
    const { sweep, flush, at, found, piles } = await atWork(3);
    await sweep("2026-12-01T08:00");
    at("2026-12-01T08:01");
    const [one, two, three] = found;
    await one?.as("worker", "answer", { text });
    await two?.reporter("withdrawal", {});
    await three?.as("worker", "question", { text });
    expect(await flush("2026-12-01T08:03")).toEqual([]);
    expect(await piles.waiting(staff.worker.id)).toEqual([]);
  });

  test("a case that was answered too late is not mailed about: it was late, but nobody has to act on it now", async () => {
    const { sweep, flush, at, first } = await atWork();
    await sweep("2026-12-02T08:00");
    at("2026-12-02T08:01");
    await first.as("worker", "answer", { text });
    expect(await flush("2026-12-02T08:03")).toEqual([]);
  });

  test("a date that moved while its clock runs on is not mailed about as it was", async () => {
    const { sweep, flush, at, first } = await atWork();
    await sweep("2026-11-30T15:50");
    at("2026-11-30T15:51");
    await first.as("worker", "question", { text });
    at("2026-12-01T07:00");
    await first.reporter("replies", { text });
    // The case was due today and is due tomorrow. The sweep has not found that yet.
    expect(await flush("2026-12-01T08:00")).toEqual([]);
    await sweep("2026-12-01T08:01");
    const [mail] = await flush("2026-12-01T08:05");
    expect(mail?.text).toContain("Rabu, 2 Desember 2026, WITA");
    expect(mail?.text).toContain("sisa 1 hari kerja");
  });

  test("a date that moved is not mailed about as it was, and is told anew as it is", async () => {
    const { sweep, flush, at, first } = await atWork();
    await sweep("2026-11-30T08:00");
    at("2026-11-30T08:01");
    await first.as("worker", "question", { text });
    expect(await flush("2026-11-30T08:03")).toEqual([]);
    at("2026-12-02T09:00");
    await first.reporter("replies", { text });
    // Monday and Tuesday did not count, so the case is due on Thursday the 3rd. Today is the day before.
    await sweep("2026-12-02T09:05");
    const mails = await flush("2026-12-02T09:10");
    expect(addressees(mails)).toEqual(team);
    expect(mails[0]?.text).toContain("Kamis, 3 Desember 2026, WITA");
    await sweep("2026-12-03T08:00");
    expect((await flush("2026-12-03T08:03"))[0]?.subject).toContain("hari ini");
  });

  test("an officer who left meanwhile is not mailed, but their colleague is", async () => {
    const { sweep, flush, change } = await atWork();
    await sweep("2026-12-01T08:00");
    await change(staff.worker, { dismissedAt: "2026-12-01T00:01:00.000Z" });
    expect(addressees(await flush("2026-12-01T08:03"))).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
  });

  test("the mailbox of the agency is told if the last officer left meanwhile", async () => {
    const { sweep, flush, change } = await atWork();
    await sweep("2026-12-01T08:00");
    await change(staff.worker, { dismissedAt: "2026-12-01T00:01:00.000Z" });
    await change(staff.liaison, { agencyId: "pemkot-samarinda" });
    expect(await flush("2026-12-01T08:03")).toEqual([]);
    expect(addressees(await flush("2026-12-01T08:06"))).toEqual(["dinas-pu@balikpapan"]);
  });

  test("the unit is told of a case that was handed to it meanwhile", async () => {
    const { sweep, flush, at, first, deliver } = await atWork();
    await sweep("2026-12-01T08:00");
    at("2026-12-01T08:01");
    await first.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    await deliver(first.number);
    expect(await flush("2026-12-01T08:03")).toEqual([]);
    const mails = await flush("2026-12-01T08:06");
    expect(addressees(mails)).toEqual(["unit-officer@balikpapan-uptd-jalan"]);
    expect(mails[0]?.text).toContain("UPTD Jalan");
  });

  test("an alert that comes while its reader is being mailed goes with the next mail", async () => {
    const { sweep, sendOn, dueDigests, mailer, piles, numbers } = await atWork(2);
    await sweep("2026-12-01T08:00");
    const [digest] = (await dueDigests("2026-12-01T08:03")).filter(({ to }) => to === staff.worker.id);
    const late = {
      kind: "deadline-alert",
      trackingNumber: numbers[0] ?? "",
      sequence: 99,
    } as const;
    const slow = {
      send: async (mail: Mail, tagged: Tagged) => {
        await piles.add(
          { notification: { ...late, to: staff.worker.id }, flushAt: "2026-12-01T00:06:00.000Z" },
          new Date("2026-12-01T00:03:01Z"),
        );
        await mailer.send(mail, tagged);
      },
    };
    await sendOn({ mailer: slow })(digest!);
    expect(mailer.sent).toHaveLength(1);
    expect((await piles.waiting(staff.worker.id)).map(({ notification }) => notification.sequence)).toEqual([
      99,
    ]);
  });
});

describe("a message about a pile", () => {
  test("a message about a pile that comes ten times mails once, one after another or at once, and so do ten copies of the alerts", async () => {
    const { at, sweep, dueDigests, send, mailer, cases, numbers } = await atWork(2);
    await sweep("2026-11-26T08:00");
    at("2026-11-26T08:01");
    const alerts = numbers.map(
      (trackingNumber) => ({ kind: "deadline-alert", trackingNumber, sequence: 3 }) as const,
    );
    expect((await cases.find(numbers[0] ?? ""))?.events[2]?.type).toBe("warned");
    for (const alert of alerts) await Promise.all(Array.from({ length: 10 }, () => send(alert)));

    const digests = await dueDigests("2026-11-26T08:03");
    expect(digests).toHaveLength(2);
    const outcomes = await Promise.allSettled(
      digests.flatMap((one) => Array.from({ length: 5 }, () => send(one))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(2);
    for (const one of digests) for (let copy = 0; copy < 5; copy++) await send(one);
    for (const alert of alerts) await send(alert);
    expect(await dueDigests("2026-11-26T10:00")).toEqual([]);
    expect(addressees(mailer.sent)).toEqual(team);
  });

  test("a message about a pile that comes late, when all it was about is mailed, leaves later alerts where they are", async () => {
    const { at, sweep, flush, dueDigests, send, first, deliver, mailer, piles } = await atWork(1, {
      officers: [{ ...staff.worker, mails: "daily" }],
    });
    await sweep("2026-12-01T08:00");
    const copies = await dueDigests("2026-12-01T08:10");
    await flush("2026-12-01T08:10");
    at("2026-12-01T09:00");
    await first.reporter("replies", { text });
    await deliver(first.number);
    const before = mailer.sent.length;
    for (const copy of copies) await send(copy);
    expect(mailer.sent).toHaveLength(before);
    expect(await piles.waiting(staff.worker.id)).toHaveLength(1);
  });

  test("a crash between sending and recording mails a second time rather than never", async () => {
    const { sweep, dueDigests, flush, sendOn, piles, mailer } = await atWork();
    await sweep("2026-12-01T08:00");
    const crashing = {
      ...piles,
      takeOff: () => Promise.reject(new Error("crashed")),
    };
    for (const message of await dueDigests("2026-12-01T08:03"))
      await expect(sendOn({ piles: crashing })(message)).rejects.toThrow("crashed");
    expect(addressees(mailer.sent)).toEqual(team);
    expect(addressees(await flush("2026-12-01T08:05"))).toEqual(team);
    expect(await flush("2026-12-01T08:10")).toEqual([]);
  });

  test("a pile that another worker has in hand comes back, and is mailed when that worker has died", async () => {
    const { sweep, dueDigests, at, send, piles, mailer } = await atWork();
    await sweep("2026-12-01T08:00");
    const [digest] = await dueDigests("2026-12-01T08:03");
    await piles.claim(digest?.to ?? "", new Date(inWita("2026-12-01T08:03")));
    await expect(send(digest!)).rejects.toThrow("Another worker");
    at("2026-12-01T08:05");
    await send(digest!);
    expect(mailer.sent).toHaveLength(1);
  });

  test("a pile whose mail is refused keeps nobody else from theirs, and comes again", async () => {
    const refuse = ["unit-officer@balikpapan-dinas-pu.example"];
    const { sweep, dueDigests, send, mailer } = await atWork(1, { refuse });
    await sweep("2026-12-01T08:00");
    const outcomes = await Promise.allSettled((await dueDigests("2026-12-01T08:03")).map((one) => send(one)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(addressees(mailer.sent)).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
    refuse.pop();
    for (const message of await dueDigests("2026-12-01T08:10")) await send(message);
    expect(addressees(mailer.sent)).toEqual(team);
  });

  test("a pile on which one case cannot be read mails the others, and tells that it failed", async () => {
    const { sweep, dueDigests, send, piles, mailer, numbers } = await atWork();
    await sweep("2026-12-01T08:00");
    const lost = {
      kind: "deadline-alert",
      trackingNumber: "nobody",
      sequence: 3,
      to: staff.worker.id,
    } as const;
    await piles.add(
      { notification: lost, flushAt: "2026-12-01T00:01:00.000Z" },
      new Date(inWita("2026-12-01T08:00")),
    );
    const digest = (await dueDigests("2026-12-01T08:03")).find(({ to }) => to === staff.worker.id);
    await expect(send(digest!)).rejects.toThrow("not there");
    expect(mailer.sent.map(({ subject }) => subject)).toEqual([
      `[${numbers[0]}] Tanggapan awal: jatuh tempo hari ini`,
    ]);
    expect((await piles.waiting(staff.worker.id)).map(({ notification }) => notification)).toEqual([lost]);
  });
});

describe("an officer who wants their mails once a day", () => {
  const daily = { ...staff.worker, mails: "daily" } as const;

  test("an officer who wants daily mails gets all of a day in one at the next working day's opening, and their colleague gets each at once", async () => {
    const { at, found, deliver, flush, numbers } = await atWork(2, { officers: [daily] });
    const [one, two] = found;
    at("2026-11-27T10:00");
    await one?.reporter("replies", { text });
    const first = await deliver(...numbers);
    at("2026-11-27T14:00");
    await two?.reporter("replies", { text });
    const second = await deliver(...numbers);
    for (const mails of [first, second])
      expect(addressees(mails)).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
    expect(await flush("2026-11-27T15:59")).toEqual([]);
    expect(await flush("2026-11-30T08:09")).toEqual([]);
    const mails = await flush("2026-11-30T08:10");
    expect(addressees(mails)).toEqual(["unit-officer@balikpapan-dinas-pu"]);
    expect(mails[0]?.subject).toBe("Ringkasan 2 laporan");
    expect([...(mails[0]?.text.matchAll(/^\d+\. (.+)$/gm) ?? [])].map(([, what]) => what)).toEqual(
      numbers.map((number) => `[${number}] Pelapor menanggapi`),
    );
    expect(mails[0]?.text).toContain("Jumat, 27 November 2026 pukul 14.00 WITA");
  });

  test("an officer who wants daily mails gets the early alerts with the one daily mail", async () => {
    const { at, sweep, flush, first, deliver } = await atWork(1, { officers: [daily] });
    at("2026-11-25T11:00");
    await first.reporter("replies", { text });
    await deliver(first.number);
    // The morning's sweep is a little late. The daily mail waits for it.
    await sweep("2026-11-26T08:04");
    expect(addressees(await flush("2026-11-26T08:07"))).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
    const mails = await flush("2026-11-26T08:10");
    expect(mails.map(({ subject }) => subject)).toEqual([
      `[${first.number}] Tanggapan awal: sisa 3 hari kerja`,
    ]);
    expect(mails[0]?.text).toContain("Pelapor menanggapi");
    expect(await flush("2026-11-27T08:10")).toEqual([]);
  });

  test("an officer who wants daily mails does not wait a day for what is due today, whenever it is found", async () => {
    const morning = await atWork(1, { officers: [daily] });
    await morning.sweep("2026-12-01T08:00");
    expect(addressees(await morning.flush("2026-12-01T08:10"))).toEqual(team);
    const noon = await atWork(1, { officers: [daily] });
    await noon.sweep("2026-12-01T12:00");
    expect(addressees(await noon.flush("2026-12-01T12:03"))).toEqual(team);
    const early = await atWork(1, { officers: [daily] });
    await early.sweep("2026-11-30T12:00");
    expect(addressees(await early.flush("2026-11-30T12:03"))).toEqual([
      "liaison-officer@balikpapan-dinas-pu",
    ]);
  });

  test("an officer is told nothing twice when they change their mind while messages come again", async () => {
    const { at, first, publish, send, change, flush, mailer } = await atWork(1, { officers: [daily] });
    at("2026-11-25T11:00");
    await first.reporter("replies", { text });
    const messages = await publish([first.number]);
    for (const message of messages) await send(message);
    await change(daily, { mails: "immediate" });
    for (const message of messages) await send(message);
    expect(addressees(mailer.sent)).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
    expect(addressees(await flush("2026-11-26T08:10"))).toEqual(["unit-officer@balikpapan-dinas-pu"]);
    await change(daily, { mails: "daily" });
    for (const message of messages) await send(message);
    expect(await flush("2026-11-27T08:10")).toEqual([]);
  });

  test("an officer who left is not mailed what waited for them", async () => {
    const { at, first, deliver, change, flush, piles } = await atWork(1, { officers: [daily] });
    at("2026-11-25T11:00");
    await first.reporter("replies", { text });
    await deliver(first.number);
    await change(daily, { dismissedAt: "2026-11-25T09:00:00.000Z" });
    expect(await flush("2026-11-26T08:10")).toEqual([]);
    expect(await piles.waiting(daily.id)).toEqual([]);
  });

  test("what waited for officers who left is told to the mailbox where nobody is left, and once to whoever came in their place", async () => {
    for (const successor of [
      undefined,
      {
        ...staff.worker,
        id: "contoh-pengganti",
        email: "pengganti@dinas.example",
        subject: "contoh-pengganti",
      },
    ]) {
      const liaison = { ...staff.liaison, mails: "daily" } as const;
      const { at, first, deliver, change, flush } = await atWork(1, { officers: [daily, liaison] });
      at("2026-11-25T11:00");
      await first.reporter("replies", { text });
      expect(await deliver(first.number)).toEqual([]);
      await change(daily, { dismissedAt: "2026-11-25T09:00:00.000Z" });
      await change(liaison, { agencyId: "pemkot-samarinda" });
      if (successor) await change(successor, {});
      expect(await flush("2026-11-26T08:10")).toEqual([]);
      const mails = await flush("2026-11-26T08:20");
      expect(addressees(mails)).toEqual([successor ? "pengganti@dinas" : "dinas-pu@balikpapan"]);
      expect(mails[0]?.subject).toBe(`[${first.number}] Pelapor menanggapi`);
      expect(await flush("2026-11-27T08:10")).toEqual([]);
    }
  });

  test("an agency that got a case meanwhile is not told what the reporter wrote to the one before", async () => {
    const { at, first, deliver, flush } = await atWork(1, { officers: [daily] });
    at("2026-11-25T11:00");
    await first.reporter("replies", { text });
    await deliver(first.number);
    await first.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    const atOnce = await deliver(first.number);
    expect(atOnce.map(({ subject }) => subject)).toContain(`[${first.number}] Disposisi baru`);
    expect(await flush("2026-11-26T08:10")).toEqual([]);
    expect(await flush("2026-11-26T08:30")).toEqual([]);
  });
});
