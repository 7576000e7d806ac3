import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";

const year = "/petugas/kelola/kalender/2026";
const limits = "/petugas/kelola/batas";

/** The hidden fields of the last form of a page: what its button sends. */
const hiddenIn = (answer: Answer, names: readonly string[] = ["isi", "segel"]): Record<string, string> => {
  const shown = pageIn(answer);
  return Object.fromEntries(names.map((name) => [name, shown.value(name)]));
};

/** What was tried, with one date changed on its way. */
const repacked = (isi: string, from: string, to: string): string =>
  brotliCompressSync(
    brotliDecompressSync(Buffer.from(isi, "base64url")).toString().replace(from, to),
  ).toString("base64url");

const decree = "SKB 3 Menteri contoh, perubahan";
const aNewDay = (versi: string) => ({
  versi,
  decree,
  "baru.0.date": "25/11/2026",
  "baru.0.kind": "joint-leave",
  "baru.0.name": "Cuti bersama contoh",
});

/** An office with a case that runs, and what its administrators see. */
async function aTrial() {
  const office = anOffice();
  const found = await office.submit();
  const national = await office.browserOf("national");
  const form = pageIn(await national.get(`${year}/ubah`));
  const trial = await national.send(`${year}/ubah`, aNewDay(form.value("versi")));
  return { office, found, national, form, trial };
}

describe("holidays", () => {
  test("a change is tried first: it says how many cases move, with examples to open, and nothing has changed", async () => {
    const { office, found, trial } = await aTrial();
    expect(trial.status).toBe(200);
    const shown = pageIn(trial);
    expect(shown.text).toContain("Belum ada yang berubah");
    expect(shown.text).toMatch(/1\s*pindah batas waktunya/);
    expect(shown.text).toContain("Rabu, 25 November 2026: Cuti bersama contoh");
    expect(shown.all("a").map((one) => attributeOf(one, "href"))).toContain(
      `/petugas/laporan/${found.number}`,
    );
    expect(await office.limits.calendars()).toEqual([]);
  });

  test("only what was tried can be activated, once, by whoever tried it", async () => {
    const { office, national, trial } = await aTrial();
    const sent = hiddenIn(trial);
    const changed = { ...sent, isi: repacked(sent.isi ?? "", "2026-11-25", "2026-11-26") };
    expect((await national.send(`${year}/aktifkan`, changed)).status).toBe(409);
    expect((await national.send(`${year}/aktifkan`, { isi: sent.isi ?? "" })).status).toBe(409);
    expect((await national.send("/petugas/kelola/kalender/2027/aktifkan", sent)).status).toBe(409);
    const other = await office.browserOf("admin");
    expect((await other.send(`${year}/aktifkan`, sent)).status).toBe(409);
    expect(await office.limits.calendars()).toEqual([]);
    const activated = await national.send(`${year}/aktifkan`, sent);
    expect(activated.headers.location).toBe(`${year}?sudah=kalender`);
    expect(pageIn(await national.get(`${year}?sudah=kalender`)).text).toContain("Cuti bersama contoh");
    expect(await office.limits.calendars()).toHaveLength(1);
  });

  test("a trial of yesterday is tried anew", async () => {
    const { office, national, trial } = await aTrial();
    office.at("2026-11-24T12:00:00+08:00");
    const late = (await office.browserOf("national")).send(`${year}/aktifkan`, hiddenIn(trial));
    expect((await late).status).toBe(409);
    expect(await office.limits.calendars()).toEqual([]);
    expect(national.jar.size).toBe(1);
  });

  test("where somebody else was faster it is tried anew, and the page shows what would be lost", async () => {
    const { office, national, trial } = await aTrial();
    const form = pageIn(await national.get(`${year}/ubah`));
    const theirs = await national.send(`${year}/ubah`, {
      ...aNewDay(form.value("versi")),
      "baru.0.date": "2/12/2026",
      "baru.0.name": "Libur lain",
    });
    await national.send(`${year}/aktifkan`, hiddenIn(theirs));
    const refused = await national.send(`${year}/aktifkan`, hiddenIn(trial));
    expect(refused.status).toBe(409);
    const shown = pageIn(refused);
    expect(shown.text).toContain("Admin lain baru saja menyimpan");
    expect(shown.text).toContain("Tidak libur lagi");
    expect(shown.text).toContain("Libur lain");
    expect(await office.limits.calendars()).toHaveLength(1);
    const again = await national.send(`${year}/aktifkan`, hiddenIn(refused));
    expect(again.headers.location).toBe(`${year}?sudah=kalender`);
  });

  test("what is wrong with a day is said at its field, and what was typed stays", async () => {
    const office = anOffice();
    const national = await office.browserOf("national");
    const form = pageIn(await national.get(`${year}/ubah`));
    const refused = await national.send(`${year}/ubah`, {
      ...aNewDay(form.value("versi")),
      "baru.0.date": "1/12/2027",
      "baru.1.date": "25/12/2026",
      "baru.1.kind": "regional-holiday",
      "baru.1.name": "Libur contoh",
    });
    expect(refused.status).toBe(400);
    const fields = pageIn(refused).problems.map(([field]) => field);
    expect(fields).toContain("#baru-0-date");
    expect(fields).toContain("#baru-1-regionCode");
    expect(pageIn(refused).value("baru.0.name")).toBe("Cuti bersama contoh");
  });

  test("days are taken away by ticking them, and a year without a decree begins with an empty list", async () => {
    const office = anOffice();
    const national = await office.browserOf("national");
    const form = pageIn(await national.get(`${year}/ubah`));
    const trial = await national.send(`${year}/ubah`, {
      versi: form.value("versi"),
      decree,
      hapus: "2026-12-25",
    });
    expect(pageIn(trial).text).toContain("Tidak libur lagi");
    expect(pageIn(trial).text).toContain("Jumat, 25 Desember 2026");
    expect(pageIn(await national.get("/petugas/kelola/kalender/2028")).text).toContain("belum disimpan");
    expect((await national.get("/petugas/kelola/kalender/2028/ubah")).status).toBe(200);
  });

  test("an agency's administrator reads the holidays and limits, and changes none", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    for (const at of ["/petugas/kelola/kalender", year, limits])
      expect([at, (await admin.get(at)).status]).toEqual([at, 200]);
    for (const at of [`${year}/ubah`, `${limits}/ubah`, `${limits}/1/terapkan`])
      expect([at, (await admin.get(at)).status]).toEqual([at, 403]);
    expect((await admin.send(`${year}/ubah`, aNewDay("1"))).status).toBe(403);
  });
});

