import { describe, expect, test } from "vitest";
import { changed } from "../../../shared/directory/entry-history.ts";
import { moveAddresses } from "../../../shared/page/officer/move-addresses.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";

type Office = ReturnType<typeof anOffice>;

const caseFor = async (office: Office, who: Who, number: string, part = "") =>
  (await office.browserOf(who)).get(`/petugas/laporan/${number}${part}`);

const linksIn = ({ elements }: ReturnType<typeof pageIn>): string[] =>
  elements.filter(({ tagName }) => tagName === "a").map((link) => attributeOf(link, "href") ?? "");

/** The moves that a page of a case links to, by the last part of their addresses. */
const movesIn = (page: ReturnType<typeof pageIn>, number: string): string[] =>
  [
    ...new Set(
      linksIn(page).flatMap((link) => {
        const [, part] = new RegExp(`^/petugas/laporan/${number}/([a-z-]+)$`).exec(link) ?? [];
        return part !== undefined && part !== "serupa" ? [part] : [];
      }),
    ),
  ].sort();

describe("what an officer sees of a case", () => {
  test("a case says first whose turn it is and until when, in words, and then what was reported", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    const answer = await caseFor(office, "admin", number);
    const page = pageIn(answer);
    expect([answer.status, page.h1]).toEqual([200, "Jalan berlubang di depan pasar"]);
    expect(page.title).not.toContain(number);
    expect(page.title).not.toContain("Jalan");
    for (const said of [
      "Giliran Pemerintah Kota Balikpapan",
      "3 hari kerja lagi",
      "Sudah dua bulan jalan di depan pasar berlubang besar",
      "Pekerjaan Umum: Jalan",
      "Jalan Contoh depan pasar, Kota Balikpapan",
      "-1.24, 116.86",
    ])
      expect(page.text).toContain(said);
    expect(linksIn(page)).toContain("geo:-1.24,116.86");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("an unknown number and a case out of reach are the same page", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    const browser = await office.browserOf("elsewhere");
    const gone = await office.submit({ agencyId: "pemkot-samarinda" });
    const outOfReach = await browser.get(`/petugas/laporan/${number}`);
    const unknownOffice = anOffice();
    const unknown = await (await unknownOffice.browserOf("elsewhere")).get(`/petugas/laporan/${number}`);
    const textOf = (answer: typeof unknown) => pageIn(answer).text.replaceAll(number, "");
    expect([outOfReach.status, unknown.status]).toEqual([404, 404]);
    expect(textOf(outOfReach)).toBe(textOf(unknown));
    expect((await browser.get(`/petugas/laporan/${gone.number}`)).status).toBe(200);
  });

  test("a secret anonymous report says what that means, and its place is handed to no other program", async () => {
    const office = anOffice();
    const { number } = await office.submit({ secret: true, anonymous: true });
    const page = pageIn(await caseFor(office, "admin", number));
    expect(page.text).toContain("Laporan rahasia.");
    expect(page.text).toContain("Pelapor anonim. Anda tidak dapat melihat siapa pelapornya.");
    expect(page.text).toContain("-1.24, 116.86");
    expect(linksIn(page).filter((link) => link.startsWith("geo:"))).toEqual([]);
  });

  test("an auditor reads the way of a case and nothing of what was told", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    const page = pageIn(await caseFor(office, "auditor", number));
    expect(page.h1).toBe("Laporan");
    expect(page.text).toContain("tidak terbuka untuk jabatan Anda");
    expect(page.text).not.toContain("berlubang");
    expect(page.text).toContain("Sekarang tidak ada langkah yang dapat Anda ambil");
  });

  test("officers read each other's names and internal notes, which are marked as such", async () => {
    const office = anOffice();
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    await as("worker", "notes", { text: "Tunggu anggaran perubahan." });
    const page = pageIn(await caseFor(office, "worker", number));
    expect(page.text).toContain(`${staff.worker.name}, Petugas unit, Dinas Pekerjaan Umum Kota Balikpapan`);
    expect(page.text).toContain("Internal: hanya petugas membacanya");
    expect(page.text).toContain("Tunggu anggaran perubahan.");
    const forAll = pageIn(await office.reads(`/laporan/${number}`));
    expect(forAll.text).not.toContain("anggaran");
    expect(forAll.text).not.toContain(staff.worker.name);
  });

  test("it tells who has the case, for how long, and who had it before", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    office.at("2026-11-24T15:00:00+08:00");
    await as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    office.at("2026-11-27T15:00:00+08:00");
    await as("roads", "return", { reason: "Jalan provinsi." });
    office.at("2026-11-27T15:30:00+08:00");
    const { text } = pageIn(await caseFor(office, "liaison", number));
    expect(text).toContain("Sekarang: Dinas Pekerjaan Umum Kota Balikpapan");
    expect(text).toContain("(kurang dari satu jam). Sudah dikembalikan 1 kali.");
    expect(text).toContain(
      "Dinas Pekerjaan Umum Kota Balikpapan6 jamDiteruskan ke UPTD Jalan Kota Balikpapan",
    );
    expect(text).toContain("UPTD Jalan Kota Balikpapan3 hari kalenderDikembalikan: bukan kewenangan ke");
  });

  test("a case tells which cases follow it, and which one it follows", async () => {
    const office = anOffice();
    const [first, second] = [await office.submit(), await office.submit()];
    await second.as("national", "joining", { trackingNumber: first.number });
    const followed = pageIn(await caseFor(office, "admin", first.number));
    expect(followed.text).toContain("Diikuti oleh");
    expect(linksIn(followed)).toContain(`/petugas/laporan/${second.number}`);
    const following = pageIn(await caseFor(office, "admin", second.number));
    expect(linksIn(following)).toContain(`/petugas/laporan/${first.number}`);
  });

  test("a joined case leads to the leading one at its top, on the page that this officer can open", async () => {
    const office = anOffice();
    const elsewhere = await office.submit({ agencyId: "pemkot-samarinda" });
    const near = await office.submit();
    const [own, apart] = [await office.submit(), await office.submit()];
    await own.as("national", "joining", { trackingNumber: near.number });
    await apart.as("national", "joining", { trackingNumber: elsewhere.number });
    const linksOf = async (who: Who, number: string) => linksIn(pageIn(await caseFor(office, who, number)));
    const here = await linksOf("admin", own.number);
    expect(here).toContain(`/petugas/laporan/${near.number}`);
    expect(here).not.toContain(`/laporan/${near.number}`);
    const out = await linksOf("admin", apart.number);
    expect(out).toContain(`/laporan/${elsewhere.number}`);
    expect(out).not.toContain(`/petugas/laporan/${elsewhere.number}`);
    expect((await office.reads(`/laporan/${elsewhere.number}`)).status).toBe(200);
    expect(await linksOf("national", apart.number)).toContain(`/petugas/laporan/${elsewhere.number}`);
    const forAll = linksIn(pageIn(await office.reads(`/laporan/${own.number}`)));
    expect(forAll).toContain(`/laporan/${near.number}`);
    expect(forAll.join()).not.toContain("petugas/laporan");
  });

  test("what is no tracking number is told so, with how one looks and where to look, at every page of a case", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    const browser = await office.browserOf("admin");
    const mistyped = `${number.slice(0, -1)}${number.endsWith("A") ? "B" : "A"}`;
    for (const [typed, part] of [
      [mistyped, ""],
      ["12", "/jawab"],
      ["laporan-jalan", "/lampirkan"],
      ["x".repeat(300), "/serupa"],
    ] as const) {
      const answer = await browser.get(`/petugas/laporan/${encodeURIComponent(typed)}${part}`);
      const { h1, text, value, title } = pageIn(answer);
      expect([answer.status, h1, title.includes(typed)]).toEqual([
        404,
        "Buka laporan dengan nomornya",
        false,
      ]);
      expect(text).toContain("Nomor ini salah ketik");
      expect(text).toContain("misalnya 7K3MQ-P4X9C");
      expect(value("nomor")).toBe(typed.slice(0, 40));
      expect(linksIn(pageIn(answer))).toEqual(expect.arrayContaining(["/petugas/antrean", "/laporan"]));
    }
    expect(pageIn(await browser.get(`/en/petugas/laporan/12`)).h1).toBe("Open a report by its number");
  });

  test("a number that is typed as people type it opens its case, and a mistyped one can be typed again", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    const browser = await office.browserOf("admin");
    expect(pageIn(await browser.get("/petugas/laporan")).text).not.toContain("salah ketik");
    const opened = await browser.get(`/petugas/laporan?nomor=${number.toLowerCase().replace("-", " ")}`);
    expect([opened.status, opened.headers.location]).toEqual([303, `/petugas/laporan/${number}`]);
    const again = await browser.get("/petugas/laporan?nomor=abc");
    expect([again.status, pageIn(again).value("nomor")]).toEqual([404, "abc"]);
    const outside = await office.browserOf("admin");
    outside.jar.clear();
    expect((await outside.get("/petugas/laporan/12")).headers.location).toContain("/petugas/masuk?ke=");
  });

  test("the notice of what was just done names a move of the table, and nothing else that an address says", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    expect(pageIn(await caseFor(office, "admin", number, "?sudah=note")).text).toContain(
      "Tersimpan: Catat internal.",
    );
    expect(pageIn(await caseFor(office, "admin", number, "?sudah=dihapus+presiden")).text).not.toContain(
      "presiden",
    );
  });
});

