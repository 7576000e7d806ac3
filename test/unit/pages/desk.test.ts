import { describe, expect, test } from "vitest";
import type { Agency } from "../../../shared/directory/directory.ts";
import { agencies, anOfficer } from "../../fakes/agencies.ts";
import { pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const department = "balikpapan-dinas-pu";

/** A case that the city has handed to its department. */
async function assigned(office: ReturnType<typeof anOffice>, change = {}) {
  const found = await office.submit(change);
  const { status } = await found.as("admin", "verification", { agencyId: department });
  if (status !== 200) throw new Error("The case was not assigned");
  return found;
}

describe("the desk of an officer", () => {
  test("says first what must be done today, counts each queue with a link to it, and offers the next case", async () => {
    const office = anOffice("2026-11-19T09:00:00+08:00"); // a Thursday
    await assigned(office, { title: "Jalan berlubang" });
    office.at("2026-11-24T09:00:00+08:00");
    await assigned(office, { title: "Lampu padam" });
    office.at("2026-11-26T09:00:00+08:00");
    const browser = await office.browserOf("worker");
    const { status, body } = await browser.get("/petugas");
    const shown = pageIn({ status, body } as never);
    expect(status).toBe(200);
    expect(shown.h1).toBe("Selamat pagi. 1 laporan harus selesai hari ini.");
    for (const address of [
      "/petugas/antrean/overdue",
      "/petugas/antrean/due-soon?batas=hari-ini",
      "/petugas/antrean/assigned",
      "/petugas/antrean/answered",
      "/petugas/berikutnya",
    ])
      expect(body).toContain(`href="${address.replaceAll("&", "&amp;")}"`);
    expect(shown.text).toContain("1Harus selesai hari ini");
    expect(shown.text).toMatch(/Berikutnya\s*Jalan berlubang.*Hari ini/);
    expect(shown.title).not.toContain("Jalan");
    expect(pageIn(await browser.get("/en/petugas")).h1).toBe("Good morning. 1 case must be done today.");
    const { body: today } = await browser.get("/petugas/antrean/due-soon?batas=hari-ini");
    expect([today.includes("Jalan berlubang"), today.includes("Lampu padam")]).toEqual([true, false]);
    const next = await browser.get("/petugas/berikutnya");
    expect(next.headers.location).toMatch(/^\/petugas\/laporan\//);
  });

  test("greets by the clock of the officer's agency: where it is noon in Jayapura it is morning in Jakarta", async () => {
    const office = anOffice("2026-11-26T10:30:00+07:00");
    const east: Agency = { ...agencies[1]!, id: "dinas-di-timur", timeZone: "Asia/Jayapura" };
    const west: Agency = { ...east, id: "dinas-di-barat", timeZone: "Asia/Jakarta" };
    for (const [agency, greeting] of [
      [east, "Selamat siang."],
      [west, "Selamat pagi."],
    ] as const) {
      const officer = anOfficer("unit-officer", agency.id);
      await office.directory.put("agency", agency);
      await office.directory.put("officer", officer);
      expect(pageIn(await (await office.browserOf(officer)).get("/petugas")).h1).toContain(greeting);
    }
  });

  test("says that it is empty, and what comes next", async () => {
    const shown = pageIn(await (await anOffice().browserOf("worker")).get("/petugas"));
    expect(shown.h1).toContain("Tidak ada yang harus selesai hari ini");
    for (const part of ["Meja Anda kosong", "Anda menerima email", "baca panduan", "berlatih dengan contoh"])
      expect(shown.text).toContain(part);
  });

  test("tells what has changed since the last visit, what it was, and nothing that the officer did", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const one = await assigned(office, { title: "Jalan berlubang" });
    const other = await assigned(office, { title: "Lampu padam" });
    const browser = await office.browserOf("worker");
    const news = async () => pageIn(await browser.get("/petugas")).text;
    expect(await news()).not.toContain("kunjungan terakhir");
    office.at("2026-11-24T09:20:00+08:00");
    await other.as("worker", "progress", { text: "Lampu akan diganti besok." });
    await one.as("worker", "question", { text: "Di depan pasar yang mana?" });
    office.at("2026-11-24T10:30:00+08:00");
    const again = await office.browserOf("worker");
    for (const [name, value] of browser.jar) if (!again.jar.has(name)) again.jar.set(name, value);
    expect(pageIn(await again.get("/petugas")).text).toContain("Tidak ada yang berubah sejak");
    await one.reporter("replies", { text: "Pasar Sepinggan." });
    const told = pageIn(await again.get("/petugas")).text;
    expect(told).toMatch(/Yang berubah sejak kunjungan terakhir Anda.*Jalan berlubang.*oleh pelapor/);
    expect(told).not.toMatch(/kunjungan terakhir Anda.*Lampu padam/);
    // The next look in the same visit still tells it, and somebody else at this computer is told nothing.
    expect(pageIn(await again.get("/petugas")).text).toContain("kunjungan terakhir Anda");
    const colleague = await office.browserOf("head");
    colleague.jar.set("__Host-kunjungan", again.jar.get("__Host-kunjungan") ?? "");
    expect(pageIn(await colleague.get("/petugas")).text).not.toContain("kunjungan terakhir");
  });

  test("names whose deputy the officer is, until when, and counts their cases", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const away = await office.ofMine("head", "PUT", "absence", {
      deputyId: staff.liaison.id,
      from: "2026-11-24",
      until: "2026-11-30",
    });
    expect(away.status).toBe(200);
    const shown = pageIn(await (await office.browserOf("liaison")).get("/petugas"));
    expect(shown.text).toContain(`Anda menggantikan ${staff.head.name} (Kepala instansi`);
    expect(shown.text).toContain("sampai Senin, 30 November 2026");
  });

  test("says which post a number belongs to, where somebody works in two agencies", async () => {
    const { subject } = staff.worker;
    const second = anOfficer("unit-officer", "balikpapan-uptd-jalan", { subject });
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const { postsOf } = office.directory;
    office.directory.postsOf = async (who) => (who === subject ? [staff.worker, second] : postsOf(who));
    await assigned(office);
    const shown = pageIn(await (await office.browserOf("worker")).get("/petugas"));
    expect(shown.text).toMatch(
      /Menurut jabatan.*Dinas Pekerjaan Umum.*UPTD Jalan Kota Balikpapan\s*Petugas unit\s*Tidak ada yang menunggu/,
    );
  });

  test("an observer works nowhere, and chooses an agency by its name", async () => {
    const office = anOffice();
    await assigned(office, { title: "Jalan berlubang" });
    const browser = await office.browserOf("observer");
    expect(pageIn(await browser.get("/petugas")).text).toContain("Pilih instansi");
    const found = await browser.get("/petugas/antrean?cari=dinas+pekerjaan");
    expect(found.body).toContain(`href="/petugas/antrean?instansi=${department}"`);
    const counts = await browser.get(`/petugas/antrean?instansi=${department}`);
    expect(counts.body).toContain(`href="/petugas/antrean/assigned?instansi=${department}"`);
    const queue = await browser.get(`/petugas/antrean/assigned?instansi=${department}`);
    expect(queue.body).toContain("Jalan berlubang");
    expect(queue.body).not.toContain('type="checkbox"');
    expect((await browser.get("/petugas/antrean/assigned")).headers.location).toBe("/petugas/antrean");
  });

  test("counts the requests that wait for this administrator as the second person, and not their own", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const asked = await office.admin("admin", "PUT", "officers/kepala-baru", {
      ...{ name: "Kepala Contoh", email: "kepala.baru@balikpapan.example", role: "agency-head" },
      ...{ agencyId: department, mails: "immediate" },
    });
    expect(asked.status).toBe(202);
    const seen = async (who: "admin" | "national" | "worker") =>
      (await (await office.browserOf(who)).get("/petugas")).body.includes("/petugas/kelola/permintaan");
    expect([await seen("national"), await seen("admin"), await seen("worker")]).toEqual([true, false, false]);
  });
});

