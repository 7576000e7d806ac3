import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { fillStep, pressStep, pressTwice, reportSteps, sendReport, writeUntil } from "./report-writing.ts";
import { keptIn } from "./scripts/browsing.ts";
import { secretsIn, secretsLogged, secretsSeen } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();

/** The browser stores on its own time, and the machine may be busy. */
const soon = { timeout: 20_000 };

const writing = (visitor: Visitor) => ({
  visitor,
  page: visitor.page,
  to: (address: string) => address,
  site: ground.site,
});

const keep = (page: Page) => page.locator("[data-keep]");
const noLine = (page: Page) => page.getByText("Tidak ada sinyal, jadi belum terkirim.");
const sendButton = (page: Page) =>
  page.locator("main form:not(.leave-form) button:not([type=button])").last();

/** How many public reports have this title. */
async function casesTitled(title: string): Promise<number> {
  let [count, cursor] = [0, ""];
  do {
    const { body } = await ground.site.api(`/v1/cases?limit=100${cursor && `&cursor=${cursor}`}`);
    count += body.items.filter((one: { title: string }) => one.title === title).length;
    cursor = body.cursor ?? "";
  } while (cursor);
  return count;
}

/** An address may say more, such as that a draft has just begun. */
const arrive = (page: Page, path: string) => page.waitForURL(({ pathname }) => pathname === path);

const receiptOn = (page: Page) => page.locator("#tanda-terima").getAttribute("data-value");
const titled = (title: string) => ({ story: { ...reportSteps.story, title } });

/** Cuts the line, presses the button and reloads: the way somebody in a lift tries. */
async function pressInTheLift({ page, offline }: Visitor, press: () => Promise<void>) {
  await offline(true);
  await press();
  await noLine(page).waitFor();
  expect(await noLine(page).evaluate((words) => words.getBoundingClientRect().height)).toBeGreaterThan(0);
  // Without a line the browser says that it could not load the page: that is what is played.
  await page.reload().catch(() => undefined);
  await offline(false);
}

test("The line is cut in each step of the report, and a reload loses nothing and makes one case", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam di lift yang macet";
  await visitor.open("/lapor/cerita");
  await keep(page).check();
  const steps = {
    story: { ...reportSteps.story, title },
    place: reportSteps.place,
    recipient: {},
    identity: reportSteps.identity,
  };
  const addresses = { story: "cerita", place: "tempat", recipient: "tujuan", identity: "identitas" };
  for (const [name, fields] of Object.entries(steps) as [keyof typeof steps, Record<string, string>][]) {
    const address = `${ground.site.url}/lapor/${addresses[name]}`;
    if (new URL(page.url()).pathname === "/lapor/serupa") await pressStep(page);
    await arrive(page, new URL(address).pathname);
    await page
      .locator("[data-kept]")
      .getByText(/Tersimpan|^$/)
      .waitFor({ state: "attached" });
    await fillStep(page, fields);
    await pressInTheLift(visitor, () => pressStep(page));
    await visitor.open(address);
    if (name !== "recipient") await page.getByText("Tersimpan di perangkat ini,").waitFor();
    await expect.poll(() => keep(page).isChecked()).toBe(true);
    for (const [field, value] of Object.entries(fields)) {
      // A NIK is never kept on the phone.
      if (field === "reporter.nik") await page.locator('[name="reporter.nik"]').fill(value);
      else if (field === "class")
        expect(await page.locator('[name="class"]:checked').getAttribute("value")).toBe(value);
      else expect(await page.locator(`[name="${field}"]`).first().inputValue()).toBe(value);
    }
    expect(JSON.stringify(await keptIn(page, "drafts"))).not.toContain(reportSteps.identity["reporter.nik"]);
    await pressStep(page);
    await page.waitForURL((url) => url.pathname !== new URL(address).pathname);
  }
  await arrive(page, "/lapor/periksa");
  await pressInTheLift(visitor, () => sendButton(page).click());
  expect(await casesTitled(title)).toBe(0);
  await visitor.open("/lapor/periksa");
  await sendReport(page);
  const receipt = await receiptOn(page);
  await visitor.offline(true);
  // Without a line the browser says that it could not load the page: that is what is played.
  await page.reload().catch(() => undefined);
  await visitor.offline(false);
  await visitor.open("/lapor/terkirim");
  expect(await receiptOn(page)).toBe(receipt);
  expect(await casesTitled(title)).toBe(1);
  await expect.poll(() => keptIn(page, "drafts"), soon).toEqual([]);
});

test("The answer to the last button is lost: pressing it again shows the receipt of the one case", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam dan jawaban hilang";
  await writeUntil(writing(visitor), "check", titled(title));
  await page.route("**/lapor/periksa", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch({ maxRedirects: 0 });
    return route.abort("connectionreset");
  });
  await sendButton(page).click();
  await page.waitForURL("chrome-error://chromewebdata/");
  expect(await casesTitled(title)).toBe(1);
  await page.unrouteAll();
  await visitor.open("/lapor/periksa");
  await arrive(page, "/lapor/terkirim");
  expect(await receiptOn(page)).toMatch(/^\w{4}(-\w{4}){4}$/);
  expect(await casesTitled(title)).toBe(1);
});

