import { describe, expect, test } from "vitest";
import { photo } from "../../fakes/files.ts";
import { call } from "../../fakes/gateway.ts";
import { readPage } from "./markup.ts";
import { carriedBy, ownCaseOpen } from "./own-case.ts";

type Own = Awaited<ReturnType<typeof ownCaseOpen>>;

/** Sends a photo, as the reporter or as the department, and has it inspected. */
async function attach(own: Own, who?: "worker", name = "lubang di pasar.jpg"): Promise<string> {
  const file = { name, type: "image/jpeg", size: 100_000 };
  const { body } = who ? await own.as(who, "attachments", file) : await own.reporter("attachments", file);
  await own.inspect(own.office.files.upload(body.upload.fields.key, await photo()));
  return body.attachmentId;
}

const pagesLinked = (body: unknown, number: string): string[] => [
  ...new Set(
    [...String(body).matchAll(new RegExp(`href="/saya/${number}/([\\w-]+)"`, "g"))].map(
      ([, page = ""]) => page,
    ),
  ),
];

describe("a case as its reporter sees it", () => {
  test("It says first whose turn it is and until when, then the answer, then every limit with its days", async () => {
    const own = await ownCaseOpen();
    await own.answered();
    const shown = await own.look();
    const text = readPage(shown);
    expect(text).toContain(`Laporan ${own.number} , dikirim Selasa, 24 November 2026`);
    const order = [
      "Giliran Anda",
      "Nilai jawaban",
      "Jawaban instansi",
      "Batas waktu",
      "Perjalanan",
      "Yang dapat Anda lakukan",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).toContain("Petugas unit, Dinas Pekerjaan Umum Kota Balikpapan");
    expect(text).toContain("Sabtu, 28 November 2026: akhir pekan");
    expect(text).toContain("Dasar: ");
    expect(String(shown.body).match(/<h1/g)).toHaveLength(1);
    expect(shown.body).toContain('action="/keluar-cepat"');
    expect(shown.body).toContain('action="/keluar"');
  });

  test.each([
    ["submitted", async () => undefined, "Giliran Pemerintah Kota Balikpapan"],
    [
      "asked",
      async (own: Own) => {
        await own.as("admin", "verification");
        await own.as("worker", "question", { text: "Di sisi mana?" });
      },
      "Jawab pertanyaan",
    ],
    [
      "archived",
      (own: Own) => own.as("national", "archival", { reason: "private-matter", text: "Perkara pribadi." }),
      "Isinya perkara pribadi, bukan tugas instansi. Bila Anda tidak setuju",
    ],
    [
      "objected",
      async (own: Own) => {
        await own.as("national", "archival", { reason: "private-matter", text: "Perkara pribadi." });
        await own.reporter("objection", { text: "Ini jalan umum." });
      },
      "Keberatan harus diputuskan paling lambat",
    ],
    [
      "joined",
      async (own: Own) => {
        const other = await own.office.submit({ title: "Jalan rusak di pasar" });
        await own.as("national", "joining", { trackingNumber: other.number });
      },
      "Laporan ini mengikuti laporan",
    ],
    [
      "closed",
      async (own: Own) => {
        await own.answered();
        await own.reporter("confirmation", { stars: 5 });
      },
      "Belum beres? Anda dapat mengajukan banding sampai Selasa, 8 Desember 2026",
    ],
    [
      "reopened",
      async (own: Own) => {
        await own.answered();
        await own.reporter("confirmation", { stars: 1 });
      },
      "Dibuka kembali, menunggu kepala instansi",
    ],
    ["withdrawn", (own: Own) => own.reporter("withdrawal"), "Tidak ada lagi yang menanganinya"],
  ] as const)(
    "%s: it says how it stands, and links the moves that are legal now and no other",
    async (_, bring, said) => {
      const own = await ownCaseOpen();
      await bring(own);
      const shown = await own.look();
      expect(readPage(shown)).toContain(said);
      const { legalMoves } = (await own.seenByReporter()).body;
      const pages: Record<string, string> = {
        tanggapan: "reply",
        nilai: "confirm",
        banding: "appeal",
        keberatan: "object",
        cabut: "withdraw",
        pisahkan: "separate",
        "teks-publik": "redact",
        ombudsman: "consent",
        "izin-identitas": "consent-identity",
        lampiran: "attach",
      };
      const linked = pagesLinked(shown.body, own.number);
      for (const [page, move] of Object.entries(pages))
        expect([page, linked.includes(page)]).toEqual([page, legalMoves.includes(move)]);
      // Whatever is linked leads to a page with a form for it.
      for (const page of linked.filter((one) => one in pages && one !== "lampiran")) {
        const there = await own.look(page);
        expect([page, there.body.includes(`action="/saya/${own.number}/${page}"`)]).toEqual([page, true]);
      }
      expect(readPage(await own.look("", { language: "/en" }))).toContain("What you can do");
    },
  );

  test("A date that a question moved says why it moved, and from which date", async () => {
    const own = await ownCaseOpen();
    await own.as("admin", "verification");
    await own.as("worker", "question", { text: "Di sisi mana?" });
    own.office.at("2026-11-26T10:00:00+08:00");
    expect((await own.reporter("replies", { text: "Timur." })).status).toBe(200);
    const again = await call(own.office.publicApi, "POST", "/lacak", {
      form: { trackingNumber: own.number, receipt: own.code },
    });
    const shown = await own.look("", { cookies: again.cookies.map((line) => line.split(";")[0] ?? "") });
    const text = readPage(shown);
    expect(text).toContain("Hitungan berhenti");
    expect(text).toContain("Tanggalnya pernah berubah");
    expect(text).toContain("berjalan lagi");
  });

  test("A secret case links no public page of its limits, and a public one does", async () => {
    const open = await ownCaseOpen();
    expect((await open.look()).body).toContain(`/laporan/${open.number}/batas-waktu`);
    const secret = await ownCaseOpen({ secret: true });
    const shown = await secret.look();
    expect(shown.body).not.toContain("/batas-waktu");
    expect(readPage(shown)).toContain("Publik tidak membaca judul dan ceritanya.");
  });

  test("It says what was done by a word in the address, and repeats nothing else from there", async () => {
    const own = await ownCaseOpen();
    expect(readPage(await own.look("", { query: { sudah: "tanggapan" } }))).toContain(
      "Tulisan Anda sudah terkirim.",
    );
    const odd = await own.look("", { query: { sudah: "<script>x" } });
    expect([odd.status, odd.body.includes('role="status"'), odd.body.includes("<script>x")]).toEqual([
      200,
      false,
      false,
    ]);
    expect((await own.look("", { query: { sudah: "__proto__" } })).body).not.toContain('role="status"');
  });

  test("Hostile words of a report stay words", async () => {
    const hostile = `<img src=x onerror=alert(1)> "'&`;
    const own = await ownCaseOpen({ title: `Jalan ${hostile}`, text: `Lubang ${hostile}` });
    for (const page of ["", "data", "teks-publik"]) {
      const shown = await own.look(page);
      expect(shown.status).toBe(200);
      expect(readPage(shown)).toContain("<img src=x onerror=alert(1)>");
      expect(shown.body).not.toContain("<img src=x");
    }
  });
});

