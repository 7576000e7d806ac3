import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { openSite, page, site } from "./open-site.ts";

openSite();

const send = () => page.getByRole("button", { name: "Kirim", exact: true }).click({ noWaitAfter: true });

describe("a form that needs a proof of work", () => {
  const sent = () => site.to("POST", "/lapor/periksa").map(({ body }) => new URLSearchParams(body));

  test("it is solved in a worker and sent once with it, as the button would send it", async () => {
    await page.goto(`${site.url}/lapor/periksa`);
    await page.locator("#t").fill("Jalan");
    await send();
    await page.waitForURL("**/lapor/terkirim");
    expect(sent()).toHaveLength(1);
    const [form] = sent();
    expect([form?.get("text"), form?.get("go")]).toEqual(["Jalan", "send"]);
    const proof = JSON.parse(Buffer.from(form?.get("proof") ?? "", "base64").toString());
    expect(proof.solution.counter).toBe(40);
    expect(proof.solution.derivedKey.startsWith(proof.challenge.parameters.keyPrefix)).toBe(true);
  });

  test("it can be stopped, nothing is sent, and the page stays quick meanwhile", async () => {
    site.hardness = 4_000_000;
    await page.goto(`${site.url}/lapor/periksa`);
    await page.locator("#t").fill("Jalan");
    await send();
    await page.getByText("Menyelesaikan soal").waitFor();
    const longest = await page.evaluate(
      "new Promise((resolve) => { let last = performance.now(), most = 0, times = 0; const beat = () => { most = Math.max(most, performance.now() - last); last = performance.now(); if (++times < 20) setTimeout(beat, 10); else resolve(most); }; setTimeout(beat, 10); })",
    );
    // A page that solved by itself would hold for as long as it takes, which is hours.
    expect(longest).toBeLessThan(1_000);
    await page.getByRole("button", { name: "Hentikan" }).click();
    await page.getByText("Dihentikan. Isian Anda tetap ada.").waitFor();
    expect(await page.locator("#t").inputValue()).toBe("Jalan");
    expect(sent()).toEqual([]);
    site.hardness = 10;
    await send();
    await page.waitForURL("**/lapor/terkirim");
    expect(sent()).toHaveLength(1);
  });

  test.each([
    ["no challenge can be had", (one: Page) => one.route("**/v1/challenges", (route) => route.abort())],
    ["there are no workers", (one: Page) => one.addInitScript("window.Worker = undefined")],
  ])("where %s it is sent without a proof, and the server decides", async (_, breaks) => {
    await breaks(page);
    await page.goto(`${site.url}/lapor/periksa`);
    await send();
    await page.waitForURL("**/lapor/terkirim");
    expect(sent().map((form) => form.get("proof"))).toEqual([""]);
  });
});

/** A photo with so much noise that JPEG cannot shrink it to nothing. */
function photo(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  const noise = randomBytes(4096);
  for (let at = 0; at < png.data.length; at++)
    png.data[at] = at % 4 === 3 ? 255 : (noise[(at >> 3) % 4096] ?? 0);
  return PNG.sync.write(png, { deflateLevel: 1 });
}
const asked = () =>
  site
    .to("POST", "/saya/DVNFC-AD7VN/lampiran/formulir")
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
const states = () => page.locator("[data-file-state]").allTextContents();

