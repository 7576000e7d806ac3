import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  receiptAsPage,
  receiptAsText,
  receiptPagePolicy,
  spelled,
} from "../../shared/case/receipt/receipt-sheet.ts";
import { alphabet } from "../../shared/text/code.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const home = "198.51.100.7";
const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const receiptPattern = /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/;

/** Words of a report that its sheet must not repeat; all marked. */
const told = {
  ...roadComplaint,
  occurredOn: undefined,
  title: "TANDA-judul",
  text: "TANDA-cerita tentang TANDA-orang.",
  location: { regionCode: "64.71", address: "TANDA-alamat" },
  secret: true,
  reporter: { name: "TANDA-nama", email: "tanda-surel@contoh.example", phone: "081200001111" },
};
const sayingNothing = (sheet: string) => {
  expect(sheet).not.toMatch(/tanda-|081200001111|64\.71|Balikpapan|pengaduan|complaint|pekerjaan|umum/i);
};

const sheet = {
  trackingNumber: "7K3MQ-P4X9C",
  receipt: "WWQX-MMNN-7H3P-8R2T-4V9Z",
  receivedAt: "2026-11-25T01:30:00.000Z",
  dueAt: "2026-11-30T23:59:59.999+08:00",
  timeZone: "Asia/Makassar" as const,
  siteUrl: undefined,
};

describe("the answer to a report", () => {
  test("Whoever sends a report and asks for text gets number, receipt, times and advice to copy, and nothing of the report", async () => {
    const { status, headers, body } = await anOffice().send(told, home, { accept: "text/plain" });
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-language": "id",
      "cache-control": "no-store",
      vary: "Accept, Accept-Language, Authorization",
      location: expect.stringMatching(/^\/v1\/cases\/.{5}-.{5}$/),
    });
    expect(body).toMatch(/^Nomor pelacakan: [0-9A-Z]{5}-[0-9A-Z]{5}$/m);
    expect(body).toMatch(new RegExp(`^Tanda terima \\(rahasia\\): ${receiptPattern.source}$`, "m"));
    expect(body).toContain("Diterima: Selasa, 24 November 2026 pukul 09.00 WITA");
    expect(body).toContain("Diverifikasi paling lambat: Jumat, 27 November 2026, WITA");
    expect(body).toContain("dianggap sebagai pelapor");
    expect(body).toContain("hanya ditampilkan sekali");
    expect(body).toContain("segera ganti di halaman yang sama");
    sayingNothing(body);
  });

  test("A browser that sends a report gets a page that loads nothing and says nothing of the report", async () => {
    const { status, headers, body } = await anOffice().send(told, home, { accept: browser });
    expect([status, headers["content-type"]]).toEqual([201, "text/html; charset=utf-8"]);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      vary: "Accept, Accept-Language, Authorization",
    });
    expect(body).toMatch(/^<!doctype html>\n<html lang="id">/);
    expect(body).toContain("24 November 2026 pukul 09.00 WITA");
    expect(body).not.toMatch(/(src|href|action|url\()/i);
    sayingNothing(body);
  });

  test.each([
    undefined,
    "",
    "*/*",
    "application/json",
    "application/json, text/plain, */*",
    "application/*",
    "image/png",
    "text/html;q=0",
    "text/html;q=0, text/plain;q=0, */*;q=0.1",
    "text/html;q=0.2, application/json;q=0.9",
    "text/html;q=banyak",
    "apa saja",
    ";;,,/",
    "a/b,".repeat(2_500),
    '"'.repeat(10_000),
  ])("Whoever asks for JSON, for nothing we know, or for nonsense (%.40s) gets JSON", async (accept) => {
    const { status, headers, body } = await anOffice().send(
      told,
      home,
      accept === undefined ? {} : { accept },
    );
    expect([status, headers["content-type"]]).toEqual([201, "application/json"]);
    expect(Object.keys(body)).toEqual(["trackingNumber", "receipt", "status", "clocks"]);
    expect(headers.vary).toBe("Accept, Accept-Language, Authorization");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("sha256");
  });

  test.each([
    ["text/html;q=0.3, text/plain;q=0.4, application/json;q=0.1", "text/plain"],
    ["text/*", "text/plain"],
    ["TEXT/HTML", "text/html"],
  ])("Whoever prefers one type (%s) gets that one", async (accept, type) => {
    const { headers } = await anOffice().send(told, home, { accept });
    expect(headers["content-type"]).toBe(`${type}; charset=utf-8`);
  });

  test("Whoever sends a report again because the page never came gets the same receipt in every type", async () => {
    const office = anOffice();
    const key = { "idempotency-key": randomUUID() };
    const { body: first } = await office.send(told, home, key);
    office.at("2026-11-24T11:00:00+08:00");
    const text = await office.send(told, home, { ...key, accept: "text/plain" });
    const page = await office.send(told, home, { ...key, accept: browser });
    for (const again of [text, page]) {
      expect(again.status).toBe(201);
      expect(again.body).toContain(first.receipt);
      expect(again.body).toContain(first.trackingNumber);
      // When the report came, not when it was sent again.
      expect(again.body).toContain("pukul 09.00 WITA");
      sayingNothing(again.body);
    }
  });

  test("A report that is refused is answered as JSON, whatever was asked for", async () => {
    for (const accept of ["text/html", "text/plain", browser]) {
      const { status, headers, body } = await anOffice().send({ ...told, title: "" }, home, { accept });
      expect([status, headers["content-type"]]).toEqual([400, "application/problem+json"]);
      expect(body.errors[0].path).toBe("title");
    }
  });

  test("The sheet of a receipt is in English where English was asked for", async () => {
    const headers = { accept: browser, "accept-language": "en-GB,en;q=0.9" };
    const { headers: answered, body } = await anOffice().send(told, home, headers);
    expect(answered["content-language"]).toBe("en");
    expect(body).toContain('<html lang="en">');
    expect(body).toContain("Tuesday, 24 November 2026 at 09:00 WITA");
    expect(body).not.toMatch(/Tanda terima|pelapor|Salin/);
    sayingNothing(body);
  });
});

