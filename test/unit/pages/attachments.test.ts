import { describe, expect, test } from "vitest";
import { uploadOf } from "../../../shared/attachment/folders.ts";
import { film, photo } from "../../fakes/files.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { keptAfter, readPage } from "./markup.ts";

const hiddenIn = ({ body }: Pick<Answer, "body">): Record<string, string> =>
  Object.fromEntries(
    [...String(body).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")],
    ),
  );

const anOpenCase = async (change: object = {}) => {
  const office = anOffice();
  const found = await office.submit(change);
  const { number } = found;
  const receipt = found.receipt.authorization.replace("Receipt ", "");
  const opened = await call(office.publicApi, "POST", "/lacak", {
    form: { trackingNumber: number, receipt },
  });
  const cookies = keptAfter(opened);
  const reporterApi = office.reporterApi;
  const here = `/saya/${number}/lampiran`;
  const look = (query: Record<string, string> = {}, language = "") =>
    call(reporterApi, "GET", `${language}${here}`, { cookies, query });
  const prepare = (form: Record<string, string> = {}, language = "") =>
    call(reporterApi, "POST", `${language}${here}`, { cookies, form });
  /** Sends a file with the form that a page shows, as a browser does, and has it inspected. */
  const upload = async (shown: Answer, bytes: Uint8Array) => {
    const { key = "" } = hiddenIn(shown);
    await found.inspect(office.files.upload(key, bytes));
    return uploadOf(key)?.attachmentId ?? "";
  };
  return { office, found, number, receipt, cookies, here, look, prepare, upload, reporterApi };
};

