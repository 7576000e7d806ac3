import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { neutralSite } from "../../shared/page/layout.ts";
import { openBrowser } from "./browser.ts";
import { deployedAgain } from "./deployments.ts";
import { samplesOf } from "./samples.ts";
import { keptIn } from "./scripts/browsing.ts";
import { secretsIn, secretsLogged, secretsSeen } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();

/** The browser stores on its own time, and the machine may be busy. */
const soon = { timeout: 20_000 };

const address = "/lapor/tanpa-sinyal";
const text = "Sejak Senin jembatan kayu di ujung gang putus. Anak-anak menyeberang lewat air.";

/** Every address that lies in a cache of the site, and what lies there. */
const cached = (page: Page): Promise<{ name: string; path: string; body: string }[]> =>
  page.evaluate(`(async () => {
    const found = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        found.push({ name, path: new URL(request.url).pathname, body: await (await caches.match(request)).text() });
    return found;
  })()`);

/** The worker is in charge and has stored both forms: a tunnel may come. */
async function readied(page: Page): Promise<void> {
  await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
  await expect
    .poll(async () => (await cached(page)).map(({ path }) => path), soon)
    .toEqual(expect.arrayContaining([address, `/en${address}`]));
}

/** Counts what is sent to the API, by pages and by the service worker, as [method, key]. */
function submissionsOf({ context }: Pick<Visitor, "context">): string[] {
  const keys: string[] = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === "/v1/cases")
      keys.push(request.headers()["idempotency-key"] ?? "no key");
  });
  return keys;
}

async function write(page: Page, title: string): Promise<void> {
  await page.locator('[name="title"]').fill(title);
  await page.locator('[name="text"]').fill(text);
  await page.locator('[name="place"]').fill("Ujung Gang Contoh, Sepinggan");
  await expect.poll(async () => (await keptIn(page, "reports"))[0]?.values.place, soon).toHaveLength(1);
}

const send = (page: Page) => page.getByRole("button", { name: "Kirim laporan" }).click();
const answer = (page: Page) => page.locator("[data-answer-part]");
const noteIt = (page: Page) => page.getByRole("button", { name: "Sudah saya catat" }).click();

async function answered(page: Page): Promise<{ number: string; receipt: string }> {
  await answer(page).waitFor();
  return {
    number: (await page.locator("[data-number]").textContent()) ?? "",
    receipt: (await page.locator("[data-receipt]").getAttribute("data-value")) ?? "",
  };
}

/** How many public reports have this title. */
async function casesTitled(title: string): Promise<number> {
  const { body } = await ground.site.api("/v1/cases?limit=100");
  return body.items.filter((one: { title: string }) => one.title === title).length;
}

test("The line is cut: a report is written, survives reloads, and is sent once when the line is back", async () => {
  const visitor = await ground.visit();
  const { page, seen } = visitor;
  const submissions = submissionsOf(visitor);
  const title = "Jembatan kayu putus tanpa sinyal";
  await visitor.open("/lapor/cerita");
  await readied(page);
  await visitor.offline(true);
  await visitor.open(address);
  // It looks as it should, because its style lies beside it.
  expect(await page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")).toBe(
    "rgb(6, 61, 43)",
  );
  await write(page, title);
  await page.reload();
  await expect.poll(() => page.locator('[name="title"]').inputValue(), soon).toBe(title);
  await send(page);
  // A device may think that it has a line. Either way the report waits.
  const waits = page.getByText("Laporan Anda menunggu sinyal");
  await waits.waitFor();
  await page.reload();
  await waits.waitFor();
  expect(await casesTitled(title)).toBe(0);

  await visitor.offline(false);
  const { number, receipt } = await answered(page);
  expect(new Set(submissions).size).toBe(1);
  expect(await casesTitled(title)).toBe(1);
  const tracked = await ground.site.api(`/v1/cases/${number}`, {
    headers: { authorization: `Receipt ${receipt}` },
  });
  expect(tracked.body).toMatchObject({
    title,
    text: `${text}\n\nTempat: Ujung Gang Contoh, Sepinggan`,
    status: "submitted",
  });
  expect(JSON.stringify(await keptIn(page, "reports"))).not.toContain(title);
  await noteIt(page);
  await page.getByText("Tidak ada lagi yang tersimpan di perangkat ini.").waitFor();
  expect([await keptIn(page, "reports"), await keptIn(page, "drafts")]).toEqual([[], []]);
  await visitor.settle();
  expect(secretsSeen({ receipt }, seen)).toEqual([]);
  expect(secretsLogged({ receipt }, ground.site.dataDir)).toEqual([]);
  expect(seen.cspViolations).toEqual([]);
  expect(seen.pageErrors).toEqual([]);
});

