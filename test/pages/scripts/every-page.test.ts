import { expect, test, vi } from "vitest";
import { context, openSite, page, site } from "./open-site.ts";

openSite();

const focused = () => page.evaluate("document.activeElement.className");

test("the error summary has the focus when the page has loaded", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  expect(await focused()).toBe("summary");
});

test("a double click, and Enter pressed twice, send a form once, and its button says what goes on", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  // While a form is on its way the browser tells a test nothing. The page notes what it says when it goes.
  await page.evaluate(
    "addEventListener('pagehide', () => sessionStorage.setItem('said', document.querySelector('#cerita').innerText))",
  );
  let release = site.holdForms();
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).dblclick({ noWaitAfter: true });
  await expect.poll(() => site.to("POST", "/lapor/cerita").length).toBe(1);
  release();
  await page.waitForURL("**/lapor/tempat");
  expect(await page.evaluate("sessionStorage.getItem('said')")).toContain("Sedang disimpan");
  expect(site.to("POST", "/lapor/cerita").map(({ body }) => new URLSearchParams(body).get("go"))).toEqual([
    "next",
  ]);

  await page.goto(`${site.url}/lapor/cerita`);
  await page.locator("#title").focus();
  const button = page.locator("button[name=go]");
  release = site.holdForms();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => site.to("POST", "/lapor/cerita").length).toBe(2);
  release();
  await page.waitForURL("**/lapor/tempat");
  expect(site.to("POST", "/lapor/cerita")).toHaveLength(2);
  await expect.poll(() => button.isEnabled()).toBe(true);
});

test("whoever comes back finds the button enabled again", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).click();
  await page.waitForURL("**/lapor/tempat");
  await page.goBack();
  await expect.poll(() => page.locator("button[name=go]").isEnabled()).toBe(true);
  // A page from memory is told so; this browser may load it afresh, so it is said by hand as well.
  const release = site.holdForms();
  await page.evaluate(`new Promise((resolve) => {
    const button = document.querySelector("button[name=go]");
    new MutationObserver(() => {
      if (button.disabled) resolve(stop());
    }).observe(button, { attributes: true });
    document.querySelector("form[data-once]").requestSubmit();
  })`);
  expect(await page.locator("button[name=go]").isDisabled()).toBe(true);
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await expect.poll(() => page.locator("button[name=go]").isEnabled()).toBe(true);
  release();
});

test("a text field counts as the server does, and says how much too long a text is", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  const text = page.locator("#text");
  await expect.poll(() => page.getByText("Sisa 20 huruf").count()).toBe(1);
  await text.fill("satu\r\ndua 😀");
  await expect.poll(() => page.getByText("Sisa 10 huruf").count()).toBe(1);
  await text.fill("x".repeat(23));
  await expect.poll(() => page.getByText("3 huruf terlalu banyak").count()).toBe(1);
  expect(await text.inputValue()).toHaveLength(23);
});

test("the receipt is copied, and marked where it cannot be copied", async () => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${site.url}/lapor/terkirim`);
  await page.getByRole("button", { name: "Salin" }).click();
  await page.getByText("Tersalin", { exact: true }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("ABCDEFGH");
  await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
  await page.getByRole("button", { name: "Salin" }).click();
  await page.getByText("Tidak tersalin. Teksnya sudah ditandai.").waitFor();
  expect(await page.evaluate("String(getSelection())")).toBe("ABCD-EFGH");
});

test("the receipt is saved as a text file, made in the browser", async () => {
  await page.goto(`${site.url}/lapor/terkirim`);
  const before = site.asked.length;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Unduh" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("tanda-terima.txt");
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toBe("Nomor: DVNFC-AD7VN\r\nTanda terima: ABCD-EFGH\r\n");
  expect(site.asked).toHaveLength(before);
});

test("the print button prints", async () => {
  await page.goto(`${site.url}/lapor/terkirim`);
  await page.evaluate("window.print = () => { document.title = 'printed'; }");
  await page.getByRole("button", { name: "Cetak" }).click();
  expect(await page.title()).toBe("printed");
});

test.each([
  ["a click", () => page.getByText("Keluar cepat").click()],
  [
    "Escape three times",
    async () => {
      for (let time = 0; time < 3; time++) await page.keyboard.press("Escape");
    },
  ],
])(
  "%s leaves at once: the server ends the sitting, and neither back nor forward shows the report again",
  async (_, act) => {
    await page.goto(`${site.url}/lapor/tempat`);
    await page.goto(`${site.url}/lapor/cerita`);
    await page.locator("#text").fill("Atasan saya meminta uang");
    await act();
    await page.waitForURL("**/netral");
    await vi.waitFor(() =>
      expect(site.to("POST", "/keluar").map(({ body }) => body)).toEqual(["sitting=this&diam=ya"]),
    );
    await page.evaluate("history.back()");
    await expect.poll(() => site.to("GET", "/lapor/tempat").length).toBe(2);
    await expect.poll(() => page.title().catch(() => "")).toBe("Netral");
    expect(await page.content()).not.toContain("Atasan");
  },
);

test("whoever opens the site again after a quick exit may read it", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await page.getByText("Keluar cepat").click();
  await page.waitForURL("**/netral");
  await page.goto(`${site.url}/lapor/cerita`);
  await page.locator("#text").waitFor();
  expect(await page.title()).toBe("Cerita");
});

test("two presses of Escape, or three with another key between them, leave nothing", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  for (const key of ["Escape", "Escape", "a", "Escape"]) await page.keyboard.press(key);
  expect(page.url()).toBe(`${site.url}/lapor/cerita`);
  expect(await page.title()).toBe("Cerita");
});

test("the place is asked for after the click only, and written with five decimals", async () => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: -1.2675432198, longitude: 116.8289123456, accuracy: 12.2 });
  await page.addInitScript(
    "{ const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation); navigator.geolocation.getCurrentPosition = (...all) => { window.askedForPlace = true; ask(...all); }; }",
  );
  await page.goto(`${site.url}/lapor/cerita`);
  expect(await page.evaluate("window.askedForPlace")).toBeUndefined();
  await page.getByRole("button", { name: "Gunakan lokasi saya" }).click();
  await page.getByText("Terisi, ketepatan 13 meter").waitFor();
  expect(await page.locator("#lat").inputValue()).toBe("-1.26754");
  expect(await page.locator("#lon").inputValue()).toBe("116.82891");
});

test("a place that cannot be had is said in words", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await page.getByRole("button", { name: "Gunakan lokasi saya" }).click();
  await page.getByText("Izin lokasi ditolak").waitFor();
});
