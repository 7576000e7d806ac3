import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { type Likened, likenessOf, metresBetween } from "../../shared/case/lists/duplicates.ts";
import { situationOf } from "../../shared/case/moves/table.ts";
import { type EventToTell, messagesOf } from "../../shared/notification/mail-message.ts";
import { tellingWords } from "../../shared/text/stems.ts";
import { memoryMailer } from "../fakes/mailer.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

const report = (change: Partial<Likened> & { title?: string } = {}): Likened => {
  const { title = "Jalan berlubang besar di depan pasar Contoh", ...rest } = change;
  return {
    trackingNumber: "1",
    submittedAt: "2026-11-24T01:00:00.000Z",
    category: "pekerjaan-umum/jalan",
    location: { regionCode: "64.71", latitude: -1.24, longitude: 116.86 },
    words: tellingWords(title, ""),
    ...rest,
  };
};
const other = (change: Parameters<typeof report>[0] = {}) => report({ trackingNumber: "2", ...change });
/** So many metres to the north. */
const north = (metres: number) => ({
  regionCode: "64.71",
  latitude: -1.24 + metres / 111_195,
  longitude: 116.86,
});
const elsewhere = { title: "Lampu penerangan mati", location: north(5_000) };

describe("likeness of two reports", () => {
  test("two reports of one main category within 100 metres and 14 days are likely the same, whatever their words", () => {
    const words = tellingWords("Aspal rusak parah sekali", "");
    const near = { words, category: "pekerjaan-umum/drainase" };
    expect(likenessOf(report(), other({ ...near, location: north(99) }))).toMatchObject({
      metres: 99,
      days: 0,
    });
    expect(likenessOf(report(), other({ ...near, location: north(101) }))).toBeUndefined();
    expect(
      likenessOf(report(), other({ words, category: "kesehatan", location: north(10) })),
    ).toBeUndefined();
    const after = (days: number) => new Date(Date.parse("2026-11-24T01:00:00Z") + days * 86_400_000);
    expect(likenessOf(report(), other({ ...near, submittedAt: after(14).toISOString() }))?.days).toBe(14);
    expect(likenessOf(report(), other({ ...near, submittedAt: after(14.1).toISOString() }))).toBeUndefined();
  });

  test("two reports in the same words, also with other endings, are likely the same anywhere in the kabupaten or kota", () => {
    const found = likenessOf(
      report(),
      other({ title: "Lubangnya besar, jalanan depan pasar contoh rusak", location: north(3_000) }),
    );
    expect(found?.words).toEqual(["jalan", "lubang", "depan", "pasar", "contoh"]);
    expect(found).not.toHaveProperty("metres");
    expect(likenessOf(report(), other(elsewhere))).toBeUndefined();
  });

  test("polite words make no two reports alike, and no report is like itself", () => {
    const polite = "Mohon segera ditindak, terima kasih bapak admin";
    expect(tellingWords(polite, "")).toEqual(["tindak"]);
    expect(likenessOf(report(), report())).toBeUndefined();
  });

  test("two reports are as like one way as the other way, and never more than wholly", () => {
    const title = fc
      .array(fc.constantFrom("jalan", "lubang", "pasar", "lampu", "mati", "air", "sampah"))
      .map((w) => w.join(" "));
    fc.assert(
      fc.property(title, title, fc.integer({ max: 300, min: 0 }), (one, two, metres) => {
        const [a, b] = [report({ title: one }), other({ title: two, location: north(metres) })];
        const likeness = likenessOf(a, b);
        expect(likenessOf(b, a)?.score).toBe(likeness?.score);
        expect(likeness?.score ?? 0).toBeLessThanOrEqual(1);
        expect(metresBetween(a, b)).toBeCloseTo(metres, 0);
      }),
    );
  });
});

type Office = ReturnType<typeof anOffice>;
const duplicatesFor = (office: Office, who: Who, number: string) =>
  office.asks(who, `/v1/officer/cases/${number}/duplicates`);
