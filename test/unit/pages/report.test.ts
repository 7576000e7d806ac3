import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { reportPages } from "../../../functions/public/report/pages.ts";
import { type Endpoint, endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { serve } from "../../../shared/http/serve.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";

const story = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sejak Senin jalan di depan pasar berlubang.\n\nDua motor jatuh.",
  occurredOn: "2026-11-23",
  category: "",
};
const place = { "location.regionCode": "64.71", "location.address": "Depan Pasar Sepinggan" };
const identity = { asked: "yes", anonymous: "true", "reporter.email": "warga@surat.example" };

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

type Browser = ReturnType<typeof aBrowser>;

/** Fills in everything up to the last step. */
async function written(browser: Browser, { change = {}, who = {} }: { change?: object; who?: object } = {}) {
  const steps = [
    ["/lapor/cerita", { ...story, ...change }],
    ["/lapor/tempat", place],
    ["/lapor/tujuan", { agencyId: "" }],
    ["/lapor/identitas", { ...identity, ...who }],
  ] as const;
  const went: string[] = [];
  for (const [address, fields] of steps)
    went.push((await browser.send(address, fields)).headers.location ?? "stays");
  return went;
}

const cases = async () => (await office.feed()).body.items as { trackingNumber: string; title: string }[];
const secretsOf = (browser: Browser) => [browser.jar.get("__Host-draf") ?? "no cookie"];
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
    expect(await cases()).toHaveLength(2);
    const [one] = await cases();
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
    const [{ trackingNumber } = { trackingNumber: "none" }] = await cases();
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

    const noted = await browser.send("/lapor/terkirim");
    expect(noted.headers.location).toBe(`/saya/${trackingNumber}`);
    expect(browser.jar.has("__Host-draf")).toBe(false);
    expect((await browser.get("/lapor/terkirim")).headers.location).toBe("/lapor");
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
      ["#class", "Pilih apa yang Anda inginkan."],
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
      "Wilayah ini tidak ada. Pilih dari daftar.",
    ],
    ["an address without a region", "/lapor/tempat", "location.regionCode", "", "Pilih kabupaten"],
    ["a point at sea", "/lapor/tempat", "location.latitude", "1,5", "tidak berada di Kota Balikpapan"],
    [
      "an unknown agency",
      "/lapor/tujuan",
      "agencyId",
      "dinas-antah",
      "Instansi ini tidak ada. Pilih yang lain",
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
    expect(await cases()).toHaveLength(0);
  });

  test("a break of Windows is one character, and a date may be written as people write it", async () => {
    const browser = aBrowser(office.publicApi);
    const text = "a\r\n".repeat(5_000).trim();
    expect(await written(browser, { change: { text, occurredOn: "23/11/2026" } })).not.toContain("stays");
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    const [{ trackingNumber } = { trackingNumber: "" }] = await cases();
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

describe("a draft", () => {
  test("is kept for a day on this device, says so, and can be deleted", async () => {
    const browser = aBrowser(office.publicApi);
    const kept = await browser.send("/lapor/cerita", { title: "Belum selesai", text: "", lanjut: "nanti" });
    expect(kept.headers.location).toBe("/lapor?draf=tersimpan");
    expect(kept.cookies?.[0]).toMatch(
      /^__Host-draf=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
    const start = pageIn(await browser.get("/lapor?draf=tersimpan"));
    expect(start.text).toContain("Jumat, 27 November 2026 pukul 13.35 WITA");
    expect(start.text).toContain("di perangkat ini");
    office.at("2026-11-27T13:34:00+08:00");
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("Belum selesai");
    const gone = await browser.send("/lapor", { aksi: "hapus" });
    expect(gone.headers.location).toBe("/lapor?draf=dihapus");
    expect(browser.jar.has("__Host-draf")).toBe(false);
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("");
  });

  test("that has expired is told as gone, and what this request typed is kept", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    office.at("2026-11-27T13:36:00+08:00");
    expect((await browser.get("/lapor/tempat")).headers.location).toBe("/lapor?draf=habis");
    expect(pageIn(await browser.get("/lapor?draf=habis")).text).toContain("Draf tidak ditemukan lagi");
  });

  test("that expires in the middle of a step keeps what the step typed", async () => {
    for (const keepsCookie of [true, false]) {
      office = anOffice("2026-11-26T13:35:00+08:00");
      const browser = aBrowser(office.publicApi);
      await written(browser);
      office.at("2026-11-27T13:36:00+08:00");
      if (!keepsCookie) browser.jar.clear();
      const answer = await browser.send("/lapor/tempat", place);
      expect(answer.status).toBe(409);
      const page = pageIn(answer);
      expect(page.text).toContain("Draf Anda tidak ditemukan lagi");
      expect(page.value("location.address")).toBe(place["location.address"]);
      const next = await browser.send("/lapor/cerita", story);
      expect(next.headers.location).toBe("/lapor/tempat");
      expect(pageIn(await browser.get("/lapor/tempat")).value("location.address")).toBe(
        place["location.address"],
      );
    }
  });

  test.each([
    ["tampered with", "x".repeat(43)],
    ["of another form", "../../etc/passwd"],
  ])("under a cookie that is %s does not open, and the page says what to do", async (_, value) => {
    const browser = aBrowser(office.publicApi, new Map([["__Host-draf", value]]));
    expect((await browser.get("/lapor/periksa")).headers.location).toBe("/lapor?draf=habis");
    browser.jar.set("__Host-draf", value);
    const start = await browser.get("/lapor");
    expect(pageIn(start).text).toContain("Draf tidak ditemukan lagi");
    browser.jar.set("__Host-draf", value);
    expect((await browser.send("/lapor/cerita", story)).headers.location).toBe("/lapor/tempat?draf=habis");
    expect(browser.jar.get("__Host-draf")).not.toBe(value);
  });

  test("is lost where the browser keeps no cookie, and the page says that", async () => {
    const sent = await aBrowser(office.publicApi).send("/lapor/cerita", story);
    expect(sent.headers.location).toBe("/lapor/tempat?draf=baru");
    const without = aBrowser(office.publicApi);
    expect((await without.get("/lapor/tempat?draf=baru")).headers.location).toBe("/lapor?draf=kuki");
    expect(pageIn(await without.get("/lapor?draf=kuki")).text).toContain("tidak menyimpan kuki");
  });

  test("is not replaced by another report from a second tab before the person says so", async () => {
    const browser = aBrowser(office.publicApi);
    const tab = aBrowser(office.publicApi, browser.jar);
    await browser.send("/lapor/cerita", { ...story, versi: "0" });
    const other = { ...story, title: "Lampu mati", text: "Lampu jalan mati sejak Selasa.", versi: "0" };
    const asked = await tab.send("/lapor/cerita", other);
    expect(asked.status).toBe(409);
    const page = pageIn(asked);
    expect(page.text).toContain("sudah ada draf lain");
    expect([page.value("title"), page.value("text").trim()]).toEqual([other.title, other.text]);
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe(story.title);
    await tab.send("/lapor/cerita", { ...other, versi: page.value("versi") });
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("Lampu mati");
  });

  test("that is gone when its button is pressed leads to the beginning, which says so", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    browser.jar.clear();
    const answer = await browser.send("/lapor/periksa");
    expect([answer.status, answer.headers.location]).toEqual([303, "/lapor?draf=habis"]);
  });

  test("tells nobody but its visitor: what is stored is sealed, and no answer shows its secret", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    for (const address of ["/lapor", "/lapor/cerita", "/lapor/periksa"]) {
      const { body } = await browser.get(address);
      for (const secret of secretsOf(browser)) expect(String(body)).not.toContain(secret);
    }
    const other = aBrowser(office.publicApi);
    expect(String((await other.get("/lapor/cerita")).body)).not.toContain(story.title);
  });
});

