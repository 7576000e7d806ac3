import { describe, expect, test, vi } from "vitest";
import { openOffice, openReport, road } from "./office.ts";

const office = openOffice();

const national = "admin.nasional@kemenpanrb.example";
const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const liaison = "penghubung.pu@balikpapan.example";
const head = "kepala.pu@balikpapan.example";
const elsewhere = "petugas@samarinda.example";

const department = road.agencyId;
const roads = "balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

const opened = (change: object = {}) => openReport(office, { ...road, ...change });

describe("a report of a road in Balikpapan", () => {
  test("a report goes the whole way: verified, assigned to the unit, asked about, answered, rated low, answered by the head, confirmed", async () => {
    const { number, move, reporter, seen } = await opened();
    const steps = [
      await move(city, "verification", { supervised: false, title: "Jalan berlubang di depan Pasar Contoh" }),
      await move(liaison, "assignment", { agencyId: roads, note: "Mohon ditinjau." }),
      await move(city, "question", { text: "Di sisi mana dari pasar?" }),
      await reporter("replies", { text: "Di depan pintu utara." }),
      await move(city, "progress", { text: "Tim meninjau besok." }),
      await move(unit, "answer", { text }),
      await reporter("confirmation", { stars: 2, comment: "Masih berlubang." }),
      await move(head, "answer", { text: `${text} Kali ini dengan aspal.` }),
      await reporter("confirmation", { stars: 5 }),
    ];
    expect(steps.map(({ status, body }) => [status, body.status])).toEqual([
      [200, "assigned"],
      [200, "assigned"],
      [200, "awaiting-reporter"],
      [200, "assigned"],
      [200, "in-progress"],
      [200, "answered"],
      [200, "in-progress"],
      [200, "answered"],
      [200, "closed"],
    ]);
    const shown = await seen();
    expect(shown).toMatchObject({ status: "closed", statusText: "Selesai", closure: "confirmed", stars: 5 });
    expect(shown.timeline.map(({ type }: { type: string }) => type)).toEqual([
      "submitted",
      "verified",
      "assigned",
      "asked",
      "replied",
      "progressed",
      "answered",
      "reopened",
      "answered",
      "confirmed",
    ]);
    const { body: proof } = await office.api(`/v1/cases/${number}/proof`);
    expect(proof.events).toHaveLength(10);
    expect(proof.head).toEqual({ sequence: 10, hash: proof.events[9].hash });
    for (const officer of ["Contoh", "contoh-"])
      expect(
        JSON.stringify([shown.timeline.map(({ by, agency }: any) => [by, agency]), proof]),
      ).not.toContain(`"${officer}`);
  });

  test("a report's reporter and officers are told step by step, without a word of what was written", async () => {
    const { number, move } = await opened({ reporter: { email: "warga@contoh.example" } });
    // Nobody is told that a report waits which was verified meanwhile.
    await office.mailsAbout(number, 3);
    await move(city, "verification");
    await move(unit, "answer", { text });
    const mails = await office.mailsAbout(number, 7);
    const subjects = mails.map(
      ({ subject, destination }) => `${destination.to[0]} ${subject.split("] ")[1]}`,
    );
    expect(subjects.sort()).toEqual([
      "admin@balikpapan.example Laporan baru menunggu verifikasi",
      "lapor@balikpapan.example Pengaduan baru menunggu verifikasi",
      "penghubung.pu@balikpapan.example Laporan baru untuk instansi Anda",
      "petugas.pu@balikpapan.example Laporan baru untuk instansi Anda",
      "warga@contoh.example Laporan Anda kami terima",
      "warga@contoh.example Laporan Anda sudah ditindaklanjuti",
      "warga@contoh.example Laporan Anda terverifikasi",
    ]);
    for (const { body } of mails) expect(body.text).not.toContain(text);
  });

  test("officers of another city do not find the report at any address", async () => {
    const { number, move } = await opened();
    expect((await office.as(elsewhere, "GET", `/v1/officer/cases/${number}`)).status).toBe(404);
    expect((await move(elsewhere, "answer", { text })).status).toBe(404);
    const unknown = await office.as(elsewhere, "GET", "/v1/officer/cases/00000-00000");
    const foreign = await office.as(elsewhere, "GET", `/v1/officer/cases/${number}`);
    expect({ ...foreign.body, instance: "" }).toEqual({ ...unknown.body, instance: "" });
  });

  test("a report that two officers decide at once follows one of them and tells the other what happened", async () => {
    const { number, move } = await opened();
    await move(city, "verification");
    const [one, other] = await Promise.all([
      move(liaison, "question", { text: "Di sisi mana dari pasar?" }, { "if-match": '"2"' }),
      move(unit, "answer", { text }, { "if-match": '"2"' }),
    ]);
    expect([one?.status, other?.status].sort()).toEqual([200, 409]);
    const refused = [one, other].find((answer) => answer?.status === 409);
    expect(refused?.body.changes).toHaveLength(1);
    expect(refused?.body.detail).toMatch(
      /Sementara itu laporan ini berubah: (Pelapor diminta|Ditindaklanjuti)/,
    );
    const now = await office.as(city, "GET", `/v1/officer/cases/${number}`);
    expect([now.body.version, now.headers.get("etag")]).toEqual([3, '"3"']);
  });

  test("an answer is given once, although a second click or a request whose answer was lost sends it again", async () => {
    const { move, seen } = await opened();
    await move(city, "verification");
    const answers = await Promise.all([1, 2, 3, 4].map(() => move(unit, "answer", { text })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await seen()).timeline).toHaveLength(3);
  });

  test("a report that is nobody's goes up level by level, and the third time to the national administrator, who alone decides", async () => {
    const { move, seen } = await opened({ agencyId: roads });
    const reason = { reason: "Bukan kewenangan kami." };
    await move(city, "verification");
    expect((await move(unit, "return", reason)).status).toBe(200);
    expect((await seen()).agency.id).toBe(department);
    expect((await move(liaison, "return", { reason: "Bukan kewenangan dinas." })).status).toBe(200);
    expect((await seen()).agency.id).toBe("pemkot-balikpapan");
    expect((await move(city, "return", { reason: "Bukan kewenangan kota." })).status).toBe(200);
    expect((await seen()).statusText).toBe("Menunggu keputusan admin nasional");
    expect((await move(city, "assignment", { agencyId: department })).status).toBe(404);
    const decided = await move(national, "assignment", { agencyId: department });
    expect([decided.status, decided.body.agency.id]).toEqual([200, department]);
  });

  test("a report goes on appeal to the level above the unit that answered, and the unit no longer sees it", async () => {
    const { move, reporter } = await opened();
    await move(city, "verification");
    await move(unit, "answer", { text });
    const appealed = await reporter("appeal", { text: "Tidak ada yang datang." });
    expect([appealed.status, appealed.body.agency.id]).toEqual([200, "pemkot-balikpapan"]);
    expect((await move(unit, "answer", { text })).status).toBe(404);
    expect((await move(city, "answer", { text: `${text} Kami periksa ulang.` })).status).toBe(200);
  });

  test("a report is not referred to the Ombudsman without its reporter's consent, nor before its limit has passed", async () => {
    const { move, reporter } = await opened();
    await move(city, "verification");
    const refer = async () =>
      (await move("pengamat@ombudsman-ri.example", "referral", { text: "Kami ambil alih." })).body;
    expect(await refer()).toMatchObject({ status: 409, detail: expect.stringContaining("belum menyetujui") });
    await reporter("referral-consent");
    expect(await refer()).toMatchObject({ status: 409, detail: expect.stringContaining("belum lewat") });
  });
});

