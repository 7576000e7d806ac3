import { readFile } from "node:fs/promises";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { type Walk, walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { doneBy, openOwnCase, ownCase } from "./own-case.ts";
import { fillStep, reportSteps, writeUntil } from "./report-writing.ts";
import { movesOn, officers, type SampleCase, sampleCase, takenUp } from "./samples.ts";
import { secretsLogged, secretsSeen } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();

const person = {
  name: "Rahmadiyanti Contohnya",
  email: "rahmadiyanti.contohnya@contoh.example",
  phone: "081255566677",
  nik: "6471010101900033",
};

const pathOf = ({ page }: Visitor) => new URL(page.url()).pathname;
const told = ({ page }: Visitor) => page.locator("main").innerText();
const photo = (): Buffer => PNG.sync.write(new PNG({ width: 40, height: 30, fill: true }));

/** Writes a report from the first step on, and sends it. Each of these clicks is looked at in report-without-scripts. */
async function reports(visitor: Visitor): Promise<SampleCase> {
  const { page } = visitor;
  await writeUntil({ visitor, page, to: (address) => address }, "sent", {
    story: { ...reportSteps.story, title: "Lampu padam di depan posyandu" },
    recipient: { agencyId: "balikpapan-dinas-pekerjaan-umum" },
    identity: {
      "reporter.name": person.name,
      "reporter.email": person.email,
      "reporter.phone": person.phone,
      "reporter.nik": person.nik,
    },
  });
  return {
    trackingNumber: (await page.locator("#nomor").innerText()).trim(),
    receipt: (await page.locator("#tanda-terima").innerText()).replace(/\s/g, ""),
  };
}

/** Opens a case with what was noted down. */
async function tracks(visitor: Visitor, walking: Walk, { trackingNumber, receipt }: SampleCase) {
  await visitor.open("/lacak");
  await fillStep(visitor.page, { trackingNumber, receipt });
  await walking.click("Buka laporan");
}

async function addsPhoto(visitor: Visitor, walking: Walk) {
  const { page } = visitor;
  await walking.click("Tambah foto atau berkas");
  await page.getByLabel("Nama untuk berkas ini").fill("Tiang lampu");
  await walking.click("Lanjut: pilih satu berkas");
  await page
    .getByLabel("Pilih berkasnya")
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: photo() });
  await walking.click("Kirim berkas ini");
  await page.getByText("Terima kasih. Berkas yang sampai").waitFor();
  // The page renews itself.
  await page.getByText("Sudah diperiksa", { exact: true }).waitFor({ timeout: 60_000 });
  await walking.click("Kembali ke laporan");
}

/** Makes a move from the page of the case: follows the link, writes, and presses the button. */
async function makes(
  { page }: Visitor,
  walking: Walk,
  { link, fields = {}, button }: { link: string; fields?: Record<string, string>; button: string },
) {
  await walking.click(page.getByRole("link", { name: link, exact: true }).first());
  await fillStep(page, fields);
  await walking.click(page.getByRole("button", { name: button, exact: true }));
}