describe("the moves on the page of a case", () => {
  const everyRole = Object.keys(staff) as Who[];

  test.each(everyRole)("%s is linked to exactly the legal moves, in every situation", async (who) => {
    const office = anOffice();
    const fresh = () => office.submit();
    const situations = [
      await fresh(),
      await (async () => {
        const one = await fresh();
        await one.as("admin", "verification", { supervised: false });
        return one;
      })(),
      await (async () => {
        const one = await fresh();
        await one.as("admin", "verification", { supervised: false });
        await one.as("worker", "question", { text: "Di sisi mana?" });
        return one;
      })(),
      await (async () => {
        const one = await fresh();
        await one.as("admin", "verification", { supervised: false });
        await one.as("worker", "answer", { text: "Sudah kami tambal." });
        return one;
      })(),
      await (async () => {
        const one = await fresh();
        await one.as("national", "archival", { reason: "not-public-service", text: "Bukan layanan." });
        return one;
      })(),
    ];
    for (const { number } of situations) {
      const { status, body } = await office.asks(who, `/v1/officer/cases/${number}`);
      const answer = await caseFor(office, who, number);
      expect(answer.status).toBe(status);
      if (status !== 200) continue;
      const paged = (body.legalMoves as string[]).flatMap((move) =>
        move in moveAddresses ? [moveAddresses[move as keyof typeof moveAddresses]] : [],
      );
      expect(movesIn(pageIn(answer), number)).toEqual([...paged].sort());
    }
  });

  test("whoever holds several posts sees the moves of each of them", async () => {
    const office = anOffice();
    const second = anOfficer("agency-head", "balikpapan-dinas-pu", {
      id: "z-second-post",
      subject: staff.worker.subject,
    });
    const act = {
      type: "invited",
      by: { role: "system" },
      at: new Date(0),
      sharesWith: [staff.worker.id],
    } as const;
    await office.directory.record(undefined, changed("officer", undefined, second, act)!);
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    const page = pageIn(await caseFor(office, "worker", number));
    // The head alone withholds words, and the officer of the unit alone returns.
    expect(movesIn(page, number)).toEqual(expect.arrayContaining(["tutup-tulisan", "kembalikan", "jawab"]));
  });

  test.each([
    ["admin", "verifikasi", "submitted"],
    ["liaison", "disposisi", "assigned"],
    ["worker", "jawab", "assigned"],
  ] as const)("for %s the main button of a case leads to %s while it is %s", async (who, part, status) => {
    const office = anOffice();
    const { number, as } = await office.submit();
    if (status === "assigned") await as("admin", "verification", { supervised: false });
    const { elements } = pageIn(await caseFor(office, who, number));
    const buttons = elements.filter((one) => attributeOf(one, "class") === "button");
    expect(buttons.map((one) => attributeOf(one, "href"))).toEqual([`/petugas/laporan/${number}/${part}`]);
  });
});