const numbersIn = (body: any): string[] => body.items.map((item: any) => String(item.case.trackingNumber));

describe("at verification", () => {
  test("at verification the officer sees what was likely reported already and why, the likeliest first", async () => {
    const office = anOffice();
    const first = await office.submit({ text: "Ada lubang besar sekali di depan pasar itu." });
    const third = await office.submit({ location: { regionCode: "64.71" }, category: "pekerjaan-umum" });
    await office.submit({
      title: "Lampu jalan mati",
      text: "Gelap sekali.",
      location: { regionCode: "64.71" },
    });
    const second = await office.submit();
    const { status, body } = await duplicatesFor(office, "admin", second.number);
    expect([status, numbersIn(body)]).toEqual([200, [first.number, third.number]]);
    expect(body.items[0]).toMatchObject({ metres: 0, days: 0 });
    expect(body.items[0].reasons[0]).toBe("Kategori utama sama, jarak 0 meter, selisih 0 hari");
    expect(body.items[0].reasons[1]).toMatch(/^\d+ kata sama: .*berlubang/);
  });

  test("of another agency's case the officer sees what everybody may, and of a secret one nothing", async () => {
    const office = anOffice();
    const theirs = { agencyId: "pemkot-samarinda" };
    const open = await office.submit(theirs);
    await office.submit({ ...theirs, secret: true });
    const found = await office.submit();
    const { body } = await duplicatesFor(office, "admin", found.number);
    expect(numbersIn(body)).toEqual([open.number]);
    expect(body.items[0].reasons.join()).not.toContain("lubang");
    expect(body.items[0].case).not.toHaveProperty("heldSince");
    expect(numbersIn((await duplicatesFor(office, "national", found.number)).body)).toHaveLength(2);
  });

  test("only officers who verify or assign look for duplicates", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    for (const who of ["worker", "observer", "auditor"] as const)
      expect([who, (await duplicatesFor(office, who, number)).status]).toEqual([who, 403]);
    expect((await duplicatesFor(office, "elsewhere", number)).status).toBe(404);
  });
});

