import { randomBytes } from "node:crypto";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { sendFile } from "../../fakes/file-form.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { aWorkbook } from "../../fakes/workbook.ts";

const at = "/petugas/kelola/muat";
type Office = ReturnType<typeof anOffice>;

/** Uploads a file as a browser without scripts does. */
async function upload(
  office: Office,
  who: Who,
  file: Uint8Array | string,
  name = "muatan.xlsx",
): Promise<Answer> {
  const { jar } = await office.browserOf(who);
  const cookies = [...jar].map(([key, value]) => `${key}=${value}`);
  return sendFile(office.adminApi, at, { file, name, cookies });
}

const fieldsOf = (answer: Answer): Record<string, string> => {
  const { value } = pageIn(answer);
  return Object.fromEntries(["isi", "segel", "mulai", "dasar"].map((name) => [name, value(name)]));
};

const agencyHeads = ["id", "nama", "jenis", "induk", "wilayah", "zona", "email"];
const officerHeads = ["nama", "email", "peran", "instansi"];
const anAgency = (id: string, parent: string, email = `${id}@balikpapan.example`): string[] => [
  id,
  `Dinas ${id}`,
  "Perangkat daerah",
  parent,
  "64.71",
  "WITA",
  email,
];
const book = (agencies: readonly string[][], officers: readonly string[][] = []): Uint8Array =>
  aWorkbook([
    { name: "Instansi", rows: [agencyHeads, ...agencies] },
    { name: "Petugas", rows: [officerHeads, ...officers] },
  ]);

