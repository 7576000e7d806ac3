import { describe, expect, test } from "vitest";
import { call } from "../../fakes/gateway.ts";
import { readPage } from "./markup.ts";
import { carriedBy, ownCaseOpen } from "./own-case.ts";

type Own = Awaited<ReturnType<typeof ownCaseOpen>>;

/** Every page with a move: the fields to type, a case where it is legal, one where it is not, and what it leads back with. */
const moves: readonly {
  page: string;
  form: Record<string, string>;
  legal?: (own: Own) => Promise<unknown>;
  /** Missing where the page is always there. */
  illegal?: (own: Own) => Promise<unknown>;
  /** A form that is refused at its fields. */
  wrong?: Record<string, string>;
  done: string;
}[] = [
  {
    page: "tanggapan",
    form: { text: "Lubangnya di sisi timur." },
    illegal: (own) => own.reporter("withdrawal"),
    wrong: { text: "  " },
    done: "tanggapan",
  },
  {
    page: "nilai",
    form: { stars: "4", comment: "Terima kasih." },
    legal: (own) => own.answered(),
    illegal: async () => undefined,
    wrong: { comment: "Terima kasih." },
    done: "nilai",
  },
  {
    page: "nilai",
    form: { stars: "1", comment: "Masih berlubang." },
    legal: (own) => own.answered(),
    illegal: async () => undefined,
    wrong: { stars: "9", comment: "Masih berlubang." },
    done: "nilai-rendah",
  },
  {
    page: "banding",
    form: { text: "Jawaban ini bukan tentang jalan saya." },
    legal: (own) => own.answered(),
    illegal: async () => undefined,
    wrong: { text: "" },
    done: "banding",
  },
  {
    page: "keberatan",
    form: { text: "Jalan umum adalah layanan publik." },
    legal: (own) => own.as("national", "archival", { reason: "not-public-service", text: "Bukan layanan." }),
    illegal: async () => undefined,
    wrong: { text: "" },
    done: "keberatan",
  },
  {
    page: "cabut",
    form: { text: "Sudah beres sendiri." },
    illegal: (own) => own.reporter("withdrawal"),
    wrong: { text: "x".repeat(2_001) },
    done: "cabut",
  },
  {
    page: "pisahkan",
    form: { text: "Lubang saya di jalan lain." },
    legal: async (own) => {
      const other = await own.office.submit({ title: "Jalan rusak di pasar" });
      await own.as("national", "joining", { trackingNumber: other.number });
    },
    illegal: async () => undefined,
    wrong: { text: "" },
    done: "pisahkan",
  },
  {
    page: "teks-publik",
    form: { how: "reword", title: "Jalan berlubang", text: "Ada lubang di depan pasar." },
    wrong: { how: "", title: "Jalan berlubang", text: "Ada lubang di depan pasar." },
    done: "teks-publik",
  },
  {
    page: "ombudsman",
    form: {},
    legal: (own) => own.as("admin", "verification"),
    illegal: async () => undefined,
    done: "ombudsman",
  },
  {
    page: "izin-identitas",
    form: { agreed: "true" },
    legal: (own) => own.reporter("withdrawal"),
    illegal: async () => undefined,
    wrong: {},
    done: "izin-identitas",
  },
  { page: "surat", form: { mails: "false" }, wrong: {}, done: "surat" },
  {
    page: "surel",
    form: { name: "Warga Contoh", email: "warga@contoh.example", phone: "081234567890" },
    wrong: { name: "Warga Contoh", email: "bukan alamat" },
    done: "surel",
  },
];

const begun = async ({ legal }: (typeof moves)[number]) => {
  const own = await ownCaseOpen();
  await legal?.(own);
  return own;
};

