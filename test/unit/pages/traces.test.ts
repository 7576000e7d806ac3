import { describe, expect, test } from "vitest";
import { aBrowser, pageIn } from "../../fakes/browsing.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";

const story = {
  class: "complaint",
  title: "Atasan saya meminta uang",
  text: "Kepala dinas meminta uang dari setiap pegawai. Saya takut dikenali.",
};

const receiptPattern = /\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b/;

/** Somebody who has written a report at a shared computer, up to the last step or sent. */
async function aWriter({ sent = true, office = anOffice("2026-11-26T13:35:00+08:00") } = {}) {
  const browser = aBrowser(office.publicApi);
  const steps: [string, Record<string, string>][] = [
    ["/lapor/cerita", story],
    ["/lapor/tempat", { "location.regionCode": "64.71" }],
    ["/lapor/tujuan", { agencyId: "" }],
    ["/lapor/identitas", { asked: "yes", anonymous: "true" }],
    ...(sent ? ([["/lapor/periksa", {}]] as [string, Record<string, string>][]) : []),
  ];
  for (const [address, fields] of steps) expect((await browser.send(address, fields)).status).toBe(303);
  if (!sent) return { office, browser, receipt: "", number: "" };
  const shown = await browser.get("/lapor/terkirim");
  const receipt = receiptPattern.exec(String(shown.body))?.[0] ?? "no receipt";
  const number = /\/saya\/([\w-]+)/.exec(String(shown.body))?.[1] ?? "no number";
  return { office, browser, receipt, number };
}

/** What the next person at the computer can open, with the cookies that are left. */
async function foundBy(browser: ReturnType<typeof aBrowser>, number: string): Promise<string> {
  const pages = ["/lapor", "/lapor/cerita", "/lapor/periksa", "/lapor/terkirim", "/lacak", `/saya/${number}`];
  const answers = [];
  for (const address of pages) answers.push(await browser.get(address));
  return JSON.stringify(answers.map(({ headers, body }) => [headers, body]));
}