describe("the next case", () => {
  test("is what is overdue, then what is due, and leaves out the case that was just worked on", async () => {
    const office = anOffice("2026-11-16T09:00:00+08:00");
    const late = await assigned(office);
    office.at("2026-11-23T09:00:00+08:00");
    const soon = await assigned(office);
    office.at("2026-11-26T09:00:00+08:00");
    const browser = await office.browserOf("worker");
    const to = async (query = "") => (await browser.get(`/petugas/berikutnya${query}`)).headers.location;
    expect(await to()).toBe(`/petugas/laporan/${late.number}`);
    expect(await to(`?selain=${late.number}&sudah=answer`)).toBe(
      `/petugas/laporan/${soon.number}?sudah=answer`,
    );
    await late.as("worker", "answer", { text: "Lubang sudah ditambal dengan aspal." });
    expect(await to()).toBe(`/petugas/laporan/${soon.number}`);
    expect(await to(`?selain=${soon.number}&sudah=answer`)).toBe("/petugas?sudah=answer");
    expect(pageIn(await browser.get("/petugas?sudah=answer")).text).toContain("Tersimpan: Jawab");
    expect((await (await office.browserOf("worker")).get("/en/petugas/berikutnya")).headers.location).toBe(
      `/en/petugas/laporan/${soon.number}`,
    );
  });

  test("is none that this officer can do nothing with: only the head decides on a reopened case", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await assigned(office);
    await found.as("worker", "answer", { text: "Lubang sudah ditambal dengan aspal." });
    await found.reporter("confirmation", { stars: 1, comment: "Belum." });
    const to = async (who: "worker" | "head") =>
      (await (await office.browserOf(who)).get("/petugas/berikutnya")).headers.location;
    expect([await to("worker"), await to("head")]).toEqual(["/petugas", `/petugas/laporan/${found.number}`]);
    expect(pageIn(await (await office.browserOf("worker")).get("/petugas")).text).toContain(
      "tidak ada yang dapat Anda kerjakan",
    );
  });
});
