import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvOf } from "../../../shared/table/csv.ts";
import { xlsxOf } from "../../../shared/table/xlsx.ts";
import { anOffice } from "../../fakes/office.ts";

const department = "balikpapan-dinas-pu";
const wild = ["=1+1", "+62", "-2", "@SUM(A1)", "\tx", "\rx", " =1", "\u200b=1", '=cmd|"/c calc"!A1', "＝1"];

/** The parts of a zip by their names. */
function unzipped(file: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(file);
  const parts = new Map<string, string>();
  for (
    let at = bytes.indexOf("PK\x01\x02", 0, "latin1");
    at >= 0;
    at = bytes.indexOf("PK\x01\x02", at + 4, "latin1")
  ) {
    const [packed, names, start] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const content = bytes.subarray(data, data + packed);
    const name = bytes.toString("utf8", at + 46, at + 46 + names);
    parts.set(name, (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString());
  }
  return parts;
}

async function withCases(titles: readonly string[], change: object = {}) {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  for (const title of titles) {
    const found = await office.submit({ title, ...change });
    await found.as("admin", "verification", { agencyId: department });
  }
  const browser = await office.browserOf("head");
  return { office, browser };
}

describe("the download of a queue", () => {
  test("is a CSV that Excel in Indonesian opens with its columns apart, of all that passes the filters", async () => {
    const { office, browser } = await withCases(["Jalan; berlubang", "Lampu padam"]);
    await office
      .submit({ title: "Rahasia sekali", secret: true })
      .then((one) => one.as("admin", "verification", { agencyId: department }));
    const { status, headers, body } = await browser.get(
      "/petugas/antrean/assigned/unduh?bentuk=csv&jenis=complaint",
    );
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
      200,
      "text/csv; charset=utf-8",
      "no-store",
    ]);
    expect(headers["content-disposition"]).toBe(
      'attachment; filename="antrean-baru-didisposisikan-2026-11-24.csv"',
    );
    const text = Buffer.from(body).toString();
    expect(text.startsWith("\uFEFFNomor pelacakan;Judul;Jenis;")).toBe(true);
    expect(text.trimEnd().split("\r\n")).toHaveLength(4);
    expect(text).toContain(';"Jalan; berlubang";Pengaduan;Pekerjaan Umum: Jalan;Kota Balikpapan;');
    expect(text).toContain(";Tanggapan awal;2026-12-01;5;5 hari kerja lagi;2026-11-24;tidak");
    // What is secret stays in the system: the file is handed on.
    expect(text).toContain(";(rahasia);");
    expect(text).not.toContain("Rahasia sekali");
    const none = await browser.get("/petugas/antrean/assigned/unduh?bentuk=csv&jenis=aspiration");
    expect(Buffer.from(none.body).toString().trimEnd().split("\r\n")).toHaveLength(1);
  });

  test("is an Excel file with text as text", async () => {
    const { browser } = await withCases(["=HYPERLINK(1) <jalan> & lampu"]);
    const { headers, body } = await browser.get("/en/petugas/antrean/assigned/unduh?bentuk=xlsx");
    expect(headers["content-disposition"]).toBe(
      'attachment; filename="queue-newly-assigned-2026-11-24.xlsx"',
    );
    const parts = unzipped(body);
    const all = [...parts.values()].join("");
    expect([...parts.keys()]).toContain("xl/workbook.xml");
    expect(all).toContain("=HYPERLINK(1) &lt;jalan&gt; &amp; lampu");
    expect(all).not.toMatch(/<f[ >]/);
    expect(all).toContain("Tracking number");
  });

  test("is cut after a thousand cases, and says so", async () => {
    const { office, browser } = await withCases(["Jalan berlubang"]);
    const [, only] = [
      office,
      (await office.queue("head", { queue: "assigned" })).body.items[0].trackingNumber,
    ];
    const found = (await office.cases.get(only))!;
    const { queue } = office.cases;
    // A queue that has no end.
    office.cases.queue = async (...asked) => ({
      ...(await queue(...asked)),
      items: Array.from({ length: 100 }, () => found),
      after: "2026-12-01#2026-11-24T01:00:00.000Z#AAAAA-AAAAA",
    });
    const { body } = await browser.get("/petugas/antrean/assigned/unduh?bentuk=csv");
    const lines = Buffer.from(body).toString().trimEnd().split("\r\n");
    expect(lines).toHaveLength(1_002);
    expect(lines.at(-1)).toContain("Daftar ini dipotong");
  });

  test("is given only to whoever asks for it here and may see the queue", async () => {
    const { office, browser } = await withCases(["Jalan berlubang"]);
    expect((await browser.get("/petugas/antrean/assigned/unduh")).headers.location).toBe(
      "/petugas/antrean/assigned",
    );
    expect(
      (await browser.get("/petugas/antrean/assigned/unduh?bentuk=csv&instansi=pemkot-samarinda")).status,
    ).toBe(400);
    const elsewhere = await (
      await office.browserOf("elsewhere")
    ).get("/petugas/antrean/assigned/unduh?bentuk=csv");
    expect(Buffer.from(elsewhere.body).toString()).not.toContain("Jalan");
    browser.jar.clear();
    expect((await browser.get("/petugas/antrean/assigned/unduh?bentuk=csv")).headers.location).toContain(
      "/petugas/masuk",
    );
  });
});

describe("a table", () => {
  test("runs no formula in CSV, whatever stands before it", () => {
    const text = Buffer.from(csvOf({ headings: ["a"], rows: wild.map((one) => [one]) })).toString();
    for (const line of text.slice(1).split("\r\n").slice(1, -1)) expect(line).toMatch(/^"?'/);
    expect(Buffer.from(csvOf({ headings: ["a"], rows: [["Jalan - rusak", -3]] })).toString()).toContain(
      "Jalan - rusak;-3",
    );
  });

  test("comes out of CSV as it went in, but for formulas and signs that nothing can hold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = Buffer.from(csvOf({ headings: ["a", "b"], rows }))
          .toString()
          .slice(1);
        // A reader of RFC 4180 with semicolons.
        const cells = [...text.matchAll(/(?:^|;|\r\n)(?:"((?:[^"]|"")*)"|([^;"\r\n]*))/g)];
        expect(cells.length - 1).toBe(2 + rows.length * 2);
        for (const [, quoted = "", plain = ""] of cells.slice(2))
          expect(quoted || plain).not.toMatch(/^[=+@-]/);
      }),
    );
  });

  test("has no formula and no broken sign in Excel", async () => {
    const parts = unzipped(
      await xlsxOf(
        { headings: ["a"], rows: [...wild.map((one) => [one]), ["a\u0000b\u0008\uD800"], [7]] },
        "Antrean",
      ),
    );
    const all = [...parts.values()].join("");
    expect(all).not.toMatch(/<f[ >]/);
    expect(all).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(all).toContain("<v>7</v>");
  });
});