describe("the next person at a shared computer", () => {
  test("finds neither the receipt nor a word of a report that was sent, once its writer has left", async () => {
    for (const way of ["/keluar", "/en/keluar", "/keluar-cepat"]) {
      const { browser, receipt, number } = await aWriter();
      const before = new Map(browser.jar);
      expect(await foundBy(browser, number)).toContain(receipt);
      await browser.send(way);
      expect([...browser.jar.keys()]).toEqual([]);
      const found = await foundBy(browser, number);
      for (const secret of [receipt, story.title, "setiap pegawai"]) expect(found).not.toContain(secret);
      // Somebody who had copied the cookie of the draft finds nothing behind it either.
      browser.jar.set("__Host-draf", before.get("__Host-draf") ?? "no cookie");
      expect(await foundBy(browser, number)).not.toContain(receipt);
    }
  });

  test("finds a draft after leaving, and the page that says so tells how to delete it; after leaving quickly none", async () => {
    const { browser } = await aWriter({ sent: false });
    const left = await browser.send("/keluar");
    const told = pageIn(await browser.get(left.headers.location ?? ""));
    expect(told.text).toContain("Masih ada draf yang belum terkirim di peramban ini");
    expect(told.text).toContain("Lanjutkan atau hapus draf");
    expect(await foundBy(browser, "")).toContain(story.title);
    const secret = browser.jar.get("__Host-draf") ?? "no cookie";
    await browser.send("/keluar-cepat");
    browser.jar.set("__Host-draf", secret);
    expect(await foundBy(browser, "")).not.toContain(story.title);
  });

  test("cannot try out which report somebody supported who has left", async () => {
    const office = anOffice("2026-11-26T13:35:00+08:00");
    const { number } = await office.submit();
    const browser = aBrowser(office.publicApi);
    const count = async () =>
      /<b>(\d+)<\/b> orang/.exec(String((await browser.get(`/laporan/${number}`)).body))?.[1];
    for (const [way, people] of [
      ["/keluar", "2"],
      ["/keluar-cepat", "3"],
    ] as const) {
      await browser.send(`/dukung/${number}`);
      await browser.send(way);
      await browser.send(`/dukung/${number}`);
      expect(await count()).toBe(people);
    }
  });

  test("who began an empty draft and noted its cookie reads nothing of what the next one writes", async () => {
    const empties: Record<string, string>[] = [{}, { class: "complaint", title: " \u200B", text: "\u2060 " }];
    for (const empty of empties) {
      const office = anOffice("2026-11-26T13:35:00+08:00");
      const spy = aBrowser(office.publicApi);
      await spy.send("/lapor/cerita?dari=poster-kota", {
        ...empty,
        "reporter.email": "atasan@surat.example",
      });
      const shared = aBrowser(office.publicApi, new Map(spy.jar));
      expect((await shared.send("/lapor/cerita", { ...story, versi: "1" })).status).toBe(303);
      expect(shared.jar.get("__Host-draf")).not.toBe(spy.jar.get("__Host-draf"));
      expect(await foundBy(spy, "")).not.toContain(story.title);
    }
  });

  test("opens nothing of whoever left quickly without a line, and the first page that they open makes the browser forget it", async () => {
    for (const first of ["/lapor", "/lapor/terkirim", "/lacak", "/en/lacak"]) {
      const { browser, receipt, number } = await aWriter();
      // The script of the page writes it, and nothing is heard of it here.
      browser.jar.set("__Host-pergi", "1");
      for (const cached of ["/", `/laporan/${number}`])
        expect((await browser.get(cached)).cookies).toEqual([]);
      const opened = await browser.get(first);
      expect(JSON.stringify([opened.headers.location, opened.body])).not.toContain(number);
      expect([...browser.jar.keys()]).toEqual([]);
      expect(await foundBy(browser, number)).not.toContain(receipt);
    }
  });

  test("opens a case of their own after that, and it stays open", async () => {
    const { office, browser } = await aWriter();
    const { number, receipt } = await office.submit();
    browser.jar.set("__Host-pergi", "1");
    await browser.send("/lacak", {
      trackingNumber: number,
      receipt: receipt.authorization.replace("Receipt ", ""),
    });
    expect([...browser.jar.keys()]).toEqual(["__Host-saya"]);
    expect((await browser.get(`/saya/${number}`)).status).toBe(200);
  });

  test("nobody is kept from leaving while drafts cannot be read", async () => {
    const office = anOffice("2026-11-26T13:35:00+08:00");
    const { browser } = await aWriter({ office });
    office.drafts.get = () => Promise.reject(new Error("The table does not answer"));
    for (const [way, to] of [
      ["/keluar", "/lacak?sesi=keluar"],
      ["/keluar-cepat", "https://www.bmkg.go.id/"],
    ] as const) {
      const jar = new Map(browser.jar);
      const left = await aBrowser(office.publicApi, jar).send(way);
      expect([left.status, left.headers.location, [...jar.keys()]]).toEqual([303, to, []]);
    }
  });

  test("a script that has left already is led nowhere, and everything is closed all the same", async () => {
    const { browser, receipt, number } = await aWriter();
    const left = await browser.send("/keluar-cepat", { diam: "ya" });
    expect([left.status, left.headers.location, [...browser.jar.keys()]]).toEqual([204, undefined, []]);
    expect(await foundBy(browser, number)).not.toContain(receipt);
  });
});

