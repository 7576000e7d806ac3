import { expect, test } from "vitest";
import { road } from "../e2e/office.ts";
import { walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { fillStep, reportSteps } from "./report-writing.ts";
import { secretsLogged, secretsSeen } from "./secrets.ts";
import { askedAgain, entriesOf } from "./wcag.ts";

const ground = openBrowser();

const identity = reportSteps.identity;
const secrets = {
  name: "Wiryawan Contohnya",
  email: "wiryawan.contohnya@contoh.example",
  phone: "081298765432",
  nik: "6471010101900017",
};

test.each(["id", "en"] as const)(
  "Without JavaScript a report goes from the first step to its receipt, is asked nothing twice, and is opened with both (%s)",
  async (language) => {
    const visitor = await ground.visit({ javaScript: false, width: 320, language });
    const { page, seen } = visitor;
    const to = (address: string) => (language === "id" ? address : `/en${address}`);
    const walking = walk(visitor);
    const steps: Parameters<typeof askedAgain>[0][number][] = [];
    const title = `Lampu padam di gang ${language}`;
    const send = async (name: string, fields: Readonly<Record<string, string>>) => {
      expect(new URL(page.url()).pathname).toBe(to(`/lapor/${name}`));
      const opened = await entriesOf(visitor);
      await fillStep(page, fields);
      steps.push({ opened, left: await entriesOf(visitor) });
      await walking.click(page.locator('button[name="lanjut"][value="ya"]:not([hidden])'));
    };

    await walking.open(to("/lapor"));
    await walking.click(page.locator(`a[href$="${to("/lapor/cerita")}"].button`));
    await send("cerita", { ...reportSteps.story, title });
    await send("tempat", reportSteps.place);
    if (page.url().endsWith("/serupa")) await send("serupa", {});
    await send("tujuan", {});
    await send("identitas", {
      ...identity,
      "reporter.name": secrets.name,
      "reporter.email": secrets.email,
      "reporter.phone": secrets.phone,
      "reporter.nik": secrets.nik,
    });
    expect(askedAgain(steps)).toEqual([]);

    // Whoever looks at an earlier step again finds what they wrote, and writes nothing anew.
    await walking.click(page.locator(`a[href$="${to("/lapor/cerita")}#title"]`));
    expect(await page.locator("#title").inputValue()).toBe(title);
    await walking.open(to("/lapor/periksa"));
    expect(await page.locator("main").innerText()).not.toContain(secrets.nik);
    await walking.click(page.locator("main form:not(.leave-form) button").last());
    expect(new URL(page.url()).pathname).toBe(to("/lapor/terkirim"));
    const number = (await page.locator("#nomor").innerText()).trim();
    const receipt = (await page.locator("#tanda-terima").innerText()).replace(/\s/g, "");
    expect(receipt).toMatch(/^\w{4}(-\w{4}){4}$/);
    expect(await page.locator("#tanda-terima").getAttribute("data-value")).toBe(receipt);
    await page.reload();
    expect(await page.locator("#tanda-terima").getAttribute("data-value")).toBe(receipt);

    await visitor.context.clearCookies();
    await walking.open(to("/lacak"));
    await fillStep(page, { trackingNumber: number, receipt });
    await walking.click(page.locator("main form button").first());
    expect(new URL(page.url()).pathname).toBe(to(`/saya/${number}`));
    expect(await page.locator("main").innerText()).toContain(title);

    await visitor.settle();
    const all = { receipt, ...secrets };
    expect(secretsSeen(all, seen)).toEqual([]);
    expect(secretsLogged(all, ground.site.dataDir)).toEqual([]);
    expect(seen.titles.join(" ")).not.toContain(number);
  },
);

test("Without JavaScript a report that is like another is left aside for it by one button", async () => {
  // No other test reports this, so the one that is like it is the first on the list.
  const like = {
    title: "Halte bus tanpa atap di simpang rumah sakit",
    text: "Atap halte lepas sejak badai. Penumpang basah setiap hujan.",
  };
  const sent = await ground.site.send({ ...road, ...like });
  expect(sent.status).toBe(201);
  const visitor = await ground.visit({ javaScript: false });
  const { page } = visitor;
  await visitor.open("/lapor/cerita");
  await fillStep(page, { ...reportSteps.story, ...like });
  const next = () => page.locator('button[name="lanjut"][value="ya"]:not([hidden])').click();
  await next();
  await fillStep(page, reportSteps.place);
  await next();
  await page.waitForURL("**/lapor/serupa");
  const before = await supportsOf(sent.body.trackingNumber);
  await page.locator(`button[name="trackingNumber"][value="${sent.body.trackingNumber}"]`).click();
  await page.waitForURL(`**/laporan/${sent.body.trackingNumber}`);
  expect(await supportsOf(sent.body.trackingNumber)).toBe(before + 1);
});

async function supportsOf(trackingNumber: string): Promise<number> {
  const { body } = await ground.site.api(`/v1/cases/${trackingNumber}`);
  return (body as { supports?: { count: number } }).supports?.count ?? 0;
}
