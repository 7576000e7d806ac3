import { beforeEach, describe, expect, test } from "vitest";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { identity, place, reportsAt, story, written } from "./written-report.ts";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

const headersOf = ({ headers, cookies = [] }: Answer) =>
  JSON.stringify([headers, cookies.map((one) => one.replace(/^(__Host-\w+)=[^;]*/, "$1="))]);

describe("a report, step by step", () => {
  test("goes from the story to the receipt without a script, in both languages, and makes one case", async () => {
    for (const [prefix, words] of [
      ["", "Laporan Anda terkirim"],
      ["/en", "Your report is sent"],
    ] as const) {
      const browser = aBrowser(office.publicApi);
      for (const [at, [address, fields]] of [
        ["/lapor/cerita", story],
        ["/lapor/tempat", place],
        ["/lapor/tujuan", { agencyId: "" }],
        ["/lapor/identitas", identity],
        ["/lapor/periksa", {}],
      ].entries() as Iterable<[number, [string, Record<string, string>]]>) {
        const shown = await browser.get(prefix + address);
        expect([address, shown.status]).toEqual([address, 200]);
        const page = pageIn(shown);
        expect(page.all("h1")).toHaveLength(1);
        expect(page.text).toMatch(/(Langkah|Step) \d (dari|of) 6/);
        expect(attributeOf(page.all("progress")[0]!, "value")).toBe(String([1, 2, 4, 5, 6][at]));
        const sent = await browser.send(prefix + address, fields);
        expect([address, sent.status]).toEqual([address, 303]);
        expect(sent.headers.location?.startsWith(`${prefix}/lapor/`)).toBe(true);
      }
      const done = await browser.get(`${prefix}/lapor/terkirim`);
      expect(pageIn(done).h1).toBe(words);
    }
    expect(await reportsAt(office)).toHaveLength(2);
    const [one] = await reportsAt(office);
    const tracked = await office.track(one!.trackingNumber, "127.0.0.1");
    expect(tracked.body).toMatchObject({ title: story.title, location: { regionCode: "64.71" } });
  });

  test("shows number and receipt, opens the report, and forgets both once they are noted", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const sent = await browser.send("/lapor/periksa");
    expect(sent.headers.location).toBe("/lapor/terkirim");
    const shown = await browser.get("/lapor/terkirim");
    const page = pageIn(shown);
    const receipt = /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/.exec(page.text)?.[0] ?? "none";
    const [{ trackingNumber } = { trackingNumber: "none" }] = await reportsAt(office);
    expect(page.text).toContain(trackingNumber);
    expect(page.text).toContain("Selasa, 1 Desember 2026");
    const mine = await browser.get(`/saya/${trackingNumber}`);
    expect(mine.status).toBe(200);
    for (const answer of [sent, shown, mine]) {
      expect(headersOf(answer)).not.toContain(receipt);
      expect(answer.headers["cache-control"]).toBe("no-store");
    }
    expect(page.title).not.toContain(trackingNumber);
    expect(
      page.elements.flatMap((one) => ["href", "action", "src"].map((name) => attributeOf(one, name))).join(),
    ).not.toContain(receipt);
    expect(String((await browser.get("/lapor/terkirim")).body)).toContain(receipt);
    const saved = await browser.send("/lapor/terkirim/lembar");
    expect([saved.status, saved.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(saved.headers["content-disposition"]).toBe('attachment; filename="laporan.txt"');
    expect(String(saved.body)).toMatch(new RegExp(`${trackingNumber}[^]*${receipt}`));

    const noted = await browser.send("/lapor/terkirim");
    expect(noted.headers.location).toBe(`/saya/${trackingNumber}`);
    expect(browser.jar.has("__Host-draf")).toBe(false);
    expect((await browser.get("/lapor/terkirim")).headers.location).toBe("/lapor");
    expect((await browser.send("/lapor/terkirim/lembar")).headers.location).toBe("/lapor");
    expect((await browser.get(`/saya/${trackingNumber}`)).status).toBe(200);
  });

  test("checks each answer once more before it is sent, with the day until which the report is verified", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser, { who: { "reporter.nik": "6471014507900001", "reporter.name": "Siti Contoh" } });
    const page = pageIn(await browser.get("/lapor/periksa"));
    for (const part of [
      story.title,
      "Dua motor jatuh.",
      "Senin, 23 November 2026",
      "Kota Balikpapan",
      "Depan Pasar Sepinggan",
      "Kami pilihkan",
      "Anonim",
      "Siti Contoh",
      "berakhir dengan 0001",
      "Selasa, 1 Desember 2026",
    ])
      expect(page.text).toContain(part);
    expect(page.text).not.toContain("6471014507900001");
    await browser.send("/lapor/periksa");
    const sent = pageIn(await browser.get("/lapor/terkirim"));
    expect(sent.text).toContain("Selasa, 1 Desember 2026");
  });

  test("a step that is not right is stored and shown again with what to do, and the next one does not begin", async () => {
    const browser = aBrowser(office.publicApi);
    const tried = await browser.send("/lapor/cerita", { title: "", text: "Air keruh" });
    expect(tried.status).toBe(400);
    const page = pageIn(tried);
    expect(page.problems).toEqual([
      ["#class", "Anda ingin: pilih apa yang Anda inginkan."],
      ["#title", "Tulis judul, satu baris."],
    ]);
    expect(page.value("text")).toContain("Air keruh");
    expect((await browser.get("/lapor/tempat")).headers.location).toBe("/lapor/cerita?salah=1");
    const again = pageIn(await browser.get("/lapor/cerita?salah=1"));
    expect(again.problems).toHaveLength(2);
    expect(again.value("text")).toContain("Air keruh");
    expect(pageIn(await browser.get("/lapor/cerita")).problems).toEqual([]);
  });

  test.each([
    ["a text of 10,001 characters", "/lapor/cerita", "text", "a".repeat(10_001), "1 terlalu banyak"],
    ["a text of 190 KB", "/lapor/cerita", "text", "b".repeat(190_000), "180.000 terlalu banyak"],
    [
      "64 KB of what is percent-encoded",
      "/lapor/cerita",
      "text",
      "é".repeat(32_000),
      "22.000 terlalu banyak",
    ],
    ["a title of 151 characters", "/lapor/cerita", "title", "j".repeat(151), "1 terlalu banyak"],
    ["a control character", "/lapor/cerita", "text", "Air\u0007 keruh", "karakter kendali"],
    ["a date to come", "/lapor/cerita", "occurredOn", "2027-01-01", "masa depan"],
    ["what is no date", "/lapor/cerita", "occurredOn", "kemarin", "tahun-bulan-hari"],
    [
      "an unknown category",
      "/lapor/cerita",
      "category",
      "tidak-ada",
      "Kategori ini tidak ada. Pilih dari daftar.",
    ],
    [
      "an unknown region",
      "/lapor/tempat",
      "location.regionCode",
      "64.99",
      "wilayah ini tidak ada. Pilih dari daftar.",
    ],
    [
      "an address without a region",
      "/lapor/tempat",
      "location.regionCode",
      "",
      "Kabupaten atau kota: pilih kabupaten",
    ],
    ["a point at sea", "/lapor/tempat", "location.latitude", "1,5", "tidak berada di Kota Balikpapan"],
    [
      "an unknown agency",
      "/lapor/tujuan",
      "agencyId",
      "dinas-antah",
      "instansi ini tidak ada. Pilih yang lain",
    ],
    ["an e-mail address that is none", "/lapor/identitas", "reporter.email", "warga(at)surat", "mail"],
    ["an e-mail address of 190 KB", "/lapor/identitas", "reporter.email", "e".repeat(190_000), "mail"],
    ["a NIK of 15 digits", "/lapor/identitas", "reporter.nik", "647101450790000", "16"],
  ])("%s is told at its field, and nothing is lost", async (_, address, name, typed, words) => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const fields: Record<string, string> = {
      ...{ "/lapor/cerita": story, "/lapor/tempat": place, "/lapor/identitas": identity }[address],
      ...(name === "location.latitude" && { "location.longitude": "116,83" }),
      [name]: typed,
    };
    const answer = await browser.send(address, fields);
    expect(answer.status).toBe(400);
    const page = pageIn(answer);
    const [problem] = page.problems;
    expect(problem?.[0]).toBe(`#${name.replace(".", "-")}`);
    expect(problem?.[1]).toContain(words);
    if (name !== "agencyId" && !/[\u0007]/.test(typed) && page.named(name)[0]?.tagName !== "select")
      expect(page.value(name).trim()).toBe(typed);
    for (const [other, value] of Object.entries(fields))
      if (other !== name && page.named(other).length > 0) expect(page.value(other).trim()).toBe(value);
    // The draft remembers it, and the report does not go out.
    expect((await browser.send("/lapor/periksa")).headers.location).toMatch(/salah=1$/);
    expect(await reportsAt(office)).toHaveLength(0);
  });

  test("a break of Windows is one character, and a date may be written as people write it", async () => {
    const browser = aBrowser(office.publicApi);
    const text = "a\r\n".repeat(5_000).trim();
    expect(await written(browser, { change: { text, occurredOn: "23/11/2026" } })).not.toContain("stays");
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    const [{ trackingNumber } = { trackingNumber: "" }] = await reportsAt(office);
    expect((await office.track(trackingNumber, "127.0.0.1")).body.occurredOn).toBe("2026-11-23");
  });

  test("an agency that is closed meanwhile leads back to its step", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    await browser.send("/lapor/tujuan", { agencyId: "balikpapan-uptd-jalan" });
    const found = await office.directory.find("agency", "balikpapan-uptd-jalan");
    if (!found) throw new Error("no such agency");
    const closed = { ...found.entry, closedAt: "2026-11-26T06:00:00.000Z" };
    const { changed } = await import("../../../shared/directory/entry-history.ts");
    const change = changed("agency", found, closed, {
      type: "closed",
      by: { role: "system" },
      at: office.now(),
    });
    if (change) await office.directory.record(found, change);
    const sent = await browser.send("/lapor/periksa");
    expect(sent.headers.location).toBe("/lapor/tujuan?salah=1");
    expect(pageIn(await browser.get("/lapor/tujuan?salah=1")).problems[0]?.[1]).toContain("sudah ditutup");
  });
});

test("whoever came by a poster is remembered until the report is sent, and not in the report", async () => {
  const browser = aBrowser(office.publicApi);
  const start = await browser.get("/lapor?dari=poster-balikpapan-dinas-pu");
  expect(String(start.body)).toContain('href="/lapor/cerita?dari=poster-balikpapan-dinas-pu"');
  expect(String((await browser.get("/lapor?dari=%22%3E%3Cscript%3E")).body)).not.toContain("dari=");
  const form = pageIn(await browser.get("/lapor/cerita?dari=poster-balikpapan-dinas-pu"));
  expect(form.value("dari")).toBe("poster-balikpapan-dinas-pu");
});

test("an office's mailbox is warned of before the report is sent", async () => {
  const browser = aBrowser(office.publicApi);
  await written(browser, { who: { "reporter.email": "siti@balikpapan.go.id" } });
  expect(pageIn(await browser.get("/lapor/periksa")).text).toContain("milik kantor");
});
