import { describe, expect, test } from "vitest";
import { anOfficer } from "../../fakes/agencies.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";

type Office = ReturnType<typeof anOffice>;
const department = "balikpapan-dinas-pu";

/** So many cases that wait at the department. */
async function manyAssigned(office: Office, count: number, change: (at: number) => object = () => ({})) {
  const all = [];
  for (let at = 0; at < count; at++) {
    const found = await office.submit({ title: `Jalan berlubang ${at}`, ...change(at) });
    await found.as("admin", "verification", { agencyId: department });
    all.push(found);
  }
  return all;
}

/** The boxes of the cases on a page, each with whether it is ticked. */
const boxesOf = (answer: Parameters<typeof pageIn>[0]) =>
  pageIn(answer)
    .named("n")
    .map((box) => ({
      value: attributeOf(box, "value") ?? "",
      ticked: attributeOf(box, "checked") !== undefined,
    }));

/** A form that names several cases. */
const ticking = (values: readonly string[], more: Record<string, string> = {}) =>
  ({ semua: "ya", halaman: values.join(" "), ...more }) as Record<string, string>;

describe("a queue", () => {
  test("lists cases by due date with the days left in words, what they are and where they stand", async () => {
    const office = anOffice("2026-11-17T09:00:00+08:00");
    await manyAssigned(office, 1, () => ({ title: "Yang lama" }));
    office.at("2026-11-25T09:00:00+08:00");
    await manyAssigned(office, 1, () => ({ title: "Yang baru & rahasia", secret: true }));
    office.at("2026-11-26T09:00:00+08:00");
    const browser = await office.browserOf("worker");
    const shown = pageIn(await browser.get("/petugas/antrean/assigned"));
    expect(shown.text).toMatch(
      /Yang lama.*Terlambat 2 hari kerja.*Yang baru & rahasia Rahasia.*4 hari kerja lagi/,
    );
    expect(shown.text).toContain("Kota Balikpapan · Pekerjaan Umum: Jalan");
    expect(shown.title).not.toContain("Yang");
    const late = await browser.get("/en/petugas/antrean/overdue");
    expect(pageIn(late).text).toContain("2 working days late");
    expect(late.body).not.toContain("Yang baru");
    expect(late.headers["cache-control"]).toBe("no-store");
  });

  test("an auditor sees numbers in place of what was told", async () => {
    const office = anOffice();
    const [found] = await manyAssigned(office, 1);
    const { body } = await (
      await office.browserOf("auditor")
    ).get(`/petugas/antrean/assigned?instansi=${department}`);
    expect(body).toContain(`Laporan ${found?.number}`);
    expect(body).not.toContain("berlubang");
  });

  test("fifty rows take at most 40 KB, whatever people write into titles", async () => {
    const office = anOffice();
    await manyAssigned(office, 52, (at) => ({
      title:
        `${at} ${at % 2 ? 'Jalan rusak & banjir 🌧️ <depan> "pasar" ' : "Lampu jalan di depan sekolah dasar padam "}`
          .repeat(3)
          .slice(0, 148),
    }));
    const browser = await office.browserOf("head");
    const first = await browser.get("/petugas/antrean/assigned");
    expect(boxesOf(first)).toHaveLength(50);
    expect(Buffer.byteLength(first.body)).toBeLessThan(40 * 1024);
    const next = pageIn(first)
      .all("a")
      .find((link) => attributeOf(link, "rel") === "next");
    const second = await browser.get(attributeOf(next!, "href") ?? "");
    expect(boxesOf(second)).toHaveLength(2);
    // The admin of the city may do all with them, also where they stand below.
    const above = await (await office.browserOf("admin")).get("/petugas/antrean/assigned?cakupan=bawahan");
    expect(boxesOf(above)).toHaveLength(50);
    expect(Buffer.byteLength(above.body)).toBeLessThan(40 * 1024);
  });

  test("keeps its filters in the address, names each, and says so where nothing passes them", async () => {
    const office = anOffice();
    await manyAssigned(office, 2, (at) => ({ class: at ? "aspiration" : "complaint" }));
    const browser = await office.browserOf("worker");
    const some = await browser.get("/petugas/antrean/assigned?jenis=aspiration&wilayah=64.71");
    expect(boxesOf(some)).toHaveLength(1);
    expect(pageIn(some).text).toContain("Jenis laporan: Aspirasi");
    expect(some.body).toContain('href="/petugas/antrean/assigned?wilayah=64.71"');
    const none = pageIn(await browser.get("/petugas/antrean/assigned?jenis=information-request"));
    expect(none.text).toContain("Tidak ada laporan yang cocok dengan saringan ini");
    expect(pageIn(await browser.get("/petugas/antrean/answered")).text).toContain(
      "Tidak ada laporan di antrean ini",
    );
    expect((await browser.get("/petugas/antrean/assigned?jenis=apa")).status).toBe(400);
    expect((await browser.get("/petugas/antrean/lain")).status).toBe(404);
  });

  test("a cursor that leads nowhere any more gives the first page, and another city's agency is refused in words", async () => {
    const office = anOffice();
    await manyAssigned(office, 1);
    const browser = await office.browserOf("worker");
    const lost = await browser.get("/petugas/antrean/assigned?kursor=abc");
    expect([lost.status, boxesOf(lost).length]).toEqual([200, 1]);
    expect(pageIn(lost).text).toContain("Ini halaman pertamanya");
    const elsewhere = await browser.get("/petugas/antrean/assigned?instansi=pemkot-samarinda");
    expect(elsewhere.status).toBe(400);
    expect(pageIn(elsewhere).text).toContain("bukan instansi Anda");
  });

  test("whoever has not signed in is led to sign in, and back here", async () => {
    const browser = await anOffice().browserOf("worker");
    browser.jar.clear();
    const { status, headers } = await browser.get("/petugas/antrean/assigned?jenis=aspiration");
    expect([status, headers.location]).toEqual([
      303,
      `/petugas/masuk?${new URLSearchParams({ ke: "/petugas/antrean/assigned?jenis=aspiration" })}`,
    ]);
  });
});