describe("files of a case", () => {
  test("Pictures come by the session, from the one place that the page allows, and the receipt is in no address", async () => {
    const own = await ownCaseOpen();
    const id = await attach(own);
    const shown = await own.look();
    expect(shown.body).toContain(`src="/saya/${own.number}/berkas/${id}?kecil=ya"`);
    expect(shown.headers["content-security-policy"]).toContain("img-src 'self' data: https://bucket.example");
    const picture = await own.look(`berkas/${id}`, { query: { kecil: "ya" } });
    expect([picture.status, picture.headers.location]).toEqual([
      302,
      expect.stringContaining("https://bucket.example/thumbnails/"),
    ]);
    expect([picture.headers["cache-control"], picture.cookies]).toEqual(["no-store", []]);
    expect((await own.look(`berkas/${id}`)).headers.location).toContain("https://bucket.example/clean/");
    const nobody = await own.look(`berkas/${id}`, { cookies: [] });
    expect([nobody.status, nobody.headers.location]).toEqual([303, `/lacak?nomor=${own.number}&sesi=habis`]);
    expect((await own.look("berkas/../../x")).status).toBe(404);
    expect((await own.look("berkas/tidak-ada")).status).toBe(404);
  });

  test("The files that an answer leans on stand beside it", async () => {
    const own = await ownCaseOpen();
    await own.as("admin", "verification");
    const id = await attach(own, "worker", "sesudah ditambal.jpg");
    await own.as("worker", "answer", { text: "Lubang di depan pasar sudah kami tambal.", evidence: [id] });
    expect(readPage(await own.look())).toMatch(/sudah kami tambal\. Bukti: sesudah ditambal\.jpg/);
    expect((await own.look(`berkas/${id}/hapus`)).body).not.toContain("data-once");
  });

  test("A file of one's own is removed after its consequence was shown, and an original is erased", async () => {
    const own = await ownCaseOpen();
    const id = await attach(own);
    expect((await own.look()).body).toContain(`href="/saya/${own.number}/berkas/${id}/hapus"`);
    expect((await own.look()).body).toContain(`href="/saya/${own.number}/berkas-asli"`);
    const originals = await own.look("berkas-asli");
    expect(readPage(originals)).toContain("Ini tidak dapat dibatalkan.");
    expect((await own.send("berkas-asli", carriedBy(originals))).headers.location).toContain(
      "sudah=berkas-asli",
    );
    expect(readPage(await own.look("berkas-asli"))).toContain("Tidak ada berkas asli");
    const page = `berkas/${id}/hapus`;
    const shown = await own.look(page);
    expect(readPage(shown)).toContain("Lampiran: lubang di pasar.jpg");
    expect((await own.send(page, carriedBy(shown))).headers.location).toContain("sudah=hapus-berkas");
    expect(readPage(await own.look(page))).toContain("sudah dihapus, atau bukan milik Anda");
    for (const odd of ["berkas/tidak-ada/hapus", `berkas/${"x".repeat(60)}/hapus`])
      expect((await own.look(odd)).status).toBe(200);
  });
});