test(
  "Without JavaScript a citizen reports, adds a photo, answers, rates, appeals, replaces the receipt, takes their data and deletes them",
  { timeout: 300_000 },
  async () => {
    const { site } = ground;
    const visitor = await ground.visit({ javaScript: false, width: 320 });
    const { page } = visitor;
    const walking = walk(visitor);

    const mine = await reports(visitor);
    const { trackingNumber } = mine;
    const at = `/saya/${trackingNumber}`;
    await walking.click("Saya sudah mencatatnya");
    expect(pathOf(visitor)).toBe(at);
    await visitor.open("/lapor/terkirim");
    expect(await page.locator("main").innerText()).not.toContain(mine.receipt);

    await visitor.open(at);
    await addsPhoto(visitor, walking);
    expect(pathOf(visitor)).toBe(at);
    expect(await told(visitor)).toContain("Tiang lampu");
    await walking.click(page.getByRole("button", { name: "Keluar", exact: true }));
    expect(await told(visitor)).toContain("Anda sudah keluar.");
    await page.goBack();
    expect(pathOf(visitor)).toBe("/lacak");
    expect(await told(visitor)).not.toContain("posyandu");
    await visitor.open(at);
    expect(pathOf(visitor)).toBe("/lacak");

    // A question of an officer.
    const move = movesOn(site, trackingNumber);
    await takenUp(site, trackingNumber);
    await move(officers.unit, "question", { text: "Di sebelah mana dari posyandu?" });
    await tracks(visitor, walking, mine);
    expect(await told(visitor)).toContain("Giliran Anda");
    await makes(visitor, walking, {
      link: "Jawab pertanyaan",
      fields: { text: "Di seberang jalan, dekat warung." },
      button: "Kirim",
    });
    expect(pathOf(visitor)).toBe(at);
    expect(await told(visitor)).toContain("Tulisan Anda sudah terkirim.");
    expect(await told(visitor)).toContain("Di seberang jalan, dekat warung.");

    // An answer that solves little.
    await move(officers.unit, "progress", { text: "Tim meninjau lokasi hari ini." });
    await move(officers.unit, "answer", { text: "Kami sudah mengganti satu dari tiga lampu." });
    await visitor.open(at);
    await makes(visitor, walking, {
      link: "Nilai jawaban",
      fields: { stars: "2", comment: "Dua lampu masih padam." },
      button: "Kirim penilaian",
    });
    expect(await told(visitor)).toContain("Laporan ini dibuka lagi untuk kepala instansi.");
    await visitor.open(`${at}/nilai`);
    expect(await told(visitor)).toContain("Menilai dapat dilakukan sesudah instansi menjawab");
    await visitor.open(`${at}/keberatan`);
    expect(await told(visitor)).toContain("Ini tidak dapat dilakukan sekarang");

    // The head answers, and the citizen goes to the level above.
    await move(officers.head, "answer", { text: "Dua lampu lagi kami ganti tahun depan." });
    await visitor.open(at);
    await makes(visitor, walking, {
      link: "Ajukan banding",
      fields: { text: "Anak-anak pulang dalam gelap; jangan tahun depan." },
      button: "Ajukan banding",
    });
    expect(await told(visitor)).toContain("Banding Anda sudah terkirim.");
    await visitor.open(`${at}/banding`);
    expect(await told(visitor)).toContain("Ini tidak dapat dilakukan sekarang");
    expect((await ownCase(site, mine)).agency.id).toBe("balikpapan-dinas-pekerjaan-umum");
    await visitor.open(at);

    // Somebody may have seen the receipt.
    const elsewhere = await ground.visit({ javaScript: false });
    await openOwnCase(elsewhere, mine);
    await makes(visitor, walking, { link: "Ganti tanda terima", button: "Ganti tanda terima" });
    const renewed = {
      trackingNumber,
      receipt: (await page.locator("#tanda-terima").getAttribute("data-value")) ?? "",
    };
    expect(renewed.receipt).toMatch(/^\w{4}(-\w{4}){4}$/);
    expect(renewed.receipt).not.toBe(mine.receipt);
    await elsewhere.page.reload();
    expect(pathOf(elsewhere)).toBe("/lacak");
    expect(await told(elsewhere)).toContain("Tanda terima yang Anda pakai tidak berlaku lagi");
    await walking.click("Sudah saya catat, kembali ke laporan");
    expect(pathOf(visitor)).toBe(at);
    await walking.click(page.getByRole("button", { name: "Keluar", exact: true }));
    await tracks(visitor, walking, mine);
    expect(pathOf(visitor)).toBe("/lacak");
    expect(await page.locator(".summary").innerText()).toContain("tanda terima");
    await tracks(visitor, walking, renewed);
    expect(pathOf(visitor)).toBe(at);

    // All that is kept, to read and to take along.
    await walking.click("Lihat data saya");
    for (const text of [person.name, person.email, "Dua lampu masih padam.", "Tiang lampu"])
      expect(await told(visitor)).toContain(text);
    expect(await told(visitor)).not.toContain(person.nik);
    expect(await told(visitor)).toContain("Laporan ini masih ditangani");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      walking.click("Unduh semua data (JSON)"),
    ]);
    expect(download.suggestedFilename()).toBe("data-laporan.json");
    const data = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(data.identity).toMatchObject({ name: person.name, email: person.email, phone: person.phone });
    expect(data.case).toMatchObject({ trackingNumber, text: reportSteps.story.text });
    const written = JSON.stringify(data.case.timeline);
    for (const text of ["Di seberang jalan, dekat warung.", "Dua lampu masih padam.", "jangan tahun depan."])
      expect(written).toContain(text);
    expect(data.files).toMatchObject([{ name: "Tiang lampu" }]);
    expect(JSON.stringify(data)).not.toContain(renewed.receipt);

    // As long as somebody works on the report the identity stays.
    await visitor.open(`${at}/data/hapus`);
    expect(await told(visitor)).toContain("Laporan ini masih ditangani");
    await move(officers.head, "answer", { text: "Semua lampu sudah diganti hari ini." });
    await visitor.open(at);
    await makes(visitor, walking, {
      link: "Nilai jawaban",
      fields: { stars: "5" },
      button: "Kirim penilaian",
    });
    expect(await told(visitor)).toContain("Penilaian Anda sudah tersimpan.");
    await walking.click("Lihat data saya");
    await makes(visitor, walking, {
      link: "Lihat akibatnya, lalu hapus identitas saya",
      button: "Hapus identitas saya",
    });
    expect(await told(visitor)).toContain("Identitas Anda sudah dihapus.");
    await walking.click("Lihat data saya");
    expect(await told(visitor)).toContain("Laporan ini tidak memuat identitas Anda.");
    for (const secret of Object.values(person)) expect(await page.content()).not.toContain(secret);
    await visitor.open(`${at}/data/hapus`);
    expect(await told(visitor)).toContain("jadi tidak ada yang perlu dihapus");
    const after = await ownCase(site, renewed);
    expect([after.status, after.identityOnFile ?? false]).toEqual(["closed", false]);

    await visitor.settle();
    for (const receipt of [mine.receipt, renewed.receipt]) {
      expect(secretsSeen({ receipt, ...person }, visitor.seen)).toEqual([]);
      expect(secretsLogged({ receipt, ...person }, site.dataDir)).toEqual([]);
    }
    expect(visitor.seen.titles.join(" ")).not.toContain(trackingNumber);
  },
);