describe("reports that may be the same", () => {
  test("at verification the likeliest are shown at once, and any of them beside the case with the way to join them", async () => {
    const office = anOffice();
    const first = await office.submit({ text: "Ada lubang besar sekali di depan pasar itu." });
    const second = await office.submit();
    const page = pageIn(await caseFor(office, "admin", second.number));
    const compare = `/petugas/laporan/${second.number}/serupa?dengan=${first.number}`;
    expect(linksIn(page)).toContain(compare);
    const both = pageIn(await (await office.browserOf("admin")).get(compare));
    expect(both.text).toContain("Ada lubang besar sekali di depan pasar itu.");
    expect(both.text).toContain("Kemarin ada pengendara motor jatuh.");
    expect(linksIn(both)).toContain(`/petugas/laporan/${second.number}/gabungkan?dengan=${first.number}`);
  });

  test("another agency's case is compared as everybody sees it, and a secret one not at all", async () => {
    const office = anOffice();
    const theirs = { agencyId: "pemkot-samarinda", title: "Jalan depan pasar berlubang" };
    const open = await office.submit({ ...theirs, text: "Cerita panjang." });
    const secret = await office.submit({ ...theirs, secret: true });
    const { number } = await office.submit();
    const shown = pageIn(await caseFor(office, "admin", number, `/serupa?dengan=${open.number}`));
    expect(shown.text).toContain("Jalan depan pasar berlubang");
    expect(shown.text).toContain("Anda melihat yang dilihat publik");
    expect(linksIn(shown)).toContain(`/laporan/${open.number}`);
    const hidden = pageIn(await caseFor(office, "admin", number, `/serupa?dengan=${secret.number}`));
    expect(hidden.text).toContain("tidak dapat dibandingkan");
    expect(pageIn(await caseFor(office, "admin", number, "/serupa")).text).not.toContain(secret.number);
  });

  test("whoever neither verifies nor assigns is offered no comparison", async () => {
    const office = anOffice();
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    expect(linksIn(pageIn(await caseFor(office, "worker", number)))).not.toContain(
      `/petugas/laporan/${number}/serupa`,
    );
    expect((await caseFor(office, "worker", number, "/serupa")).status).toBe(403);
  });
});