describe("a load of agencies and officers", () => {
  test("is tried first, row by row, and only the page of the trial carries it out; the same load again changes nothing", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const file = book(
      [anAgency("unit-kedua", "unit-pertama"), anAgency("unit-pertama", "pemkot-balikpapan")],
      [
        ["Contoh Satu", "satu@balikpapan.example", "Petugas unit", "unit-kedua"],
        ["Contoh Dua", "dua@balikpapan.example", "unit-officer", "balikpapan-dinas-pu"],
      ],
    );
    const trial = await upload(office, "admin", file);
    expect(trial.status).toBe(200);
    expect(pageIn(trial).text).toContain("Belum ada yang berubah");
    expect(pageIn(trial).text).toMatch(/4\s*baru/);
    expect(await office.directory.agency("unit-pertama")).toBeUndefined();
    expect(office.mails.messages).toEqual([]);
    const done = await admin.send(`${at}/jalankan`, fieldsOf(trial));
    expect(pageIn(done).h1).toBe("Hasil muatan");
    expect(pageIn(done).text).toMatch(/4\s*baru/);
    expect(await office.directory.agency("unit-kedua")).toMatchObject({
      parent: "unit-pertama",
      timeZone: "Asia/Makassar",
    });
    const [loaded] = await office.directory.officersOf("unit-kedua");
    expect(loaded).toMatchObject({ name: "Contoh Satu", role: "unit-officer" });
    expect(loaded?.id).toMatch(/^petugas-[\da-f]{12}$/);
    const history = await office.directory.history("agency", "unit-kedua");
    expect(history.map(({ type, by }) => [type, by.officerId])).toEqual([
      ["created", "agency-admin-of-pemkot-balikpapan"],
    ]);
    const again = await admin.send(`${at}/jalankan`, fieldsOf(trial));
    expect(again.status).toBe(409);
    expect(pageIn(again).text).toMatch(/4\s*sudah sama/);
    expect(await office.directory.history("agency", "unit-kedua")).toHaveLength(1);
    const once = await upload(office, "admin", file);
    expect(pageIn(once).text).toContain("Tidak ada baris yang dapat dimuat");
  });

  test("a trial that nobody carries out changes nothing, and one that was changed on its way is refused", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const trial = fieldsOf(await upload(office, "admin", book([anAgency("unit-satu", "pemkot-balikpapan")])));
    const other = fieldsOf(await upload(office, "admin", book([anAgency("unit-dua", "pemkot-balikpapan")])));
    expect((await admin.send(`${at}/jalankan`, { ...trial, isi: other.isi ?? "" })).status).toBe(409);
    expect((await admin.send(`${at}/jalankan`, { ...trial, mulai: "1" })).status).toBe(409);
    expect((await (await office.browserOf("national")).send(`${at}/jalankan`, trial)).status).toBe(409);
    for (const id of ["unit-satu", "unit-dua"]) expect(await office.directory.agency(id)).toBeUndefined();
  });

  test("what no trial can have held is refused like any other change on its way", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const trial = fieldsOf(await upload(office, "admin", book([anAgency("unit-satu", "pemkot-balikpapan")])));
    for (const body of ["1e999", '{"a":"\\ud800"}', "[".repeat(20_000), "null"]) {
      const isi = brotliCompressSync(body).toString("base64url");
      expect((await admin.send(`${at}/jalankan`, { ...trial, isi })).status).toBe(409);
    }
  });

  test("a load that its form could not send back is refused at once, and says to divide it", async () => {
    const office = anOffice();
    const word = () => randomBytes(45).toString("base64url").replace(/[-_]/g, "a");
    const rows = Array.from({ length: 2_000 }, () =>
      [`${word()} Contoh`, `${word()}@b.example`, "Petugas unit", "tidak-ada"].join(";"),
    );
    const answer = await upload(office, "admin", [officerHeads.join(";"), ...rows].join("\n"), "a.csv");
    expect(answer.status).toBe(413);
    expect(pageIn(answer).text).toContain("Bagi menjadi beberapa bagian");
  });

  test("words that programs know for themselves are wrong in their own row only", async () => {
    const rows = ["__proto__", "constructor", "toString"].map((word) => [
      `Contoh ${word}`,
      `${word.replaceAll("_", "")}@balikpapan.example`,
      word,
      "balikpapan-dinas-pu",
    ]);
    const right = ["Contoh Satu", "satu@balikpapan.example", "Petugas unit", "balikpapan-dinas-pu"];
    const trial = await upload(
      anOffice(),
      "admin",
      book([["__proto__", "A", "__proto__"]], [...rows, right]),
    );
    expect(trial.status).toBe(200);
    expect(pageIn(trial).text).toMatch(/1\s*baru/);
    expect(pageIn(trial).text).toMatch(/4\s*perlu diperbaiki/);
  });

  test("each wrong row says its number, its column and what to do; the others can be loaded", async () => {
    const office = anOffice();
    const national = await office.browserOf("admin");
    const trial = await upload(
      office,
      "admin",
      aWorkbook([
        {
          name: "Instansi",
          rows: [
            agencyHeads,
            anAgency("lingkar-a", "lingkar-b"),
            anAgency("lingkar-b", "lingkar-a"),
            anAgency("yatim", "tidak-ada"),
            anAgency("luar", "pemkot-samarinda"),
            anAgency("baik", "pemkot-balikpapan"),
            anAgency("baik", "pemkot-balikpapan"),
            anAgency("surat-luar", "pemkot-balikpapan", "kotak@luar.test"),
            ["rumus", { f: "A1", v: "x" }, "Unit", "pemkot-balikpapan", "64.71", "WITA", "a@b.example"],
            ["balikpapan-dinas-pu", "", "Unit", "balikpapan-dinas-pu", "64", "Zulu", "bukan"],
            anAgency("diri", "diri"),
          ],
        },
        {
          name: "Petugas",
          rows: [
            officerHeads,
            ["Contoh A", "a@balikpapan.example", "Petugas unit", "baik"],
            ["Contoh B", "A@balikpapan.example", "Petugas unit", "baik"],
            ["Contoh C", "c@balikpapan.example", "Admin nasional", "baik"],
            ["Contoh D", "d@balikpapan.example", "Kepala instansi", "baik"],
            ["Contoh E", "e@balikpapan.example", "Tukang", "baik"],
            ["Contoh F", "unit-officer@balikpapan-dinas-pu.example", "Petugas unit", "balikpapan-dinas-pu"],
          ],
        },
      ]),
    );
    const rows = pageIn(trial)
      .all("tr")
      .map((row) => row.childNodes.flatMap((cell) => ("childNodes" in cell ? cell.childNodes : [])))
      .map((cells) => cells.map((cell) => ("value" in cell ? String(cell.value) : "")));
    const said = rows.map(([row, column]) => `${row} ${column}`);
    for (const one of [
      "Instansi 2 induk",
      "Instansi 3 induk",
      "Instansi 4 induk",
      "Instansi 5 induk",
      "Instansi 7 id",
      "Instansi 9 nama",
      "Instansi 10 nama",
      "Instansi 10 zona",
      "Instansi 10 email",
      "Instansi 11 induk",
      "Petugas 3 email",
      "Petugas 6 peran",
      "Petugas 7 email",
    ])
      expect(said).toContain(one);
    expect(said.some((one) => one.startsWith("Petugas 4"))).toBe(true);
    const text = pageIn(trial).text;
    expect(text).toMatch(/2\s*menunggu orang kedua/);
    const done = await national.send(`${at}/jalankan`, fieldsOf(trial));
    expect(pageIn(done).text).toMatch(/2\s*baru/);
    expect(await office.directory.agency("baik")).toBeDefined();
    expect(await office.directory.agency("surat-luar")).toBeUndefined();
    expect(pageIn(await national.get("/petugas/kelola/permintaan")).all("h3")).toHaveLength(2);
  });

  test("a trial says of each row whose address has an account elsewhere what would happen, and refuses what the load would refuse", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const { email } = staff.worker;
    const file = book(
      [anAgency("unit-satu", "pemkot-balikpapan")],
      [
        ["Contoh Rangkap", email, "Petugas unit", "unit-satu"],
        ["Contoh Baru", "baru@balikpapan.example", "Petugas unit", "unit-satu"],
      ],
    );
    const trial = await upload(office, "admin", file);
    expect(pageIn(trial).text).toMatch(
      /Petugas 2\s*email\s*Alamat ini sudah punya akun petugas di instansi lain/,
    );
    expect(pageIn(trial).text).not.toMatch(/Petugas 3\s*email/);
    expect(pageIn(trial).text).toMatch(/3\s*baru/);
    expect(office.accounts.enabled.size).toBe(0);
    expect(pageIn(await admin.send(`${at}/jalankan`, fieldsOf(trial))).text).toMatch(/3\s*baru/);
    const [, shared] = await office.directory.holdersOf(staff.worker.subject);
    expect(shared?.entry.agencyId).toBe("unit-satu");
  });

  test("a trial names the request that waits for a second person, and refuses a row that another request stands against", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const asks = (name: string) => book([anAgency("kotak", "pemkot-balikpapan", `${name}@luar.test`)]);
    await admin.send(`${at}/jalankan`, fieldsOf(await upload(office, "admin", asks("satu"))));
    const [request = ""] = office.requests.stored.keys();
    const again = pageIn(await upload(office, "admin", asks("satu"))).text;
    expect(again).toMatch(/1\s*menunggu orang kedua/);
    expect(again).toContain(`sudah Anda mintakan dan masih menunggu orang kedua (nomor ${request})`);
    const other = pageIn(await upload(office, "admin", asks("dua"))).text;
    expect(other).toContain(`masih menunggu (nomor ${request})`);
    expect(other).toContain("Tidak ada baris yang dapat dimuat");
    const inside = pageIn(await upload(office, "admin", book([anAgency("kotak", "pemkot-balikpapan")]))).text;
    expect(inside).toContain(
      `(nomor ${request}). Bila baris ini dijalankan, permohonan itu tidak berlaku lagi`,
    );
  });

  test("a trial of many rows shows the first that are wrong, and the whole result is a file; trying again changes nothing", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const rows = Array.from({ length: 120 }, (_, each) =>
      each % 2 ? anAgency(`unit-${each}`, "pemkot-balikpapan") : anAgency(`unit-${each}`, "tidak-ada"),
    );
    const trial = await upload(office, "admin", book(rows));
    expect(pageIn(trial).text).toContain("Hanya 50 yang pertama");
    const file = await admin.send(`${at}/hasil`, fieldsOf(trial));
    expect(file.headers["content-disposition"]).toContain("hasil-percobaan.csv");
    const lines = Buffer.from(file.body as Uint8Array)
      .toString()
      .trim()
      .split("\r\n");
    expect(lines[0]).toContain("Tabel;Baris;Id;Hasil;Kolom;Yang perlu dilakukan");
    expect(lines.filter((line) => line.includes(";baru;"))).toHaveLength(60);
    expect(lines.filter((line) => line.includes(";perlu diperbaiki;induk;"))).toHaveLength(60);
    expect(await office.directory.agency("unit-1")).toBeUndefined();
    expect((await admin.send(`${at}/hasil`, { ...fieldsOf(trial), mulai: "1" })).status).toBe(409);
    expect(pageIn(await admin.send(`${at}/jalankan`, fieldsOf(trial))).text).toMatch(/60\s*baru/);
  });

  test("where an entry changed since the trial nothing is carried out, and it is tried anew", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const trial = await upload(
      office,
      "admin",
      book([anAgency("balikpapan-uptd-jalan", "balikpapan-dinas-pu"), anAgency("baru", "pemkot-balikpapan")]),
    );
    const { body } = await office.admin("admin", "GET", "agencies/balikpapan-uptd-jalan");
    const { id: _, ...entry } = body as Record<string, unknown>;
    await office.admin("admin", "PUT", "agencies/balikpapan-uptd-jalan", { ...entry, name: "UPTD Lain" });
    const refused = await admin.send(`${at}/jalankan`, fieldsOf(trial));
    expect(refused.status).toBe(409);
    expect(await office.directory.agency("baru")).toBeUndefined();
    const done = await admin.send(`${at}/jalankan`, fieldsOf(refused));
    expect(done.status).toBe(200);
    expect(await office.directory.agency("baru")).toBeDefined();
  });

  test("wrong headings are named, an empty file and a file that is none are refused kindly, and pasted CSV is read", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const wrong = await upload(office, "admin", "kode;nama lengkap\na;b", "a.csv");
    expect(wrong.status).toBe(400);
    expect(pageIn(wrong).text).toContain("kode, nama lengkap");
    expect(pageIn(wrong).problems.map(([field]) => field)).toEqual(["#berkas"]);
    for (const [file, said] of [
      [officerHeads.join(";"), "tidak memuat baris"],
      ["", "Pilih berkas"],
      [`${agencyHeads.join(";")}\n${"a;b;c;d;e;f;g\n".repeat(100_000)}`, "lebih dari 2.000 baris"],
      ["PK\u0003\u0004 rusak", "tidak dapat dibaca"],
    ] as const)
      expect(pageIn(await upload(office, "admin", file, "a.csv")).text).toContain(said);
    const large = await upload(office, "admin", new Uint8Array(4_500_000).fill(65));
    expect(large.status).toBe(413);
    const pasted = await admin.send(at, {
      teks: `${officerHeads.join(",")}\nContoh,contoh@balikpapan.example,Petugas unit,balikpapan-dinas-pu`,
    });
    expect(pageIn(pasted).text).toMatch(/1\s*baru/);
  });

  test("the sample files are what the page reads, and who administers nothing gets no page", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const form = pageIn(await admin.get(at));
    expect(form.all("form").map((one) => attributeOf(one, "enctype"))).toContain("multipart/form-data");
    const workbook = await admin.get(`${at}/contoh/contoh.xlsx`);
    expect(workbook.headers["content-disposition"]).toContain("attachment");
    const trial = await upload(office, "admin", workbook.body as Uint8Array);
    expect(pageIn(trial).text).toMatch(/2\s*baru/);
    for (const file of ["instansi.csv", "petugas.csv"]) {
      const sample = await admin.get(`${at}/contoh/${file}`);
      expect((await upload(office, "admin", sample.body as Uint8Array, file)).status).toBe(200);
    }
    const worker = await office.browserOf("worker");
    expect((await worker.get(at)).status).toBe(403);
    expect((await upload(office, "worker", book([anAgency("baru", "pemkot-balikpapan")]))).status).toBe(403);
  });

  test("a load that takes too long stops in between, and goes on where it stopped", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const many = Array.from({ length: 30 }, (_, index) => anAgency(`unit-${index}`, "pemkot-balikpapan"));
    const trial = await upload(office, "admin", book(many));
    const record = office.directory.record.bind(office.directory);
    let clock = Date.parse("2026-11-24T01:00:00Z");
    office.directory.record = async (...args: Parameters<typeof record>) => {
      office.at(new Date((clock += 1_000)).toISOString());
      return record(...args);
    };
    const first = await admin.send(`${at}/jalankan`, fieldsOf(trial));
    expect(pageIn(first).text).toContain("Waktunya habis");
    expect(pageIn(first).text).toMatch(/20\s*baru/);
    const second = await admin.send(`${at}/jalankan`, fieldsOf(first));
    expect(pageIn(second).text).toMatch(/10\s*baru/);
    expect(await office.directory.under("agency", "pemkot-balikpapan")).toHaveLength(31);
  });
});
