import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keptIn } from "./browsing.ts";
import { context, openSite, page, site } from "./open-site.ts";

openSite();

const keep = (within: Page) => within.getByLabel("Simpan juga di perangkat ini");
const kept = (within: Page) => within.getByText("Tersimpan di perangkat ini,");

test("nothing is kept on the phone without the tick", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).waitFor();
  await page.locator("#title").fill("Atasan saya");
  await page.locator("#title").blur();
  await page.reload();
  await keep(page).waitFor();
  expect(await keptIn(page, "drafts")).toEqual([]);
  expect(await page.locator("#title").inputValue()).toBe("");
  expect(await page.evaluate("sessionStorage.length")).toBe(0);
});

test("with the tick a reload brings back what was typed, ticked and chosen, and never a NIK or a field of the server", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).check();
  await page.locator("#title").fill("Jalan berlubang");
  await page.locator("#text").fill("Sejak\nSenin");
  await page.locator("#nik").fill("6471010101900001");
  await page.getByLabel("Aspirasi").check();
  // The page goes away before the pause after the last key is over.
  await page.reload();
  await kept(page).waitFor();
  expect(await page.locator("#title").inputValue()).toBe("Jalan berlubang");
  expect(await page.locator("#text").inputValue()).toBe("Sejak\nSenin");
  expect(await page.getByLabel("Aspirasi").isChecked()).toBe(true);
  expect(await keep(page).isChecked()).toBe(true);
  const [draft] = await keptIn(page, "drafts");
  expect(draft.title).toBe("Jalan berlubang");
  expect(JSON.stringify(draft)).not.toMatch(/6471010101900001|from-the-server/);
});

test("the next step of the report adds to the same draft", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).check();
  await page.locator("#title").fill("Jalan berlubang");
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).click();
  await page.waitForURL("**/lapor/tempat");
  await kept(page).waitFor();
  expect(await keptIn(page, "drafts")).toHaveLength(1);
  expect(await keep(page).isChecked()).toBe(true);
});

test("several drafts have their titles, are opened, and are deleted at once", async () => {
  for (const title of ["Pertama", ""]) {
    const tab = await context.newPage();
    await tab.goto(`${site.url}/lapor/cerita`);
    await keep(tab).check();
    await tab.locator("#title").fill(title);
    await tab.locator("#text").fill(`Teks ${title}`);
    // Whatever was typed less than half a second before a tab is closed may be lost.
    await expect.poll(async () => JSON.stringify(await keptIn(tab, "drafts"))).toContain(`Teks ${title}`);
    await tab.close({ runBeforeUnload: true });
  }
  await page.goto(`${site.url}/lapor/cerita`);
  await page.getByText("Draf di perangkat ini").waitFor();
  expect(await page.locator("[data-draft-title]").allTextContents()).toEqual(["Tanpa judul", "Pertama"]);
  expect(await page.locator("[data-draft-time]").first().textContent()).toMatch(/^\w+, \d+ \w+ \d{4}/);
  expect(await keep(page).isChecked()).toBe(false);
  await page.getByRole("button", { name: "Buka: Pertama" }).click();
  await expect.poll(() => page.locator("#text").inputValue()).toBe("Teks Pertama");
  expect(await keep(page).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Hapus: Tanpa judul" }).click();
  await expect.poll(() => page.locator("[data-draft-title]").allTextContents()).toEqual(["Pertama"]);
  expect(await keptIn(page, "drafts")).toHaveLength(1);
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Hapus: Pertama");
});

test("taking the tick away deletes without a question", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).check();
  await page.locator("#title").fill("Jalan");
  await kept(page).waitFor();
  await keep(page).uncheck();
  await page.getByText("Dihapus dari perangkat ini").waitFor();
  expect(await keptIn(page, "drafts")).toEqual([]);
  await page.locator("#title").fill("Jalan raya");
  await page.locator("#title").blur();
  await page.reload();
  await keep(page).waitFor();
  expect(await keptIn(page, "drafts")).toEqual([]);
});

test("a draft that one tab has deleted is not written again by another", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).check();
  await page.locator("#title").fill("Jalan");
  await kept(page).waitFor();
  await expect.poll(async () => (await keptIn(page, "drafts"))[0]?.title).toBe("Jalan");
  const other = await context.newPage();
  await other.goto(`${site.url}/lapor/cerita`);
  await other.getByRole("button", { name: "Hapus: Jalan" }).click();
  await expect.poll(() => other.locator("[data-draft-title]").count()).toBe(0);
  await page.locator("#title").fill("Jalan raya");
  await expect.poll(() => keep(page).isChecked()).toBe(false);
  expect(await keptIn(page, "drafts")).toEqual([]);
  expect(await page.locator("#title").inputValue()).toBe("Jalan raya");
});

test("two tabs have a draft each", async () => {
  const other = await context.newPage();
  for (const [tab, title] of [
    [page, "Satu"],
    [other, "Dua"],
  ] as const) {
    await tab.goto(`${site.url}/lapor/cerita`);
    await keep(tab).check();
    await tab.locator("#title").fill(title);
  }
  await expect
    .poll(async () => (await keptIn(page, "drafts")).map(({ title }) => title).sort())
    .toEqual(["Dua", "Satu"]);
});

test("the draft is deleted when the report has been sent", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).check();
  await page.locator("#title").fill("Jalan");
  await kept(page).waitFor();
  await page.goto(`${site.url}/lapor/terkirim`);
  await expect.poll(() => keptIn(page, "drafts")).toEqual([]);
});

test("a form is not sent while the device has no line, and says so; everything stays", async () => {
  await page.goto(`${site.url}/lapor/cerita`);
  await keep(page).waitFor();
  await page.locator("#title").fill("Jalan");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).click();
  await page.getByText("Tidak ada sinyal. Isian Anda tetap di halaman ini.").waitFor();
  expect(await page.locator("#title").inputValue()).toBe("Jalan");
  expect(await page.locator("button[name=go]").isEnabled()).toBe(true);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).click();
  await page.waitForURL("**/lapor/tempat");
  expect(site.to("POST", "/lapor/cerita")).toHaveLength(1);
});

test.each([
  ["refuses to open a database", "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }"],
  ["has no database", "Object.defineProperty(window, 'indexedDB', { value: undefined })"],
  [
    "shuts its storage",
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } }); indexedDB.open = () => { throw new Error('no'); }",
  ],
])("in a private window that %s the tick stays hidden and the form works", async (_, script) => {
  await page.addInitScript(script);
  await page.goto(`${site.url}/lapor/cerita`);
  await page.locator("#title").fill("Jalan");
  expect(await page.locator("[data-keep-box]").isHidden()).toBe(true);
  await page.getByRole("button", { name: "Simpan dan lanjutkan" }).click();
  await page.waitForURL("**/lapor/tempat");
});
