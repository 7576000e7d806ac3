import { PNG } from "pngjs";
import { describe, expect, test, vi } from "vitest";
import { openBrowser } from "./browser.ts";
import { floodReceipts } from "./rows/files-and-waits.ts";
import { type SampleCase, sampleCase } from "./samples.ts";
import { secretsSeen } from "./secrets.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();

const photo = (): Buffer => PNG.sync.write(new PNG({ width: 40, height: 30, fill: true }));

async function opens({ page, open }: Visitor, { trackingNumber, receipt }: SampleCase) {
  await open("/lacak");
  await page.locator('[name="trackingNumber"]').fill(trackingNumber);
  await page.locator('[name="receipt"]').fill(receipt);
  await page.getByRole("button", { name: "Buka laporan" }).click();
}

describe("photos of a report", () => {
  test("Without JavaScript a citizen sends a photo, comes back with the case still open, and sees it inspected", async () => {
    const visitor = await ground.visit({ javaScript: false, width: 360 });
    const { page } = visitor;
    const mine = await sampleCase(ground.site, "submitted");
    await opens(visitor, mine);
    await visitor.open(`/saya/${mine.trackingNumber}/lampiran`);
    await page.getByLabel("Nama untuk berkas ini").fill("Lubang");
    await page.getByRole("button", { name: "Lanjut: pilih satu berkas" }).click();
    await page
      .getByLabel("Pilih berkasnya")
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: photo() });
    await page.getByRole("button", { name: "Kirim berkas ini" }).click();
    await page.getByText("Terima kasih. Berkas yang sampai").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/saya/${mine.trackingNumber}/lampiran`);
    // The page renews itself.
    await page.getByText("Sudah diperiksa", { exact: true }).waitFor({ timeout: 60_000 });
    await expect
      .poll(() => page.evaluate("document.querySelector('main img').naturalWidth"), { timeout: 20_000 })
      .toBeGreaterThan(0);
    await visitor.settle();
    expect(visitor.seen.cspViolations).toEqual([]);
    expect(secretsSeen({ receipt: mine.receipt }, visitor.seen)).toEqual([]);
  });

  test("With it several photos go one after another on the same page", async () => {
    const visitor = await ground.visit({ width: 360 });
    const { page } = visitor;
    const mine = await sampleCase(ground.site, "submitted");
    await opens(visitor, mine);
    await visitor.open(`/saya/${mine.trackingNumber}/lampiran`);
    expect(await page.getByLabel("Nama untuk berkas ini").isVisible()).toBe(false);
    await page
      .getByLabel("Foto atau berkas")
      .setInputFiles(
        ["satu.png", "dua.png"].map((name) => ({ name, mimeType: "image/png", buffer: photo() })),
      );
    await page.getByRole("button", { name: "Kirim", exact: true }).click();
    await expect
      .poll(() => page.locator("[data-file-state]").allTextContents(), { timeout: 30_000 })
      .toEqual(["Terkirim. Kami periksa.", "Terkirim. Kami periksa."]);
    await page.getByRole("link", { name: "Lihat hasil pemeriksaannya" }).click();
    await expect.poll(() => page.locator(".chip:not(.due)").count(), { timeout: 60_000 }).toBe(2);
    await visitor.settle();
    expect(visitor.seen.cspViolations).toEqual([]);
    expect(visitor.seen.pageErrors).toEqual([]);
  });
});

describe("a receipt in a flood of wrong ones", () => {
  test("Without JavaScript whoever waits gets to their case, however often they press too early", async () => {
    const visitor = await ground.visit({ javaScript: false });
    const { page } = visitor;
    const mine = await sampleCase(ground.site, "submitted");
    await floodReceipts(ground, mine);
    await opens(visitor, mine);
    await page.getByText("Kami sedang ramai").first().waitFor();
    await vi.waitFor(
      async () => {
        await page.getByRole("button", { name: "Kirim lagi" }).click();
        expect(new URL(page.url()).pathname).toBe(`/saya/${mine.trackingNumber}`);
      },
      { timeout: 60_000, interval: 4_000 },
    );
    expect(secretsSeen({ receipt: mine.receipt }, visitor.seen)).toEqual([]);
  });

  test("With it the device works, and the case opens by itself", async () => {
    const visitor = await ground.visit();
    const mine = await sampleCase(ground.site, "submitted");
    await floodReceipts(ground, mine);
    await opens(visitor, mine);
    await visitor.page.waitForURL(`**/saya/${mine.trackingNumber}`, { timeout: 60_000 });
    await visitor.settle();
    expect(visitor.seen.cspViolations).toEqual([]);
  });
});
