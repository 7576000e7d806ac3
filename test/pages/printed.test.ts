import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readBooklet } from "../fakes/booklet-reader.ts";
import { openBrowser } from "./browser.ts";
import { asOfficer } from "./officer.ts";
import { officers } from "./samples.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();

/** The file that a link of the page brings. */
async function kept({ page }: Visitor, link: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("main").locator(`a[href$="${link}"]`).click(),
  ]);
  expect(await download.failure()).toBeNull();
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("A browser keeps the booklet as a file with a name of its own, and it can be read", async () => {
  const visitor = await ground.visit();
  await asOfficer(visitor, officers.unit, { to: "/petugas/panduan" });
  const { name, bytes } = await kept(visitor, "/buku.pdf");
  expect(name).toMatch(/^panduan-petugas-[\w-]+\.pdf$/);
  expect((await readBooklet(bytes)).pages).toBeGreaterThan(10);
});

test("A browser keeps a poster as a file with a name of its own", async () => {
  const visitor = await ground.visit();
  await visitor.open("/instansi/balikpapan-dinas-pekerjaan-umum/poster");
  const { name, bytes } = await kept(visitor, "/poster.pdf");
  expect(name).toBe("poster-balikpapan-dinas-pekerjaan-umum-a4.pdf");
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe("%PDF-");
});