describe.each(moves)("the page $page that leads back with $done", (move) => {
  const { page, form, illegal, wrong, done } = move;

  test("it shows what follows, in both languages, and its form does it and leads back to the case", async () => {
    for (const language of ["", "/en"]) {
      const own = await begun(move);
      const shown = await own.look(page, { language });
      expect(shown.status).toBe(200);
      expect(readPage(shown)).toMatch(language ? /What happens next/ : /Yang terjadi sesudah ini/);
      expect(shown.body).toContain(`action="${own.address(page, language)}"`);
      expect(shown.headers["cache-control"]).toBe("no-store");
      const sent = await own.send(page, { ...carriedBy(shown), ...form }, { language });
      expect([sent.status, sent.headers.location, readsProblem(sent.body)]).toEqual([
        303,
        `${language}/saya/${own.number}?sudah=${done}`,
        undefined,
      ]);
      const back = await own.look("", { language, query: { sudah: done } });
      expect(back.body).toContain('role="status"');
      expect(JSON.stringify([shown, sent, back])).not.toContain(own.code);
    }
  });

  test.skipIf(!illegal)("where it is not legal, it says so and why, without a form for it", async () => {
    const own = await ownCaseOpen();
    await illegal?.(own);
    const shown = await own.look(page);
    expect([shown.status, readPage(shown).includes("Sekarang belum atau tidak dapat")]).toEqual([200, true]);
    expect(shown.body).not.toContain(`action="${own.address(page)}"`);
    expect(shown.body).toContain(`href="${own.address("")}"`);
    const sent = await own.send(page, form);
    expect(sent.status).toBe(409);
    for (const text of Object.values(form).filter((text) => text.length > 5))
      expect(readPage(sent)).toContain(text);
  });

  test.skipIf(!wrong)("what is wrong is said beside its field, and all that was typed stays", async () => {
    const own = await begun(move);
    const shown = await own.look(page);
    const sent = await own.send(page, { ...carriedBy(shown), ...wrong });
    expect(sent.status).toBe(400);
    expect(readPage(sent)).toContain("Ada yang perlu diperbaiki");
    for (const text of Object.values(wrong ?? {}).filter((text) => text.trim().length > 5))
      expect(sent.body).toContain(text);
  });

  test("over in the middle: the page comes again with all that was typed and asks for the receipt, and sending it does the move", async () => {
    const own = await begun(move);
    const shown = await own.look(page);
    const typed = { ...carriedBy(shown), ...form };
    const closed = await own.send(page, typed, { cookies: [] });
    expect([closed.status, readPage(closed).includes("belum terkirim")]).toEqual([401, true]);
    expect(closed.body).toContain('name="receipt"');
    expect(closed.body).not.toContain("Jalan berlubang di depan pasar");
    for (const text of Object.values(form).filter((text) => text.length > 5))
      expect(closed.body).toContain(text);
    const wrongOne = await own.send(
      page,
      { ...carriedBy(closed), ...form, receipt: "0000-0000-0000-0000-0000" },
      { cookies: [] },
    );
    expect(wrongOne.status).toBe(404);
    expect(wrongOne.body).not.toContain("0000-0000");
    const sent = await own.send(
      page,
      { ...carriedBy(wrongOne), ...form, receipt: own.code },
      { cookies: [] },
    );
    expect([sent.status, sent.headers.location]).toEqual([303, `/saya/${own.number}?sudah=${done}`]);
    expect(sent.cookies[0]).toMatch(/^__Host-saya=/);
    expect(JSON.stringify([closed, wrongOne, sent])).not.toContain(own.code);
  });

  test("without a session it leads to where the receipt is asked for, and another site's form is refused", async () => {
    const own = await begun(move);
    const away = await own.look(page, { cookies: [] });
    expect(away.headers.location).toBe(`/lacak?nomor=${own.number}&sesi=habis`);
    const broken = await own.look(page, { cookies: ["__Host-saya=tidak-terbaca"] });
    expect(broken.headers.location).toBe(`/lacak?nomor=${own.number}&sesi=asing`);
    const forged = await own.send(page, form, { headers: { "sec-fetch-site": "cross-site" } });
    expect(forged.status).toBe(403);
  });
});

