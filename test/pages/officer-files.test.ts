import { PDFDocument } from "@cantoo/pdf-lib";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { officersSendPdf } from "../../shared/attachment/attachment.ts";
import { addressOfMove, officersCase } from "../../shared/page/officer/move-addresses.ts";
import { until } from "../deploy/ministack.ts";
import { officeDocument } from "../fakes/packed-documents.ts";
import { type Walk, walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { signedIn } from "./officer.ts";
import { officers, sampleCase } from "./samples.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();
const { unit } = officers;
const said = "Kami sudah menambal jalan di depan pasar itu hari Rabu.";
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

interface Sent {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const photo = (): Sent => ({
  name: "jalan-sesudah.png",
  mimeType: "image/png",
  buffer: PNG.sync.write(new PNG({ width: 60, height: 40, fill: true })),
});

async function pdf(): Promise<Sent> {
  const document = await PDFDocument.create();
  document.addPage([200, 200]).drawText("Berita acara penambalan");
  return {
    name: "berita-acara.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from(await document.save()),
  };
}

const letter = (): Sent => ({ name: "surat.docx", mimeType: wordType, buffer: officeDocument() });

const told = ({ page }: Visitor) => page.getByRole("main").innerText();

/** Chooses a file on the page for files that is open, and sends it as somebody with or without scripts does. */
async function sends(visitor: Visitor, walking: Walk, { name, ...file }: Sent): Promise<void> {
  const { page, javaScript } = visitor;
  if (javaScript) {
    await page.getByLabel("Foto atau berkas").setInputFiles({ name, ...file });
    await walking.click(page.getByRole("button", { name: "Kirim", exact: true }));
    return;
  }
  await page.getByLabel("Nama untuk berkas ini").fill(name);
  await walking.click("Lanjut: pilih satu berkas");
  await page.getByLabel("Pilih berkasnya").setInputFiles({ name, ...file });
  await walking.click("Kirim berkas ini");
}

/** Sends a file that arrives, and waits on its page until it is inspected. */
async function attaches(visitor: Visitor, walking: Walk, file: Sent, inspected: string): Promise<void> {
  const { page, javaScript } = visitor;
  await sends(visitor, walking, file);
  if (javaScript) {
    await page.getByText("Terkirim. Kami periksa.").waitFor();
    await walking.click("Lihat hasil pemeriksaannya");
  }
  await until(`The file was not told of so: ${inspected}`, 60, async () => {
    await page.getByRole("link", { name: "Lihat lagi sekarang" }).click();
    await page.waitForLoadState();
    return (await told(visitor)).includes(inspected);
  });
}

/** An officer with a case that they work on. */
async function atWork(javaScript: boolean) {
  const { trackingNumber } = await sampleCase(ground.site, "in-progress");
  const visitor = await ground.visit({ javaScript, width: 360 });
  return { trackingNumber, visitor, walking: walk(visitor), page: visitor.page };
}

const widthOfPicture = ({ page }: Visitor) =>
  page.evaluate("document.querySelector('main .thumbs img')?.naturalWidth ?? 0");

describe.each([
  ["without JavaScript", false],
  ["with JavaScript", true],
])("A file of an officer, %s", (_, javaScript) => {
  test("a photo goes with an answer that was begun before, and is seen with the case as its evidence", async () => {
    const { trackingNumber, visitor, walking, page } = await atWork(javaScript);
    const address = addressOfMove(trackingNumber, "answer");
    await signedIn(visitor, unit, { to: address });
    await page.locator('[name="text"]').fill(said);
    await walking.click("Lampirkan foto atau berkas");
    await attaches(visitor, walking, photo(), "Berkas sudah diperiksa dan dapat dijadikan bukti.");
    await walking.click("Kembali ke jawaban");
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await page.locator('[name="text"]').inputValue()).toBe(said);
    expect(await page.getByLabel(/jalan-sesudah\.png/).isChecked()).toBe(true);
    expect(await told(visitor)).not.toContain("Yang berubah sementara itu");
    await walking.click(page.getByRole("button", { name: "Kirim", exact: true }));
    expect(new URL(page.url()).pathname).toBe(officersCase(trackingNumber));
    expect(await told(visitor)).toContain(said);
    expect(await told(visitor)).toMatch(/Bukti: jalan-sesudah\.png/);
    await page.locator("main .thumbs img").first().scrollIntoViewIfNeeded();
    await expect.poll(() => widthOfPicture(visitor), { timeout: 20_000 }).toBeGreaterThan(0);
  });

  test("a PDF is attached beside a progress note, and both are seen with the case", async () => {
    const { trackingNumber, visitor, walking, page } = await atWork(javaScript);
    await signedIn(visitor, unit, { to: addressOfMove(trackingNumber, "attach") });
    await attaches(visitor, walking, await pdf(), "berita-acara.pdf (dari");
    await until("The PDF was still inspected", 60, async () => {
      await page.reload();
      return (await page.getByRole("link", { name: "berita-acara.pdf", exact: true }).count()) > 0;
    });
    await walking.open(addressOfMove(trackingNumber, "progress"));
    await page.locator('[name="text"]').fill("Berita acaranya terlampir. Rambu menyusul besok.");
    await walking.click(page.getByRole("button", { name: "Kirim", exact: true }));
    expect(new URL(page.url()).pathname).toBe(officersCase(trackingNumber));
    expect(await told(visitor)).toContain("Berita acaranya terlampir.");
    const opens = page.locator("main .thumbs").getByRole("link", { name: "berita-acara.pdf", exact: true });
    expect(await opens.getAttribute("href")).toMatch(new RegExp(`^${officersCase(trackingNumber)}/berkas/`));
  });

  test("a Word letter is refused in words that say what to do, and the answer that was begun is still there", async () => {
    const { trackingNumber, visitor, walking, page } = await atWork(javaScript);
    const address = addressOfMove(trackingNumber, "answer");
    await signedIn(visitor, unit, { to: address });
    await page.locator('[name="text"]').fill(said);
    await walking.click("Lampirkan foto atau berkas");
    if (javaScript) {
      await sends(visitor, walking, letter());
      await expect
        .poll(() => page.locator("[data-file-state]").innerText())
        .toMatch(/^Belum terkirim\..*PDF/s);
    } else await attaches(visitor, walking, letter(), officersSendPdf.id);
    await walking.click("Kembali ke jawaban");
    expect(await page.locator('[name="text"]').inputValue()).toBe(said);
    expect(await page.getByLabel(/surat\.docx/).count()).toBe(0);
  });
});
