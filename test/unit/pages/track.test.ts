import { describe, expect, test } from "vitest";
import { routes } from "../../../functions/public/routes.ts";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { serve } from "../../../shared/http/serve.ts";
import { aFrame } from "../../fakes/frame.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { keptAfter, readPage } from "./markup.ts";

const wrongReceipt = "0000-0000-0000-0000-0000";

const aCase = async () => {
  const office = anOffice();
  const found = await office.submit();
  const receipt = found.receipt.authorization.replace("Receipt ", "");
  const open = (change: Record<string, string> = {}, language = "") =>
    call(office.publicApi, "POST", `${language}/lacak`, {
      form: { trackingNumber: found.number, receipt, ...change },
    });
  const look = (path: string, cookies: string[] = []) => call(office.publicApi, "GET", path, { cookies });
  return { office, number: found.number, receipt, open, look };
};

describe("opening a case", () => {
  test("Whoever brings number and receipt is led to their case, and neither address nor page repeats the receipt", async () => {
    const { number, receipt, open, look } = await aCase();
    const opened = await open();
    expect([opened.status, opened.headers.location]).toEqual([303, `/saya/${number}`]);
    expect(opened.cookies[0]).toMatch(
      /^__Host-saya=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=1800$/,
    );
    const shown = await look(`/saya/${number}`, keptAfter(opened));
    expect(shown.status).toBe(200);
    expect(readPage(shown)).toContain("Giliran");
    expect(shown.headers["cache-control"]).toBe("no-store");
    expect(JSON.stringify([opened, shown])).not.toContain(receipt);
  });

  test("A wrong number and a wrong receipt look alike, and both stay typed apart from the receipt", async () => {
    const { number, open } = await aCase();
    const elsewhere = (await anOffice().submit()).number;
    const answers = [await open({ receipt: wrongReceipt }), await open({ trackingNumber: elsewhere })];
    const texts = answers.map((answer) => readPage(answer));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(texts[0]).toBe(texts[1]);
    expect(answers[0]?.body).toContain(`value="${number}"`);
    expect(answers[0]?.body).not.toContain(wrongReceipt);
  });

  test("Whoever brings a number alone is led to the public page", async () => {
    const { number, open } = await aCase();
    for (const [language, typed] of [
      ["", number],
      ["/en", ` ${number.toLowerCase()} `],
    ] as const) {
      const { status, headers, cookies } = await open({ receipt: "", trackingNumber: typed }, language);
      expect([status, headers.location, cookies]).toEqual([303, `${language}/laporan/${number}`, []]);
    }
  });

  test("A case stays open for half an hour after it was last looked at, and then asks for the receipt", async () => {
    const { office, number, open, look } = await aCase();
    const opened = await open();
    office.at("2026-11-24T09:29:00+08:00");
    const again = await look(`/saya/${number}`, keptAfter(opened));
    expect(again.status).toBe(200);
    office.at("2026-11-24T09:58:00+08:00");
    expect((await look(`/saya/${number}`, keptAfter(opened, again))).status).toBe(200);
    const closed = await look(`/saya/${number}`, keptAfter(opened));
    expect([closed.status, closed.headers.location]).toEqual([303, `/lacak?nomor=${number}&sesi=habis`]);
    expect(
      readPage(await call(office.publicApi, "GET", "/lacak", { query: { nomor: number, sesi: "habis" } })),
    ).toContain("Masukkan tanda terimanya lagi");
  });

  test("A case closes itself after eight hours, however often it was looked at, so that a copied cookie is not kept open for good", async () => {
    const { office, number, open, look } = await aCase();
    let jar: Answer[] = [await open()];
    const statuses: number[] = [];
    for (let minutes = 20; minutes <= 500; minutes += 20) {
      office.at(new Date(Date.parse("2026-11-24T09:00:00+08:00") + minutes * 60_000).toISOString());
      const shown = await look(`/saya/${number}`, keptAfter(...jar));
      statuses.push(shown.status);
      if (shown.status === 200) jar = [...jar, shown];
    }
    expect(statuses.indexOf(303)).toBe(480 / 20 - 1);
    expect(new Set(statuses.slice(statuses.indexOf(303)))).toEqual(new Set([303]));
    const again = await open();
    expect((await look(`/saya/${number}`, keptAfter(...jar, again))).status).toBe(200);
  });

  test("Five cases can be open at once, and a link in a mail leads to one that is", async () => {
    const { office, open } = await aCase();
    let jar: Answer[] = [await open()];
    const numbers: string[] = [];
    for (let count = 0; count < 5; count++) {
      const { number, receipt } = await office.submit({ title: `Laporan ke-${count}` });
      const form = { trackingNumber: number, receipt: receipt.authorization.replace("Receipt ", "") };
      jar = [...jar, await call(office.publicApi, "POST", "/lacak", { form, cookies: keptAfter(...jar) })];
      numbers.push(number);
    }
    for (const number of numbers)
      expect(
        (await call(office.publicApi, "GET", `/saya/${number}`, { cookies: keptAfter(...jar) })).status,
      ).toBe(200);
    const link = await call(office.publicApi, "GET", "/lacak", {
      query: { nomor: numbers[0] ?? "" },
      cookies: keptAfter(...jar),
    });
    expect(link.headers.location).toBe(`/saya/${numbers[0]}`);
    expect(Math.max(...jar.flatMap(({ cookies }) => cookies.map(({ length }) => length)))).toBeLessThan(
      4_000,
    );
  });

  test("A cookie that was tampered with, is of another stage or is nonsense opens nothing", async () => {
    const { office, number, open, look } = await aCase();
    const [pair = ""] = keptAfter(await open());
    const stranger = serve(
      routes({
        ...office,
        frame: aFrame(office.now, "other"),
        threshold: { ofNetwork: 9, ofAll: 9, holdsAlike: false },
        evidence: { attachments: office.attachments, files: async () => office.files },
      }),
      undefined,
      { errorPage: errorPageOf(aFrame(office.now)) },
    );
    expect((await call(stranger, "GET", `/saya/${number}`, { cookies: [pair] })).status).toBe(303);
    for (const cookie of [
      `${pair.slice(0, -2)}xx`,
      "__Host-saya=",
      "__Host-saya=%00",
      `__Host-saya=${"A".repeat(4_000)}`,
      `__host-SAYA=${pair.split("=")[1]}`,
    ])
      expect((await look(`/saya/${number}`, [cookie])).status).toBe(303);
  });
});