describe("an address", () => {
  test("that somebody typed a receipt into is left at once, and no answer repeats it", async () => {
    const office = anOffice();
    const { number, receipt } = await office.submit();
    const secret = receipt.authorization.replace("Receipt ", "");
    const typings = [
      secret,
      secret.toLowerCase().replaceAll("-", ""),
      ` ${secret.replaceAll("-", " ")} `,
      `tanda terima saya ${secret}.`,
      secret.replace(/-/g, "\u2013"),
    ];
    for (const typed of typings)
      for (const [path, query] of [
        ["/laporan", { q: typed }],
        ["/laporan", { instansi: typed }],
        ["/lacak", { nomor: typed }],
        ["/instansi", { q: typed }],
        [`/laporan/${number}`, { lain: typed }],
      ] as const)
        for (const language of ["", "/en"]) {
          const answer = await call(office.publicApi, "GET", language + path, { query });
          expect([typed, path, answer.status]).toEqual([typed, path, 303]);
          expect(answer.headers).toMatchObject({
            location: `${language}/lacak?sesi=alamat`,
            "cache-control": "no-store",
          });
          expect(JSON.stringify(answer)).not.toContain(secret);
        }
    const told = pageIn(await call(office.publicApi, "GET", "/lacak", { query: { sesi: "alamat" } }));
    expect(told.text).toContain("hapus alamat itu dari riwayat peramban");
  });

  test("with words, numbers of cases or codes of other kinds is no receipt", async () => {
    const office = anOffice();
    const { number } = await office.submit();
    for (const typed of [
      number,
      "lampu jalan mati satu dua tiga",
      "2026 1126 1335 0000 1111",
      "jalan kota yang rusk parah sekali",
      "0812 3456 7890",
      "6471 0112 3456 0001",
    ])
      expect((await call(office.publicApi, "GET", "/laporan", { query: { q: typed } })).status).toBe(200);
  });

  test("that names another site behind two slashes leads to this site or nowhere", async () => {
    const office = anOffice();
    for (const path of [
      "/en//jahat.example/x",
      "/en/\\jahat.example",
      "/en//",
      "//jahat.example/",
      "/\\jahat.example",
      "/en/\\/\\/jahat.example",
    ]) {
      const answer = await call(office.publicApi, "GET", path);
      expect([404, 308]).toContain(answer.status);
      expect([path, answer.headers.location ?? "/"]).toEqual([path, expect.stringMatching(/^\/(?![/\\])/)]);
      for (const [address] of String(answer.body).matchAll(/(?<=(?:href|action)=")[^"]*/g))
        expect([path, address]).not.toEqual([path, expect.stringMatching(/^(?:[/\\]{2}|https?:.*jahat)/)]);
    }
  });
});

test("What a forged form holds is not shown, however its sender's browser says where it comes from", async () => {
  const office = anOffice();
  const words = "Rekening Anda diblokir. Hubungi nomor ini sekarang juga.";
  for (const headers of [
    { origin: "https://jahat.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ])
    for (const path of ["/lacak", "/keluar", "/lapor/cerita"]) {
      const answer = await call(office.publicApi, "POST", path, {
        headers: { "content-type": "application/x-www-form-urlencoded", ...(headers as object) },
        body: new URLSearchParams({ text: words, trackingNumber: words }).toString(),
      });
      expect([path, headers, answer.status]).toEqual([path, headers, 403]);
      expect(answer.body).not.toContain("Rekening");
    }
});

test("Without a script leaving quickly is let through by the policy of every page that has its button", async () => {
  const { browser, number } = await aWriter();
  for (const address of ["/lapor", "/lapor/terkirim", `/saya/${number}`]) {
    const { headers, body } = await browser.get(address);
    expect(body).toContain('action="/keluar-cepat"');
    expect(headers["content-security-policy"]).toMatch(/form-action 'self' https:\/\/www\.bmkg\.go\.id;/);
  }
  const { headers } = await browser.get("/lacak");
  expect(headers["content-security-policy"]).toContain("form-action 'self';");
});

test("No browser keeps a receipt for filling in forms, and none hands one to a translator", async () => {
  const { browser, receipt } = await aWriter();
  const shown = String((await browser.get("/lapor/terkirim")).body);
  const [sheet = ""] = /<p class="receipt" id="tanda-terima"[^>]*>/.exec(shown) ?? [];
  expect(sheet).toContain(receipt);
  expect(sheet).toContain('translate="no"');
  for (const address of ["/", "/lacak", "/laporan", "/tidak/ada"]) {
    const page = pageIn(await browser.get(address));
    const fields = [
      ...page.named("receipt"),
      ...page.named("trackingNumber"),
      ...page.named("nomor"),
      ...page.named("q"),
    ];
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) expect(field.attrs).toContainEqual({ name: "autocomplete", value: "off" });
  }
});