test("The answer is lost on the way: the report is asked for again under its key, and there is one case", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const submissions = submissionsOf(visitor);
  const title = "Jembatan kayu putus dan jawaban hilang";
  await visitor.open(address);
  await readied(page);
  await visitor.context.route("**/v1/cases", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await write(page, title);
  await send(page);
  await page.getByText("Belum terkirim. Dicoba lagi").waitFor();
  expect(await page.getByRole("button", { name: "Ubah isinya" }).isHidden()).toBe(true);
  expect(await casesTitled(title)).toBe(1);
  await visitor.context.unrouteAll();
  await page.getByRole("button", { name: "Coba kirim sekarang" }).click();
  const { number, receipt } = await answered(page);
  expect(submissions.length).toBeGreaterThan(1);
  expect(new Set(submissions).size).toBe(1);
  expect(await casesTitled(title)).toBe(1);
  const tracked = await ground.site.api(`/v1/cases/${number}`, {
    headers: { authorization: `Receipt ${receipt}` },
  });
  expect(tracked.body.title).toBe(title);
});

test("Two tabs hold the same report when the line comes back: it is sent once, and both show its receipt", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const submissions = submissionsOf(visitor);
  const title = "Jembatan kayu putus dari dua tab";
  await visitor.open(address);
  await readied(page);
  await visitor.offline(true);
  await write(page, title);
  const other = await visitor.context.newPage();
  await other.goto(page.url());
  await expect.poll(() => other.locator('[name="title"]').inputValue(), soon).toBe(title);
  await Promise.all([send(page), send(other)]);
  for (const tab of [page, other]) await tab.getByText("Laporan Anda menunggu sinyal").waitFor();
  await visitor.offline(false);
  const [first, second] = [await answered(page), await answered(other)];
  expect(second).toEqual(first);
  expect(submissions).toHaveLength(1);
  expect(await casesTitled(title)).toBe(1);
  await noteIt(page);
  await answer(other).waitFor({ state: "hidden" });
  expect(await other.content()).not.toContain(first.receipt);
});

test("The worker keeps the form and its files, and never a list, a case, a page of one's own or an answer", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const { trackingNumber, receipt } = await samplesOf(ground.site)("answered");
  await visitor.open("/lapor/cerita");
  await readied(page);
  await visitor.open(`/lacak?nomor=${trackingNumber}`);
  await page.locator('[name="receipt"]').fill(receipt);
  await page.locator("main form:not(.leave-form) button:not([type=button])").last().click();
  await page.waitForURL(`**/saya/${trackingNumber}`);
  for (const path of [
    "/",
    "/laporan",
    `/laporan/${trackingNumber}`,
    "/instansi",
    `/saya/${trackingNumber}/tanggapan`,
    "/lapor",
    "/en/lapor/cerita",
  ])
    await visitor.open(path);
  await page.evaluate(`Promise.all(["/v1/cases", "/v1/cases/${trackingNumber}"].map((path) => fetch(path)))`);
  const kept = await cached(page);
  expect(
    kept
      .map(({ path }) => path)
      .filter(
        (path) => !/^(\/en)?\/lapor\/tanpa-sinyal$|^\/aset\/[\w-]+\.(css|js|svg|webmanifest)$/.test(path),
      ),
  ).toEqual([]);
  expect(
    secretsIn(
      { receipt, name: trackingNumber },
      "a cache",
      kept.map(({ path, body }) => path + body),
    ),
  ).toEqual([]);
  await visitor.offline(true);
  for (const path of ["/laporan", `/saya/${trackingNumber}`])
    await expect(page.goto(ground.site.url + path)).rejects.toThrow("ERR_INTERNET_DISCONNECTED");
});

