import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openOffice } from "../e2e/office.ts";
import { walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { doneBy, openOwnCase } from "./own-case.ts";
import { fillStep, pressTwice } from "./report-writing.ts";
import { movesOn, officers, type SampleCase, sampleCase, type Situation } from "./samples.ts";
import { secretsLogged, secretsSeen } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();
const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });

/** A page with a move, what is typed there, and the event that sending it leaves in the history. */
interface Writing {
  situation: Situation;
  name: string;
  fields: Readonly<Record<string, string>>;
  event: string;
}

const answering = {
  situation: "asked",
  name: "tanggapan",
  fields: { text: "Di sisi timur pasar, dekat pos ronda.\nDi situ ada dua lubang." },
  event: "replied",
} as const satisfies Writing;

const rating = {
  situation: "answered",
  name: "nilai",
  fields: { stars: "2", comment: "Sisi timur belum ditambal." },
  event: "reopened",
} as const satisfies Writing;

const writings: readonly Writing[] = [
  answering,
  {
    situation: "answered",
    name: "tanggapan",
    fields: { text: "Sisi timur belum ditambal." },
    event: "disputed",
  },
  rating,
  {
    situation: "answered",
    name: "banding",
    fields: { text: "Tidak ada yang datang ke lokasi." },
    event: "appealed",
  },
];

/** A move of each kind: it may be made again, or it may not. */
const twoKinds = [answering, rating];

const mainButton = (page: Page) => page.locator("main form[data-once] button:not([type=button])").last();
const caseOpen = (page: Page, { trackingNumber }: SampleCase) =>
  page.waitForURL(({ pathname }) => pathname === `/saya/${trackingNumber}`);

/** What stands in the fields, by their names. */
async function typedIn(page: Page, fields: Writing["fields"]): Promise<Record<string, string>> {
  const typed: Record<string, string> = {};
  for (const name of Object.keys(fields)) {
    const chosen = page.locator(`[name="${name}"]:checked`);
    typed[name] =
      (await chosen.count()) > 0
        ? ((await chosen.getAttribute("value")) ?? "")
        : await page.locator(`[name="${name}"]`).first().inputValue();
  }
  return typed;
}

/** Counts what the browser posts to a page of a case. */
function postsTo(page: Page, { trackingNumber }: SampleCase, name: string): string[] {
  const posts: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "POST" && pathname === `/saya/${trackingNumber}/${name}`) posts.push(pathname);
  });
  return posts;
}

/** Opens a page with a move on a case of one's own and types. */
async function write(visitor: Visitor, { situation, name, fields }: Writing, site = ground.site) {
  const mine = await sampleCase(site, situation);
  await openOwnCase(visitor, mine, name);
  await fillStep(visitor.page, fields);
  return mine;
}

/** Enters the receipt that the page asks for. First a wrong one, as people who copy by hand do. */
async function entersReceipt({ page }: Visitor, { receipt }: SampleCase, fields: Writing["fields"]) {
  await page.locator('[name="receipt"]').fill(`0000${receipt.slice(4)}`);
  await mainButton(page).click();
  await page.locator(".summary").getByText("tanda terima").first().waitFor();
  expect(await typedIn(page, fields)).toEqual(fields);
  expect(await page.locator('[name="receipt"]').inputValue()).toBe("");
  await page.locator('[name="receipt"]').fill(receipt);
  await pressTwice(page, mainButton(page));
}

