import { expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { sampleCase } from "./samples.ts";

const ground = openBrowser();

test.each([
  ["Without JavaScript", false],
  ["With it", true],
])(
  "%s leaving quickly leads away from the page of a case, and nothing of it is left in the browser",
  async (_, javaScript) => {
    const visitor = await ground.visit({ javaScript });
    const { page, context } = visitor;
    await context.route("https://www.bmkg.go.id/**", (route) => route.fulfill({ body: "Cuaca" }));
    const { trackingNumber, receipt } = await sampleCase(ground.site, "submitted");
    await visitor.open("/lacak");
    await page.locator('[name="trackingNumber"]').fill(trackingNumber);
    await page.locator('[name="receipt"]').fill(receipt);
    await page.getByRole("button", { name: "Buka laporan" }).click();
    await page.waitForURL(/\/saya\//);
    const away = page.waitForRequest(/^https:\/\/www\.bmkg\.go\.id\//);
    await page.getByRole("button", { name: "Keluar cepat" }).click();
    await away;
    await expect.poll(() => page.url(), { timeout: 20_000 }).not.toContain("/saya/");
    await expect.poll(() => context.cookies(), { timeout: 20_000 }).toEqual([]);
    expect(visitor.seen.cspViolations).toEqual([]);
  },
);

test("Whoever leaves quickly without a line has closed the case for whoever has the line next", async () => {
  const visitor = await ground.visit();
  const { page, context } = visitor;
  const { trackingNumber, receipt } = await sampleCase(ground.site, "submitted");
  await visitor.open("/lacak");
  await page.locator('[name="trackingNumber"]').fill(trackingNumber);
  await page.locator('[name="receipt"]').fill(receipt);
  await page.getByRole("button", { name: "Buka laporan" }).click();
  await page.waitForURL(/\/saya\//);
  await visitor.offline(true);
  await page.getByRole("button", { name: "Keluar cepat" }).click();
  await expect
    .poll(async () => (await context.cookies()).map(({ name }) => name), { timeout: 20_000 })
    .toContain("__Host-pergi");
  await visitor.offline(false);
  const next = await context.newPage();
  await next.goto(`${new URL(visitor.seen.urls[0] ?? "").origin}/saya/${trackingNumber}`);
  expect(new URL(next.url()).pathname).toBe("/lacak");
  await expect.poll(() => context.cookies(), { timeout: 20_000 }).toEqual([]);
});