test.each([
  ["with a line", false],
  ["without a line", true],
])("Whoever leaves quickly %s leaves nothing written on the phone, in no tab", async (_, cut) => {
  const visitor = await ground.visit();
  const { page, context } = visitor;
  await context.route(new RegExp(`^${neutralSite}`), (route) => route.fulfill({ body: "Cuaca" }));
  await visitor.open("/lapor/cerita");
  await readied(page);
  await page.locator("[data-keep]").check();
  await page.locator("#text").fill("Atasan saya meminta uang.");
  await expect.poll(async () => (await keptIn(page, "drafts"))[0]?.values.text, soon).toHaveLength(1);
  const other = await context.newPage();
  await other.goto(ground.site.url + address);
  await visitor.offline(true);
  await write(other, "Atasan saya");
  await send(other);
  await other.getByText("Laporan Anda menunggu sinyal").waitFor();
  if (!cut) await other.route("**/v1/cases", () => undefined);
  await visitor.offline(cut);

  // What was typed in the last moment is not kept either.
  await page.bringToFront();
  await page.locator("#text").pressSequentially(" Kemarin lagi.");
  for (let time = 0; time < 3; time++) await page.keyboard.press("Escape");
  await page.waitForURL(neutralSite);
  await expect.poll(() => other.locator('[name="title"]').inputValue(), soon).toBe("");
  await other.reload();
  expect([await keptIn(other, "reports"), await keptIn(other, "drafts")]).toEqual([[], []]);
  // Whoever takes the phone opens the site again in the same tab.
  await page.goto(ground.site.url + (cut ? address : "/lapor/cerita"));
  await page.locator("[data-keep-box]:not([hidden]), [data-forget]:not([hidden])").waitFor();
  expect(await page.locator('[name="text"]').inputValue()).toBe("");
  expect(await page.evaluate("JSON.stringify({ ...sessionStorage })")).not.toContain("Atasan");
  expect([await keptIn(page, "reports"), await keptIn(page, "drafts")]).toEqual([[], []]);
  expect(visitor.seen.pageErrors).toEqual([]);
});

test("The report that waits is deleted by its button, and a reload brings nothing back", async () => {
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Jembatan kayu putus lalu dihapus";
  await visitor.open(address);
  await readied(page);
  await visitor.offline(true);
  await write(page, title);
  await page.getByRole("button", { name: "Hapus dari perangkat ini" }).click();
  await page.getByText("Sudah dihapus dari perangkat ini.").waitFor();
  await page.reload();
  await page.locator("[data-forget]:not([hidden])").waitFor();
  expect(await page.locator('[name="title"]').inputValue()).toBe("");
  expect(await keptIn(page, "reports")).toEqual([]);
  await visitor.offline(false);
  await page.reload();
  expect(await casesTitled(title)).toBe(0);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test("A new deployment replaces the worker, and a page that is open goes on", async () => {
  const again = await deployedAgain(ground.site.url);
  closing.push(again.close);
  const visitor = await ground.visit();
  const { page } = visitor;
  const title = "Jembatan kayu putus saat pembaruan";
  await page.goto(again.url + address);
  await readied(page);
  const before = await cached(page);
  await write(page, title);
  again.deploy();
  const other = await visitor.context.newPage();
  await other.goto(`${again.url}/lapor/cerita`);
  await expect.poll(async () => new Set((await cached(page)).map(({ name }) => name)).size, soon).toBe(1);
  await expect.poll(async () => (await cached(page))[0]?.name, soon).not.toBe(before[0]?.name);
  await readied(page);
  const after = (await cached(page)).map(({ path }) => path);
  const gone = before.map(({ path }) => path).filter((path) => path.startsWith("/aset/"));
  expect(after.filter((path) => gone.includes(path))).toEqual([]);
  expect(after).toHaveLength(before.length);

  // The page of before still has what was typed, and the new form has it too, also without a line.
  expect(await page.locator('[name="title"]').inputValue()).toBe(title);
  await visitor.offline(true);
  await page.reload();
  await expect.poll(() => page.locator('[name="title"]').inputValue(), soon).toBe(title);
  await visitor.offline(false);
  await send(page);
  await answered(page);
  expect(await casesTitled(title)).toBe(1);
  expect(visitor.seen.pageErrors).toEqual([]);
});