describe("a report that closes while somebody writes", () => {
  test.each(writings)(
    "They left in another tab ($name, $situation): what was typed is kept, the receipt is asked for, and it goes out once",
    async (writing) => {
      const visitor = await ground.visit();
      const { page, seen } = visitor;
      const { name, fields, event } = writing;
      const mine = await write(visitor, writing);
      const posts = postsTo(page, mine, name);
      const other = await visitor.context.newPage();
      await other.goto(`${ground.site.url}/saya/${mine.trackingNumber}`);
      await other.getByRole("button", { name: "Keluar", exact: true }).click();
      await other.waitForURL("**/lacak?sesi=keluar");

      const walking = walk(visitor);
      await walking.click(mainButton(page));
      await page.getByText("Yang Anda tulis belum terkirim").first().waitFor();
      expect(await typedIn(page, fields)).toEqual(fields);
      expect(await page.locator("main").innerText()).not.toContain("Jalan berlubang");
      expect(await page.locator(".summary").evaluate((one) => one.matches(":focus"))).toBe(true);
      expect(await doneBy(ground.site, mine, event)).toEqual([]);

      await entersReceipt(visitor, mine, fields);
      await caseOpen(page, mine);
      expect(posts).toHaveLength(3);
      expect(await doneBy(ground.site, mine, event)).toHaveLength(1);
      // The case is open again, so the next page needs no receipt.
      await visitor.open(`/saya/${mine.trackingNumber}/data`);
      expect(new URL(page.url()).pathname).toBe(`/saya/${mine.trackingNumber}/data`);
      await visitor.settle();
      expect(secretsSeen({ receipt: mine.receipt }, seen)).toEqual([]);
      expect(secretsLogged({ receipt: mine.receipt }, ground.site.dataDir)).toEqual([]);
      expect(seen.cspViolations).toEqual([]);
    },
  );
});

describe("a form that is sent more than once", () => {
  test.each(twoKinds)("A double click ($name, $situation) sends once", async (writing) => {
    const visitor = await ground.visit();
    const { page } = visitor;
    const { name, event } = writing;
    const mine = await write(visitor, writing);
    const posts = postsTo(page, mine, name);
    await pressTwice(page, mainButton(page));
    await caseOpen(page, mine);
    expect(posts).toHaveLength(1);
    expect(await doneBy(ground.site, mine, event)).toHaveLength(1);
  });

  test.each(twoKinds)(
    "Without JavaScript a double click ($name, $situation) is one move all the same",
    async (writing) => {
      const visitor = await ground.visit({ javaScript: false });
      const { page } = visitor;
      const mine = await write(visitor, writing);
      await mainButton(page).dblclick();
      await caseOpen(page, mine);
      expect(await doneBy(ground.site, mine, writing.event)).toHaveLength(1);
    },
  );

  test("Without JavaScript a double click on a new receipt leaves nobody without one", async () => {
    const visitor = await ground.visit({ javaScript: false });
    const { page } = visitor;
    const mine = await sampleCase(ground.site, "submitted");
    await openOwnCase(visitor, mine, "tanda-terima");
    await mainButton(page).dblclick();
    const shown = page.locator("#tanda-terima");
    const again = page.locator(".summary").getByText("ganti sekali lagi di bawah");
    await shown.or(again).waitFor();
    // The first answer came too late to be seen. The page says so.
    if (await again.isVisible()) await mainButton(page).click();
    const receipt = (await shown.getAttribute("data-value")) ?? "";
    expect(await doneBy(ground.site, { ...mine, receipt }, "submitted")).toHaveLength(1);
  });

  test("After a reply the back button leads to a form that sends nothing a second time", async () => {
    const visitor = await ground.visit();
    const { page } = visitor;
    const mine = await write(visitor, answering);
    await mainButton(page).click();
    await caseOpen(page, mine);
    await page.goBack();
    await page.waitForURL("**/tanggapan");
    await mainButton(page).click();
    await page.waitForLoadState();
    expect(await doneBy(ground.site, mine, "replied")).toHaveLength(1);
    await visitor.open(`/saya/${mine.trackingNumber}`);
    await page.reload();
    expect(await doneBy(ground.site, mine, "replied")).toHaveLength(1);
  });

  test("The answer to a reply is lost: pressing the button again makes one reply", async () => {
    const visitor = await ground.visit();
    const { page } = visitor;
    const mine = await write(visitor, answering);
    await page.route("**/tanggapan", async (route) => {
      await route.fetch({ maxRedirects: 0 });
      return route.abort("connectionreset");
    });
    await mainButton(page).click();
    await page.waitForURL("chrome-error://chromewebdata/");
    expect(await doneBy(ground.site, mine, "replied")).toHaveLength(1);
    await page.unrouteAll();
    // The browser sends the form again.
    await page.reload();
    await caseOpen(page, mine);
    expect(await doneBy(ground.site, mine, "replied")).toHaveLength(1);
  });
});

