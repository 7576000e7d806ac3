import { describe, expect, test } from "vitest";
import { keptIn } from "./browsing.ts";
import { context, openSite, page, site } from "./open-site.ts";

openSite();

const address = () => `${site.url}/lapor/tanpa-sinyal`;
const sent = () => site.to("POST", "/v1/cases");
const keys = () => [...new Set(sent().map(({ headers }) => headers["idempotency-key"]))];
const state = (within = page) => within.locator("[data-state]");
const cached = (within = page): Promise<string[]> =>
  within.evaluate(
    "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat().sort())",
  );

/** The worker is there and has stored its form. */
const readied = async () => {
  await page.evaluate("navigator.serviceWorker.ready");
  await expect.poll(() => cached().then(({ length }) => length)).toBeGreaterThan(0);
};

async function write(within = page) {
  await within.locator("#title").fill("Jembatan putus");
  await within.locator("#text").fill("Sejak Senin");
  await within.locator("#place").fill("Dekat $& pasar");
  await within.getByLabel("Rahasia").check();
}
const send = (within = page) => within.getByRole("button", { name: "Kirim", exact: true }).click();

describe("the service worker", () => {
  test("keeps the form in both languages with its files, and no other page, no answer and no case", async () => {
    await page.goto(`${site.url}/lapor/cerita`);
    await readied();
    for (const path of ["/lapor/cerita", "/lapor/terkirim", "/netral", "/saya/lampiran"])
      await page.goto(site.url + path);
    await page.evaluate("fetch('/v1/challenges')");
    expect(await cached()).toEqual([
      "/aset/icon.svg",
      "/aset/offline.js",
      "/aset/page.js",
      "/aset/proof-worker.js",
      "/aset/style.css",
      "/en/lapor/tanpa-sinyal",
      "/lapor/tanpa-sinyal",
    ]);
  });

  test("asks for its form without cookies", async () => {
    await context.addCookies([{ name: "sitting", value: "secret", url: site.url }]);
    await page.goto(`${site.url}/lapor/cerita`);
    await readied();
    const [form] = site.to("GET", "/lapor/tanpa-sinyal");
    expect(form?.headers.cookie).toBeUndefined();
  });

  test("shows the form without a line, also in place of another page of the report and in its language, and nothing else", async () => {
    await page.goto(`${site.url}/lapor/cerita`);
    await readied();
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "Tulis tanpa sinyal" }).waitFor();
    await page.goto(`${site.url}/en/lapor/tempat`);
    await page.getByRole("heading", { name: "Write without a signal" }).waitFor();
    await expect(page.goto(`${site.url}/netral`)).rejects.toThrow("ERR_INTERNET_DISCONNECTED");
    await context.setOffline(false);
    await page.goto(`${site.url}/lapor/cerita`);
    expect(await page.title()).toBe("Cerita");
  });

  test("removes what an older worker kept", async () => {
    await page.goto(`${site.url}/lapor/terkirim`);
    await page.evaluate("caches.open('form-0').then((cache) => cache.put('/old', new Response('old')))");
    await page.goto(`${site.url}/lapor/cerita`);
    await readied();
    await expect.poll(() => page.evaluate("caches.keys()")).toEqual(["form-1"]);
  });
});

