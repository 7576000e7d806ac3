import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { feedPage } from "../../../functions/public/cases/feed-page.ts";
import { ok } from "../../../shared/http/reply.ts";
import { serve } from "../../../shared/http/serve.ts";
import { aFrame } from "../../fakes/frame.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { readPage } from "./markup.ts";

const hostile = `"><script>alert(1)</script>' onload=x`;

const aList = (office = anOffice()) => {
  const look = (query: Record<string, string> = {}, language = "") =>
    call(office.publicApi, "GET", `${language}/laporan`, { query });
  return { office, look };
};

describe("the public list", () => {
  test("shows what everybody may read, with its agency, place, status and date, and nothing that is secret", async () => {
    const { office, look } = aList();
    await office.submit({ title: "Lampu jalan padam" });
    await office.submit({ title: "Atasan saya meminta uang", secret: true });
    for (const [language, status, date] of [
      ["", "Menunggu verifikasi", "Selasa, 24 November 2026"],
      ["/en", "Waiting for verification", "Tuesday"],
    ] as const) {
      const shown = await look({}, language);
      const text = readPage(shown);
      expect(shown.status).toBe(200);
      expect(shown.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
      for (const part of ["Lampu jalan padam", "Pemerintah Kota Balikpapan", "Kota Balikpapan", status, date])
        expect(text).toContain(part);
      expect(text).not.toContain("Atasan");
    }
  });

  test("says of each report what it waits for and how long, counted by the calendar of its agency, and who has it too", async () => {
    const { office, look } = aList(anOffice("2026-11-26T09:00:00+08:00")); // a Thursday
    const found = await office.submit({ title: "Lampu jalan padam" });
    const support = () =>
      call(office.publicApi, "POST", `/v1/cases/${found.number}/supports`, {
        body: { device: randomUUID() },
      });
    expect(readPage(await look())).toContain("verifikasi: 3 hari kerja lagi");
    expect(readPage(await look())).not.toContain("dukungan");
    await support();
    await support();
    office.at("2026-11-30T09:00:00+08:00"); // the weekend does not count
    expect(readPage(await look())).toMatch(/verifikasi: 1 hari kerja lagi.*2 dukungan/);
    expect(readPage(await look({}, "/en"))).toMatch(/verification: 1 working day left.*2 supports/);
    office.at("2026-12-01T09:00:00+08:00");
    expect(readPage(await look())).toContain("verifikasi: hari ini");
    office.at("2026-12-02T09:00:00+08:00");
    const late = await look();
    expect(readPage(late)).toContain("verifikasi: terlambat 1 hari kerja");
    expect(late.body).toContain('<span class="chip late">');

    // What the list says is what the case says.
    const [listed] = (await office.feed()).body.items;
    const { clocks } = (await office.track(found.number, "127.0.0.1")).body;
    expect(clocks[0]).toMatchObject(listed.timing.waitsFor);

    await found.as("admin", "verification", {});
    expect(readPage(await look())).toContain("tanggapan awal: 5 hari kerja lagi");
    await found.as("head", "answer", { text: "Lampu sudah kami ganti dan sudah menyala." });
    expect(readPage(await look())).toContain(
      "dijawab dalam 4 hari kerja · penilaian pelapor: 10 hari kerja lagi",
    );
    expect(readPage(await look({}, "/en"))).toContain("answered in 4 working days");
    expect(readPage(await call(office.publicApi, "GET", "/"))).toContain(
      "dijawab dalam 4 hari kerja · 2 dukungan",
    );
    await found.reporter("confirmation", { stars: 5 });
    expect((await office.feed()).body.items[0].timing).toEqual({ answeredAfter: 4, waitsFor: null });
    await found.reporter("appeal", { text: "Lampunya padam lagi." });
    expect((await office.feed()).body.items[0].timing.answeredAfter).toBeNull();
  });

  test("tells of an anonymous report no more than its own page: dates and whole days", async () => {
    const { office } = aList();
    await office.submit({ anonymous: true });
    const [listed] = (await office.feed()).body.items;
    expect(JSON.stringify(listed)).not.toMatch(/T\d\d:\d\d/);
    const shown = (await office.track(listed.trackingNumber, "127.0.0.1")).body;
    expect(shown.clocks[0]).toMatchObject(listed.timing.waitsFor);
  });

  test("goes on by a cursor that keeps the filters, and a cursor that leads nowhere gives the first page", async () => {
    const { office, look } = aList();
    for (let at = 0; at < 23; at++) await office.submit({ title: `Sampah menumpuk ${at}` });
    const first = await look({ status: "submitted" });
    const address = /href="(\/laporan\?[^"]*kursor=[^"]*)" rel="next"/.exec(first.body)?.[1];
    const query = Object.fromEntries(
      new URL(String(address).replaceAll("&amp;", "&"), "https://x.example").searchParams,
    );
    expect(query.status).toBe("submitted");
    const second = await look(query);
    const titles = ({ body }: { body: string }) =>
      [...body.matchAll(/Sampah menumpuk (\d+)/g)].map(([, n]) => n);
    expect(titles(first)).toHaveLength(20);
    expect(new Set([...titles(first), ...titles(second)]).size).toBe(23);
    const lost = await look({ kursor: "abc" });
    expect([lost.status, readPage(lost).includes("tidak ada lagi")]).toEqual([200, true]);
    expect(titles(lost)).toHaveLength(20);
    expect((await look({ ...query, q: "sampah" })).status).toBe(200);
  });

  test("filters by what an address says, names each filter, and leads to the list without it", async () => {
    const { office, look } = aList();
    await office.submit({ title: "Jalan rusak" });
    await office.submit({ title: "Usul taman", class: "aspiration", category: "pekerjaan-umum/jalan" });
    const shown = await look({ jenis: "aspiration", wilayah: "64.71", kategori: "pekerjaan-umum" });
    const text = readPage(shown);
    expect(text).toContain("Usul taman");
    expect(text).not.toContain("Jalan rusak");
    for (const part of ["Jenis laporan: Aspirasi", "Kabupaten atau kota: Kota Balikpapan"])
      expect(text).toContain(part);
    expect(shown.body).toContain('href="/laporan?wilayah=64.71&amp;kategori=pekerjaan-umum"');
    expect(shown.body).toContain(
      'href="/laporan.atom?wilayah=64.71&amp;kategori=pekerjaan-umum&amp;jenis=aspiration"',
    );
    const atom = await office.reads("/laporan.atom", { jenis: "aspiration" });
    expect([
      atom.status,
      String(atom.body).includes("Usul taman"),
      String(atom.body).includes("Jalan rusak"),
    ]).toEqual([200, true, false]);
  });

  test("says which filter it does not know, and shows the rest", async () => {
    const { office, look } = aList();
    await office.submit({ title: "Jalan rusak" });
    for (const name of ["instansi", "wilayah", "kategori", "jenis", "status"])
      for (const value of ["tidak-ada-sama-sekali", hostile, "x".repeat(5_000)]) {
        const shown = await look({ [name]: value });
        expect([name, shown.status]).toEqual([name, 200]);
        const text = readPage(shown);
        expect(text).toContain("tidak kami kenal");
        expect(text).toContain("Jalan rusak");
        expect(shown.body).not.toContain("<script>alert");
      }
    expect(readPage(await look({ status: "archived" }))).toContain("tidak kami kenal");
  });

  test("finds an agency by a part of its name, and asks which one where several fit", async () => {
    const { office, look } = aList();
    await office.submit({ title: "Jalan rusak" });
    const one = readPage(await look({ instansi: "pekerjaan umum" }));
    expect(one).toContain("Instansi: Dinas Pekerjaan Umum Kota Balikpapan");
    const several = await look({ instansi: "kota" });
    expect(readPage(several)).toContain("Instansi mana yang Anda maksud?");
    expect(several.body).toContain('href="/laporan?instansi=pemkot-balikpapan"');
    expect(readPage(several)).toContain("Jalan rusak");
  });

  test("an empty list says what to do, and words that cannot be looked for are told at their field", async () => {
    const { look } = aList();
    expect(readPage(await look())).toContain("Belum ada laporan");
    const none = readPage(await look({ status: "closed" }));
    expect(none).toContain("Tidak ada laporan yang cocok");
    expect(none).toContain("Hapus semua saringan");
    for (const q of ["?!", `${"kata ".repeat(60)}`]) {
      const refused = await look({ q });
      expect(refused.status).toBe(400);
      expect(refused.body).toContain('id="q-why"');
      expect(refused.body).toContain(`value="${q.trim()}"`);
    }
  });

  test("a search finds what was reported, and says which words it looked for", async () => {
    const { office, look } = aList();
    await office.submit({ title: "Lampu jalan padam" });
    await office.submit({ title: "Sampah menumpuk", text: "Bau sekali di dekat sekolah." });
    const found = readPage(await look({ q: "lampu padam" }));
    expect(found).toContain("Lampu jalan padam");
    expect(found).not.toContain("Sampah menumpuk");
    expect(found).toContain("Kata: lampu padam");
  });

  test("says so where not all reports could be searched, and where an empty page is not the last", async () => {
    const office = anOffice();
    const table = office.tables().public;
    const at = (path: string) => {
      const found = table.find((route) => route.path === path && route.method === "GET");
      if (!found) throw new Error(`No route ${path}`);
      return found;
    };
    const api = serve(
      feedPage(aFrame(office.now), {
        agencies: at("/v1/agencies"),
        agency: at("/v1/agencies/{agencyId}"),
        regions: at("/v1/regions"),
        categories: at("/v1/categories"),
        list: {
          ...at("/v1/cases"),
          handle: async () => ok({ items: [], cursor: "bGFnaQ", complete: false }),
        },
      }),
    );
    const shown = await call(api, "GET", "/laporan", { query: { q: "lampu" } });
    const text = readPage(shown);
    expect(text).toContain("belum semua laporan dapat dicari");
    expect(text).toContain("ada di halaman berikutnya");
    expect(shown.body).toContain('href="/laporan?q=lampu&amp;kursor=bGFnaQ" rel="next"');
  });

  test("is the same for everybody, whatever cookies they bring", async () => {
    const { office } = aList();
    await office.submit();
    const asked = (cookies: string[]) => call(office.publicApi, "GET", "/laporan", { cookies });
    const [plain, known] = [await asked([]), await asked(["__Host-saya=abc", "__Host-perangkat=1"])];
    expect(known.body).toBe(plain.body);
    expect([plain.cookies, known.cookies]).toEqual([[], []]);
  });
});
