import { expect, test } from "vitest";
import { openSite, page, site } from "./open-site.ts";

openSite();

const whole = () => page.getByRole("checkbox", { name: "Semua di halaman ini" });
const box = (name: string) => page.getByRole("checkbox", { name: `Pilih ${name}` });
const ticked = () => page.locator('[name="n"]:checked').count();

test("the box of all ticks every box of the page, and clears them again", async () => {
  await page.goto(`${site.url}/petugas/antrean/assigned`);
  await whole().check();
  expect(await ticked()).toBe(3);
  await whole().uncheck();
  expect(await ticked()).toBe(0);
});

test("one box that is cleared clears the box of all, so that the server leaves its case out", async () => {
  await page.goto(`${site.url}/petugas/antrean/assigned`);
  await whole().check();
  await box("dua").uncheck();
  expect(await whole().isChecked()).toBe(false);
  await page.getByRole("button", { name: "Catat perkembangan" }).click();
  await expect.poll(() => site.to("POST", "/petugas/antrean/bersama").length).toBe(1);
  const [{ body } = { body: "" }] = site.to("POST", "/petugas/antrean/bersama");
  expect([...new URLSearchParams(body)]).toEqual([
    ["n", "satu"],
    ["n", "tiga"],
  ]);
});

test("whoever ticks every box one by one has ticked all", async () => {
  await page.goto(`${site.url}/petugas/antrean/assigned`);
  for (const name of ["satu", "dua", "tiga"]) await box(name).check();
  expect(await whole().isChecked()).toBe(true);
});