describe("leaving", () => {
  test("Whoever leaves has no case open any more, also on a shared phone", async () => {
    const { office, number, open, look } = await aCase();
    const opened = await open();
    for (const [path, location] of [
      ["/keluar", "/lacak?sesi=keluar"],
      ["/en/keluar", "/en/lacak?sesi=keluar"],
      ["/keluar-cepat", "https://www.bmkg.go.id/"],
    ] as const) {
      const left = await call(office.publicApi, "POST", path, { form: {}, cookies: keptAfter(opened) });
      expect([left.status, left.headers.location]).toEqual([303, location]);
      expect(keptAfter(opened, left)).toEqual([]);
    }
    expect((await look(`/saya/${number}`)).status).toBe(303);
  });
});

describe("forms of other sites", () => {
  test("A form that another site sends, or that does not say where it comes from, is refused", async () => {
    const { office, number, receipt } = await aCase();
    const form = { trackingNumber: number, receipt };
    const from = (headers: Record<string, string>) =>
      call(office.publicApi, "POST", "/lacak", {
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(form).toString(),
      });
    for (const headers of [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: "https://lapor.example" },
      { "sec-fetch-site": "none" },
      { origin: "https://jahat.example" },
      { origin: "null" },
      { origin: "https://lapor.example.jahat.example" },
    ] as Record<string, string>[]) {
      const refused = await from(headers);
      expect([refused.status, refused.cookies]).toEqual([403, []]);
      expect(readPage(refused)).toContain("tidak dikirim dari halaman kami");
    }
    const own: Record<string, string>[] = [
      { "sec-fetch-site": "same-origin" },
      { origin: "https://lapor.example" },
    ];
    for (const headers of own) expect((await from(headers)).status).toBe(303);
  });
});

describe("the address of a page", () => {
  test("The language follows from the address, whatever the browser prefers", async () => {
    const { office } = await aCase();
    for (const [path, title] of [
      ["/lacak", "Lacak laporan"],
      ["/en/lacak", "Track a report"],
    ] as const) {
      const answer = await call(office.publicApi, "GET", path, {
        headers: { "accept-language": "fr, en;q=0.5", accept: "application/json" },
      });
      expect(readPage(answer)).toContain(title);
    }
  });

  test("An address without a page is answered with a page that helps on", async () => {
    const { office } = await aCase();
    const missing = await call(office.publicApi, "GET", "/en/tidak/ada");
    expect([missing.status, readPage(missing).includes("There is no such page")]).toEqual([404, true]);
    expect(missing.body).toContain('action="/en/laporan"');
    expect((await call(office.publicApi, "GET", "/saya/<script>")).status).toBe(404);
  });

  test("What others hang onto an address is ignored", async () => {
    const { office } = await aCase();
    expect(
      (await call(office.publicApi, "GET", "/lacak", { query: { fbclid: "x", apa: "<b>" } })).status,
    ).toBe(200);
  });
});