/** What an error summary says, to see in a failing test why. */
const readsProblem = (body: unknown): string | undefined =>
  /id="masalah">(.*?)<\/div>/s.exec(String(body ?? ""))?.[1];

describe("whoever was overtaken", () => {
  test("A reply that was begun before the agency answered does not dispute that answer unread", async () => {
    const own = await ownCaseOpen();
    const shown = await own.look("tanggapan");
    await own.answered();
    const form = { ...carriedBy(shown), text: "Tambahan: lubangnya dua." };
    const sent = await own.send("tanggapan", form);
    const text = readPage(sent);
    expect(sent.status).toBe(409);
    expect(text).toContain("Yang berubah sementara itu");
    expect(text).toContain("Ditindaklanjuti oleh instansi");
    expect(text).toContain("Tambahan: lubangnya dua.");
    expect((await own.seenByReporter()).body.status).toBe("answered");
    // Having read it, they send it again.
    const again = await own.send("tanggapan", { ...carriedBy(sent), text: form.text });
    expect([again.status, (await own.seenByReporter()).body.status]).toEqual([303, "in-progress"]);
  });

  test("A rating that was begun before the answer was corrected waits until the correction is read", async () => {
    const own = await ownCaseOpen();
    await own.answered();
    const shown = await own.look("nilai");
    await own.as("worker", "answer-correction", { text: "Kami menambalnya besok.", reason: "Keliru." });
    const sent = await own.send("nilai", { ...carriedBy(shown), stars: "5" });
    expect(sent.status).toBe(409);
    expect(readPage(sent)).toContain("Jawaban diralat");
    expect(sent.body).toMatch(/value="5"[^>]*checked/);
  });

  test("A second click does nothing twice", async () => {
    const own = await ownCaseOpen();
    const shown = await own.look("tanggapan");
    const form = { ...carriedBy(shown), text: "Lubangnya dua." };
    expect((await own.send("tanggapan", form)).status).toBe(303);
    expect((await own.send("tanggapan", form)).status).toBe(303);
    const { timeline } = (await own.seenByReporter()).body;
    expect(timeline.filter(({ type }: { type: string }) => type === "replied")).toHaveLength(1);
  });
});