test("Without JavaScript a citizen whose report was archived objects once, and reads that it was refused", async () => {
  const { site } = ground;
  const mine = await sampleCase(site, "submitted", { title: "Pasar tanpa penerangan" });
  const move = movesOn(site, mine.trackingNumber);
  await move(officers.city, "verification", { supervised: false });
  await move(officers.city, "archival", { reason: "not-public-service", text: "Bukan pelayanan publik." });
  const visitor = await ground.visit({ javaScript: false, width: 320 });
  const walking = walk(visitor);
  const at = `/saya/${mine.trackingNumber}`;
  await tracks(visitor, walking, mine);
  await makes(visitor, walking, {
    link: "Ajukan keberatan",
    fields: { text: "Pasar ini milik kota, jadi ini pelayanan publik." },
    button: "Ajukan keberatan",
  });
  expect(await told(visitor)).toContain("Keberatan Anda sudah terkirim.");
  await visitor.open(`${at}/keberatan`);
  expect(await told(visitor)).toContain("Ini tidak dapat dilakukan sekarang");
  expect(await doneBy(site, mine, "objected")).toHaveLength(1);
  await move(officers.province, "upholding", { text: "Alasan pengarsipan sudah diperiksa kembali." });
  await visitor.open(at);
  expect(await told(visitor)).toContain("Alasan pengarsipan sudah diperiksa kembali.");
  expect(await told(visitor)).toContain("Ombudsman Republik Indonesia");
  await visitor.settle();
  expect(secretsSeen({ receipt: mine.receipt }, visitor.seen)).toEqual([]);
});