describe("a case that moves while somebody writes in two tabs", () => {
  test("The reply of the second tab is not sent as something else: it says what changed and keeps the text", async () => {
    const visitor = await ground.visit();
    const { page, context } = visitor;
    const walking = walk(visitor);
    const mine = await sampleCase(ground.site, "answered");
    const at = `${ground.site.url}/saya/${mine.trackingNumber}`;
    await openOwnCase(visitor, mine, "tanggapan");
    const other = await context.newPage();
    await other.goto(`${at}/nilai`);
    await fillStep(page, { text: "Sisi timur belum ditambal." });
    await fillStep(other, { stars: "5" });
    await mainButton(other).click();
    await other.waitForURL(/sudah=nilai/);
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await walking.click(mainButton(page));
    expect((await answered).status()).toBe(409);
    expect(await page.locator("main").innerText()).toContain("Sisi timur belum ditambal.");
    expect(await doneBy(ground.site, mine, "disputed")).toEqual([]);
  });

  test("An officer acted meanwhile: the page says what changed and keeps the text, which then goes out once", async () => {
    const visitor = await ground.visit();
    const { page } = visitor;
    const walking = walk(visitor);
    const fields = { text: "Lubangnya makin lebar sejak kemarin." };
    const mine = await write(visitor, {
      situation: "in-progress",
      name: "tanggapan",
      fields,
      event: "disputed",
    });
    const move = movesOn(ground.site, mine.trackingNumber);
    await move(officers.unit, "answer", { text: "Kami sudah menambal jalan di depan pasar." });
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await walking.click(mainButton(page));
    expect((await answered).status()).toBe(409);
    expect(await typedIn(page, fields)).toEqual(fields);
    const told = await page.locator("main").innerText();
    expect(told).toContain("Yang berubah sementara itu");
    expect(told).toContain("Kami sudah menambal jalan di depan pasar.");
    expect(await doneBy(ground.site, mine, "disputed")).toEqual([]);
    await walking.click(mainButton(page));
    await caseOpen(page, mine);
    expect(await doneBy(ground.site, mine, "disputed")).toHaveLength(1);
  });
});

describe("half an hour without a look at the report", () => {
  const later = openBrowser(office);

  test("A reply that took longer is kept and asks for the receipt; the officers moved on, so it says what changed; then it goes out once", async () => {
    const visitor = await later.visit();
    const { page } = visitor;
    const mine = await write(visitor, answering, later.site);
    await office.at("2026-11-24T10:15:00+08:00");
    const move = movesOn(later.site, mine.trackingNumber);
    await move(officers.unit, "question-withdrawal", { reason: "Sudah kami temukan sendiri." });
    const walking = walk(visitor);
    await walking.click(mainButton(page));
    expect(await page.locator("main").innerText()).toContain("karena 30 menit tidak dibuka");
    expect(await typedIn(page, answering.fields)).toEqual(answering.fields);
    await page.locator('[name="receipt"]').fill(mine.receipt);
    await walking.click(mainButton(page));
    expect(await page.locator("main").innerText()).toContain("Yang berubah sementara itu");
    expect(await typedIn(page, answering.fields)).toEqual(answering.fields);
    expect(await page.locator('[name="receipt"]').count()).toBe(0);
    expect(await doneBy(later.site, mine, "replied")).toEqual([]);
    await walking.click(mainButton(page));
    await caseOpen(page, mine);
    expect(await doneBy(later.site, mine, "replied")).toHaveLength(1);
  });
});