describe("one case, however often it is sent", () => {
  test("two clicks at the same moment, a reload and two tabs make one case with one receipt", async () => {
    const browser = aBrowser(office.publicApi);
    const tab = aBrowser(office.publicApi, browser.jar);
    await written(browser);
    const answers = await Promise.all(
      [1, 2, 3].map((at) => (at === 1 ? tab : browser).send("/lapor/periksa")),
    );
    for (const { headers } of answers) expect(headers.location).toBe("/lapor/terkirim");
    expect((await tab.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    expect(await cases()).toHaveLength(1);
  });

  test("a tab that goes on with a report that was sent is told, and what it typed stays on the page", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    await browser.send("/lapor/periksa");
    const late = await browser.send("/lapor/cerita", { ...story, title: "Judul baru" });
    expect(late.status).toBe(409);
    const page = pageIn(late);
    expect(page.text).toContain("sudah terkirim");
    expect(page.text).not.toContain("Belum terkirim");
    expect(page.value("title")).toBe("Judul baru");
    expect(String(late.body)).toContain('href="/lapor/terkirim"');
    expect((await browser.get("/lapor/cerita")).headers.location).toBe("/lapor/terkirim");
    expect(await cases()).toHaveLength(1);
  });

  /** The line breaks after the case was stored and before the draft knows it. */
  async function lostAnswer(browser: Browser) {
    const { put } = office.drafts;
    let writes = 0;
    // The first change says what is under way. The second would keep the receipt.
    office.drafts.put = async (...given) => {
      if (++writes === 2) throw new Error("the function ended here");
      return put(...given);
    };
    const answer = await browser.send("/lapor/periksa");
    office.drafts.put = put;
    return answer;
  }

  test("an answer that was lost is had again by the same button", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const broken = await lostAnswer(browser);
    expect(broken.status).toBe(500);
    expect(pageIn(broken).text).toContain(story.title);
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    expect(await cases()).toHaveLength(1);
  });

  test("a report that was changed after its answer was lost is not stored a second time, and the change is not lost", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    await lostAnswer(browser);
    await browser.send("/lapor/cerita", { ...story, text: "Sekarang tiga motor jatuh." });
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    const page = pageIn(await browser.get("/lapor/terkirim"));
    expect(page.text).toContain("sudah tersimpan pada pengiriman sebelumnya");
    expect(page.text).toContain("Sekarang tiga motor jatuh.");
    expect(page.text).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/);
    expect(await cases()).toHaveLength(1);
  });

  test("whatever breaks, and whatever is changed in between, there is one case, and its receipt is had in the end", async () => {
    const act = fc.constantFrom(
      "change",
      "send",
      "twice",
      "breaks before",
      "breaks after",
      "forgets",
      "loses",
    );
    // Three reports of unknown fate, of which the first is stored, and a fourth to come.
    const moreThanFit = ["loses", "change", "loses", "change", "breaks before", "change"];
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), async (acts) => {
        office = anOffice("2026-11-26T13:35:00+08:00");
        const browser = aBrowser(office.publicApi);
        await written(browser);
        const { drafts, cases: store } = office;
        const [{ put }, { submit }] = [{ ...drafts }, { ...store }];
        const fault = new Error("the function ended here");
        for (const [at, one] of acts.entries()) {
          if (one === "change") await browser.send("/lapor/cerita", { ...story, text: `Cerita ${at}` });
          // The function ends before or after the case is stored; or the draft is not stored before or after that.
          if (one === "breaks before") store.submit = () => Promise.reject(fault);
          if (one === "breaks after")
            store.submit = (...given) => submit(...given).then(() => Promise.reject(fault));
          let writes = 0;
          if (one === "forgets" || one === "loses")
            drafts.put = async (...given) => {
              if (++writes === (one === "forgets" ? 1 : 2)) throw fault;
              return put(...given);
            };
          if (one !== "change") await browser.send("/lapor/periksa");
          if (one === "twice") await Promise.all([1, 2].map(() => browser.send("/lapor/periksa")));
          Object.assign(drafts, { put });
          Object.assign(store, { submit });
        }
        expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
        expect(pageIn(await browser.get("/lapor/terkirim")).text).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/);
        expect(await cases()).toHaveLength(1);
      }),
      { numRuns: 60, examples: [[moreThanFit]] },
    );
  }, 60_000);

  test("a refused report keeps its key: once it is right, there is one case", async () => {
    office = anOffice("2026-11-26T13:35:00+08:00", {
      threshold: { ofNetwork: 0, ofAll: Infinity, holdsAlike: false },
    });
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const flood = await browser.send("/lapor/periksa");
    expect(flood.status).toBe(428);
    const page = pageIn(flood);
    expect(page.elements.some((one) => attributeOf(one, "data-proof") === "/v1/challenges")).toBe(true);
    expect(page.value("proof")).toBe("");
    expect(page.text).toContain("Laporan Anda belum tersimpan");
    expect(await cases()).toHaveLength(0);
  });
});