describe("photos without JavaScript", () => {
  test("A citizen asks for a form, sends a photo straight to the bucket, is led back, and reads that it was inspected", async () => {
    const { here, number, look, prepare, upload } = await anOpenCase();
    const empty = await look();
    expect([empty.status, empty.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(readPage(empty)).toContain("Belum ada foto atau berkas.");
    const shown = await prepare({ name: "Lubang di depan pasar" });
    expect(shown.status).toBe(200);
    expect(readPage(shown)).toContain("Kirim satu berkas: Lubang di depan pasar");
    expect(shown.body).toContain('action="https://bucket.example/" enctype="multipart/form-data"');
    expect(hiddenIn(shown)).toMatchObject({
      success_action_redirect: `https://lapor.example${here}?terkirim=1`,
    });
    // The bucket reads nothing that stands behind the file.
    expect(String(shown.body).lastIndexOf('type="hidden"')).toBeLessThan(
      String(shown.body).indexOf('type="file"'),
    );
    const back = { terkirim: "1", bucket: "evidence", key: `uploads/${number}/x`, etag: '"abc"' };
    const waiting = await look(back);
    expect(readPage(waiting)).toContain("Kami sedang memeriksa berkas Anda");
    expect(waiting.headers.refresh).toBe(`5;url=${here}?pantau=2`);
    const id = await upload(shown, await photo({ width: 80, height: 60 }));
    const done = await look({ pantau: "2" });
    expect(done.headers.refresh).toBeUndefined();
    const text = readPage(done);
    expect(text).toContain("Lubang di depan pasar Sudah diperiksa");
    expect(text).toContain("Yang terlihat atau terdengar masih ada: wajah, nama");
    expect(done.body).toContain(`src="/saya/${number}/berkas/${id}?kecil=ya"`);
    expect(done.body).toContain(`href="/saya/${number}/berkas/${id}/hapus"`);
  });

  test("What the address claims changes nothing: the list tells what has arrived", async () => {
    const { look } = await anOpenCase();
    const answer = await look({ terkirim: "1", key: "uploads/x/<b>", etag: "y", bucket: "z" });
    expect(readPage(answer)).toContain("Belum ada foto atau berkas.");
    expect(answer.body).not.toContain("&lt;b&gt;");
    expect(answer.headers.refresh).toBeUndefined();
  });

  test("A page that renews itself does so more and more seldom, can be stopped, and ends by itself", async () => {
    const { look, prepare, here } = await anOpenCase();
    await prepare();
    const rounds = await Promise.all(["1", "3", "7", "8", "x"].map((pantau) => look({ pantau })));
    expect(rounds.map(({ headers }) => headers.refresh?.split(";")[0])).toEqual([
      "5",
      "15",
      "60",
      undefined,
      undefined,
    ]);
    expect(readPage(rounds[0] as Answer)).toContain("Halaman ini diperbarui dalam 5 detik. Hentikan");
    expect((await look()).headers.refresh).toBeUndefined();
    expect((await look()).body).toContain(`href="${here}?pantau=1"`);
  });

  test("Every reason of a refusal is told with what to do", async () => {
    const { look, prepare, upload } = await anOpenCase();
    await upload(await prepare({ name: "Surat" }), Buffer.from("bukan apa-apa"));
    const text = readPage(await look());
    expect(text).toContain("Surat Ditolak Isi berkas ini bukan JPEG");
    expect(text).toContain("Kirim sebagai salah satu jenis itu.");
  });

  test("Films and sounds come by the same form, because nobody has to know their type", async () => {
    const { look, prepare, upload } = await anOpenCase();
    await upload(await prepare({ name: "Rekaman" }), film());
    expect(readPage(await look())).toMatch(/Rekaman Sudah diperiksa/);
  });

  test("When no place is left, the page says so and keeps what was typed", async () => {
    const { prepare, look } = await anOpenCase();
    for (let count = 0; count < 10; count++) expect((await prepare()).status).toBe(200);
    const full = await prepare({ name: "Satu <lagi>" });
    expect(full.status).toBe(409);
    expect(readPage(full)).toContain("paling banyak 10 berkas");
    expect(readPage(await look())).toContain("Sekarang tidak ada berkas lagi");
  });

  test("Both languages say it", async () => {
    const { look, prepare, here } = await anOpenCase();
    expect(readPage(await look({}, "/en"))).toContain("The text of your report is stored");
    const shown = await prepare({ name: "<img src=x>" }, "/en");
    expect(readPage(shown)).toContain("Send one file: <img src=x>");
    expect(hiddenIn(shown).success_action_redirect).toBe(`https://lapor.example/en${here}?terkirim=1`);
  });

  test("The page and its form may reach the bucket, and nothing else outside the site", async () => {
    const { prepare } = await anOpenCase();
    const policy = (await prepare()).headers["content-security-policy"] ?? "";
    for (const part of ["form-action", "connect-src", "img-src"])
      expect(policy).toMatch(new RegExp(`${part} 'self'[^;]* https://bucket.example`));
    expect(policy.match(/https:\/\/bucket/g)).toHaveLength(3);
    // The quick exit leads there.
    expect(policy.match(/https:\/\/(?!bucket)[^ ;]*/g)).toEqual(["https://www.bmkg.go.id"]);
  });
});

describe("photos with a script", () => {
  const asked = { name: "lubang.jpg", type: "image/jpeg", size: "123456" };

  test("A script gets a form for a file that it knows, which leads nowhere afterwards", async () => {
    const { reporterApi, here, cookies } = await anOpenCase();
    const answer = await call(reporterApi, "POST", `${here}/tempat`, { form: asked, cookies });
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json"]);
    expect(answer.body).toEqual({
      url: "https://bucket.example/",
      fields: { key: expect.stringMatching(/^uploads\//) },
    });
    expect(answer.cookies[0]).toContain("__Host-saya=");
  });

  test("What is wrong with a file comes as a problem that the script shows, in the language of the page", async () => {
    const { reporterApi, here, cookies } = await anOpenCase();
    const ask = (form: Record<string, string>, kept = cookies, language = "") =>
      call(reporterApi, "POST", `${language}${here}/tempat`, { form: { ...asked, ...form }, cookies: kept });
    const program = await ask({ type: "application/x-msdownload" }, cookies, "/en");
    expect([program.status, program.headers["content-type"]]).toEqual([400, "application/problem+json"]);
    expect(program.body.errors[0].message).toContain("We take photos");
    expect((await ask({ size: String(26 * 1024 * 1024) })).body.errors[0].message).toContain(
      "paling besar 25 MB",
    );
    expect((await ask({ size: "banyak" })).status).toBe(400);
    const closed = await ask({}, []);
    expect([closed.status, closed.body.detail]).toEqual([
      401,
      expect.stringContaining("sudah tertutup sendiri"),
    ]);
    for (const name of ["", "C:\\foto\\lubang.jpg", `${"a".repeat(300)}.jpg`, "\u0000"])
      expect((await ask({ name })).status).toBe(200);
  });
});

describe("whose files these are", () => {
  test("Whoever has not opened the case is asked for the receipt, and another case's session opens nothing", async () => {
    const { reporterApi, here, number, office } = await anOpenCase();
    const other = await office.submit({ title: "Laporan lain" });
    const theirs = await call(office.publicApi, "POST", "/lacak", {
      form: { trackingNumber: other.number, receipt: other.receipt.authorization.replace("Receipt ", "") },
    });
    for (const cookies of [[], keptAfter(theirs)])
      for (const method of ["GET", "POST"]) {
        const answer = await call(reporterApi, method, here, {
          cookies,
          ...(method === "POST" && { form: {} }),
        });
        expect([answer.status, answer.headers.location]).toEqual([303, `/lacak?nomor=${number}&sesi=habis`]);
      }
  });

  test("A form of another site is refused, for pages and for scripts", async () => {
    const { reporterApi, here, cookies } = await anOpenCase();
    for (const path of [here, `${here}/tempat`, `/en${here}`]) {
      const forged = await call(reporterApi, "POST", path, {
        cookies,
        headers: { "sec-fetch-site": "cross-site" },
        form: { name: "x" },
      });
      expect(forged.status).toBe(403);
    }
  });

  test("A copy is opened through the session, and the bucket's address is in no page", async () => {
    const { office, number, receipt, cookies, prepare, upload, look } = await anOpenCase();
    const id = await upload(await prepare({ name: "Foto" }), await photo({ width: 80, height: 60 }));
    const open = (kept: string[], query: Record<string, string> = {}) =>
      call(office.publicApi, "GET", `/saya/${number}/berkas/${id}`, { cookies: kept, query });
    const small = await open(cookies, { kecil: "ya" });
    expect([small.status, small.headers["cache-control"]]).toEqual([302, "no-store"]);
    expect(small.headers.location).toContain("https://bucket.example/thumbnails/");
    expect((await open(cookies)).headers.location).toContain("https://bucket.example/clean/");
    expect((await open([])).headers.location).toBe(`/lacak?nomor=${number}&sesi=habis`);
    expect((await call(office.publicApi, "GET", `/saya/${number}/berkas/tiada`, { cookies })).status).toBe(
      404,
    );
    const shown = await look();
    expect(shown.body).not.toContain("/clean/");
    expect(JSON.stringify(shown)).not.toContain(receipt);
    expect(/<title>(.*?)<\/title>/.exec(shown.body)?.[1]).toBe(
      "Foto dan berkas - SP4N-LAPOR! Kalimantan Timur",
    );
  });
});
