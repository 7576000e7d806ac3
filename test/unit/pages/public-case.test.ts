import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { serve } from "../../../shared/http/serve.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { keptAfter, readPage } from "./markup.ts";

const aCase = async (change: object = {}, office = anOffice()) => {
  const found = await office.submit(change);
  const look = (part = "", language = "", cookies: string[] = []) =>
    call(office.publicApi, "GET", `${language}/laporan/${found.number}${part}`, { cookies });
  return { office, found, number: found.number, look };
};

const parts = ["", "/batas-waktu", "/riwayat"];

describe("a public case", () => {
  test("says first whose turn it is and until when, then the text, the deadlines and the way of the case", async () => {
    const { found, look } = await aCase();
    await found.as("admin", "verification", {});
    await found.as("worker", "progress", { text: "Tim meninjau lokasi." });
    const shown = await look();
    const text = readPage(shown);
    expect(shown.status).toBe(200);
    const order = ["Giliran Dinas Pekerjaan Umum", "Sudah dua bulan", "Batas waktu", "Tim meninjau lokasi."];
    expect(
      order.map((part) => text.indexOf(part)).every((at, index, all) => at > (all[index - 1] ?? -1)),
    ).toBe(true);
    expect(text).toContain("Petugas unit, Dinas Pekerjaan Umum Kota Balikpapan");
    expect(shown.body).toContain(`href="/lacak?nomor=${found.number}"`);
    expect(readPage(await look("", "/en"))).toContain("Now with Dinas Pekerjaan Umum");
  });

  test("of a secret, hidden, archived or withdrawn case nothing is told of what was reported, on no page of it", async () => {
    const told = { title: "Kepala bagian meminta uang", text: "Setiap bulan saya diminta setoran tunai." };
    const ways: ((one: Awaited<ReturnType<typeof aCase>>) => Promise<{ status: number }>)[] = [
      ({ found }) => found.reporter("redaction", { hide: true }),
      ({ found }) => found.as("admin", "archival", { reason: "private-matter", text: "Ini urusan pribadi." }),
      ({ found }) => found.reporter("withdrawal", {}),
    ];
    const cases = [await aCase({ ...told, secret: true })];
    for (const way of ways) {
      const one = await aCase(told);
      expect((await way(one)).status).toBe(200);
      cases.push(one);
    }
    for (const { look, number } of cases)
      for (const part of parts) {
        const shown = await look(part);
        const seen = readPage(shown) + JSON.stringify(shown.headers) + String(shown.body);
        expect(shown.status).toBe(200);
        for (const secret of ["Kepala bagian", "setoran", "Jalan Contoh", "Balikpapan Selatan"])
          expect(seen).not.toContain(secret);
        expect(seen).toContain(number);
      }
    expect(readPage(await (cases[0] as (typeof cases)[0]).look())).toContain("Giliran");
  });

  test("of an anonymous or a secret case no page tells a time of day, by which somebody could be recognised", async () => {
    for (const change of [{ anonymous: true }, { secret: true }]) {
      const { found, look } = await aCase(change);
      await found.as("admin", "verification", {});
      for (const part of parts) expect(readPage(await look(part))).not.toMatch(/\d\d\.\d\d WITA|pukul/);
    }
  });

  test("the pages of a case are the same with and without cookies, also for whoever has it open", async () => {
    const { office, found, look } = await aCase();
    const receipt = found.receipt.authorization.replace("Receipt ", "");
    const opened = await call(office.publicApi, "POST", "/lacak", {
      form: { trackingNumber: found.number, receipt },
    });
    for (const part of parts) {
      const [plain, known] = [await look(part), await look(part, "", keptAfter(opened))];
      expect(known.body).toBe(plain.body);
      expect(known.cookies).toEqual([]);
      expect(plain.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
    }
  });

  test("what a reporter wrote is shown as text and never as markup", async () => {
    const { look } = await aCase({
      title: `</title><script>alert(1)</script>`,
      text: `<img src=x onerror=alert(1)>\n\nKedua & "tiga"`,
    });
    for (const part of parts) {
      const shown = await look(part);
      readPage(shown);
      expect(shown.body).not.toMatch(/<script>alert|<img src=x/);
    }
  });

  test("an unknown number is a page that helps on, for each page of a case", async () => {
    const { office } = await aCase();
    const elsewhere = (await anOffice().submit()).number;
    for (const number of [elsewhere, "kucing", "%3Cscript%3E"])
      for (const at of [...parts.map((part) => `/laporan/${number}${part}`), `/dukung/${number}`]) {
        const missing = await call(office.publicApi, "GET", at);
        expect([at, missing.status, missing.headers["cache-control"]]).toEqual([at, 404, "no-store"]);
        expect(readPage(missing)).toMatch(/[Tt]idak ada laporan.*nomor.*Cari laporan warga/s);
      }
  });

  test("the deadlines show every day that counts, the basis, and how to read the strip", async () => {
    const { found, look } = await aCase();
    await found.as("admin", "verification", {});
    const text = readPage(await look("/batas-waktu"));
    for (const part of ["Penyelesaian", "Dasar", "Kalender", "batas waktu", "dilewati"])
      expect(text).toContain(part);
  });

  test("the proof shows the whole chain, and each hash of it", async () => {
    const { found, look } = await aCase();
    await found.as("admin", "verification", {});
    const { body: proof } = await found.proof();
    const shown = await look("/riwayat");
    for (const { hash } of proof.events as { hash: string }[]) expect(shown.body).toContain(hash);
    expect(shown.body).toContain(`data-check-history="/v1/cases/${found.number}/proof"`);
    expect(readPage(shown)).toContain("Terverifikasi");
  });
});

describe("I have this too", () => {
  const aDoor = async (change: object = {}) => {
    const one = await aCase(change);
    const at = `/dukung/${one.number}`;
    const press = (cookies: string[] = [], headers: Record<string, string> = {}, language = "") =>
      call(one.office.publicApi, "POST", `${language}${at}`, { form: {}, cookies, headers });
    return { ...one, at, press };
  };

  test("tells what it does, counts once from a device in a day, and thanks", async () => {
    const { office, found, at, press, number } = await aDoor();
    const before = await call(office.publicApi, "GET", at);
    expect(readPage(before)).toContain("tidak dapat ditarik kembali");
    expect([before.headers["cache-control"], before.cookies]).toEqual(["no-store", []]);
    const first = await press();
    expect([first.status, first.headers.location]).toEqual([303, `${at}?sudah=ya`]);
    expect(first.cookies[0]).toMatch(
      /^__Host-perangkat=[0-9a-f-]{36}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
    const again = await press(keptAfter(first));
    expect([again.status, again.cookies]).toEqual([303, []]);
    expect((await found.seenByPublic()).body.supports).toEqual({ count: 1 });
    await press();
    const thanks = await call(office.publicApi, "GET", at, { query: { sudah: "ya" } });
    expect(readPage(thanks)).toMatch(/Dukungan Anda sudah dihitung. 2 orang/);
    expect(readPage(await call(office.publicApi, "GET", `/laporan/${number}`))).toContain(
      "2 orang juga mengalami ini",
    );
  });

  test("a cookie that holds no name is replaced by one that does", async () => {
    const { press } = await aDoor();
    for (const value of ["", "x", "'; DROP", "a".repeat(3_000)])
      expect((await press([`__Host-perangkat=${value}`])).cookies).toHaveLength(1);
  });

  test("another site's form is refused and counts nothing", async () => {
    const { found, press } = await aDoor();
    for (const from of ["cross-site", "same-site", "none"]) {
      const refused = await press([], { "sec-fetch-site": from });
      expect([refused.status, refused.cookies]).toEqual([403, []]);
    }
    expect((await found.seenByPublic()).body.supports).toEqual({ count: 0 });
  });

  test("a case that the public cannot read takes no supports, and its page says so without telling why", async () => {
    const { office, at, press } = await aDoor({ secret: true, title: "Rahasia besar" });
    const shown = await call(office.publicApi, "GET", at);
    expect(readPage(shown)).toContain("tidak menerima dukungan");
    const refused = await press();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(`${readPage(shown)}${readPage(refused)}`).not.toContain("Rahasia besar");
    expect(refused.cookies).toEqual([]);
  });

  test("a support of a joined report counts for the first one, and leads there", async () => {
    const office = anOffice();
    const first = await office.submit();
    const second = await aCase({}, office);
    await first.as("admin", "verification", {});
    const joined = await second.found.as("admin", "joining", { trackingNumber: first.number });
    expect(joined.status).toBe(200);
    const shown = await second.look();
    expect(shown.body).toContain(`href="/laporan/${first.number}"`);
    const pressed = await call(office.publicApi, "POST", `/en/dukung/${second.number}`, { form: {} });
    expect([pressed.status, pressed.headers.location]).toEqual([303, `/en/dukung/${first.number}?sudah=ya`]);
    expect((await first.seenByPublic()).body.supports).toEqual({ count: 1 });
  });
});

describe("following by e-mail", () => {
  const aFollower = async () => {
    const one = await aCase();
    const api = serve(one.office.tables().reporter, undefined, {
      errorPage: errorPageOf({ files: new Proxy({}, { get: (_, name) => `/aset/${String(name)}` }) }),
    });
    const at = `/ikuti/${one.number}`;
    const send = (email: string, headers: Record<string, string> = {}) =>
      call(api, "POST", at, { form: { email }, headers });
    return { ...one, api, at, send };
  };

  test("asks for an address, mails it once, and never repeats it in an address of ours", async () => {
    const { office, api, at, send } = await aFollower();
    const form = await call(api, "GET", at);
    expect([form.status, form.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(readPage(form)).toContain("Alamat email");
    const email = `warga-${randomUUID()}@contoh.example`;
    const sent = await send(email);
    expect([sent.status, sent.headers.location]).toEqual([303, `${at}?terkirim=ya`]);
    expect(JSON.stringify(sent)).not.toContain(email);
    expect(office.emails.messages).toHaveLength(1);
    expect(readPage(await call(api, "GET", at, { query: { terkirim: "ya" } }))).toContain("24 jam");
  });

  test("what is no address is told at the field, and stays typed", async () => {
    const { send } = await aFollower();
    const refused = await send("bukan surel");
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('value="bukan surel"');
    expect(refused.body).toContain('href="#email"');
    readPage(refused);
  });

  test("another site's form is refused", async () => {
    const { office, send } = await aFollower();
    expect((await send("a@contoh.example", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(office.emails.messages).toHaveLength(0);
  });
});