test("Every button may be pressed twice: each step is kept once, and there is one case", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam ditekan dua kali";
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
  await visitor.open("/lapor/cerita");
  await fillStep(page, { ...reportSteps.story, title });
  const twice = () => pressTwice(page, page.locator('button[name="lanjut"][value="ya"]:not([hidden])'));
  await twice();
  await arrive(page, "/lapor/tempat");
  await fillStep(page, reportSteps.place);
  await twice();
  await page.waitForURL(/serupa|tujuan/);
  if (page.url().endsWith("/serupa")) await twice();
  await arrive(page, "/lapor/tujuan");
  await twice();
  await arrive(page, "/lapor/identitas");
  await twice();
  await arrive(page, "/lapor/periksa");
  await pressTwice(page, sendButton(page));
  await arrive(page, "/lapor/terkirim");
  expect(new Set(posts).size).toBe(posts.length);
  expect(await casesTitled(title)).toBe(1);
});

test("The back button leads to what was typed; after sending, no button sends it again", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam dan tombol kembali";
  await writeUntil(writing(visitor), "identity", titled(title));
  await page.goBack();
  await page.goBack();
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe("/lapor/tempat");
  expect(await page.locator('[name="location.address"]').inputValue()).toBe(
    reportSteps.place["location.address"],
  );
  await visitor.open("/lapor/identitas");
  await pressStep(page);
  await arrive(page, "/lapor/periksa");
  await sendReport(page);
  const receipt = await receiptOn(page);
  await page.goBack();
  // A browser may show the page as it was, or ask again and be led to the receipt.
  if (new URL(page.url()).pathname === "/lapor/periksa") await sendReport(page);
  expect(await receiptOn(page)).toBe(receipt);
  expect(await casesTitled(title)).toBe(1);
});

test("Two tabs send the same report: both show the same receipt, and there is one case", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam dari dua tab";
  await writeUntil(writing(visitor), "check", titled(title));
  const other = await visitor.context.newPage();
  await other.goto(page.url());
  await Promise.all([sendReport(page), sendReport(other)]);
  expect(await receiptOn(other)).toBe(await receiptOn(page));
  expect(await casesTitled(title)).toBe(1);
});

test("A draft is gone on the server: what the phone keeps goes on from the beginning, and nothing is typed anew", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Lampu padam dan draf habis";
  await visitor.open("/lapor/cerita");
  await keep(page).check();
  await fillStep(page, { ...reportSteps.story, title });
  await pressStep(page);
  await arrive(page, "/lapor/tempat");
  await page.getByText("Tersimpan di perangkat ini,").waitFor();
  await visitor.context.clearCookies();
  await fillStep(page, reportSteps.place);
  await pressStep(page);
  await page.getByText("Draf Anda tidak ditemukan lagi").first().waitFor();
  expect(await page.locator('[name="location.address"]').inputValue()).toBe(
    reportSteps.place["location.address"],
  );
  await visitor.open("/lapor/cerita");
  await page.getByText("Tersimpan di perangkat ini,").waitFor();
  expect(await page.locator("#text").inputValue()).toBe(reportSteps.story.text);
  await pressStep(page);
  await page.waitForURL(/\/lapor\/tempat/);
  expect(await page.locator('[name="location.address"]').inputValue()).toBe(
    reportSteps.place["location.address"],
  );
});

test.each([
  ["hapus", "**/lapor?draf=dihapus"],
  ["baru", "**/lapor/cerita"],
])(
  "A draft that is deleted (%s) is deleted on the phone too, and the next story begins empty",
  async (button, leads) => {
    const visitor = await ground.visit();
    const { page } = visitor;
    await visitor.open("/lapor/cerita");
    await keep(page).check();
    await fillStep(page, reportSteps.story);
    await pressStep(page);
    await arrive(page, "/lapor/tempat");
    await visitor.open("/lapor");
    await visitor.offline(true);
    await page.locator(`button[value=${button}]`).click();
    await page.getByText("Tekan lagi bila sinyal kembali.").waitFor();
    expect(await keptIn(page, "drafts")).toHaveLength(1);
    await visitor.offline(false);
    await page.locator(`button[value=${button}]`).click();
    await page.waitForURL(leads);
    await expect.poll(() => keptIn(page, "drafts"), soon).toEqual([]);
    await visitor.open("/lapor/cerita");
    await page.locator("[data-keep-box]:not([hidden])").waitFor();
    expect(await page.locator("#title").inputValue()).toBe("");
    expect(await keep(page).isChecked()).toBe(false);
  },
);