describe("a case that was joined", () => {
  const joined = async () => {
    const office = anOffice();
    const [first, second] = [await office.submit(), await office.submit()];
    const text = "Laporan tentang lubang yang sama.";
    const answer = await second.as("admin", "joining", { trackingNumber: first.number, text });
    expect([answer.status, answer.body.statusText]).toEqual([200, "Digabung dengan laporan lain"]);
    return { office, first, second };
  };

  test("a joined case says publicly which report it repeats, and shows where that one stands", async () => {
    const { first, second } = await joined();
    const seen = async () => (await second.seenByPublic()).body;
    expect(await seen()).toMatchObject({
      duplicateOf: first.number,
      follows: { trackingNumber: first.number, status: "submitted", statusText: "Menunggu verifikasi" },
    });
    await first.as("admin", "verification");
    await first.as("worker", "answer", { text: "Lubang di depan pasar sudah kami tambal kemarin." });
    expect((await seen()).follows.status).toBe("answered");
    expect((await second.seenByReporter()).body.follows.status).toBe("answered");
    expect((await second.seenBy("admin")).body.follows.status).toBe("answered");
    expect(await seen()).not.toHaveProperty("text");
  });

  test("a joined case has no clock that runs, and waits in no queue", async () => {
    const { office, second } = await joined();
    const found = await office.cases.get(second.number);
    expect(found?.clocks.map(({ outcome }) => outcome)).toEqual(["cancelled"]);
    expect(found).not.toHaveProperty("nextCheckAt");
    expect(numbersOf(await office.queue("liaison", { queue: "verification" }))).not.toContain(second.number);
  });

  test("a case that is joined to a joined one follows the first", async () => {
    const { office, first, second } = await joined();
    const third = await office.submit();
    await third.as("admin", "joining", { trackingNumber: second.number });
    expect((await third.seenByPublic()).body.duplicateOf).toBe(first.number);
    const fourth = await office.submit();
    await first.as("admin", "joining", { trackingNumber: fourth.number });
    expect((await third.seenByPublic()).body.follows.trackingNumber).toBe(fourth.number);
    const circle = await fourth.as("admin", "joining", { trackingNumber: third.number });
    expect(circle.status).toBe(400);
  });

  test("a joined case goes back to verification with a new clock when its reporter says that it is not the same", async () => {
    const { office, second } = await joined();
    const { status, body } = await second.reporter("separation", { text: "Ini bukan laporan yang sama." });
    expect([status, body.status]).toEqual([200, "submitted"]);
    const found = await office.cases.get(second.number);
    expect(found && situationOf(found)).toBe("submitted");
    expect(found?.clocks.map(({ name, endedAt }) => [name, endedAt === undefined])).toEqual([
      ["verification", false],
      ["verification", true],
    ]);
    const seen = (await second.seenByPublic()).body;
    for (const field of ["duplicateOf", "follows", "archiveReason"]) expect(seen).not.toHaveProperty(field);
    expect(JSON.stringify(seen)).not.toContain("bukan laporan yang sama.");
    expect((await second.as("admin", "verification")).status).toBe(200);
  });

  test("the national administrator may separate a joined case and its agency may not, because the clocks begin anew; the reporter is told without the officer's words", async () => {
    const { office, second } = await joined();
    for (const who of ["worker", "admin", "mayor"] as const)
      expect((await second.as(who, "separation", { text: "Salah lihat." })).status).toBe(403);
    const { status, body } = await second.as("national", "separation", { text: "Salah lihat: lubang lain." });
    expect([status, body.status, body.joinedTo]).toEqual([200, "submitted", undefined]);
    expect((await second.as("national", "separation", { text: "Sekali lagi." })).status).toBe(409);
    const { events } = (await office.cases.find(second.number)) ?? { events: [] };
    const told = events.at(-1);
    expect(told && messagesOf(told).map(({ kind }) => kind)).toEqual(["reporter-notice", "officer-notice"]);
    expect(JSON.stringify((await second.seenByPublic()).body)).not.toContain("Salah lihat");
  });

  test("where officers join two cases to each other at the same moment, one follows the other", async () => {
    const office = anOffice();
    const [one, other] = [await office.submit(), await office.submit()];
    const answers = await Promise.all([
      one.as("admin", "joining", { trackingNumber: other.number }),
      other.as("national", "joining", { trackingNumber: one.number }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const seen = [(await one.seenByPublic()).body, (await other.seenByPublic()).body];
    expect(seen.map(({ status }) => status).sort()).toEqual(["archived", "submitted"]);
    expect(seen.filter(({ follows }) => follows !== undefined)).toHaveLength(1);
  });

  test("a joined case is not restored as if it had been archived", async () => {
    const { second } = await joined();
    expect((await second.as("national", "restoration", { text: "Salah." })).status).toBe(409);
  });

  test("a case cannot be joined to itself, to nothing, to a case that nobody works on or to a secret case of others", async () => {
    const office = anOffice();
    const found = await office.submit();
    const gone = await office.submit();
    await gone.reporter("withdrawal");
    const secret = await office.submit({ agencyId: "pemkot-samarinda", secret: true });
    for (const trackingNumber of [found.number, "B123A-CDE4Y", gone.number, secret.number]) {
      const refused = await found.as("admin", "joining", { trackingNumber });
      expect([trackingNumber, refused.status]).toEqual([trackingNumber, 400]);
    }
    expect((await found.as("worker", "joining", { trackingNumber: gone.number })).status).toBe(403);
  });
});

const numbersOf = ({ body }: { body: any }): string[] =>
  body.items.map((item: any) => String(item.trackingNumber));

describe("the reporters of joined cases", () => {
  const follow = async (refuse: string[] = []) => {
    const office = anOffice();
    const mailer = memoryMailer(refuse);
    const settings = {
      verifyingAgency: "kemenpanrb",
      siteUrl: undefined,
      gathering: { newCaseSeconds: 600, caseSeconds: 0, alertSeconds: 60, dailySeconds: 60 },
    };
    const send = sendEmail({ ...office, mailer }, settings, office.now);
    const from = (name: string) => office.submit({ reporter: { email: `${name}@contoh.example` } });
    const first = await from("first");
    await first.as("admin", "verification");
    const others = [];
    for (let index = 0; index < 30; index++) {
      const other = await from(`other-${index}`);
      await other.as("admin", "joining", { trackingNumber: first.number });
      others.push(other);
    }
    /** The mails that a message about the last event of the first case leads to. */
    const told = async (): Promise<string[]> => {
      const before = mailer.sent.length;
      const event = (await office.cases.find(first.number))?.events.at(-1);
      const message = event && messagesOf(event).find(({ kind }) => kind === "followers");
      if (message) await send(message);
      return mailer.sent.slice(before).map(({ to }) => to);
    };
    return { office, mailer, first, others, told, send };
  };

  test("reporters of joined cases are each told once when the first one is answered, closed or opened again, however often the message comes", async () => {
    const { first, mailer, told } = await follow();
    await first.as("worker", "answer", { text: "Lubang di depan pasar sudah kami tambal kemarin." });
    expect((await told()).sort()).toEqual(
      Array.from({ length: 30 }, (_, index) => `other-${index}@contoh.example`).sort(),
    );
    expect(await told()).toEqual([]);
    const [mail] = mailer.sent;
    expect(mail?.subject).toMatch(/^\[[0-9A-Z-]{11}\] Laporan yang diikuti sudah dijawab$/);
    expect(mail?.text).not.toContain("tambal");
    await first.reporter("confirmation", { stars: 1 });
    expect(await told()).toHaveLength(30);
    expect(mailer.sent.at(-1)?.subject).toContain("dibuka kembali");
    await first.as("head", "answer", { text: "Kini benar-benar sudah kami tambal, silakan dilihat." });
    await told();
    await first.reporter("confirmation", { stars: 5 });
    expect(await told()).toHaveLength(30);
    expect(mailer.sent.at(-1)?.subject).toContain("selesai");
  });

  test("reporters of joined cases are not told of what is no news, nor once they have separated theirs or stopped the mails", async () => {
    const { office, first, others, told } = await follow();
    await first.as("worker", "progress", { text: "Besok kami ke sana." });
    expect(await told()).toEqual([]);
    await others[0]?.reporter("separation", { text: "Lubang saya lain." });
    await office.reporters.stopMails(others[1]?.number ?? "", true);
    await first.as("worker", "answer", { text: "Lubang di depan pasar sudah kami tambal kemarin." });
    expect(await told()).toHaveLength(28);
  });

  test("reporters are told also where their case follows through another one", async () => {
    const { office, first, mailer, send } = await follow();
    const newest = await office.submit();
    await first.as("admin", "joining", { trackingNumber: newest.number });
    await newest.reporter("withdrawal");
    const event = (await office.cases.find(newest.number))?.events.at(-1);
    const message = event && messagesOf(event).find(({ kind }) => kind === "followers");
    await send(message as EventToTell);
    expect(mailer.sent).toHaveLength(31);
    expect(mailer.sent.every(({ subject }) => subject.includes("tidak dilanjutkan"))).toBe(true);
  });

  test("a mail that fails keeps no other reporter from being told, and goes out when the message comes again", async () => {
    const refused = ["other-3@contoh.example"];
    const { first, mailer, told } = await follow(refused);
    await first.as("worker", "answer", { text: "Lubang di depan pasar sudah kami tambal kemarin." });
    await expect(told()).rejects.toThrow();
    refused.length = 0;
    await told();
    const addressees = mailer.sent.map(({ to }) => to);
    expect(addressees).toHaveLength(30);
    expect(new Set(addressees).size).toBe(30);
  });
});