describe("what we know about a reporter", () => {
  const reporter = { name: "Warga Contoh", email: "warga@contoh.example", phone: "081234567890" };

  test("They read all of it, and download it as JSON", async () => {
    const own = await ownCaseOpen({ reporter });
    const shown = await own.look("data");
    const text = readPage(shown);
    for (const part of [
      ...Object.values(reporter),
      "Jalan berlubang di depan pasar",
      "Belum pernah dibuka.",
      "730 hari",
    ])
      expect(text).toContain(part);
    expect(JSON.stringify(shown.headers)).not.toMatch(/Warga|contoh\.example/);
    const file = await own.look("data", { query: { unduh: "json" } });
    expect([file.headers["content-type"], file.headers["content-disposition"]]).toEqual([
      "application/json",
      'attachment; filename="data-laporan.json"',
    ]);
    expect(JSON.parse(String(file.body))).toMatchObject({ identity: { ...reporter, nikOnFile: false } });
    expect(file.headers["cache-control"]).toBe("no-store");
    expect((await own.look("data", { cookies: [], query: { unduh: "json" } })).status).toBe(303);
  });

  test("The address as stored stands in the form, a corrected one is stored, and an emptied field is removed", async () => {
    const own = await ownCaseOpen({ reporter });
    const shown = await own.look("surel");
    expect(shown.body).toContain('value="warga@contoh.example"');
    const sent = await own.send("surel", {
      ...carriedBy(shown),
      name: "",
      email: "baru@contoh.example",
      phone: reporter.phone,
    });
    expect(sent.status).toBe(303);
    expect((await own.personalData()).body.identity).toEqual({
      email: "baru@contoh.example",
      phone: reporter.phone,
      nikOnFile: false,
    });
    // Without a session the page shows no address, only what was typed in this very request.
    const closed = await own.send("surel", { name: "Warga Lain" }, { cookies: [] });
    expect([
      closed.status,
      closed.body.includes("baru@contoh.example"),
      closed.body.includes("Warga Lain"),
    ]).toEqual([401, false, true]);
  });

  test("An identity is deleted once the case has ended, and until then the page says why it stays", async () => {
    const own = await ownCaseOpen({ reporter });
    expect(readPage(await own.look("data"))).toContain("Laporan ini masih ditangani");
    expect((await own.look("data/hapus")).body).not.toContain("data-once");
    await own.reporter("withdrawal");
    const shown = await own.look("data/hapus");
    expect(readPage(shown)).toContain("Ini tidak dapat dibatalkan.");
    const sent = await own.send("data/hapus", carriedBy(shown));
    expect(sent.headers.location).toBe(`/saya/${own.number}?sudah=hapus-identitas`);
    expect((await own.personalData()).body.identity).toBeNull();
    expect(readPage(await own.look("data"))).toContain("Laporan ini tidak memuat identitas Anda.");
  });
});

describe("a session", () => {
  test("Every page renews the half hour, and a receipt that was replaced closes its own case and no other", async () => {
    const own = await ownCaseOpen();
    const other = await own.office.submit({ title: "Lampu mati" });
    const second = await call(own.office.publicApi, "POST", "/lacak", {
      form: { trackingNumber: other.number, receipt: other.receipt.authorization.slice(8) },
      cookies: own.cookies(),
    });
    const jar = second.cookies.map((line) => line.split(";")[0] ?? "");
    for (const page of ["", "tanggapan", "cabut", "data", "surel"])
      expect((await own.look(page)).cookies[0]).toMatch(/^__Host-saya=.*Max-Age=1800$/);
    await own.from("127.0.0.1", "POST", "/receipt-rotation", {
      headers: { "idempotency-key": "0b7d6f2e-9c1a-4e53-8f0d-2a64c1b97e38" },
    });
    const closed = await own.look("tanggapan", { cookies: jar });
    expect(closed.headers.location).toBe(`/lacak?nomor=${own.number}&sesi=diganti`);
    const left = closed.cookies.map((line) => line.split(";")[0] ?? "");
    expect((await call(own.office.publicApi, "GET", `/saya/${other.number}`, { cookies: left })).status).toBe(
      200,
    );
    const asked = await call(own.office.publicApi, "GET", "/lacak", {
      query: { nomor: own.number, sesi: "diganti" },
    });
    expect(readPage(asked)).toContain("tidak berlaku lagi, karena sudah diganti");
  });

  test("A cookie of another key is dropped, and the visitor reads what happened", async () => {
    const own = await ownCaseOpen();
    const away = await own.look("", { cookies: ["__Host-saya=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] });
    expect(away.headers.location).toBe(`/lacak?nomor=${own.number}&sesi=asing`);
    expect(away.cookies[0]).toContain("Max-Age=0");
    const asked = await call(own.office.publicApi, "GET", "/lacak", { query: { sesi: "asing" } });
    expect(readPage(asked)).toContain("Kami tidak dapat membaca catatan");
  });
});