test("A draft on the phone is listed for another tab, opened and deleted there", async () => {
  const visitor = await ground.visit();
  const first = await visitor.context.newPage();
  await first.goto(`${ground.site.url}/lapor/cerita`);
  await keep(first).check();
  await first.locator("#title").fill("Draf di ponsel");
  await first.getByText("Tersimpan di perangkat ini,").waitFor();
  await expect.poll(async () => (await keptIn(first, "drafts"))[0]?.title, soon).toBe("Draf di ponsel");
  await first.close();
  const { page } = visitor;
  await visitor.open("/lapor/cerita");
  await page.getByRole("heading", { name: "Draf di perangkat ini" }).waitFor();
  await page.getByRole("button", { name: "Buka: Draf di ponsel" }).click();
  await expect.poll(() => page.locator("#title").inputValue(), soon).toBe("Draf di ponsel");
  await page.getByRole("button", { name: "Hapus: Draf di ponsel" }).click();
  await expect.poll(() => keptIn(page, "drafts"), soon).toEqual([]);
  await page.locator("[data-drafts-box]").waitFor({ state: "hidden" });
});

test("A chosen kecamatan of another kota is left aside, also where the phone keeps the draft", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  await visitor.open("/lapor/cerita");
  await keep(page).check();
  await fillStep(page, reportSteps.story);
  await pressStep(page);
  await arrive(page, "/lapor/tempat");
  await page.locator('[name="location.regionCode"]').selectOption("64.71");
  await pressStep(page, "#district");
  await page.locator("#district").selectOption({ index: 1 });
  await page.locator('[name="location.regionCode"]').selectOption("64.72");
  const reloaded = page.waitForResponse((response) => response.request().method() === "POST");
  await pressStep(page, "#district");
  await reloaded;
  await page.waitForLoadState("networkidle");
  expect(
    await page.locator("#district").evaluate((list: { selectedIndex: number }) => list.selectedIndex),
  ).toBe(0);
});

test("The letters that are left are counted, and the place of the phone fills the point", async () => {
  const visitor = await ground.visit();
  const { page, context } = visitor;
  await context.grantPermissions(["geolocation"], { origin: ground.site.url });
  await context.setGeolocation({ latitude: -1.2654, longitude: 116.8312, accuracy: 12 });
  await visitor.open("/lapor/cerita");
  await page.getByText("Sisa 10.000 karakter").waitFor();
  await page.locator("#text").fill("a".repeat(10_050));
  await page.getByText("50 karakter terlalu banyak").waitFor();
  await page.locator("#text").fill(reportSteps.story.text);
  await fillStep(page, reportSteps.story);
  await pressStep(page);
  await arrive(page, "/lapor/tempat");
  await page.locator("summary").click();
  await page.getByRole("button", { name: "Pakai lokasi saya" }).click();
  await page.getByText("teliti sampai 12 meter").waitFor();
  expect(await page.locator('[name="location.latitude"]').inputValue()).toMatch(/^-1[.,]2654/);
});

test("Number and receipt are copied, printed and saved; neither they nor who reports are in an address, header, title, log or cache", async () => {
  const visitor = await ground.visit();
  const { page, context, seen } = visitor;
  const secrets = {
    name: "Prasetyawati Contohnya",
    email: "prasetyawati.contohnya@contoh.example",
    phone: "081277788899",
    nik: "6471010101900025",
  };
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: ground.site.url });
  await page.addInitScript("window.print = () => { window.printed = true; }");
  await writeUntil(writing(visitor), "sent", {
    identity: {
      "reporter.name": secrets.name,
      "reporter.email": secrets.email,
      "reporter.phone": secrets.phone,
      "reporter.nik": secrets.nik,
    },
  });
  const receipt = (await receiptOn(page)) ?? "";
  const number = (await page.locator("#nomor").innerText()).trim();
  await page.locator('[data-copy="#tanda-terima"]').click();
  await page.getByText("Sudah disalin.").waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(receipt);
  await page.locator('[data-copy="#nomor"]').click();
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()"), soon).toBe(number);
  await page.locator("[data-print]").click();
  expect(await page.evaluate("window.printed")).toBe(true);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Unduh keduanya" }).click(),
  ]);
  const saved = await readFile(await download.path(), "utf8");
  expect(saved).toContain(receipt);
  expect(saved).toContain(number);
  expect(download.suggestedFilename()).not.toContain(number);
  await visitor.settle();
  const all = { receipt, ...secrets };
  expect(secretsSeen(all, seen)).toEqual([]);
  expect(secretsLogged(all, ground.site.dataDir)).toEqual([]);
  const stored: string[] = await page.evaluate(`(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        texts.push(request.url, await (await caches.match(request)).text());
    return texts;
  })()`);
  expect(secretsIn(all, "the store of the browser", stored)).toEqual([]);
  expect(await keptIn(page, "drafts")).toEqual([]);
  expect(seen.titles.join(" ")).not.toContain(number);
});