describe("limits", () => {
  test("each limit names its basis and how sure it is", async () => {
    const office = anOffice();
    const shown = pageIn(await (await office.browserOf("national")).get(limits));
    expect(shown.text).toContain("Langkah-langkah LAPOR! yang dipublikasikan");
    expect(shown.text).toContain("Dari ingatan, belum diperiksa");
    expect(shown.text).toContain("Akan berlaku");
  });

  test("new limits are tried, show what differs, and are stored by the page of the trial alone", async () => {
    const office = anOffice();
    await office.submit();
    const national = await office.browserOf("national");
    const form = pageIn(await national.get(`${limits}/ubah`));
    expect(form.text).toContain(
      "Isian ini berangkat dari versi 2, berlaku mulai Jumat, 1 Januari 2027. Yang berlaku hari ini, versi 1, tetap berlaku sampai saat itu.",
    );
    const fields = Object.fromEntries(
      form.elements
        .map((one) => attributeOf(one, "name"))
        .filter((name): name is string => name !== undefined && !/hapus|^(cari|viewport|robots)/.test(name))
        .map((name) => [name, form.value(name)]),
    );
    const early = await national.send(`${limits}/ubah`, {
      ...fields,
      effectiveFrom: "1/1/2020",
      "batas.0.days": "0",
    });
    expect(early.status).toBe(400);
    const wrong = pageIn(early).problems.map(([field]) => field);
    expect(wrong).toContain("#batas-0-days");
    const far = pageIn(await national.send(`${limits}/ubah`, { ...fields, effectiveFrom: "31/12/9999" }));
    expect(far.problems).toEqual([
      ["#effectiveFrom", expect.stringContaining("paling jauh 5 tahun ke depan")],
    ]);
    const wanted = {
      ...fields,
      effectiveFrom: "1/1/2028",
      "batas.0.days": "2",
      "batas.0.basisId": "SK contoh",
    };
    const trial = await national.send(`${limits}/ubah`, wanted);
    expect(pageIn(trial).text).toContain("3 hari kerja → 2 hari kerja");
    expect(pageIn(trial).text).toMatch(/1\s*pindah batas waktunya/);
    expect(await office.limits.policies()).toEqual([]);
    const stored = await national.send(`${limits}/aktifkan`, hiddenIn(trial));
    expect(stored.headers.location).toBe(`${limits}?sudah=batas`);
    expect(await office.limits.policies()).toHaveLength(1);
    const stale = await national.send(`${limits}/ubah`, { ...wanted, "batas.0.days": "1" });
    expect(stale.status).toBe(409);
    expect(pageIn(stale).value("batas.0.days")).toBe("1");
  });

  test("a limit of one agency is added, and one of an agency that is not there is refused at its field", async () => {
    const office = anOffice();
    const national = await office.browserOf("national");
    const form = pageIn(await national.get(`${limits}/ubah`));
    const fields = Object.fromEntries(
      form.elements
        .map((one) => attributeOf(one, "name"))
        .filter(
          (name): name is string => name !== undefined && /^(versi|batas\.\d+\.(days|basis|cert))/.test(name),
        )
        .map((name) => [name, form.value(name)]),
    );
    const added = {
      ...fields,
      effectiveFrom: "2028-01-01",
      "baru.clock": "response",
      "baru.agencyId": "tidak-ada",
      "baru.unit": "working-days",
      "baru.days": "4",
      "baru.basisId": "SK Wali Kota contoh",
      "baru.certainty": "own-choice",
    };
    expect(pageIn(await national.send(`${limits}/ubah`, added)).problems.map(([field]) => field)).toEqual([
      "#baru-agencyId",
    ]);
    const trial = await national.send(`${limits}/ubah`, { ...added, "baru.agencyId": "pemkot-balikpapan" });
    expect(pageIn(trial).text).toContain("di pemkot-balikpapan");
  });

  test("limits are applied to open cases after a trial, with a reason that everybody reads", async () => {
    const office = anOffice();
    await office.submit();
    const national = await office.browserOf("national");
    const at = `${limits}/1/terapkan`;
    expect(pageIn(await national.send(at, { reason: "" })).problems).toHaveLength(1);
    const trial = await national.send(at, { reason: "Peraturan contoh" });
    expect(pageIn(trial).text).toContain("Belum ada yang berubah");
    expect(office.recounts.messages).toHaveLength(0);
    const applied = await national.send(`${at}/aktifkan`, hiddenIn(trial));
    expect(applied.headers.location).toBe(`${limits}?sudah=diterapkan`);
    expect(office.recounts.messages.length).toBeGreaterThan(0);
    expect((await national.send(`${limits}/2/terapkan/aktifkan`, hiddenIn(trial))).status).toBe(409);
  });
});