describe("files", () => {
  test("several go one after another, each by a form of its own, and photos are made smaller first", async () => {
    await page.goto(`${site.url}/saya/lampiran`);
    const png = photo(2_700, 300);
    await page.locator("#f").setInputFiles([
      { name: "lubang.png", mimeType: "image/png", buffer: png },
      { name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") },
      { name: "foto.heic", mimeType: "image/heic", buffer: Buffer.from("no browser decodes this") },
      { name: "rusak.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a photo") },
    ]);
    await send();
    await expect.poll(states, { timeout: 10_000 }).toEqual(["Terkirim", "Terkirim", "Terkirim", "Terkirim"]);
    expect(await page.locator("[data-upload-done]").isVisible()).toBe(true);
    expect(site.got.map(({ name, type }) => [name, type])).toEqual([
      ["lubang.jpg", "image/jpeg"],
      ["surat.pdf", "application/pdf"],
      ["foto.heic", "image/heic"],
      ["rusak.jpg", "image/jpeg"],
    ]);
    expect(site.got[0]?.bytes).toBeLessThan(png.length);
    expect(asked().map(({ size }) => Number(size))).toEqual(site.got.map(({ bytes }) => bytes));
  });

  test("the original goes as it is, if the person says so", async () => {
    await page.goto(`${site.url}/saya/lampiran`);
    const png = photo(300, 300);
    await page.getByLabel("Kirim aslinya sebagai bukti").check();
    await page.locator("#f").setInputFiles({ name: "lubang.png", mimeType: "image/png", buffer: png });
    await send();
    await expect.poll(states).toEqual(["Terkirim"]);
    expect(site.got).toEqual([{ bytes: png.length, name: "lubang.png", type: "image/png" }]);
    expect(asked()).toEqual([
      { name: "lubang.png", type: "image/png", size: String(png.length), original: "yes" },
    ]);
  });

  test("too large and too many are said before anything is sent", async () => {
    await page.goto(`${site.url}/saya/lampiran`);
    const small = Buffer.from("small");
    await page.locator("#f").setInputFiles([
      { name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(4_000_000) },
      ...["a", "b", "c", "d", "e"].map((name) => ({
        name: `${name}.pdf`,
        mimeType: "application/pdf",
        buffer: small,
      })),
    ]);
    await send();
    await expect
      .poll(states)
      .toEqual([
        "Terlalu besar: 3,8 MB, paling besar 2,9 MB",
        "Terkirim",
        "Terkirim",
        "Terkirim",
        "Terkirim",
        "Paling banyak 4 berkas",
      ]);
    expect(asked()).toHaveLength(4);
  });

  test("a broken line is tried again by itself, with a fresh form", async () => {
    // A browser asks once more by itself when a used connection breaks.
    site.bucketAnswers.push("line-cut", "line-cut", 403);
    await page.goto(`${site.url}/saya/lampiran`);
    await page
      .locator("#f")
      .setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("a") });
    await send();
    await page.getByText("Sambungan putus, dicoba lagi dalam").waitFor();
    await page.evaluate("setInterval(() => dispatchEvent(new Event('online')), 100)");
    await expect.poll(states, { timeout: 10_000 }).toEqual(["Terkirim"]);
    expect(site.got).toHaveLength(1);
    expect(asked().length).toBeGreaterThan(1);
  });

  test("a refusal is said at its file and not tried again; another file still goes", async () => {
    site.answers.push({
      status: 400,
      body: { detail: "Ada isian", errors: [{ path: "type", message: "Kami menerima foto dan PDF." }] },
    });
    await page.goto(`${site.url}/saya/lampiran`);
    await page.locator("#f").setInputFiles([
      { name: "<b>.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("a") },
      { name: "b.pdf", mimeType: "application/pdf", buffer: Buffer.from("b") },
    ]);
    await send();
    await expect.poll(states).toEqual(["Gagal. Kami menerima foto dan PDF.", "Terkirim"]);
    expect(await page.locator("[data-file-name]").first().textContent()).toBe("<b>.exe");
    expect(asked()).toHaveLength(2);
    await page.getByRole("button", { name: "Coba lagi: <b>.exe" }).click();
    await expect.poll(states).toEqual(["Terkirim", "Terkirim"]);
  });

  test("a file that waits or is on its way can be cancelled", async () => {
    await page.goto(`${site.url}/saya/lampiran`);
    await page.route(`${site.bucketUrl}/**`, () => undefined);
    await page.locator("#f").setInputFiles([
      { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("a") },
      { name: "b.pdf", mimeType: "application/pdf", buffer: Buffer.from("b") },
    ]);
    await send();
    await page.getByText("Dikirim 0 %").waitFor();
    await page.getByRole("button", { name: "Batal: b.pdf" }).click();
    await page.getByRole("button", { name: "Batal: a.pdf" }).click();
    await expect.poll(states).toEqual(["Dibatalkan", "Dibatalkan"]);
    expect(asked()).toHaveLength(1);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Coba lagi: b.pdf" }).click();
    await expect.poll(states).toEqual(["Dibatalkan", "Terkirim"]);
  });
});