describe("what is typed", () => {
  test("Hostile text comes back as text", async () => {
    const own = await ownCaseOpen();
    const hostile = `</textarea><script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
    for (const cookies of [undefined, []]) {
      const sent = await own.send(
        "tanggapan",
        { text: hostile + "x".repeat(5_000) },
        cookies ? { cookies } : {},
      );
      expect(sent.status).toBe(cookies ? 401 : 400);
      expect(readPage(sent)).toContain("<script>alert(1)</script>");
      expect(sent.body).not.toContain("<script>alert");
      expect(sent.body).not.toContain("<img src=x");
    }
  });

  test("Line breaks of a browser count as one sign", async () => {
    const own = await ownCaseOpen();
    const sent = await own.send("tanggapan", { text: "a\r\n".repeat(2_499) });
    expect(sent.status).toBe(303);
  });

  test("A wrong receipt is counted as in the API: after too many a solved challenge is needed, and the text is kept", async () => {
    const own = await ownCaseOpen();
    const statuses: number[] = [];
    for (let count = 0; count < 14; count++) {
      const sent = await own.send(
        "tanggapan",
        { text: "Tulisan yang panjang.", receipt: "0000-0000-0000-0000-0000" },
        { cookies: [] },
      );
      statuses.push(sent.status);
      expect(sent.body).toContain("Tulisan yang panjang.");
    }
    expect(statuses[0]).toBe(404);
    expect(statuses.at(-1)).toBe(428);
  });
});

describe("the receipt", () => {
  test("It is replaced, shown once in groups, and the case stays open with the new one", async () => {
    const own = await ownCaseOpen();
    const shown = await own.look("tanda-terima");
    const form = carriedBy(shown);
    const old = own.cookies();
    const sent = await own.send("tanda-terima", form);
    expect(sent.status).toBe(200);
    const renewed = /data-value="([^"]+)"/.exec(String(sent.body))?.[1] ?? "";
    expect(renewed).toMatch(/^(\w{4}-){4}\w{4}$/);
    expect(readPage(sent)).toContain(renewed.replaceAll("-", " "));
    expect(sent.body).toContain("data-copy");
    expect(JSON.stringify([sent.headers, sent.cookies])).not.toContain(renewed);
    expect((await own.look()).status).toBe(200);
    expect((await own.look("", { cookies: old })).headers.location).toContain("sesi=diganti");
    // A reload sends the form again. It replaces nothing and shows nothing.
    const again = await own.send("tanda-terima", form);
    expect([again.status, String(again.body).includes(renewed)]).toEqual([409, false]);
    expect((await own.look()).status).toBe(200);
  });

  test("Whoever lost the answer sends the form again with the old receipt and gets the same new one", async () => {
    const own = await ownCaseOpen();
    const form = carriedBy(await own.look("tanda-terima"));
    const old = own.cookies();
    const receiptIn = (body: unknown) => /data-value="([^"]+)"/.exec(String(body))?.[1];
    const first = await own.send("tanda-terima", form, { cookies: old });
    const second = await own.send("tanda-terima", form, { cookies: old });
    expect(receiptIn(second.body)).toBe(receiptIn(first.body));
  });

  test("A form with a key of somebody else replaces nothing", async () => {
    const own = await ownCaseOpen();
    const form = carriedBy(await own.look("tanda-terima"));
    const sent = await own.send("tanda-terima", {
      ...form,
      idempotencyKey: "0b7d6f2e-9c1a-4e53-8f0d-2a64c1b97e38",
    });
    expect(sent.status).toBe(409);
  });
});

describe("what the public reads", () => {
  test("It is hidden, and afterwards shown again only in new words", async () => {
    const own = await ownCaseOpen();
    expect(readPage(await own.look("teks-publik"))).toContain("Yang dibaca publik sekarang");
    expect((await own.send("teks-publik", { how: "hide" })).status).toBe(303);
    const hidden = await own.look("teks-publik");
    expect(hidden.body).not.toContain("berlubang besar");
    const half = await own.send("teks-publik", { how: "reword", title: "Jalan rusak" });
    expect([half.status, half.body.includes('value="Jalan rusak"')]).toEqual([400, true]);
    const both = await own.send("teks-publik", { how: "reword", title: "Jalan rusak", text: "Ada lubang." });
    expect(both.status).toBe(303);
    expect((await own.seenByPublic()).body).toMatchObject({ title: "Jalan rusak", text: "Ada lubang." });
  });

  test("Sending what the public reads already changes nothing and says so", async () => {
    const own = await ownCaseOpen();
    const { publicTitle, publicText } = (await own.seenByReporter()).body;
    const sent = await own.send("teks-publik", { how: "reword", title: publicTitle, text: publicText });
    expect([sent.status, readPage(sent).includes("Belum ada yang berubah")]).toEqual([400, true]);
    // A new text leaves the title to the officers.
    await own.send("teks-publik", { how: "reword", title: publicTitle, text: "Ada lubang." });
    await own.as("admin", "verification", { title: "Jalan rusak di pasar" });
    expect((await own.seenByPublic()).body).toMatchObject({ title: "Jalan rusak di pasar" });
  });
});

test("No page of a case is for caches or search engines", async () => {
  const own = await ownCaseOpen();
  for (const page of ["tanggapan", "cabut", "tanda-terima", "data", "surel"]) {
    const { headers, body } = await own.look(page);
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).toContain('<meta name="robots" content="noindex">');
    expect(/<title>.*<\/title>/.exec(body)?.[0]).not.toMatch(new RegExp(`${own.number}|berlubang`));
  }
  expect((await call(own.office.reporterApi, "GET", "/saya/x/tanggapan")).status).toBe(404);
});