describe("all queues", () => {
  test("whoever stands above sees each agency below, the overdue ones first, and those with nothing as a number", async () => {
    const office = anOffice("2026-11-17T09:00:00+08:00");
    await manyAssigned(office, 1);
    office.at("2026-11-26T09:00:00+08:00");
    const browser = await office.browserOf("admin");
    const shown = await browser.get("/petugas/antrean?cakupan=bawahan");
    expect(shown.body).toContain(`href="/petugas/antrean?instansi=${department}"`);
    expect(pageIn(shown).text).toContain("2 instansi lain tidak punya laporan yang menunggu");
    expect(shown.body).toContain('href="/petugas/antrean/overdue?cakupan=bawahan"');
    const one = await browser.get(`/petugas/antrean?instansi=${department}`);
    expect(pageIn(one).h1).toBe("Antrean Dinas Pekerjaan Umum Kota Balikpapan");
    expect((await browser.get("/petugas/antrean?instansi=pemkot-samarinda")).status).toBe(400);
    expect((await browser.get("/petugas/antrean?cakupan=bawahan&kursor=abc")).status).toBe(200);
  });
});

describe("several cases at once", () => {
  const bersama = (move: string, query = "") => `/petugas/antrean/assigned/bersama/${move}${query}`;

  test("a page confirms first, and moves nothing", async () => {
    const office = anOffice();
    await manyAssigned(office, 3);
    const browser = await office.browserOf("worker");
    const ticks = boxesOf(await browser.get("/petugas/antrean/assigned")).map(({ value }) => value);
    const confirm = await browser.send(bersama("perkembangan"), ticking(ticks));
    expect(pageIn(confirm).h1).toBe("Catat perkembangan bersama (3)");
    expect(pageIn(confirm).text).toContain("Hitungan tanggapan awal selesai");
    expect(boxesOf(confirm).every(({ ticked }) => ticked)).toBe(true);
    expect(boxesOf(await browser.get("/petugas/antrean/assigned"))).toHaveLength(3);
    const nobody = await browser.send(bersama("perkembangan"), {});
    expect(nobody.headers.location).toBe("/petugas/antrean/assigned?kosong=ya");
    expect(pageIn(await browser.get("/petugas/antrean/assigned?kosong=ya")).text).toContain("Centang dulu");
    expect((await browser.get(bersama("perkembangan", "?jenis=complaint"))).headers.location).toBe(
      "/petugas/antrean/assigned?jenis=complaint",
    );
  });

  test("of 50 cases with 3 stale ones 47 are moved, the 3 say what changed and are ticked to try again, and nothing happens twice", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const all = await manyAssigned(office, 50);
    const browser = await office.browserOf("worker");
    const ticks = boxesOf(await browser.get("/petugas/antrean/assigned")).map(({ value }) => value);
    for (const found of all.slice(10, 13)) await found.as("head", "notes", { text: "Tunggu anggaran." });
    const form = { text: "Tim kami mulai menambal jalan ini hari ini.", langkah: "kirim" };
    const done = await browser.send(bersama("perkembangan"), ticking(ticks, form));
    expect(done.status).toBe(200);
    expect(pageIn(done).h1).toBe("47 dari 50 laporan dicatat");
    expect(pageIn(done).text).toContain("Sementara itu laporan ini berubah: Catatan internal");
    const left = boxesOf(done);
    expect(left.map(({ ticked }) => ticked)).toEqual([true, true, true]);
    const versions = async () =>
      Promise.all(all.map(async ({ number }) => (await office.cases.get(number))?.version));
    const before = await versions();

    // The page is loaded again, and the button is pressed twice.
    office.at("2026-11-24T09:03:00+08:00");
    const again = await browser.send(bersama("perkembangan"), ticking(ticks, form));
    expect(pageIn(again).h1).toBe("47 dari 50 laporan dicatat");
    expect(await versions()).toEqual(before);
    office.at("2026-11-24T10:00:00+08:00");
    expect(pageIn(await browser.send(bersama("perkembangan"), ticking(ticks, form))).h1).toBe(
      "0 dari 50 laporan dicatat",
    );
    expect(await versions()).toEqual(before);

    const rest = await browser.send(
      bersama("perkembangan"),
      ticking(
        left.map(({ value }) => value),
        form,
      ),
    );
    expect(pageIn(rest).h1).toBe("3 dari 3 laporan dicatat");
    expect(boxesOf(await browser.get("/petugas/antrean/assigned"))).toHaveLength(0);
  });

  test("what is wrong with the form is told at its field, keeps what was typed and ticked, and moves nothing", async () => {
    const office = anOffice();
    await manyAssigned(office, 2);
    const browser = await office.browserOf("admin");
    const queue = "/petugas/antrean/assigned?cakupan=bawahan";
    const ticks = boxesOf(await browser.get(queue)).map(({ value }) => value);
    const refused = await browser.send(
      bersama("arsipkan", "?cakupan=bawahan"),
      ticking(ticks, { langkah: "kirim", text: "Bukan layanan kami." }),
    );
    expect(refused.status).toBe(400);
    expect(pageIn(refused).problems[0]?.[0]).toBe("#reason");
    expect(pageIn(refused).value("text")).toBe("Bukan layanan kami.");
    expect(boxesOf(refused)).toHaveLength(2);
    const sent = await browser.send(
      bersama("arsipkan", "?cakupan=bawahan"),
      ticking(ticks, { langkah: "kirim", text: "Bukan layanan kami.", reason: "not-public-service" }),
    );
    expect(pageIn(sent).h1).toBe("2 dari 2 laporan diarsipkan");
  });

  test("cases are handed to an agency that is found by its name", async () => {
    const office = anOffice();
    await manyAssigned(office, 2);
    const browser = await office.browserOf("liaison");
    const ticks = boxesOf(await browser.get("/petugas/antrean/assigned")).map(({ value }) => value);
    const search = await browser.send(
      bersama("disposisi"),
      ticking(ticks, { langkah: "cari", cari: "uptd" }),
    );
    expect(search.body).toContain('value="balikpapan-uptd-jalan"');
    expect(pageIn(search).text).not.toContain("Samarinda");
    const sent = await browser.send(
      bersama("disposisi"),
      ticking(ticks, { langkah: "kirim", agencyId: "balikpapan-uptd-jalan" }),
    );
    expect(pageIn(sent).h1).toBe("2 dari 2 laporan didisposisikan");
    expect((await office.queue("roads", { queue: "assigned" })).body.items).toHaveLength(2);
  });

  test("of cases that are joined the first one received leads, unless the officer names another one", async () => {
    const office = anOffice();
    const cases = [];
    for (const minute of ["03", "01", "02"]) {
      office.at(`2026-11-24T09:${minute}:00+08:00`);
      cases.push(...(await manyAssigned(office, 1)));
    }
    const [last, first, second] = cases.map(({ number }) => number);
    const browser = await office.browserOf("admin");
    const queue = "?cakupan=bawahan";
    const ticks = boxesOf(await browser.get(`/petugas/antrean/assigned${queue}`)).map(({ value }) => value);
    const asked = await browser.send(bersama("gabungkan", queue), ticking(ticks));
    expect(pageIn(asked).value("trackingNumber")).toBe(first);
    expect(pageIn(asked).text).toContain(`Yang paling dulu diterima di antara yang dicentang: ${first}.`);
    const alone = ticks.filter((one) => one.startsWith(first ?? ""));
    const one = pageIn(await browser.send(bersama("gabungkan", queue), ticking(alone)));
    expect([one.value("trackingNumber"), one.text.includes("Yang paling dulu")]).toEqual(["", false]);
    const none = await browser.send(
      bersama("gabungkan", queue),
      ticking(alone, { langkah: "kirim", trackingNumber: first ?? "" }),
    );
    expect([none.status, pageIn(none).problems]).toEqual([
      400,
      [
        [
          "#trackingNumber",
          "Nomor laporan pertama: centang sedikitnya satu laporan lain, yang akan mengikutinya.",
        ],
      ],
    ]);
    const other = await browser.send(
      bersama("gabungkan", queue),
      ticking(
        ticks.filter((one) => !one.startsWith(last ?? "")),
        { langkah: "kirim", trackingNumber: second?.toLowerCase() ?? "" },
      ),
    );
    expect(pageIn(other).h1).toBe("1 dari 1 laporan digabungkan");
    const joined = await office.asks("admin", `/v1/officer/cases/${first}`);
    expect(JSON.stringify(joined.body)).toContain(second);
  });

  test("cases are joined to the first one, which itself stays as it is", async () => {
    const office = anOffice();
    const [first] = await manyAssigned(office, 3);
    const browser = await office.browserOf("admin");
    const queue = "?cakupan=bawahan";
    const ticks = boxesOf(await browser.get(`/petugas/antrean/assigned${queue}`)).map(({ value }) => value);
    const sent = await browser.send(
      bersama("gabungkan", queue),
      ticking(ticks, { langkah: "kirim", trackingNumber: first?.number ?? "" }),
    );
    expect(pageIn(sent).h1).toBe("2 dari 2 laporan digabungkan");
    expect(pageIn(sent).text).not.toContain("Tidak dapat dilakukan");
  });

  test("a case that changed since it was ticked is said to have, and is not ticked any more", async () => {
    const office = anOffice();
    const [found] = await manyAssigned(office, 2);
    const browser = await office.browserOf("worker");
    const ticks = boxesOf(await browser.get("/petugas/antrean/assigned")).map(({ value }) => value);
    await found?.as("head", "notes", { text: "Tunggu anggaran." });
    const confirm = await browser.send(bersama("perkembangan"), ticking(ticks));
    expect(
      boxesOf(confirm)
        .map(({ ticked }) => ticked)
        .sort(),
    ).toEqual([false, true]);
    expect(pageIn(confirm).text).toContain("Berubah sejak Anda mencentangnya");
  });

  test("a unit officer is offered what they may do, and another site's form moves nothing", async () => {
    const office = anOffice();
    await manyAssigned(office, 1);
    const browser = await office.browserOf("worker");
    const shown = await browser.get("/petugas/antrean/assigned");
    expect(shown.body).toContain("bersama/perkembangan");
    expect(shown.body).not.toMatch(/bersama\/(disposisi|arsipkan|gabungkan)/);
    const ticks = boxesOf(shown).map(({ value }) => value);
    const form = ticking(ticks, { langkah: "kirim", text: "Tim kami mulai bekerja." });
    const forged = await browser.send(bersama("perkembangan"), form, { "sec-fetch-site": "cross-site" });
    expect(forged.status).toBe(403);
    expect(boxesOf(await browser.get("/petugas/antrean/assigned"))).toHaveLength(1);
    // A move that the role does not have is refused by its route, for each case.
    const refused = await browser.send(
      bersama("arsipkan"),
      ticking(ticks, { langkah: "kirim", text: "Bukan layanan kami.", reason: "not-public-service" }),
    );
    expect(pageIn(refused).h1).toBe("0 dari 1 laporan diarsipkan");
    const stranger = anOfficer("unit-officer", "pemkot-samarinda");
    const other = await (await office.browserOf(stranger)).send(bersama("perkembangan"), form);
    expect(pageIn(other).h1).toBe("0 dari 1 laporan dicatat");
    expect(pageIn(other).text).not.toContain("berlubang");
  });

  test("a fault with one case is told at that case, and what came of the others is told too", async () => {
    const office = anOffice();
    const [broken] = await manyAssigned(office, 3);
    const browser = await office.browserOf("worker");
    const ticks = boxesOf(await browser.get("/petugas/antrean/assigned")).map(({ value }) => value);
    const { append, get } = office.cases;
    office.cases.append = async (before, moved) => {
      if (before.trackingNumber === broken?.number) throw new Error("The database is gone");
      return append(before, moved);
    };
    office.cases.queue = () => Promise.reject(new Error("The database is gone"));
    const form = { langkah: "kirim", text: "Tim kami mulai bekerja." };
    const sent = await browser.send(bersama("perkembangan"), ticking(ticks, form));
    expect(pageIn(sent).h1).toBe("2 dari 3 laporan dicatat");
    expect(pageIn(sent).text).toContain("ada gangguan pada sistem kami");
    expect(boxesOf(sent)).toEqual([{ value: `${broken?.number}:2`, ticked: true }]);
    office.cases.append = append;
    const rest = await browser.send(bersama("perkembangan"), ticking([`${broken?.number}:2`], form));
    expect(pageIn(rest).h1).toBe("1 dari 1 laporan dicatat");
    expect((await get(broken?.number ?? ""))?.version).toBe(3);
  });

  test("more than fifty are refused, and ticks that name nothing are left out", async () => {
    const office = anOffice();
    const browser = await office.browserOf("worker");
    const made = Array.from({ length: 51 }, (_, at) => `${String(at).padStart(5, "0")}-00000:1`);
    expect((await browser.send(bersama("perkembangan"), ticking(made))).status).toBe(413);
    const wild = await browser.send(bersama("perkembangan"), ticking(["x", "AAAAA-BBBBB:-1", "<b>"]));
    expect(wild.headers.location).toBe("/petugas/antrean/assigned?kosong=ya");
  });
});
