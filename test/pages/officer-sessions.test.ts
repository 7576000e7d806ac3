import { describe, expect, test } from "vitest";
import { addressOfMove, officersCase } from "../../shared/page/officer/move-addresses.ts";
import { openOffice } from "../e2e/office.ts";
import { walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { signedIn, signedOut } from "./officer.ts";
import { officers, sampleCase } from "./samples.ts";
import type { Visitor } from "./visitor.ts";

// The clock is moved until a session has ended, so the system is one of this file.
const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });
const ground = openBrowser(office);
const { unit } = officers;
const said = "Kami sudah menambal jalan di depan pasar itu hari Rabu.\n\nRambunya menyusul besok.";

const pathOf = (visitor: Visitor) => new URL(visitor.page.url()).pathname;

/** Signs in once more with the link that a page shows, in a tab. Whom the issuer still knows it does not ask who they are. */
async function signsInAgain(tab: Visitor["page"], to: string): Promise<void> {
  await tab.getByRole("main").getByRole("link", { name: "Masuk", exact: true }).click();
  await tab.waitForURL(
    ({ origin, pathname }) => pathname === to || origin !== new URL(ground.site.url).origin,
  );
  if (new URL(tab.url()).pathname !== to) await tab.locator(`button[value="${unit}"]`).click();
  await tab.waitForURL(`**${to}`);
}

/** An officer in the middle of an answer. */
async function inTheMiddle(javaScript: boolean) {
  const { trackingNumber } = await sampleCase(ground.site, "in-progress");
  const visitor = await ground.visit({ javaScript });
  const address = addressOfMove(trackingNumber, "answer");
  await signedIn(visitor, unit, { to: address });
  await visitor.page.locator('[name="text"]').fill(said);
  await visitor.page.getByLabel("Kirim tanpa bukti").check();
  const send = () => visitor.page.getByRole("button", { name: "Kirim", exact: true }).click();
  /** How often the case was answered. */
  const answers = async () => {
    const { body } = await ground.site.as(unit, "GET", `/v1/officer/cases/${trackingNumber}`);
    return (body.timeline as { type: string; content: { text: string } }[])
      .filter(({ type }) => type === "answered")
      .map(({ content }) => content.text);
  };
  return { visitor, trackingNumber, address, send, answers, walking: walk(visitor) };
}

describe.each([
  ["without JavaScript", false],
  ["with JavaScript", true],
])("An answer in the middle of which the session ends, %s", (_, javaScript) => {
  test("is kept when an hour has passed: after signing in it is on the page, and is sent once", async () => {
    const { visitor, trackingNumber, address, send, answers, walking } = await inTheMiddle(javaScript);
    const { page } = visitor;
    const { now } = (await office.api("/local/clock")).body as { now: string };
    await office.at(new Date(Date.parse(now) + 61 * 60_000).toISOString());
    await walking.step("send too late", send);
    expect(pathOf(visitor)).toBe("/petugas/masuk");
    expect(await page.getByRole("main").innerText()).toContain("tersimpan");
    expect(await answers()).toEqual([]);
    await signsInAgain(page, address);
    expect(await page.locator('[name="text"]').inputValue()).toBe(said);
    expect(await page.getByLabel("Kirim tanpa bukti").isChecked()).toBe(true);
    await walking.step("send", send);
    expect(pathOf(visitor)).toBe(officersCase(trackingNumber));
    expect(await answers()).toEqual([said]);
    await visitor.open(address);
    expect(await page.locator('[name="text"]').count()).toBe(0);
  });

  test.each([
    ["the cookie is gone", ({ context }: Visitor) => context.clearCookies({ name: "__Host-petugas" })],
    [
      "the officer signed out in another tab",
      async (visitor: Visitor) => {
        const page = await visitor.context.newPage();
        await page.goto(`${visitor.site}/petugas`);
        await signedOut({ ...visitor, page });
        await page.close();
      },
    ],
  ] as const)(
    "stays on the page when %s: it is sent from there once, after signing in in a new tab",
    async (_why, end) => {
      const { visitor, trackingNumber, address, send, answers, walking } = await inTheMiddle(javaScript);
      const { page } = visitor;
      await end(visitor);
      await walking.step("send without a session", send);
      expect(await page.locator("h1").innerText()).toBe("Anda perlu masuk lagi");
      expect(await page.locator("textarea").inputValue()).toBe(said);
      const again = page.getByRole("button", { name: "Sudah masuk, kirim lagi" });
      await walking.click(again);
      expect([await page.locator("h1").innerText(), await answers()]).toEqual(["Anda perlu masuk lagi", []]);

      const opens = visitor.context.waitForEvent("page");
      await page.getByRole("link", { name: "Masuk di tab baru" }).click();
      const tab = await opens;
      await signsInAgain(tab, address);
      await walking.click(again);
      expect(pathOf(visitor)).toBe(officersCase(trackingNumber));
      expect(await answers()).toEqual([said]);
      expect(visitor.seen.titles.join()).not.toContain(trackingNumber);
    },
  );
});