describe("the lists of cases", () => {
  test("a case is in its agency's queue until it goes on, and in the queue of the whole city for its administrator", async () => {
    const { number, move } = await opened();
    const queue = async (email: string, query: string) => {
      const { status, body } = await office.as(email, "GET", `/v1/officer/cases?${query}`);
      expect([query, status, body.errors]).toEqual([query, 200, undefined]);
      return body.items.map(({ trackingNumber }: { trackingNumber: string }) => trackingNumber);
    };
    // The department has no administrator, so the city verifies for it.
    await vi.waitFor(async () => expect(await queue(city, "queue=verification")).toContain(number));
    expect(await queue(unit, "queue=verification")).not.toContain(number);
    expect(await queue(city, "queue=verification&scope=subtree")).toContain(number);
    expect(await queue(city, `queue=verification&category=${road.category}`)).toContain(number);
    await move(city, "verification");
    await vi.waitFor(async () => expect(await queue(unit, "queue=assigned")).toContain(number));
    expect(await queue(unit, "queue=verification")).not.toContain(number);
    const foreign = await office.as(
      elsewhere,
      "GET",
      `/v1/officer/cases?queue=assigned&agency=${department}`,
    );
    expect(foreign.body.errors).toMatchObject([{ in: "query", path: "agency" }]);
  });

  test("the public feed shows everybody's reports, and none that is secret, archived or withdrawn", async () => {
    const open = await opened();
    const secret = await opened({ secret: true });
    const archived = await opened();
    await archived.move(national, "archival", {
      reason: "not-public-service",
      text: "Bukan pelayanan publik.",
    });
    const withdrawn = await opened();
    await withdrawn.reporter("withdrawal");
    await vi.waitFor(async () => {
      const { body } = await office.api(`/v1/cases?region=64.71&agency=${department}&limit=100`);
      const shown = body.items.map(({ trackingNumber }: { trackingNumber: string }) => trackingNumber);
      expect(shown).toContain(open.number);
      for (const { number } of [secret, archived, withdrawn]) expect(shown).not.toContain(number);
    });
    for (const hidden of [secret, archived, withdrawn]) expect((await hidden.seen()).text).toBeUndefined();
    expect((await archived.mine()).text).toBe(road.text);
  });
});