describe("a report that is written without a line", () => {
  test("it is kept through a reload, sent once when the line is back, and shown with its number and receipt", async () => {
    await page.goto(address());
    await readied();
    await context.setOffline(true);
    await page.reload();
    await write();
    await page.reload();
    await expect.poll(() => page.locator("#place").inputValue()).toBe("Dekat $& pasar");
    await send();
    await page.getByText("Menunggu sinyal").waitFor();
    await page.reload();
    await page.getByText("Menunggu sinyal").waitFor();
    await context.setOffline(false);
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(await page.locator("#number").textContent()).toBe("AAAA1-BBBBB");
    expect(await page.evaluate("document.activeElement.matches('[data-answer-part]')")).toBe(true);
    expect(sent()).toHaveLength(1);
    expect(JSON.parse(sent()[0]?.body ?? "")).toEqual({
      class: "complaint",
      title: "Jembatan putus",
      text: "Sejak Senin\n\nTempat: Dekat $& pasar",
      anonymous: false,
      secret: true,
    });
    expect(sent()[0]?.headers["accept-language"]).toBe("id");
    expect(page.url()).toBe(address());
    // The text has left the phone; the receipt stays until it is noted, also through a reload.
    expect(JSON.stringify(await keptIn(page, "reports"))).not.toContain("Jembatan");
    await page.reload();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    await page.getByRole("button", { name: "Sudah saya catat" }).click();
    await page.getByText("Tanda terima tidak lagi di perangkat ini").waitFor();
    expect(await keptIn(page, "reports")).toEqual([]);
    await page.locator("#title").waitFor();
    expect(await page.locator("#title").inputValue()).toBe("");
    expect(await page.content()).not.toContain("RECE");
  });

  test("an answer that gets lost is asked for again with the same key and the same words: one case", async () => {
    site.losesAnswers = true;
    await page.goto(address());
    await write();
    await send();
    await page.getByText("Dicoba lagi").waitFor();
    expect(await page.getByRole("button", { name: "Ubah" }).isHidden()).toBe(true);
    site.losesAnswers = false;
    await page.getByRole("button", { name: "Kirim sekarang" }).click();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(sent().length).toBeGreaterThan(1);
    expect(keys()).toHaveLength(1);
    expect(site.cases.size).toBe(1);
  });

  test("a page that is closed while it sends leaves the report to the next one", async () => {
    await page.goto(address());
    await write();
    await page.route("**/v1/cases", () => undefined);
    await send();
    await expect.poll(async () => (await keptIn(page, "reports"))[0]?.tries).toBe(1);
    await page.unrouteAll();
    await page.reload();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(site.cases.size).toBe(1);
  });

  test("two tabs and a double click make one case", async () => {
    await page.goto(address());
    await write();
    await expect
      .poll(async () => (await keptIn(page, "reports"))[0]?.values.title)
      .toEqual(["Jembatan putus"]);
    const other = await context.newPage();
    await other.goto(address());
    await expect.poll(() => other.locator("#title").inputValue()).toBe("Jembatan putus");
    const twice =
      "{ const form = document.querySelector('form'); form.requestSubmit(); form.requestSubmit(); }";
    await Promise.all([page.evaluate(twice), other.evaluate(twice)]);
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    await other.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(sent()).toHaveLength(1);
    expect(site.cases.size).toBe(1);
    await page.getByRole("button", { name: "Sudah saya catat" }).click();
    await other.locator("#number").waitFor({ state: "hidden" });
    await other.locator("#title").waitFor();
    expect(await other.content()).not.toContain("RECE");
  });

  test("what the server refuses stands beside its field, everything stays, and it is sent again under the same key", async () => {
    site.answers.push({
      status: 400,
      body: {
        detail: "Ada isian yang perlu diperbaiki.",
        errors: [
          { in: "body", path: "title", message: "Wajib <b>diisi</b>." },
          { in: "body", path: "location.address", message: "Paling banyak 300 karakter." },
          { in: "header", path: "idempotency-key", message: "Kunci ini mudah ditebak." },
        ],
      },
    });
    await page.goto(address());
    await write();
    await send();
    await page.locator(".summary").waitFor();
    expect(await page.evaluate("document.activeElement.className")).toBe("summary");
    expect(await page.locator(".summary li").allTextContents()).toEqual([
      "Judul: Wajib <b>diisi</b>.",
      "Tempat: Paling banyak 300 karakter.",
      "Kunci ini mudah ditebak.",
    ]);
    const title = page.locator("#title");
    expect(await title.getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator(`#${await title.getAttribute("aria-describedby")}`).textContent()).toBe(
      "Wajib <b>diisi</b>.",
    );
    expect(await page.locator(".field.wrong").count()).toBe(2);
    expect(await title.inputValue()).toBe("Jembatan putus");
    await page.getByRole("link", { name: "Judul: Wajib" }).click();
    expect(await page.evaluate("document.activeElement.id")).toBe("title");
    await title.fill("Jembatan putus total");
    await send();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(keys()).toHaveLength(1);
    expect(await page.locator(".summary").count()).toBe(0);
  });

  test("in a flood it waits as long as the server asks, also when somebody presses the button", async () => {
    site.answers.push({ status: 429, headers: { "retry-after": "2" } });
    await page.goto(address());
    await write();
    const began = Date.now();
    await send();
    await page.getByText("Ramai. Dicoba lagi").waitFor();
    const [report] = await keptIn(page, "reports");
    expect(report.nextAt - began).toBeGreaterThanOrEqual(2_000);
    await page.getByRole("button", { name: "Kirim sekarang" }).click();
    await page.evaluate("dispatchEvent(new Event('online'))");
    expect(sent()).toHaveLength(1);
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(sent()).toHaveLength(2);
    expect(Date.now() - began).toBeGreaterThanOrEqual(2_000);
  });

  test.each([500, 503, 409])("after %i it is kept and tried again with pauses that grow", async (status) => {
    site.answers.push({ status, body: { detail: "Gangguan" } }, { status, body: { detail: "Gangguan" } });
    await page.goto(address());
    await write();
    await send();
    await page.getByText("Dicoba lagi").waitFor();
    const [first] = await keptIn(page, "reports");
    await page.getByRole("button", { name: "Kirim sekarang" }).click();
    await expect
      .poll(async () => (await keptIn(page, "reports"))[0])
      .toMatchObject({ tries: 2, heldUntil: 0 });
    const [second] = await keptIn(page, "reports");
    expect(second.nextAt - Date.now()).toBeGreaterThan(first.nextAt - Date.now());
    await page.getByRole("button", { name: "Kirim sekarang" }).click();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(keys()).toHaveLength(1);
  });

  test("a challenge is solved, and the report goes with the proof", async () => {
    site.answers.push({ status: 428, body: { challenges: "/v1/challenges" } });
    await page.goto(address());
    await write();
    await send();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    const [, second] = sent();
    const proof = JSON.parse(Buffer.from(String(second?.headers["proof-of-work"]), "base64").toString());
    expect(proof.solution.counter).toBe(site.hardness);
  });

  test("before the first attempt it can be changed, and it can be deleted at any time", async () => {
    await page.goto(address());
    await readied();
    await context.setOffline(true);
    await write();
    await send();
    await page.getByRole("button", { name: "Ubah" }).click();
    await page.locator("#title").fill("Jembatan roboh");
    await page.getByRole("button", { name: "Hapus dari perangkat ini" }).click();
    await expect.poll(() => keptIn(page, "reports")).toEqual([]);
    expect(await page.locator("#title").inputValue()).toBe("");
    await context.setOffline(false);
    expect(sent()).toEqual([]);
  });

  test("where the browser keeps nothing the page says so, and sends all the same", async () => {
    await page.addInitScript("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }");
    await page.goto(address());
    await page.getByText("Peramban ini tidak menyimpan apa-apa").waitFor();
    await write();
    await send();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
  });

  test("another page of the report says that something waits, also after the browser sent it by itself", async () => {
    await page.goto(address());
    await readied();
    await context.setOffline(true);
    await write();
    await send();
    await page.getByText("Menunggu sinyal").waitFor();
    // Nobody looks when the line comes back.
    await page.goto("about:blank");
    await context.setOffline(false);
    const waiting = page.getByText("Ada laporan yang belum terkirim");
    // While the worker still meets the end of the cut, it answers with the form for being offline.
    const isSaid = async () => {
      await page.goto(`${site.url}/lapor/cerita`);
      return waiting.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(isSaid, { timeout: 60_000 }).toBe(true);
    await waiting.click();
    // The browser's own attempt may have met the end of the cut. Then the next one comes after a pause.
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor({ timeout: 90_000 });
    expect(site.cases.size).toBe(1);
  });

  test("no receipt gets into an address, a title or the history", async () => {
    await page.goto(address());
    await write();
    await send();
    await page.getByText("RECE-IPTN-UMBE-R001").waitFor();
    expect(site.asked.map(({ path, headers }) => `${path} ${headers.referer}`).join()).not.toMatch(/RECE/);
    expect(page.url() + (await page.title())).not.toMatch(/RECE/);
    expect(
      await page.evaluate("JSON.stringify([history.state, { ...sessionStorage }, { ...localStorage }])"),
    ).not.toMatch(/RECE/);
    await page.getByRole("button", { name: "Salin" }).waitFor();
    expect(await page.locator("#receipt").getAttribute("data-value")).toBe("RECEIPTNUMBER001");
  });
});

test("state is said in a line that screen readers wait for", async () => {
  await page.goto(address());
  expect(await state().getAttribute("role")).toBe("status");
});