describe("the answer to a replaced receipt", () => {
  test("Whoever replaces a receipt gets the new one to copy and to print, also when they ask again", async () => {
    const office = anOffice();
    const found = await office.submit(told);
    office.at("2026-11-26T10:00:00+08:00");
    const key = { "idempotency-key": randomUUID() };
    const rotate = (accept: string) =>
      found.from(home, "POST", "/receipt-rotation", { headers: { ...key, accept } });
    const { body } = await rotate("application/json");
    for (const document of [await rotate("text/plain"), await rotate(browser)]) {
      expect(document.status).toBe(200);
      expect(document.body).toContain(body.receipt);
      expect(document.body).toContain("24 November 2026 pukul 09.00 WITA");
      expect(document.body).not.toContain("Diverifikasi");
      expect(document.body).not.toContain(found.receipt.authorization.split(" ")[1]);
      expect(document.headers.vary).toBe("Accept, Accept-Language, Authorization");
      sayingNothing(document.body);
    }
  });

  test("Whoever replaces a receipt with a wrong one is refused as JSON", async () => {
    const found = await anOffice().submit();
    const { status, headers } = await found.from(home, "POST", "/receipt-rotation", {
      headers: {
        "idempotency-key": randomUUID(),
        accept: "text/html",
        authorization: "Receipt 0000-0000-0000-0000-0000",
      },
    });
    expect([status, headers["content-type"]]).toEqual([404, "application/problem+json"]);
  });
});

test("Every other answer stays JSON for a browser, and HEAD is told which method there is", async () => {
  const office = anOffice();
  const found = await office.submit();
  const seen = await office.track(found.number, home, { accept: browser });
  expect(seen.headers["content-type"]).toBe("application/json");
  expect(seen.headers.vary).toBe("Accept-Language, Authorization");
  const head = await found.from(home, "HEAD", "/receipt-rotation", { headers: { accept: browser } });
  expect([head.status, head.headers.allow]).toEqual([405, "POST"]);
});

describe("the page of a receipt", () => {
  const between = (page: string, tag: string) =>
    [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map(([, source]) => source ?? "");
  const hash = (source = "") => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

  test.each(["id", "en"] as const)(
    "The page of a receipt runs its own style and script (%s), and nothing else",
    (language) => {
      const page = receiptAsPage(sheet, language);
      const [[style, ...styles], [script, ...scripts]] = [between(page, "style"), between(page, "script")];
      expect([styles, scripts]).toEqual([[], []]);
      expect(receiptPagePolicy).toBe(
        `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      expect(page).not.toMatch(/ (on\w+|style)=/);
    },
  );

  test("The page of a receipt shows it in five groups, each as it is said on the phone", () => {
    const page = receiptAsPage(sheet, "id");
    expect(page.match(/<li><code>/g)).toHaveLength(5);
    expect(page).toContain("<li><code>WWQX</code> <span>Whiskey, Whiskey, Quebec, X-ray</span></li>");
    expect(page).toContain("<li><code>7H3P</code> <span>tujuh, Hotel, tiga, Papa</span></li>");
    for (const sign of alphabet)
      for (const language of ["id", "en"] as const) expect(spelled(sign, language)).toMatch(/^[\w-]{3,}$/);
  });

  test("The page of a receipt says aloud that it was copied, and shows its buttons only where they work", () => {
    const page = receiptAsPage(sheet, "id");
    expect(page).toContain('<p id="buttons" hidden>');
    expect(page).toContain('<p id="said" role="status" aria-live="polite"></p>');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain("@media print{.screen{display:none}");
  });

  test("The page of a receipt shows whatever it is given as text", () => {
    const typed = `"><script>alert('TANDA')</script>&`;
    const page = receiptAsPage({ ...sheet, trackingNumber: typed, receipt: typed }, "id");
    expect(page).not.toContain("<script>alert");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain("&quot;&gt;&lt;script&gt;alert(&#39;TANDA&#39;)&lt;/script&gt;&amp;");
  });
});

test("A sheet names the address of the pages where there are pages, and the header to send where there are none", () => {
  const without = receiptAsText(sheet, "id");
  expect(without).toContain('GET /v1/cases/7K3MQ-P4X9C dengan tajuk "Authorization: Receipt"');
  for (const siteUrl of ["https://lapor.example", "https://lapor.example/?a=<b>"]) {
    const withPages = { ...sheet, siteUrl };
    expect(receiptAsText(withPages, "id")).toContain("https://lapor.example/lacak?nomor=7K3MQ-P4X9C");
    expect(receiptAsText(withPages, "id")).not.toMatch(/Authorization|Idempotency-Key|\/v1\//);
    expect(receiptAsPage(withPages, "en")).toContain(
      "Open https://lapor.example/en/lacak?nomor=7K3MQ-P4X9C and",
    );
  }
});

test("A sheet without a date of verification says none", () => {
  for (const dueAt of [null, undefined])
    expect(receiptAsText({ ...sheet, dueAt }, "id")).not.toContain("Diverifikasi");
});