describe("nobody else", () => {
  test("a form of another site changes nothing", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    for (const [address, fields] of [
      ["/lapor", { aksi: "hapus" }],
      ["/lapor/cerita", story],
      ["/lapor/serupa/dukungan", { trackingNumber: "7K3MQ-P4X9C" }],
      ["/lapor/periksa", {}],
      ["/lapor/terkirim", {}],
    ] as const)
      for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "none" }]) {
        const answer = await browser.send(address, fields, headers);
        expect([address, answer.status]).toEqual([address, 403]);
      }
    expect(await cases()).toHaveLength(0);
  });

  test("hostile text is text", async () => {
    const browser = aBrowser(office.publicApi);
    const title = `"><script>alert(1)</script>' onmouseover=x`;
    await written(browser, { change: { title, text: "</textarea><img src=x onerror=alert(1)>" } });
    for (const address of ["/lapor/cerita", "/lapor/periksa"]) {
      const page = pageIn(await browser.get(address));
      expect(page.all("script").every((one) => attributeOf(one, "src")?.startsWith("/aset/"))).toBe(true);
      expect(page.all("img")).toHaveLength(0);
      expect(page.text).toContain("</textarea><img src=x onerror=alert(1)>");
    }
  });

  test("the signposts are the same for everybody and may be kept by a cache", async () => {
    const browser = aBrowser(office.publicApi);
    const plain = await browser.get("/lapor/bukan-di-sini");
    await written(browser);
    const withCookies = await browser.get("/lapor/bukan-di-sini");
    expect(withCookies).toEqual(plain);
    expect(plain.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
    expect(pageIn(plain).text).toContain("112");
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

/** The pages of a report beside routes that stand in for some of the API. */
function pagesWith(change: Record<string, Endpoint>) {
  const api = office.tables().public;
  const of = (method: string, path: string) => {
    const found = api.find((one) => one.method === method && one.path === path);
    if (!found) throw new Error(`There is no ${method} ${path}`);
    return found;
  };
  const asked = {
    submit: of("POST", "/v1/cases"),
    deadlines: of("GET", "/v1/deadlines"),
    agencies: of("GET", "/v1/agencies"),
    categories: of("GET", "/v1/categories"),
    regions: of("GET", "/v1/regions"),
    ...change,
  };
  const { drafts, directory, verifyingAgency } = office;
  return aBrowser(
    serve(
      reportPages(aFrame(office.now), asked, {
        drafts,
        directory,
        verifyingAgency,
        qrOf: (of) => ({ size: 29, path: `M0 0h${of.length}` }),
      }),
    ),
  );
}
const stand = (input: Endpoint["input"], answer: (event: any) => unknown): Endpoint => ({
  ...endpoint(
    { summary: { id: "Contoh", en: "Example" }, input: {}, output: { 200: z.unknown() } },
    async () => ok({}),
  ),
  input,
  handle: async (event) => ok(answer(event)),
});
const anything = { body: z.unknown() };

describe("what other routes add", () => {
  const aDuplicate = {
    title: "Lubang di jalan pasar",
    excerpt: "Sudah seminggu",
    days: 3,
    statusText: "Sedang diproses",
    supports: { count: 4 },
    canBeSupported: true,
  };

  test("a likely duplicate is shown with its age and state, supported by one button, or left aside", async () => {
    const { number } = await office.submit();
    const likely = { ...aDuplicate, trackingNumber: number };
    const seen: any[] = [];
    const browser = pagesWith({
      duplicates: stand(anything, ({ body }) => {
        seen.push(JSON.parse(body));
        return { items: [likely], complete: true };
      }),
      support: stand(anything, ({ body, pathParameters }) => {
        seen.push([pathParameters.trackingNumber, JSON.parse(body)]);
        return {};
      }),
    });
    expect((await browser.send("/lapor/cerita", story)).headers.location).toBe("/lapor/tempat?draf=baru");
    expect((await browser.send("/lapor/tempat", place)).headers.location).toBe("/lapor/serupa");
    const page = pageIn(await browser.get("/lapor/serupa"));
    for (const part of [
      likely.title,
      likely.excerpt,
      "3 hari lalu",
      "Sedang diproses",
      "4 orang mendukung",
      "Langkah 3 dari 6",
    ])
      expect(page.text).toContain(part);
    expect(seen[0]).toEqual({
      title: story.title,
      text: story.text,
      location: { regionCode: "64.71", address: "Depan Pasar Sepinggan" },
    });
    const supported = await browser.send("/lapor/serupa/dukungan", {
      alike: "shown",
      trackingNumber: likely.trackingNumber,
    });
    expect(supported.headers.location).toBe(`/laporan/${number}`);
    await browser.send("/lapor/serupa/dukungan", { trackingNumber: likely.trackingNumber });
    const devices = seen.filter(Array.isArray).map(([, { device }]) => device);
    expect(devices[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(devices[1]).toBe(devices[0]);
    expect((await browser.send("/lapor/serupa", { alike: "shown" })).headers.location).toBe("/lapor/tujuan");
    expect(String((await browser.get("/lapor/tujuan")).body)).toContain('href="/lapor/serupa" class="back"');
  });

  test("where likely duplicates cannot be had now, the report goes on", async () => {
    const duplicates = stand(anything, () => {
      throw new Refusal("proof-needed", { id: "Banyak.", en: "Many." });
    });
    const browser = pagesWith({ duplicates });
    await browser.send("/lapor/cerita", story);
    expect((await browser.send("/lapor/tempat", place)).headers.location).toBe("/lapor/tujuan");
    expect((await browser.get("/lapor/serupa")).headers.location).toBe("/lapor/tujuan");
  });

  test("kecamatan and kelurahan are chosen one after the other, and those of another kota are left aside", async () => {
    const parts: Record<string, { code: string; name: string; type: string }[]> = {
      "64.71": [{ code: "64.71.05", name: "Balikpapan Kota", type: "district" }],
      "64.71.05": [{ code: "64.71.05.1001", name: "Damai", type: "village" }],
    };
    const partsIn = (parent: string) => {
      if (!parts[parent]) throw new Refusal("invalid-input", { id: "Tidak ada.", en: "There is none." });
      return parts[parent];
    };
    const cities = [
      { code: "64", name: "Provinsi Kalimantan Timur", type: "province" },
      { code: "64.71", name: "Kota Balikpapan", type: "city" },
      { code: "64.72", name: "Kota Samarinda", type: "city" },
    ];
    const regions = stand(
      { query: z.strictObject({ parent: z.string().optional() }) },
      ({ queryStringParameters: { parent } }) => ({
        items: parent ? partsIn(parent) : cities,
      }),
    );
    const browser = pagesWith({ regions });
    await browser.send("/lapor/cerita", story);
    const chosen = await browser.send("/lapor/tempat", { ...place, lanjut: "#district" });
    expect(chosen.headers.location).toBe("/lapor/tempat#district");
    const withDistricts = pageIn(await browser.get("/lapor/tempat"));
    expect(withDistricts.text).toContain("Balikpapan Kota");
    expect(withDistricts.value("location.address")).toBe(place["location.address"]);
    await browser.send("/lapor/tempat", { ...place, district: "64.71.05", lanjut: "#village" });
    const withVillages = pageIn(await browser.get("/lapor/tempat"));
    expect([withVillages.value("district"), withVillages.text.includes("Damai")]).toEqual(["64.71.05", true]);
    await browser.send("/lapor/tempat", {
      ...place,
      "location.regionCode": "64.72",
      district: "64.71.05",
      lanjut: "#district",
    });
    expect(pageIn(await browser.get("/lapor/tempat")).named("district")).toHaveLength(0);
  });

  test("agencies are suggested with the reason, and found by their names", async () => {
    const suggestions = stand({}, ({ queryStringParameters }) => ({
      items: [
        {
          agency: { id: "balikpapan-dinas-pu", name: "Dinas PU" },
          reason: `Untuk ${queryStringParameters.region}`,
        },
      ],
    }));
    const browser = pagesWith({ suggestions });
    await browser.send("/lapor/cerita", story);
    await browser.send("/lapor/tempat", place);
    const page = pageIn(await browser.get("/lapor/tujuan"));
    expect(page.value("agencyId")).toBe("");
    expect(page.text).toContain("Untuk 64.71");
    await browser.send("/lapor/tujuan", { agencyId: "", agencyWords: "uptd jalan", lanjut: "#agencyId" });
    const found = pageIn(await browser.get("/lapor/tujuan"));
    expect(found.text).toContain("UPTD Jalan Kota Balikpapan");
    await browser.send("/lapor/tujuan", { agencyId: "balikpapan-uptd-jalan" });
    expect(pageIn(await browser.get("/lapor/tujuan")).value("agencyId")).toBe("balikpapan-uptd-jalan");
  });

  test("the way in is told to the route of submission alone, and the QR code has the public address alone", async () => {
    const submit = office
      .tables()
      .public.find(({ method, path }) => method === "POST" && path === "/v1/cases");
    const cameFrom: unknown[] = [];
    const codes: string[] = [];
    const browser = pagesWith({
      submit: {
        ...submit!,
        handle: (event, ...more) => {
          cameFrom.push([event.headers["came-from"], JSON.parse(event.body ?? "{}").dari]);
          return submit!.handle(event, ...more);
        },
      },
    });
    await written(browser, { change: { dari: "poster-balikpapan-dinas-pu" } });
    await browser.send("/lapor/periksa");
    expect(cameFrom).toEqual([["poster-balikpapan-dinas-pu", undefined]]);
    const page = pageIn(await browser.get("/lapor/terkirim"));
    codes.push(...page.all("path").map((one) => attributeOf(one, "d") ?? ""));
    expect(codes).toEqual([`M0 0h${"https://lapor.example/laporan/XXXXX-XXXXX".length}`]);
  });
});
