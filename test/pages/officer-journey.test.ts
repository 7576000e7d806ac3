import { expect, test } from "vitest";
import { addressOfMove, officersCase } from "../../shared/page/officer/move-addresses.ts";
import { until } from "../deploy/ministack.ts";
import { road } from "../e2e/office.ts";
import { walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { signedIn } from "./officer.ts";
import { movesOn, officers } from "./samples.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();
const { city, unit } = officers;
const department = "balikpapan-dinas-pekerjaan-umum";
const said = "Kami sudah menambal jalan di depan pasar itu hari Rabu.";

const pathOf = ({ page }: Visitor) => new URL(page.url()).pathname;
const told = ({ page }: Visitor) => page.locator("main").innerText();

/** Sends a report and hands it to the department of public works. */
async function atWork(): Promise<string> {
  const { site } = ground;
  const { body } = await site.send({ ...road, agencyId: undefined });
  const number = String(body.trackingNumber);
  await movesOn(site, number)("admin.nasional@kemenpanrb.example", "verification", { agencyId: department });
  return number;
}

/** The address of the desk in the mail that an officer gets about a case. */
const linkInMail = (number: string): Promise<string> =>
  until("The officer got no mail that leads to the case", 30, async () => {
    const mails = (await ground.site.mailbox()).filter(
      ({ destination, body }) => destination.to.includes(unit) && String(body.text).includes(number),
    );
    return new RegExp(`https?://\\S+${officersCase(number)}`).exec(JSON.stringify(mails))?.[0];
  });

test.each([true, false])(
  "From the mail to the answered case it takes at most six clicks (JavaScript: %s)",
  { timeout: 180_000 },
  async (javaScript) => {
    const number = await atWork();
    const link = await linkInMail(number);
    const visitor = await ground.visit({ javaScript });
    const { page } = visitor;
    const walking = walk(visitor);
    let clicks = 0;
    let requests = 0;
    page.on("request", (request) => {
      if (request.isNavigationRequest()) requests += 1;
    });
    const click = async (act: () => Promise<unknown>) => {
      clicks += 1;
      await act();
    };

    await click(() => visitor.open(new URL(link).pathname));
    await click(() => page.getByRole("main").getByRole("link", { name: "Masuk", exact: true }).click());
    await click(() => page.locator(`button[value="${unit}"]`).click());
    await page.waitForURL(`**${officersCase(number)}`);
    await click(() =>
      walking.click(page.locator(`main a[href="${addressOfMove(number, "answer")}"]`).first()),
    );
    await page.getByLabel("Jawaban", { exact: true }).fill(said);
    await click(() => page.getByLabel("Kirim tanpa bukti").check());
    await click(() => walking.click(page.getByRole("button", { name: "Kirim", exact: true })));

    expect(pathOf(visitor)).toBe(officersCase(number));
    expect(await told(visitor)).toContain(said);
    expect(clicks).toBeLessThanOrEqual(6);
    console.log(`From the mail to the answered case: ${clicks} clicks, ${requests} requests for pages`);
    expect(visitor.seen.titles.join()).not.toContain(number);
  },
);

test(
  "Of two officers at once in two browsers, the later one reads what the first did, keeps the text and sends it then",
  { timeout: 180_000 },
  async () => {
    const number = await atWork();
    const address = addressOfMove(number, "progress");
    const [first, second] = [await ground.visit(), await ground.visit({ javaScript: false })];
    await signedIn(first, unit, { to: address });
    await signedIn(second, "penghubung.pu@balikpapan.example", { to: address });
    const writes = async ({ page }: Visitor, text: string) => {
      await page.locator('[name="text"]').fill(text);
      await page.getByRole("button", { name: "Kirim", exact: true }).click();
      await page.waitForLoadState();
    };
    await writes(first, "Tim meninjau lokasi pagi ini.");
    await first.page.waitForURL(`**${officersCase(number)}?*`);
    const walking = walk(second);
    await walking.step("send too late", () => writes(second, "Aspal kami pesan hari ini."));
    expect(await told(second)).toContain("Tim meninjau lokasi pagi ini.");
    expect(await second.page.locator('[name="text"]').inputValue()).toBe("Aspal kami pesan hari ini.");
    await walking.click(second.page.getByRole("button", { name: "Kirim", exact: true }));
    expect(pathOf(second)).toBe(officersCase(number));
    expect(await told(second)).toContain("Aspal kami pesan hari ini.");
  },
);

test(
  "An answer whose session ended in the middle is there after signing in again, on another device too",
  { timeout: 180_000 },
  async () => {
    const number = await atWork();
    const address = addressOfMove(number, "answer");
    const visitor = await ground.visit({ javaScript: false, width: 320 });
    await signedIn(visitor, unit, { to: address });
    await visitor.page.locator('[name="text"]').fill(said);
    await visitor.page.getByRole("button", { name: "Simpan dulu" }).click();
    await visitor.page.waitForURL(`**${address}?sudah=simpan`);
    expect(await told(visitor)).toContain("Tersimpan selama tujuh hari");

    const phone = await ground.visit({ width: 360 });
    await signedIn(phone, unit, { to: address });
    expect(await phone.page.locator('[name="text"]').inputValue()).toBe(said);
    expect(await told(phone)).toContain("Draf dari");

    const other = await ground.visit();
    await signedIn(other, city, { to: address });
    expect(await other.page.locator('[name="text"]').inputValue()).toBe("");
  },
);
